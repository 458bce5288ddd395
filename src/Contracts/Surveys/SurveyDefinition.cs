using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Households;

namespace GridActors.Contracts.Surveys;

/// <summary>What a question asks for.</summary>
public enum QuestionType : byte
{
    /// <summary>One of the options.</summary>
    SingleChoice = 0,

    /// <summary>Any of the options.</summary>
    MultipleChoice = 1,
    YesNo = 2,
    Number = 3,
    Date = 4,
    Text = 5,
}

/// <summary>Who answers a survey.</summary>
public enum SurveySubject : byte
{
    /// <summary>One answer sheet for each household.</summary>
    Household = 0,

    /// <summary>One answer sheet for each resident.</summary>
    Resident = 1,
}

[GenerateSerializer, Immutable, Alias("gridactors.QuestionOption")]
public sealed record QuestionOption([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string NameEn = "");

/// <summary>A question is asked only when an earlier one has one of these answers.</summary>
/// <param name="Is">Ids of options; of a yes-or-no question <c>true</c> or <c>false</c>.</param>
[GenerateSerializer, Immutable, Alias("gridactors.QuestionCondition")]
public sealed record QuestionCondition([property: Id(0)] string Question, [property: Id(1)] ImmutableArray<string> Is);

/// <param name="Options">Those of <see cref="QuestionType.SingleChoice"/> and <see cref="QuestionType.MultipleChoice"/>.</param>
/// <param name="When">Null for a question that is always asked.</param>
/// <param name="Field">The field of the subject with whose value the answer begins, so that nothing is asked twice; null for none.</param>
/// <param name="IsPersonal">Small counts of it aren't shown below the pack's level, and its answers are masked in exports.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SurveyQuestion")]
public sealed record SurveyQuestion(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string NameEn,
    [property: Id(3)] QuestionType Type,
    [property: Id(4)] ImmutableArray<QuestionOption> Options,
    [property: Id(5)] bool IsRequired,
    [property: Id(6)] QuestionCondition? When,
    [property: Id(7)] string? Field,
    [property: Id(8)] bool IsPersonal
)
{
    /// <summary>The options among which a figure is counted; of a yes-or-no question its two answers.</summary>
    [JsonIgnore]
    public IEnumerable<string> Choices => Type == QuestionType.YesNo ? ["true", "false"] : Options.Select(o => o.Id);
}

/// <summary>Which households or residents are asked. What is empty or null makes no difference.</summary>
/// <param name="Groups">They, or somebody of the household, are in one of these special groups.</param>
/// <param name="Kinds">They, or somebody of the household, are of one of these kinds.</param>
/// <param name="MinAge">In whole years, for residents alone.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SurveyFilter")]
public sealed record SurveyFilter(
    [property: Id(0)] ImmutableArray<string> Groups,
    [property: Id(1)] ImmutableArray<ResidentKind> Kinds,
    [property: Id(2)] int? MinAge = null,
    [property: Id(3)] int? MaxAge = null
)
{
    public static SurveyFilter Everybody { get; } = new([], []);

    [JsonIgnore]
    public bool HasAge => MinAge is not null || MaxAge is not null;
}

/// <summary>What a survey asks, whom, and when. Once it is published it stays as it is.</summary>
/// <param name="Purpose">For what it is asked, as whoever is asked is told.</param>
/// <param name="From">The first day, by the pack's calendar.</param>
/// <param name="Until">The last day.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SurveyDefinition")]
public sealed record SurveyDefinition(
    [property: Id(0)] string Title,
    [property: Id(1)] string TitleEn,
    [property: Id(2)] string Purpose,
    [property: Id(3)] SurveySubject Subject,
    [property: Id(4)] SurveyFilter Filter,
    [property: Id(5)] DateOnly From,
    [property: Id(6)] DateOnly Until,
    [property: Id(7)] ImmutableArray<SurveyQuestion> Questions
)
{
    public SurveyQuestion? Question(string id) => Questions.FirstOrDefault(q => q.Id == id);

    public bool IsOpenOn(DateOnly day) => From <= day && day <= Until;
}
