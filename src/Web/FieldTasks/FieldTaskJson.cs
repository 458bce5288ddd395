using GridActors.Contracts.FieldTasks;
using GridActors.Domain.FieldTasks;
using GridActors.Domain.Packs;
using GridActors.Storage.FieldTasks;
using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.FieldTasks;

public sealed record TaskItemJson(string Id, string Name, string NameEn);

/// <param name="Levels">Ids of levels; empty for the areas of any level where somebody holds one of the posts.</param>
/// <param name="Posts">Ids of posts; empty for every post there that may report.</param>
/// <param name="PerHolder">Every holder has a to-do of their own.</param>
public sealed record TaskAudienceJson(IReadOnlyList<string> Levels, IReadOnlyList<string> Posts, bool PerHolder);

/// <param name="Photos">Ids of photos, at <c>/api/tasks/{id}/photos/{photo}</c>.</param>
/// <param name="CountName">What is counted, where the proof is a number.</param>
/// <param name="Minutes">How long it takes at one place, as the sender says; null when they don't.</param>
/// <param name="RemindBefore">How long before it is due it reminds: <c>1wd</c>; null for never.</param>
public sealed record TaskDefinitionJson(
    string Title,
    string TitleEn,
    string Text,
    string Kind,
    TaskAudienceJson Audience,
    IReadOnlyList<TaskItemJson> Checklist,
    IReadOnlyList<string> Photos,
    string Link,
    string Proof,
    string CountName,
    int? Minutes,
    string? RemindBefore
)
{
    public static TaskDefinitionJson Of(TaskDefinition d) =>
        new(
            d.Title,
            d.TitleEn,
            d.Text,
            FieldTaskNames.Of(d.Kind),
            new(d.Audience.Levels, d.Audience.Posts, d.Audience.PerHolder),
            [.. d.Checklist.Select(i => new TaskItemJson(i.Id, i.Name, i.NameEn))],
            d.Photos,
            d.Link,
            FieldTaskNames.Of(d.Proof),
            d.CountName,
            d.Minutes,
            d.RemindBefore
        );
}

/// <param name="Late">Open, and past their time.</param>
/// <param name="DoneLate">Done, but too late.</param>
/// <param name="Read">Somebody has seen what is asked.</param>
public sealed record TaskTallyJson(int Targets, int Open, int Late, int Done, int DoneLate, int Refused, int Read)
{
    public static TaskTallyJson Of(TaskTally t) => new(t.Targets, t.Open, t.Late, t.Done, t.DoneLate, t.Refused, t.Read);
}

/// <summary>A task in a list, with the figures of everybody whom it was sent to.</summary>
/// <param name="Schedule">The schedule that sent it; null when a person did.</param>
public sealed record FieldTaskItemJson(
    string Id,
    string Title,
    string TitleEn,
    string Kind,
    string State,
    string Area,
    string AreaName,
    DateTimeOffset SentAt,
    string SentBy,
    string SentByName,
    DateTimeOffset? DueAt,
    TaskTallyJson Tally,
    string? Schedule
)
{
    public static FieldTaskItemJson Of(FieldTaskView v, Caller caller) =>
        new(
            v.Id.ToString("N"),
            v.Definition.Title,
            v.Definition.TitleEn,
            FieldTaskNames.Of(v.Definition.Kind),
            FieldTaskNames.StateOf(v),
            v.Area.Code,
            HouseholdNames.AreaName(caller.Pack, v.Area.Code),
            v.SentAt,
            v.SentBy.Id,
            caller.Pack.NameOf(v.SentBy),
            v.DueAt,
            TaskTallyJson.Of(v.Tally),
            v.Schedule?.ToString("N")
        );
}

/// <summary>How an area stands with everything below it.</summary>
/// <param name="Count">The sum of what was counted.</param>
/// <param name="Children">How many areas below it have to-dos of their own.</param>
public sealed record TaskAreaJson(string Area, string AreaName, string Level, TaskTallyJson Tally, long Count, int Children);

/// <summary>A task with its progress, as the caller sees it.</summary>
/// <param name="Revision">How often it was sent: 1, and one more for each change.</param>
/// <param name="Under">The area whose progress this is.</param>
/// <param name="Path">From the task's area to that one.</param>
/// <param name="Areas">The areas right below it that have to-dos.</param>
/// <param name="Actions">What the caller may do: <c>manage</c> (change, recall), <c>return</c>.</param>
public sealed record FieldTaskJson(
    string Id,
    string State,
    TaskDefinitionJson Definition,
    string Area,
    string AreaName,
    DateTimeOffset SentAt,
    string SentBy,
    string SentByName,
    DateTimeOffset? DueAt,
    DateTimeOffset? RemindAt,
    DateTimeOffset? RemindedAt,
    DateTimeOffset UpdatedAt,
    string UpdatedByName,
    string RecallReason,
    string? Schedule,
    int Revision,
    int Version,
    TaskTallyJson Tally,
    TaskAreaJson Under,
    IReadOnlyList<PlaceJson> Path,
    IReadOnlyList<TaskAreaJson> Areas,
    IReadOnlyList<string> Actions
)
{
    public static FieldTaskJson Of(
        FieldTaskView v,
        Caller caller,
        AreaNode root,
        AreaNode under,
        IReadOnlyDictionary<string, TargetFigures> own
    )
    {
        var actions = new List<string>();
        if (v.Status == FieldTaskStatus.Active && caller.Person.Over(root).Has(Permission.SendTasks))
            actions.Add("manage");
        if (v.Status == FieldTaskStatus.Active && caller.Person.Over(under).Has(Permission.SendTasks))
            actions.Add("return");
        return new(
            v.Id.ToString("N"),
            FieldTaskNames.StateOf(v),
            TaskDefinitionJson.Of(v.Definition),
            v.Area.Code,
            root.Name,
            v.SentAt,
            v.SentBy.Id,
            caller.Pack.NameOf(v.SentBy),
            v.DueAt,
            v.RemindAt,
            v.RemindedAt,
            v.UpdatedAt,
            caller.Pack.NameOf(v.UpdatedBy),
            v.RecallReason,
            v.Schedule?.ToString("N"),
            v.Revision,
            v.Version,
            TaskTallyJson.Of(v.Tally),
            Figures(under, own),
            [.. under.Upwards().TakeWhile(root.Contains).Reverse().Select(a => new PlaceJson(a.Code, a.Name, a.Level.Id))],
            [.. under.Children.Select(c => Figures(c, own)).Where(f => f.Tally.Targets > 0)],
            actions
        );
    }

    static TaskAreaJson Figures(AreaNode area, IReadOnlyDictionary<string, TargetFigures> own)
    {
        var sum = Sum(area, own);
        var children = area.Children.Count(c => Sum(c, own).Tally.Targets > 0);
        return new(area.Code, area.Name, area.Level.Id, TaskTallyJson.Of(sum.Tally), sum.Count, children);
    }

    static TargetFigures Sum(AreaNode area, IReadOnlyDictionary<string, TargetFigures> own)
    {
        var sum = default(TargetFigures);
        foreach (var key in area.WithFormer)
            sum += own.GetValueOrDefault(key.Key);
        foreach (var child in area.Children)
            sum += Sum(child, own);
        return sum;
    }
}

/// <summary>One to-do.</summary>
/// <param name="Person">Whose it is; null where it is the area's.</param>
/// <param name="Holders">The names of those who may do it now; empty where the post is vacant.</param>
/// <param name="At">When it was done or refused.</param>
/// <param name="TakenAt">When it was done, by a phone that had no signal then.</param>
/// <param name="Reason">Why it was refused or returned.</param>
/// <param name="Returned">How often it was returned.</param>
public sealed record TargetJson(
    string Area,
    string AreaName,
    string? Person,
    string? PersonName,
    IReadOnlyList<string> Holders,
    string State,
    bool Late,
    DateTimeOffset? ReadAt,
    string? ReadByName,
    DateTimeOffset? RemindedAt,
    DateTimeOffset? At,
    string? By,
    string? ByName,
    DateTimeOffset? TakenAt,
    string Note,
    IReadOnlyList<string> Photos,
    int? Count,
    IReadOnlyList<string> Ticked,
    string Reason,
    int Returned
)
{
    public static TargetJson Of(TargetRow t, TaskAudience audience, LoadedPack pack) =>
        new(
            t.Area.Code,
            HouseholdNames.AreaName(pack, t.Area.Code),
            t.Person?.Id,
            t.Person is { } person ? pack.NameOf(person) : null,
            pack.StandIn(t.Area.Code) is { } node ? [.. TaskPeople.Holders(node, audience).Select(pack.NameOf)] : [],
            FieldTaskNames.Of(t.Status),
            t.IsLate,
            t.ReadAt,
            t.ReadBy is { } reader ? pack.NameOf(reader) : null,
            t.RemindedAt,
            t.At,
            t.By?.Id,
            t.By is { } by ? pack.NameOf(by) : null,
            t.TakenAt,
            t.Note,
            t.Photos,
            t.Count,
            t.Ticked,
            t.Reason,
            t.Returned
        );
}

/// <summary>A to-do of the caller, with what is asked.</summary>
public sealed record MyTaskJson(
    string Id,
    TaskDefinitionJson Definition,
    DateTimeOffset SentAt,
    string SentByName,
    DateTimeOffset? DueAt,
    int Revision,
    TargetJson Target
)
{
    public static MyTaskJson Of(FieldTaskView v, TargetRow target, LoadedPack pack) =>
        new(
            v.Id.ToString("N"),
            TaskDefinitionJson.Of(v.Definition),
            v.SentAt,
            pack.NameOf(v.SentBy),
            v.DueAt,
            v.Revision,
            TargetJson.Of(target, v.Definition.Audience, pack)
        );
}

/// <summary>What a task would cost.</summary>
/// <param name="Targets">How many to-dos there would be.</param>
/// <param name="People">How many people may do them.</param>
/// <param name="Vacant">Of how many to-dos nobody holds the post.</param>
/// <param name="Minutes">How long one to-do takes.</param>
/// <param name="Basis"><c>sender</c>, <c>similar</c> (what tasks of this title took) or <c>checklist</c>.</param>
/// <param name="TotalMinutes">To-dos times minutes.</param>
public sealed record TaskPreviewJson(
    int Targets,
    int People,
    int Vacant,
    int Minutes,
    string Basis,
    long TotalMinutes,
    DateTimeOffset? DueAt,
    DateTimeOffset? RemindAt
);

/// <summary>A task that the pack has ready, to be sent as it is or changed.</summary>
/// <param name="Rule">When it is usually sent; null for now and then.</param>
public sealed record TaskTemplateJson(string Id, TaskDefinitionJson Definition, string? Term, ScheduleRuleJson? Rule);

/// <param name="Recurrence">A recurrence of iCalendar: <c>FREQ=WEEKLY;BYDAY=TU</c>.</param>
/// <param name="At">The time of the day: <c>08:00</c>.</param>
public sealed record ScheduleRuleJson(string Recurrence, DateOnly From, string At, string Days, string Missed, string? Term)
{
    public static ScheduleRuleJson Of(TaskScheduleRule r) =>
        new(
            r.Recurrence,
            r.From,
            r.At.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
            FieldTaskNames.Of(r.Days),
            FieldTaskNames.Of(r.Missed),
            r.Term
        );
}

/// <param name="LastTask">The task that it sent last.</param>
/// <param name="Runs">How many tasks it has sent.</param>
/// <param name="Reason">Why it was paused or ended.</param>
/// <param name="Actions">What the caller may do: <c>manage</c>.</param>
public sealed record TaskScheduleJson(
    string Id,
    string State,
    string Area,
    string AreaName,
    TaskDefinitionJson Definition,
    ScheduleRuleJson Rule,
    DateTimeOffset? NextAt,
    DateTimeOffset? LastRun,
    string? LastTask,
    int Runs,
    DateTimeOffset BegunAt,
    string BegunByName,
    string Reason,
    IReadOnlyList<string> Actions
)
{
    public static TaskScheduleJson Of(TaskScheduleView v, Caller caller) =>
        new(
            v.Id.ToString("N"),
            FieldTaskNames.Of(v.Status),
            v.Area.Code,
            HouseholdNames.AreaName(caller.Pack, v.Area.Code),
            TaskDefinitionJson.Of(v.Definition),
            ScheduleRuleJson.Of(v.Rule),
            v.NextAt,
            v.LastRun,
            v.LastTask?.ToString("N"),
            v.Runs,
            v.BegunAt,
            caller.Pack.NameOf(v.BegunBy),
            v.Reason,
            caller.Pack.StandIn(v.Area.Code) is { } node && caller.Person.Over(node).Has(Permission.SendTasks) ? ["manage"] : []
        );
}
