using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Storage.Surveys;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Surveys;

/// <summary>Somebody whom a survey asks. Personal values are masked, but for those who are linked to the household.</summary>
/// <param name="Subject">The id of the household or resident.</param>
/// <param name="Name">Of the resident, or of the head of the household.</param>
/// <param name="State"><c>open</c>, <c>answered</c> or <c>refused</c>.</param>
public sealed record SurveyTargetJson(
    string Subject,
    string Household,
    string Area,
    string AreaName,
    string? Name,
    string? Address,
    string? Door,
    string State,
    DateTimeOffset? At,
    string? ByName
)
{
    public static SurveyTargetJson Of(SurveyTarget target, Caller caller)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, target.Area, target.Worker);
        var mask = new HouseholdMask(caller.Pack.Pack.Households!, access);
        return new(
            target.Subject.ToString("N"),
            target.Household.ToString("N"),
            target.Area.Code,
            HouseholdNames.AreaName(caller.Pack, target.Area.Code),
            mask.Text(SubjectKind.Resident, StandardFields.Name, target.Resident),
            mask.Text(SubjectKind.Household, StandardFields.Address, target.HouseholdFields),
            mask.Text(SubjectKind.Household, StandardFields.Door, target.HouseholdFields),
            SurveyNames.Of(target.Sheet?.Status),
            target.Sheet?.At,
            target.Sheet is { } sheet ? SurveyNames.NameOf(sheet.By, caller.Pack) : null
        );
    }
}

/// <param name="Step"><c>answered</c>, <c>corrected</c> or <c>refused</c>.</param>
/// <param name="Self">They answered themselves, by a code.</param>
public sealed record SheetStepJson(string Step, DateTimeOffset At, string By, string ByName, bool Self);

/// <summary>The answers of one household or resident.</summary>
/// <param name="Answers">By the id of the question; of several choices their ids with a comma between.</param>
/// <param name="Suggested">What the ledger knows, for questions without an answer: it needn't be asked again.</param>
/// <param name="Reason">Why they refused.</param>
/// <param name="MayFill">Whether the caller may answer for them.</param>
/// <param name="Steps">Who did what and when, without values.</param>
public sealed record SheetJson(
    string Survey,
    string Subject,
    string Household,
    string? Name,
    string? Address,
    string? Door,
    string State,
    IReadOnlyDictionary<string, FieldValueJson> Answers,
    IReadOnlyDictionary<string, string> Suggested,
    string? Reason,
    int Edition,
    bool MayFill,
    IReadOnlyList<SheetStepJson> Steps
)
{
    public static SheetJson Of(
        SurveyView survey,
        HouseholdView household,
        Guid subject,
        SheetView? sheet,
        IReadOnlyList<SheetStep> steps,
        Caller caller
    )
    {
        var rules = caller.Pack.Pack.Households!;
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, household.Area, household.Worker);
        var mask = new HouseholdMask(rules, access);
        var (kind, facts) =
            subject == household.Id
                ? (SubjectKind.Household, household.Fields)
                : (SubjectKind.Resident, household.Resident(subject)?.Fields ?? Facts.None);
        var who = subject == household.Id ? household.Head?.Fields ?? Facts.None : facts;
        return new(
            survey.Id.ToString("N"),
            subject.ToString("N"),
            household.Id.ToString("N"),
            mask.Text(SubjectKind.Resident, StandardFields.Name, who),
            mask.Text(SubjectKind.Household, StandardFields.Address, household.Fields),
            mask.Text(SubjectKind.Household, StandardFields.Door, household.Fields),
            SurveyNames.Of(sheet?.Status),
            Shown(survey.Definition, sheet?.Answers ?? Facts.None, access.IsLinked),
            Suggestions(survey.Definition, rules, kind, facts, sheet?.Answers ?? Facts.None, access.IsLinked),
            access.IsLinked && sheet?.Reason is { Length: > 0 } reason ? reason : null,
            sheet?.Edition ?? survey.Editions.Length,
            access.MayEdit,
            [
                .. steps.Select(s => new SheetStepJson(
                    s.Step,
                    s.At,
                    s.By.Id,
                    SurveyNames.NameOf(s.By, caller.Pack),
                    s.By == PersonId.Service(caller.Pack.Pack.Id)
                )),
            ]
        );
    }

    /// <summary>Personal answers are for those who are linked to the household, as its names are.</summary>
    public static SortedDictionary<string, FieldValueJson> Shown(
        SurveyDefinition definition,
        ImmutableSortedDictionary<string, string> answers,
        bool isLinked
    )
    {
        var shown = new SortedDictionary<string, FieldValueJson>(StringComparer.Ordinal);
        foreach (var (id, answer) in answers)
            shown[id] = isLinked || definition.Question(id) is { IsPersonal: false } ? new(answer, false) : new(Masks.Hidden, true);
        return shown;
    }

    static SortedDictionary<string, string> Suggestions(
        SurveyDefinition definition,
        HouseholdRules rules,
        SubjectKind kind,
        ImmutableSortedDictionary<string, string> facts,
        ImmutableSortedDictionary<string, string> answers,
        bool isLinked
    )
    {
        var suggested = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in definition.Questions)
            if (
                question.Field is { } field
                && !answers.ContainsKey(question.Id)
                && facts.TryGetValue(field, out var value)
                && (isLinked || rules.Field(kind, field)?.Protection == FieldProtection.Open)
                && (question.Options.IsEmpty || question.Options.Any(o => o.Id == value))
            )
                suggested[question.Id] = value;
        return suggested;
    }
}
