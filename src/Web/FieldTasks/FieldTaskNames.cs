using GridActors.Contracts.FieldTasks;
using GridActors.Storage.FieldTasks;

namespace GridActors.Web.FieldTasks;

/// <summary>The names of tasks in the API.</summary>
static class FieldTaskNames
{
    public static readonly string[] States = ["open", "finished", "recalled"];

    static readonly Dictionary<string, TaskKind> Kinds = new() { ["work"] = TaskKind.Work, ["notice"] = TaskKind.Notice };

    static readonly Dictionary<string, TaskProof> Proofs = new()
    {
        ["none"] = TaskProof.None,
        ["text"] = TaskProof.Text,
        ["photo"] = TaskProof.Photo,
        ["count"] = TaskProof.Count,
    };

    static readonly Dictionary<string, TargetStatus> Statuses = new()
    {
        ["open"] = TargetStatus.Open,
        ["done"] = TargetStatus.Done,
        ["refused"] = TargetStatus.Refused,
        ["recalled"] = TargetStatus.Recalled,
    };

    static readonly Dictionary<string, ScheduleDays> DayRules = new()
    {
        ["every"] = ScheduleDays.Every,
        ["working"] = ScheduleDays.Working,
        ["next-working"] = ScheduleDays.NextWorking,
    };

    static readonly Dictionary<string, MissedRuns> MissedRules = new()
    {
        ["skip"] = MissedRuns.Skip,
        ["latest"] = MissedRuns.Latest,
        ["all"] = MissedRuns.All,
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

    public static IReadOnlyList<string> AllKinds => [.. Kinds.Keys];
    public static IReadOnlyList<string> AllProofs => [.. Proofs.Keys];
    public static IReadOnlyList<string> AllTargetStates => [.. Statuses.Keys];
    public static IReadOnlyList<string> AllDays => [.. DayRules.Keys];
    public static IReadOnlyList<string> AllMissed => [.. MissedRules.Keys];
    public static IReadOnlyList<string> AllScheduleStates => [.. ScheduleStatuses.Keys];

    public static string StateOf(FieldTaskView v) =>
        v.Status == FieldTaskStatus.Recalled ? "recalled"
        : v.Tally.Open == 0 ? "finished"
        : "open";

    public static string Of(TaskKind kind) => NameOf(Kinds, kind);

    public static string Of(TaskProof proof) => NameOf(Proofs, proof);

    public static string Of(TargetStatus status) => NameOf(Statuses, status);

    public static string Of(ScheduleDays days) => NameOf(DayRules, days);

    public static string Of(MissedRuns missed) => NameOf(MissedRules, missed);

    public static string Of(ScheduleStatus status) => NameOf(ScheduleStatuses, status);

    public static TaskKind? Kind(string? name) => Find(Kinds, name);

    public static TaskProof? Proof(string? name) => Find(Proofs, name);

    public static TargetStatus? Status(string? name) => Find(Statuses, name);

    public static ScheduleDays? Days(string? name) => Find(DayRules, name);

    public static MissedRuns? Missed(string? name) => Find(MissedRules, name);

    public static TaskFilter? Filter(string? name) => Find(Filters, name);

    static string NameOf<T>(Dictionary<string, T> names, T value)
        where T : struct => names.First(n => n.Value.Equals(value)).Key;

    static T? Find<T>(Dictionary<string, T> names, string? name)
        where T : struct => name is not null && names.TryGetValue(name, out var value) ? value : null;
}
