using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.WorkerDays;

namespace GridActors.Web.WorkerDays;

/// <summary>An item of a batch as it was read. What it names hasn't been looked up.</summary>
/// <param name="Id">As it was sent.</param>
/// <param name="Problem">Why it is refused; then the rest doesn't count.</param>
sealed record FieldItem(string? Id, Guid Key, int Sequence, DateTimeOffset At, ItemProblemJson? Problem)
{
    public FieldRecordKind Kind { get; init; }
    public FieldPosition? Position { get; init; }

    /// <summary>Null for the worker's own.</summary>
    public AreaNode? Area { get; init; }

    /// <summary>The text of a scanned code, and the id in it; null where there is none.</summary>
    public string? Code { get; init; }
    public Guid? CodeId { get; init; }
    public Guid? Patrol { get; init; }
    public Guid? Place { get; init; }
    public DateTimeOffset? Until { get; init; }
    public ImmutableArray<Guid> Households { get; init; } = [];
    public ImmutableArray<string> Photos { get; init; } = [];
    public ImmutableArray<PersonId> With { get; init; } = [];

    /// <summary>Without the facts of the grade, which come with the judgement.</summary>
    public FieldDetails Details { get; init; } = new(new(null, false, false, false, false, false));
    public FieldWords Words { get; init; } = FieldWords.None;

    /// <summary>Of a track.</summary>
    public ImmutableArray<TrackPoint> Points { get; init; } = [];
    public PositionSource Source { get; init; }
    public CoordinateSystem CameIn { get; init; }
    public bool IsMocked { get; init; }
}
