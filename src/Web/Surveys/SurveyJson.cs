using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Packs;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Surveys;

public sealed record QuestionOptionJson(string Id, string Name, string NameEn);

/// <param name="Is">Ids of options, or <c>true</c> and <c>false</c>.</param>
public sealed record QuestionConditionJson(string Question, IReadOnlyList<string> Is);

/// <param name="Type"><c>single</c>, <c>multiple</c>, <c>yes-no</c>, <c>number</c>, <c>date</c> or <c>text</c>.</param>
/// <param name="When">It is asked only when an earlier question has one of these answers; null for always.</param>
/// <param name="Field">The field of the household or resident whose value is the suggested answer.</param>
/// <param name="Personal">Small counts of it aren't shown below the pack's level, and its answers are masked.</param>
public sealed record SurveyQuestionJson(
    string Id,
    string Name,
    string NameEn,
    string Type,
    IReadOnlyList<QuestionOptionJson> Options,
    bool Required,
    QuestionConditionJson? When,
    string? Field,
    bool Personal
);

/// <summary>Whom a survey asks; what is empty or null makes no difference.</summary>
public sealed record SurveyFilterJson(IReadOnlyList<string> Groups, IReadOnlyList<string> Kinds, int? MinAge, int? MaxAge);

/// <param name="Subject"><c>household</c> or <c>resident</c>.</param>
public sealed record SurveyDefinitionJson(
    string Title,
    string TitleEn,
    string Purpose,
    string Subject,
    SurveyFilterJson Filter,
    DateOnly From,
    DateOnly Until,
    IReadOnlyList<SurveyQuestionJson> Questions
)
{
    public static SurveyDefinitionJson Of(SurveyDefinition d) =>
        new(
            d.Title,
            d.TitleEn,
            d.Purpose,
            SurveyNames.Of(d.Subject),
            new(d.Filter.Groups, [.. d.Filter.Kinds.Select(HouseholdNames.Of)], d.Filter.MinAge, d.Filter.MaxAge),
            d.From,
            d.Until,
            [.. d.Questions.Select(Of)]
        );

    static SurveyQuestionJson Of(SurveyQuestion q) =>
        new(
            q.Id,
            q.Name,
            q.NameEn,
            SurveyNames.Of(q.Type),
            [.. q.Options.Select(o => new QuestionOptionJson(o.Id, o.Name, o.NameEn))],
            q.IsRequired,
            q.When is { } when ? new(when.Question, when.Is) : null,
            q.Field,
            q.IsPersonal
        );
}

/// <summary>A survey in a list.</summary>
/// <param name="State"><c>draft</c>, <c>published</c> or <c>closed</c>.</param>
/// <param name="Open">It is published, and today is one of its days.</param>
/// <param name="Edition">How often it was published; 0 for a draft.</param>
/// <param name="Changing">There is a draft of a new edition.</param>
public record SurveyItemJson(
    string Id,
    string Title,
    string TitleEn,
    string Subject,
    string State,
    bool Open,
    DateOnly From,
    DateOnly Until,
    string Area,
    string AreaName,
    int Edition,
    bool Changing,
    int Version
)
{
    public static SurveyItemJson Of(SurveyView view, Caller caller, DateOnly today) =>
        new(
            view.Id.ToString("N"),
            view.Definition.Title,
            view.Definition.TitleEn,
            SurveyNames.Of(view.Definition.Subject),
            SurveyNames.Of(view.Status),
            view.Status == SurveyStatus.Published && view.Definition.IsOpenOn(today),
            view.Definition.From,
            view.Definition.Until,
            view.Area.Code,
            HouseholdNames.AreaName(caller.Pack, view.Area.Code),
            view.Editions.Length,
            view.Draft is not null && view.Editions.Length > 0,
            view.Version
        );
}

/// <summary>A survey with what it asks.</summary>
/// <param name="Definition">What is asked; of one that was never published, its draft.</param>
/// <param name="Draft">What would be published next; null for nothing.</param>
/// <param name="Actions">What the caller may do: <c>manage</c>, <c>export</c>.</param>
public sealed record SurveyJson(
    string Id,
    string State,
    bool Open,
    string Area,
    string AreaName,
    int Edition,
    int Version,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    string UpdatedByName,
    SurveyDefinitionJson Definition,
    SurveyDefinitionJson? Draft,
    IReadOnlyList<string> Actions
)
{
    public static SurveyJson Of(SurveyView view, Caller caller, DateOnly today)
    {
        var may = caller.Area(view.Area.Code) is { } area ? caller.Person.Over(area) : default;
        string[] actions = may.Has(Permission.ManageSurveys) ? ["manage", "export"] : [];
        return new(
            view.Id.ToString("N"),
            SurveyNames.Of(view.Status),
            view.Status == SurveyStatus.Published && view.Definition.IsOpenOn(today),
            view.Area.Code,
            HouseholdNames.AreaName(caller.Pack, view.Area.Code),
            view.Editions.Length,
            view.Version,
            view.UpdatedAt,
            view.UpdatedBy.Id,
            caller.Pack.NameOf(view.UpdatedBy),
            SurveyDefinitionJson.Of(view.Definition),
            view.Draft is { } draft ? SurveyDefinitionJson.Of(draft) : null,
            actions
        );
    }
}

/// <summary>Names of values in the API.</summary>
static class SurveyNames
{
    public static string Of(SurveyStatus status) =>
        status switch
        {
            SurveyStatus.Published => "published",
            SurveyStatus.Closed => "closed",
            _ => "draft",
        };

    public static string Of(SurveySubject subject) => subject == SurveySubject.Resident ? "resident" : "household";

    public static string Of(QuestionType type) =>
        type switch
        {
            QuestionType.SingleChoice => "single",
            QuestionType.MultipleChoice => "multiple",
            QuestionType.YesNo => "yes-no",
            QuestionType.Number => "number",
            QuestionType.Date => "date",
            _ => "text",
        };

    /// <summary>Who answered by a code is known to the service alone, and writes in its name.</summary>
    public static string NameOf(PersonId by, LoadedPack pack) => by == PersonId.Service(pack.Pack.Id) ? "本人" : pack.NameOf(by);

    /// <param name="status">Null for one who hasn't answered.</param>
    public static string Of(SheetStatus? status) =>
        status switch
        {
            SheetStatus.Answered => "answered",
            SheetStatus.Refused => "refused",
            _ => "open",
        };

    public static QuestionType? Type(string? name) => Find<QuestionType>(name, Of);

    public static SurveySubject? Subject(string? name) => Find<SurveySubject>(name, Of);

    static T? Find<T>(string? name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (nameOf(value) == name)
                return value;
        return null;
    }
}
