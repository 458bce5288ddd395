using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>A ledger (民情台账) on which a case waits for the meeting of an area.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.LedgerItem")]
public sealed record LedgerItem(
    [property: Id(0)] AreaId Area,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] string Reason
);

/// <summary>Put it on the ledger of an area, for its next meeting (列入台账).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.TableCase")]
public sealed record TableCase : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }

    /// <summary>An area that meets; null for the lowest one above the place on whose ledger the case isn't yet.</summary>
    [Id(1)]
    public AreaId? Area { get; init; }
}

/// <summary>A meeting has decided about it. Only the meeting sends it, in the name of who recorded the decision.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecordMeetingDecision")]
public sealed record RecordMeetingDecision : CaseCommand, IServiceCommand
{
    /// <summary>The meeting's register number.</summary>
    [Id(0)]
    public required string Number { get; init; }

    [Id(1)]
    public required AreaId Area { get; init; }

    [Id(2)]
    public required string Text { get; init; }

    /// <summary>Whether the case leaves the ledger. Otherwise it stays on it for the next meeting.</summary>
    [Id(3)]
    public required bool IsHandled { get; init; }

    [Id(4)]
    public required ImmutableArray<AssignedTask> Tasks { get; init; }
}
