using System.Collections.Immutable;
using GridActors.Contracts.Cases;

namespace GridActors.Contracts.Areas;

/// <summary>Notifies an area after the commit of a step: how the case counts now, and which version was before.</summary>
/// <param name="IsConfidential">True when the case counts in the figures but no board may show it.</param>
/// <param name="From">
/// The version before; 0 for a new case. An area that doesn't know this version counts again instead of guessing.
/// </param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseNote")]
public sealed record CaseNote(
    [property: Id(0)] int From,
    [property: Id(1)] int Version,
    [property: Id(2)] CaseOutcome Outcome,
    [property: Id(3)] DateTimeOffset ReportedAt,
    [property: Id(4)] DateTimeOffset? ClosedAt,
    [property: Id(5)] TickerItem Item,
    [property: Id(6)] bool IsConfidential,
    [property: Id(7)] Urgency Urgency = Urgency.None
)
{
    /// <summary>It is open and stands on a level of the ladder.</summary>
    [Id(40)]
    public bool IsEscalated { get; init; }

    /// <summary>It is open and a supervision notice waits for its answer.</summary>
    [Id(220)]
    public bool IsSupervised { get; init; }

    /// <summary>
    /// Boards tell of the step. They don't tell that cases followed a changed pack, because that can be all of them at once, and not that
    /// one is due soon, because the figures show it.
    /// </summary>
    public bool IsNews =>
        !IsConfidential && Item.Step is not (CaseStep.Reoffered or CaseStep.ClockWarned or CaseStep.MainStepped or CaseStep.LinkAdded);
}

/// <summary>A durable version of a case. The area checks whether it has counted it.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CaseMark")]
public readonly record struct CaseMark([property: Id(0)] Guid Case, [property: Id(1)] int Version);

/// <summary>A child's report to its parent: its absolute figures, including everything below it.</summary>
/// <param name="Recheck">
/// Set while a reconciliation goes up the tree: the parent must report its own figures too, even if these change nothing.
/// </param>
[GenerateSerializer, Immutable, Alias("gridactors.AreaReport")]
public sealed record AreaReport(
    [property: Id(0)] AreaId Area,
    [property: Id(1)] Cursor Cursor,
    [property: Id(2)] DateOnly Day,
    [property: Id(3)] AreaCounts Counts,
    [property: Id(4)] ImmutableArray<TickerItem> News,
    [property: Id(5)] bool Recheck
);
