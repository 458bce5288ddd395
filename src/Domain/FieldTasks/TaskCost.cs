using GridActors.Contracts.FieldTasks;

namespace GridActors.Domain.FieldTasks;

/// <summary>What a task costs those who do it: the sender sees it before it is sent.</summary>
public static class TaskCost
{
    const int MinutesToRead = 2;
    const int MinutesAnItem = 3;

    /// <summary>Fewer to-dos than this say nothing of how long the next ones take.</summary>
    public const int EnoughTaken = 5;

    /// <summary>How long it takes at one place, by what is asked for.</summary>
    public static int MinutesOf(TaskDefinition task) =>
        MinutesToRead
        + MinutesAnItem * task.Checklist.Length
        + task.Proof switch
        {
            TaskProof.Text => 3,
            TaskProof.Photo => 2,
            TaskProof.Count => 2,
            _ => 0,
        };

    /// <summary>
    /// What the sender says; else what such tasks took, from reading to completion, when enough were done; else what is asked for.
    /// </summary>
    /// <param name="taken">The middle of the minutes that tasks of this title took, and of how many to-dos it is.</param>
    public static (int Minutes, string Basis) Of(TaskDefinition task, (int Minutes, int Targets)? taken) =>
        task.Minutes is { } said ? (said, "sender")
        : taken is { Targets: >= EnoughTaken } known ? (Math.Max(1, known.Minutes), "similar")
        : (MinutesOf(task), "checklist");
}
