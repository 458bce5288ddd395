using GridActors.Contracts.FieldTasks;
using GridActors.Domain.FieldTasks;
using GridActors.Storage.FieldTasks;

namespace GridActors.Web.FieldTasks;

/// <summary>The names of tasks in the API.</summary>
static class FieldTaskNames
{
    public static readonly string[] States = ["open", "finished", "recalled"];

    static readonly Dictionary<string, TargetStatus> Statuses = new()
    {
        ["open"] = TargetStatus.Open,
        ["done"] = TargetStatus.Done,
        ["refused"] = TargetStatus.Refused,
        ["recalled"] = TargetStatus.Recalled,
    };

    static readonly Dictionary<string, ScheduleStatus> ScheduleStatuses = new()
    {
        ["running"] = ScheduleStatus.Running,
        ["paused"] = ScheduleStatus.Paused,
        ["ended"] = ScheduleStatus.Ended,
    };

    static readonly Dictionary<string, TaskFilter> Filters = new()
    {
        ["open"] = TaskFilter.Open,
        ["late"] = TaskFilter.Late,
        ["finished"] = TaskFilter.Finished,
        ["recalled"] = TaskFilter.Recalled,
    };

    public static IReadOnlyList<string> AllKinds => [.. TaskNames.Kinds.Keys];
    public static IReadOnlyList<string> AllProofs => [.. TaskNames.Proofs.Keys];
    public static IReadOnlyList<string> AllTargetStates => [.. Statuses.Keys];
    public static IReadOnlyList<string> AllDays => [.. TaskNames.Days.Keys];
    public static IReadOnlyList<string> AllMissed => [.. TaskNames.Missed.Keys];
    public static IReadOnlyList<string> AllScheduleStates => [.. ScheduleStatuses.Keys];

    public static string StateOf(FieldTaskView v) =>
        v.Status == FieldTaskStatus.Recalled ? "recalled"
        : v.Tally.Open == 0 ? "finished"
        : "open";

    public static string Of(TaskKind kind) => NameOf(TaskNames.Kinds, kind);

    public static string Of(TaskProof proof) => NameOf(TaskNames.Proofs, proof);

    public static string Of(TargetStatus status) => NameOf(Statuses, status);

    public static string Of(ScheduleDays days) => NameOf(TaskNames.Days, days);

    public static string Of(MissedRuns missed) => NameOf(TaskNames.Missed, missed);

    public static string Of(ScheduleStatus status) => NameOf(ScheduleStatuses, status);

    public static TaskKind? Kind(string? name) => Find(TaskNames.Kinds, name);

    public static TaskProof? Proof(string? name) => Find(TaskNames.Proofs, name);

    public static TargetStatus? Status(string? name) => Find(Statuses, name);

    public static ScheduleDays? Days(string? name) => Find(TaskNames.Days, name);

    public static MissedRuns? Missed(string? name) => Find(TaskNames.Missed, name);

    public static TaskFilter? Filter(string? name) => Find(Filters, name);

    static string NameOf<T>(IReadOnlyDictionary<string, T> names, T value)
        where T : struct => names.First(n => n.Value.Equals(value)).Key;

    static T? Find<T>(IReadOnlyDictionary<string, T> names, string? name)
        where T : struct => name is not null && names.TryGetValue(name, out var value) ? value : null;
}
