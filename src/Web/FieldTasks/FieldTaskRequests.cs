using System.ComponentModel.DataAnnotations;
using System.Globalization;
using GridActors.Contracts.FieldTasks;
using GridActors.Domain.Clocks;
using GridActors.Domain.FieldTasks;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;

namespace GridActors.Web.FieldTasks;

// What is required is nullable all the same, so that a request without it gets a problem that names the field.

/// <param name="Id">By default <c>item-1</c>, and so on.</param>
public sealed record TaskItemRequest(string? Id, [property: Required] string? Name, string? NameEn);

/// <param name="Levels">Ids of levels; none for the areas of any level where somebody holds one of the posts.</param>
/// <param name="Posts">Ids of posts; none for every post there that may report.</param>
/// <param name="PerHolder">Every holder gets a to-do; otherwise every area gets one, which the first of them does.</param>
public sealed record TaskAudienceRequest(IReadOnlyList<string>? Levels, IReadOnlyList<string>? Posts, bool? PerHolder);

/// <param name="Area">Code of the area that it is sent to, with everything below. A change leaves it.</param>
/// <param name="Kind"><c>work</c> (by default) or <c>notice</c>.</param>
/// <param name="Audience">Who gets a to-do. A change leaves it.</param>
/// <param name="Photos">Ids of photos that you uploaded.</param>
/// <param name="Proof"><c>none</c> (by default), <c>text</c>, <c>photo</c> or <c>count</c>.</param>
/// <param name="CountName">What is counted, where the proof is <c>count</c>.</param>
/// <param name="Minutes">How long one to-do takes, where you know.</param>
/// <param name="RemindBefore">A term before it is due, such as <c>1wd</c>.</param>
/// <param name="DueAt">RFC 3339, or a date for its end.</param>
/// <param name="Term">Instead of <c>dueAt</c>: <c>3wd</c>, <c>24h</c>. A schedule has it in its rule.</param>
public sealed record FieldTaskRequest(
    string? Area,
    [property: Required] string? Title,
    string? TitleEn,
    string? Text,
    string? Kind,
    TaskAudienceRequest? Audience,
    IReadOnlyList<TaskItemRequest>? Checklist,
    IReadOnlyList<string>? Photos,
    string? Link,
    string? Proof,
    string? CountName,
    int? Minutes,
    string? RemindBefore,
    string? DueAt,
    string? Term
);

/// <param name="Recurrence">A recurrence of iCalendar by days or longer: <c>FREQ=WEEKLY;BYDAY=TU</c>.</param>
/// <param name="From">The first day on which it may run; today by default.</param>
/// <param name="At">The time of the day by the pack's clock: <c>08:00</c>.</param>
/// <param name="Days"><c>every</c>, <c>working</c> (by default) or <c>next-working</c>.</param>
/// <param name="Missed">What becomes of runs that were missed: <c>skip</c>, <c>latest</c> (by default) or <c>all</c>.</param>
/// <param name="Term">How long its tasks may take: <c>1wd</c>.</param>
public sealed record ScheduleRuleRequest(
    [property: Required] string? Recurrence,
    string? From,
    [property: Required] string? At,
    string? Days,
    string? Missed,
    string? Term
);

public sealed record TaskScheduleRequest([property: Required] FieldTaskRequest? Task, [property: Required] ScheduleRuleRequest? Rule);

public sealed record TaskReasonRequest([property: Required] string? Reason);

/// <param name="Ticked">Ids of the items of the checklist that were looked at.</param>
/// <param name="TakenAt">When it was done, by the phone's clock, if it had no signal then.</param>
public sealed record DoTargetRequest(
    string? Note,
    IReadOnlyList<string>? Photos,
    int? Count,
    IReadOnlyList<string>? Ticked,
    string? TakenAt
);

/// <param name="Person">Whose to-do it is, where every holder has one.</param>
public sealed record ReturnTargetRequest([property: Required] string? Reason, string? Person);

/// <summary>Reads the definition of a task, and names each part that is wrong.</summary>
static class FieldTaskReader
{
    const int MaxChoices = 50;

    public static TaskDefinition Definition(FieldTaskRequest body, IReadOnlyList<string> photos, LoadedPack pack, Fields fields)
    {
        var kind = Choice("kind", body.Kind, FieldTaskNames.Kind, TaskKind.Work, FieldTaskNames.AllKinds, fields);
        var proof = Choice("proof", body.Proof, FieldTaskNames.Proof, TaskProof.None, FieldTaskNames.AllProofs, fields);
        var definition = new TaskDefinition(
            fields.Text("title", body.Title, TaskRules.MaxTitle),
            fields.Text("titleEn", body.TitleEn, TaskRules.MaxTitle, required: false),
            fields.Text("text", body.Text, TaskRules.MaxText, required: false),
            kind,
            new(
                [.. (body.Audience?.Levels ?? []).Take(MaxChoices).Distinct()],
                [.. (body.Audience?.Posts ?? []).Take(MaxChoices).Distinct()],
                body.Audience?.PerHolder == true
            ),
            [.. (body.Checklist ?? []).Take(TaskRules.MaxItems + 1).Select((item, i) => Item($"checklist[{i}]", item, i, fields))],
            [.. photos],
            fields.Text("link", body.Link, TaskRules.MaxLink, required: false),
            proof,
            proof == TaskProof.Count ? fields.Text("countName", body.CountName, TaskRules.MaxName) : "",
            body.Minutes,
            string.IsNullOrEmpty(body.RemindBefore) ? null : body.RemindBefore
        );
        if (fields.AreValid)
            foreach (var problem in TaskRules.Check(definition, pack))
                fields.Wrong(problem.Part, problem.Chinese, problem.English);
        return definition;
    }

    /// <summary>When it is due: a moment, the end of a day, or a term from now.</summary>
    public static (DateTimeOffset? DueAt, string? Term) Due(FieldTaskRequest body, LoadedPack pack, Fields fields)
    {
        var term = TermOf("term", body.Term, fields);
        if (body.DueAt is not { Length: > 0 } text)
            return (null, term);
        var due = fields.Time("dueAt", text, pack);
        // A day is meant with its evening.
        return (due is { } day && !text.Contains('T', StringComparison.Ordinal) ? day.AddDays(1).AddSeconds(-1) : due, null);
    }

    public static TaskScheduleRule Rule(ScheduleRuleRequest body, DateOnly today, Fields fields)
    {
        var recurrence = fields.Text("rule.recurrence", body.Recurrence, ScheduleRuns.MaxRecurrence);
        if (recurrence.Length > 0 && !ScheduleRuns.IsRecurrence(recurrence))
            fields.Wrong(
                "rule.recurrence",
                "不是按天、周、月或年的重复规则（iCalendar RRULE）",
                "is no recurrence by days, weeks, months or years"
            );
        var from = fields.Day("rule.from", body.From) ?? today;
        if (!TimeOnly.TryParseExact(body.At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            fields.Wrong("rule.at", "应为时间（08:00）", "must be a time (08:00)");
        return new(
            recurrence,
            from,
            at,
            Choice("rule.days", body.Days, FieldTaskNames.Days, ScheduleDays.Working, FieldTaskNames.AllDays, fields),
            Choice("rule.missed", body.Missed, FieldTaskNames.Missed, MissedRuns.Latest, FieldTaskNames.AllMissed, fields),
            TermOf("rule.term", body.Term, fields)
        );
    }

    static string? TermOf(string name, string? text, Fields fields)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Term.Parse(text) is null)
            fields.Wrong(name, "应为 24h、4wh、3wd 这样的时限", "is no term like 24h, 4wh or 3wd");
        return text;
    }

    static TaskItem Item(string name, TaskItemRequest? body, int index, Fields fields) =>
        new(
            fields.Text(name, body?.Id is { Length: > 0 } id ? id : string.Create(CultureInfo.InvariantCulture, $"item-{index + 1}"), 40),
            fields.Text(name, body?.Name, TaskRules.MaxName),
            fields.Text(name, body?.NameEn, TaskRules.MaxName, required: false)
        );

    static T Choice<T>(string name, string? value, Func<string?, T?> read, T standard, IReadOnlyList<string> all, Fields fields)
        where T : struct
    {
        if (string.IsNullOrEmpty(value))
            return standard;
        if (read(value) is { } found)
            return found;
        fields.Wrong(name, $"应为 {string.Join("、", all)} 之一", $"must be one of {string.Join(", ", all)}");
        return standard;
    }
}
