using System.Collections.Immutable;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>A task that a decision gives, to a person or to the holders of a post.</summary>
/// <param name="Person">Null where it is given to a post.</param>
/// <param name="Post">The holders nearest to the place of the case own it; null where it is given to a person.</param>
/// <param name="Term">As the catalogue writes terms.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TaskOrder")]
public sealed record TaskOrder(
    [property: Id(0)] string Text,
    [property: Id(1)] PersonId? Person,
    [property: Id(2)] string? Post,
    [property: Id(3)] string Term
);

/// <summary>A task as it is given, with its owners and its due time worked out.</summary>
/// <param name="Post">The post whose holders own it; null when it was given to a person.</param>
/// <param name="Term">As the catalogue writes terms.</param>
/// <param name="Provisional">The official calendar of a year on the way wasn't published when the due time was computed.</param>
[GenerateSerializer, Immutable, Alias("gridactors.AssignedTask")]
public sealed record AssignedTask(
    [property: Id(0)] string Text,
    [property: Id(1)] string? Post,
    [property: Id(2)] ImmutableArray<PersonId> Owners,
    [property: Id(3)] string Term,
    [property: Id(4)] DateTimeOffset DueAt,
    [property: Id(5)] bool Provisional
);

/// <summary>A task (交办任务) that a decision about a case gave to somebody.</summary>
/// <param name="Number">It counts the tasks of the case from 1.</param>
/// <param name="Source">The number of the consultation or the meeting that decided it.</param>
/// <param name="BreachedAt">When its time ran out; it stays when the task is finished late.</param>
/// <param name="IsDone">Whether it was done. False, with a note, also when it turned out that it can't be.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseTask")]
public sealed record CaseTask(
    [property: Id(0)] int Number,
    [property: Id(1)] AssignedTask Assigned,
    [property: Id(2)] string Source,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] PersonId By,
    [property: Id(5)] DateTimeOffset? BreachedAt,
    [property: Id(6)] DateTimeOffset? FinishedAt,
    [property: Id(7)] PersonId? FinishedBy,
    [property: Id(8)] bool IsDone,
    [property: Id(9)] string Note
)
{
    public bool IsOpen => FinishedAt is null;
}
