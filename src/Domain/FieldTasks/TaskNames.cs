using GridActors.Contracts.FieldTasks;

namespace GridActors.Domain.FieldTasks;

/// <summary>What tasks are written with, in packs and in the API.</summary>
public static class TaskNames
{
    public static IReadOnlyDictionary<string, TaskKind> Kinds { get; } =
        new Dictionary<string, TaskKind> { ["work"] = TaskKind.Work, ["notice"] = TaskKind.Notice };

    public static IReadOnlyDictionary<string, TaskProof> Proofs { get; } =
        new Dictionary<string, TaskProof>
        {
            ["none"] = TaskProof.None,
            ["text"] = TaskProof.Text,
            ["photo"] = TaskProof.Photo,
            ["count"] = TaskProof.Count,
        };

    public static IReadOnlyDictionary<string, ScheduleDays> Days { get; } =
        new Dictionary<string, ScheduleDays>
        {
            ["every"] = ScheduleDays.Every,
            ["working"] = ScheduleDays.Working,
            ["next-working"] = ScheduleDays.NextWorking,
        };

    public static IReadOnlyDictionary<string, MissedRuns> Missed { get; } =
        new Dictionary<string, MissedRuns>
        {
            ["skip"] = MissedRuns.Skip,
            ["latest"] = MissedRuns.Latest,
            ["all"] = MissedRuns.All,
        };
}
