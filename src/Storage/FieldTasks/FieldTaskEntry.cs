using GridActors.Contracts.FieldTasks;
using GridActors.Domain.FieldTasks;
using GridActors.Storage.Journal;

namespace GridActors.Storage.FieldTasks;

/// <summary>The event that a command appends to a task, with the task after it.</summary>
public sealed class FieldTaskEntry : JournalEntry
{
    public required FieldTaskView Task { get; init; }

    public required FieldTaskEvent Event { get; init; }

    /// <summary>When the task wants to be called, where that is new; null otherwise.</summary>
    public DateTimeOffset? CallAt { get; init; }

    public static string StreamOf(Guid id) => string.Concat("field-task/", id.ToString("N"));
}

/// <summary>The event that a command appends to a schedule, with the schedule after it.</summary>
public sealed class TaskScheduleEntry : JournalEntry
{
    public required TaskScheduleView Schedule { get; init; }

    /// <summary>When it runs next, where that is new; null otherwise.</summary>
    public DateTimeOffset? CallAt { get; init; }

    public static string StreamOf(Guid id) => string.Concat("task-schedule/", id.ToString("N"));
}
