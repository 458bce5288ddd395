using System.ComponentModel.DataAnnotations;

namespace GridActors.Web.Surveys;

/// <param name="Subjects">The ids of the households or residents, 100 at most.</param>
public sealed record InviteRequest([property: Required] IReadOnlyList<string>? Subjects);

/// <summary>By the code they answer without an account, at <c>/s#</c> and the code.</summary>
/// <param name="Code">Answered once, and not kept.</param>
public sealed record InvitationJson(string Subject, string Code);

public sealed record OpenInvitationRequest([property: Required] string? Code);

/// <param name="Answers">By the id of the question; of several choices their ids with a comma between.</param>
public sealed record AnswerInvitationRequest(
    [property: Required] string? Code,
    [property: Required] IReadOnlyDictionary<string, string?>? Answers
);

/// <summary>What somebody is asked who has scanned a code. Nothing in it says who that is.</summary>
/// <param name="State"><c>open</c>, <c>answered</c>, or <c>closed</c> when it isn't answered now.</param>
/// <param name="Subject"><c>household</c> or <c>resident</c>.</param>
/// <param name="Questions">None when it isn't open.</param>
public sealed record InvitedSurveyJson(
    string Place,
    string PlaceEn,
    string Title,
    string TitleEn,
    string Purpose,
    DateOnly Until,
    string Subject,
    string State,
    IReadOnlyList<SurveyQuestionJson> Questions
);
