using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Households;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Surveys;
using GridActors.Web.Households;
using GridActors.Web.Problems;

namespace GridActors.Web.Surveys;

// What is required is nullable all the same, so that a request without it gets a problem that names the field.

public sealed record OptionRequest([property: Required] string? Id, [property: Required] string? Name, string? NameEn);

/// <param name="Is">Ids of options, or <c>true</c> and <c>false</c>.</param>
public sealed record ConditionRequest([property: Required] string? Question, [property: Required] IReadOnlyList<string>? Is);

/// <param name="Type"><c>single</c>, <c>multiple</c>, <c>yes-no</c>, <c>number</c>, <c>date</c> or <c>text</c>.</param>
/// <param name="Personal">By default true.</param>
public sealed record QuestionRequest(
    [property: Required] string? Id,
    [property: Required] string? Name,
    string? NameEn,
    [property: Required] string? Type,
    IReadOnlyList<OptionRequest>? Options,
    bool? Required,
    ConditionRequest? When,
    string? Field,
    bool? Personal
);

/// <param name="Kinds"><c>registered</c>, <c>migrant</c> or <c>absent</c>.</param>
public sealed record FilterRequest(IReadOnlyList<string>? Groups, IReadOnlyList<string>? Kinds, int? MinAge, int? MaxAge);

/// <param name="Area">Of a new survey: whose households are asked, with everything below it.</param>
/// <param name="Subject"><c>household</c> or <c>resident</c>.</param>
/// <param name="From">The first day: 2026-12-01.</param>
/// <param name="Until">The last day: 2026-12-31.</param>
public sealed record SurveyRequest(
    string? Area,
    [property: Required] string? Title,
    string? TitleEn,
    [property: Required] string? Purpose,
    [property: Required] string? Subject,
    FilterRequest? Filter,
    [property: Required] string? From,
    [property: Required] string? Until,
    [property: Required] IReadOnlyList<QuestionRequest>? Questions
);

public sealed record CloseSurveyRequest([property: Required] string? Reason);

/// <param name="Subject">The id of the household or resident who answers.</param>
/// <param name="Answers">By the id of the question; of several choices their ids with a comma between.</param>
/// <param name="Correction">They have answered before, and this is right.</param>
public sealed record AnswersRequest(
    [property: Required] string? Subject,
    [property: Required] IReadOnlyDictionary<string, string?>? Answers,
    bool? Correction
);

public sealed record RefusalRequest([property: Required] string? Subject, string? Reason);

/// <summary>Reads the definition of a survey, and names each part that is wrong.</summary>
static class SurveyReader
{
    public static SurveyDefinition Definition(SurveyRequest body, HouseholdRules rules, Fields fields)
    {
        var subject = SurveyNames.Subject(body.Subject);
        if (subject is null)
            fields.Wrong("subject", "应为 household 或 resident", "must be household or resident");
        var definition = new SurveyDefinition(
            fields.Text("title", body.Title, DefinitionRules.MaxTitle),
            fields.Text("titleEn", body.TitleEn, DefinitionRules.MaxTitle, required: false),
            fields.Text("purpose", body.Purpose, DefinitionRules.MaxPurpose),
            subject ?? SurveySubject.Household,
            Filter(body.Filter, fields),
            fields.Day("from", body.From, required: true) ?? default,
            fields.Day("until", body.Until, required: true) ?? default,
            [.. (body.Questions ?? []).Take(DefinitionRules.MaxQuestions + 1).Select((q, i) => Question($"questions[{i}]", q, fields))]
        );
        if (fields.AreValid)
            foreach (var error in DefinitionRules.Check(definition, rules))
                fields.Wrong(error.Part, error.Chinese, error.English);
        return definition;
    }

    static SurveyFilter Filter(FilterRequest? body, Fields fields)
    {
        if (body is null)
            return SurveyFilter.Everybody;
        var kinds = (body.Kinds ?? []).Select(HouseholdNames.Kind).ToList();
        if (kinds.Contains(null))
            fields.Wrong("filter.kinds", "应为 registered、migrant 或 absent", "must be registered, migrant or absent");
        return new([.. (body.Groups ?? []).Distinct()], [.. kinds.OfType<ResidentKind>().Distinct()], body.MinAge, body.MaxAge);
    }

    static SurveyQuestion Question(string name, QuestionRequest? body, Fields fields)
    {
        var type = SurveyNames.Type(body?.Type);
        if (type is null)
            fields.Wrong($"{name}.type", "没有这种题型", "is no type of question");
        var options = (body?.Options ?? []).Take(DefinitionRules.MaxOptions + 1);
        return new(
            fields.Text($"{name}.id", body?.Id, 40),
            fields.Text($"{name}.name", body?.Name, DefinitionRules.MaxName),
            fields.Text($"{name}.nameEn", body?.NameEn, DefinitionRules.MaxName, required: false),
            type ?? QuestionType.Text,
            [
                .. options.Select(o => new QuestionOption(
                    fields.Text($"{name}.options", o?.Id, 40),
                    fields.Text($"{name}.options", o?.Name, DefinitionRules.MaxName),
                    fields.Text($"{name}.options", o?.NameEn, DefinitionRules.MaxName, required: false)
                )),
            ],
            body?.Required == true,
            body?.When is { } when
                ? new(fields.Text($"{name}.when", when.Question, 40), [.. (when.Is ?? []).Take(DefinitionRules.MaxOptions).Distinct()])
                : null,
            string.IsNullOrEmpty(body?.Field) ? null : body.Field,
            body?.Personal != false
        );
    }
}
