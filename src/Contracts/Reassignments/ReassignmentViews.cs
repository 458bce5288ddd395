using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Reassignments;

/// <summary>How far a reassignment is. The numbers are stored.</summary>
public enum ReassignmentStatus : byte
{
    /// <summary>Its households move, one after the other.</summary>
    Applying = 0,
    Applied = 1,

    /// <summary>Its households move back.</summary>
    Undoing = 2,
    Undone = 3,
}

/// <summary>Households that go from one area to another.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReassignmentPart")]
public sealed record ReassignmentPart(
    [property: Id(0)] AreaId From,
    [property: Id(1)] AreaId To,
    [property: Id(2)] ImmutableArray<Guid> Households
);

/// <summary>Households that go to other areas in one step, because the areas have changed (划转).</summary>
/// <param name="Area">The lowest area that has all areas concerned.</param>
/// <param name="By">Who applied it; the service, when it carries households along with their area.</param>
/// <param name="Done">How many were done since it was applied, or since it was undone.</param>
/// <param name="LeftOut">Who stayed where they were: somebody had changed their area, or they couldn't be moved.</param>
/// <param name="NotReturned">Who didn't move back, because somebody had changed their area again.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ReassignmentView")]
public sealed record ReassignmentView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] ImmutableArray<ReassignmentPart> Parts,
    [property: Id(3)] ReassignmentStatus Status,
    [property: Id(4)] PersonId By,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] int Done,
    [property: Id(7)] ImmutableArray<Guid> LeftOut,
    [property: Id(8)] DateTimeOffset? AppliedAt,
    [property: Id(9)] PersonId? UndoneBy,
    [property: Id(10)] DateTimeOffset? UndoneAt,
    [property: Id(11)] ImmutableArray<Guid> NotReturned
)
{
    public bool IsRunning => Status is ReassignmentStatus.Applying or ReassignmentStatus.Undoing;
    public int Total => Parts.Sum(p => p.Households.Length);
}

/// <summary>The answer to a command about one reassignment.</summary>
/// <param name="Rejection">A code when the command was refused, else null.</param>
/// <param name="View">Null when there is none.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ReassignmentAnswer")]
public sealed record ReassignmentAnswer([property: Id(0)] string? Rejection, [property: Id(1)] ReassignmentView? View);
