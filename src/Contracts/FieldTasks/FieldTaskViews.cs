using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.FieldTasks;

/// <summary>The numbers are stored.</summary>
public enum FieldTaskStatus : byte
{
    Active = 0,
    Recalled = 1,
}

/// <summary>The numbers are stored.</summary>
public enum TargetStatus : byte
{
    Open = 0,
    Done = 1,
    Refused = 2,
    Recalled = 3,
}

/// <summary>How many to-dos of a task stand where. All are absolute.</summary>
/// <param name="Late">Open, and past their time.</param>
/// <param name="DoneLate">Done, but too late.</param>
/// <param name="Read">Somebody has seen what is asked, whatever came of it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TaskTally")]
public readonly record struct TaskTally(
    [property: Id(0)] int Targets,
    [property: Id(1)] int Open,
    [property: Id(2)] int Late,
    [property: Id(3)] int Done,
    [property: Id(4)] int DoneLate,
    [property: Id(5)] int Refused,
    [property: Id(6)] int Read
);

/// <summary>A task that was sent (下达任务), without its to-dos.</summary>
/// <param name="Area">Whom it was sent to, with everything below.</param>
/// <param name="DueAt">Null when it has no time.</param>
/// <param name="RemindAt">When whoever hasn't done it is reminded; null for never.</param>
/// <param name="RemindedAt">Null while nobody was.</param>
/// <param name="FellDueAt">When its time was over while something was still open.</param>
/// <param name="Revision">How often it was sent: 1, and one more for each change.</param>
/// <param name="Version">The number of its events.</param>
/// <param name="Schedule">The schedule that sent it; null when a person did.</param>
[GenerateSerializer, Immutable, Alias("gridactors.FieldTaskView")]
public sealed record FieldTaskView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] FieldTaskStatus Status,
    [property: Id(3)] TaskDefinition Definition,
    [property: Id(4)] DateTimeOffset? DueAt,
    [property: Id(5)] DateTimeOffset? RemindAt,
    [property: Id(6)] DateTimeOffset? RemindedAt,
    [property: Id(7)] DateTimeOffset? FellDueAt,
    [property: Id(8)] TaskTally Tally,
    [property: Id(9)] int Revision,
    [property: Id(10)] int Version,
    [property: Id(11)] DateTimeOffset SentAt,
    [property: Id(12)] PersonId SentBy,
    [property: Id(13)] DateTimeOffset UpdatedAt,
    [property: Id(14)] PersonId UpdatedBy,
    [property: Id(15)] string RecallReason,
    [property: Id(16)] Guid? Schedule
)
{
    /// <summary>When the task next wants to be called: to remind, or because its time is over. Null for never.</summary>
    [JsonIgnore]
    public DateTimeOffset? CallAt =>
        Status != FieldTaskStatus.Active ? null
        : RemindAt is { } remind && RemindedAt is null ? remind
        : FellDueAt is null ? DueAt
        : null;
}

/// <param name="Rejection">A code of <see cref="FieldTaskRejections"/> or of cases when the command was refused, else null.</param>
/// <param name="Task">Null when there is none.</param>
/// <param name="Target">The to-do that the step was about; null for a step of the whole task.</param>
[GenerateSerializer, Immutable, Alias("gridactors.FieldTaskAnswer")]
public sealed record FieldTaskAnswer(
    [property: Id(0)] string? Rejection,
    [property: Id(1)] FieldTaskView? Task,
    [property: Id(2)] TargetKey? Target = null
);
