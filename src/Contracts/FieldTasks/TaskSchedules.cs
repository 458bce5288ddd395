using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.FieldTasks;

/// <summary>On which of its days a schedule runs. The numbers are stored.</summary>
public enum ScheduleDays : byte
{
    Every = 0,

    /// <summary>On working days of the pack's calendar, make-up days among them; not on holidays.</summary>
    Working = 1,

    /// <summary>As <see cref="Working"/>, and instead of a day off on the next working day.</summary>
    NextWorking = 2,
}

/// <summary>What becomes of runs that came while nothing ran. The numbers are stored.</summary>
public enum MissedRuns : byte
{
    Skip = 0,
    Latest = 1,
    All = 2,
}

/// <summary>When a schedule sends its task.</summary>
/// <param name="Recurrence">A recurrence of iCalendar (RFC 5545): <c>FREQ=WEEKLY;BYDAY=TU</c>.</param>
/// <param name="From">The first day on which it may run.</param>
/// <param name="At">The time of the day, by the pack's clock.</param>
/// <param name="Term">How long the task may take; null for always.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TaskScheduleRule")]
public sealed record TaskScheduleRule(
    [property: Id(0)] string Recurrence,
    [property: Id(1)] DateOnly From,
    [property: Id(2)] TimeOnly At,
    [property: Id(3)] ScheduleDays Days,
    [property: Id(4)] MissedRuns Missed,
    [property: Id(5)] string? Term
);

/// <summary>The numbers are stored.</summary>
public enum ScheduleStatus : byte
{
    Running = 0,
    Paused = 1,
    Ended = 2,
}

/// <summary>A schedule of tasks (定期任务).</summary>
/// <param name="NextAt">When it runs next; null when it doesn't.</param>
/// <param name="LastTask">The task that it sent last; null while it has sent none.</param>
/// <param name="Runs">How many tasks it has sent.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TaskScheduleView")]
public sealed record TaskScheduleView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] ScheduleStatus Status,
    [property: Id(3)] TaskDefinition Definition,
    [property: Id(4)] TaskScheduleRule Rule,
    [property: Id(5)] DateTimeOffset? NextAt,
    [property: Id(6)] DateTimeOffset? LastRun,
    [property: Id(7)] Guid? LastTask,
    [property: Id(8)] int Runs,
    [property: Id(9)] int Version,
    [property: Id(10)] DateTimeOffset BegunAt,
    [property: Id(11)] PersonId BegunBy,
    [property: Id(12)] DateTimeOffset UpdatedAt,
    [property: Id(13)] PersonId UpdatedBy,
    [property: Id(14)] string Reason
);

[GenerateSerializer, Immutable, Alias("gridactors.TaskScheduleAnswer")]
public sealed record TaskScheduleAnswer([property: Id(0)] string? Rejection, [property: Id(1)] TaskScheduleView? Schedule);

/// <summary>What a person asks to do with one schedule.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.TaskScheduleCommand")]
public abstract record TaskScheduleCommand
{
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

[GenerateSerializer, Immutable, Alias("gridactors.BeginSchedule")]
public sealed record BeginSchedule : TaskScheduleCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required TaskDefinition Definition { get; init; }

    [Id(2)]
    public required TaskScheduleRule Rule { get; init; }
}

/// <summary>Send nothing until it is resumed. What would have run meanwhile is no missed run.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.PauseSchedule")]
public sealed record PauseSchedule : TaskScheduleCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

[GenerateSerializer, Immutable, Alias("gridactors.ResumeSchedule")]
public sealed record ResumeSchedule : TaskScheduleCommand;

[GenerateSerializer, Immutable, Alias("gridactors.EndSchedule")]
public sealed record EndSchedule : TaskScheduleCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>One schedule, and the only writer of it. It calls the tasks that it sends; they never call it. The key is its id.</summary>
[Alias("gridactors.ITaskScheduleGrain")]
public interface ITaskScheduleGrain : IGrainWithGuidKey
{
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<TaskScheduleAnswer> Submit(TaskScheduleCommand command, CancellationToken cancellationToken = default);

    /// <summary>Sends what is due.</summary>
    [ResponseTimeout("00:00:30"), Alias("Run")]
    Task<ClockAnswer> Run(CancellationToken cancellationToken = default);
}
