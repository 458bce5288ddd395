using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Places;
using GridActors.Domain.Places;

namespace GridActors.Storage.Places;

/// <summary>A place as lists show it, opened.</summary>
/// <param name="Households">How many households of its area live there.</param>
/// <param name="Contents">How many places that are in use belong to it.</param>
/// <param name="Path">What it belongs to, in the same area, from the building downwards.</param>
public sealed record PlaceRow(
    Guid Id,
    AreaId Area,
    PlaceKind Kind,
    string? Type,
    Guid? Parent,
    PlaceStatus Status,
    int Version,
    ImmutableSortedDictionary<string, string> Fields,
    DateTimeOffset CreatedAt,
    DateTimeOffset? VisitedAt,
    int Households,
    int Contents,
    IReadOnlyList<PlaceOnPath> Path
)
{
    /// <summary>Where it is, or the unit or building that it belongs to; null when nobody has entered it.</summary>
    public Position? Position =>
        Path.Reverse().Select(p => p.Fields).Prepend(Fields).Select(PlaceView.PositionOf).FirstOrDefault(p => p is not null);
}

public sealed record PlaceOnPath(Guid Id, PlaceKind Kind, ImmutableSortedDictionary<string, string> Fields);

/// <summary>From when on a key place of a type is overdue, if nobody has looked at it since.</summary>
public sealed record VisitCutoff(string Type, DateTimeOffset VisitedSince);

/// <summary>The filters of a list of places.</summary>
/// <param name="Areas">The keys of the areas; those below aren't included.</param>
public sealed record PlaceFilter(IReadOnlyList<string> Areas)
{
    public PlaceKind? Kind { get; init; }
    public string? Type { get; init; }
    public Guid? Parent { get; init; }

    /// <summary>Gone ones instead of those in use.</summary>
    public bool IsGone { get; init; }

    /// <summary>Only key places that nobody has looked at in time; null for all.</summary>
    public IReadOnlyList<VisitCutoff>? Overdue { get; init; }

    /// <summary>The last place of the page before.</summary>
    public (DateTimeOffset At, Guid Id)? After { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>That a household lived in a place.</summary>
/// <param name="Until">Null while it lives there.</param>
public sealed record Stay(Guid Household, Guid Place, DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>A step of a place's history, opened.</summary>
public sealed record PlaceHistoryItem(int Sequence, DateTimeOffset At, PersonId By, PlaceEvent Event);

/// <summary>The figures of the places of an area with everything below it.</summary>
/// <param name="Kinds">How many of each kind are in use.</param>
/// <param name="EmptyDwellings">Dwellings in which no household lives.</param>
/// <param name="KeyPlaces">How many of each type, and how many of them nobody has looked at in time.</param>
public sealed record PlaceSummary(
    IReadOnlyDictionary<PlaceKind, int> Kinds,
    int EmptyDwellings,
    IReadOnlyDictionary<string, (int Count, int Overdue)> KeyPlaces
);
