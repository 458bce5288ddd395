using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Storage.Households;

/// <summary>A household as lists show it, opened.</summary>
/// <param name="Residents">How many live there.</param>
/// <param name="Groups">The special groups that somebody of it is in.</param>
/// <param name="ExpiresOn">When the first certificate lapses.</param>
/// <param name="OpenCases">How many cases about it are open, without confidential ones.</param>
public sealed record HouseholdRow(
    Guid Id,
    AreaId Area,
    Guid? Place,
    PersonId? Worker,
    HouseholdStatus Status,
    int Version,
    ImmutableSortedDictionary<string, string> Fields,
    Guid? Head,
    ImmutableSortedDictionary<string, string> HeadFields,
    int Residents,
    IReadOnlyList<string> Groups,
    DateOnly? ExpiresOn,
    DateTimeOffset CreatedAt,
    DateTimeOffset CheckedAt,
    DateTimeOffset? VisitedAt,
    int OpenCases
);

/// <summary>Who lives in a household beside its head, opened.</summary>
public sealed record OtherResident(
    Guid Household,
    AreaId Area,
    PersonId? Worker,
    Guid Id,
    ImmutableSortedDictionary<string, string> Fields
);

/// <summary>A resident that a search found, opened, with the household.</summary>
public sealed record FoundResident(
    Guid Id,
    ResidentKind Kind,
    ResidentStatus Status,
    ImmutableSortedDictionary<string, string> Fields,
    IReadOnlyList<string> Groups,
    HouseholdRow Household
);

/// <summary>The filters of a list of households.</summary>
/// <param name="Areas">The keys of the areas; those below aren't included.</param>
public sealed record HouseholdFilter(IReadOnlyList<string> Areas)
{
    /// <summary>Somebody of the household is in this special group.</summary>
    public string? Group { get; init; }

    /// <summary>Somebody of the household is of this kind.</summary>
    public ResidentKind? Kind { get; init; }
    public HouseholdStatus? Status { get; init; }

    /// <summary>Not checked since then.</summary>
    public DateTimeOffset? CheckedBefore { get; init; }

    /// <summary>Only those that nobody ever visited.</summary>
    public bool NeverVisited { get; init; }

    /// <summary>Only those that must be visited: somebody is in one of the groups, and they weren't visited since its moment.</summary>
    public IReadOnlyList<(string Group, DateTimeOffset Since)>? MustVisit { get; init; }

    /// <summary>A certificate lapses by that day.</summary>
    public DateOnly? ExpiresBy { get; init; }

    /// <summary>
    /// Only those that aren't linked to somebody else, and also those elsewhere that are linked to this person alone; null for no
    /// difference.
    /// </summary>
    public PersonId? LinkedTo { get; init; }

    /// <summary>The last household of the page before.</summary>
    public (DateTimeOffset At, Guid Id)? After { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>What somebody typed, as tokens: a row that matches has all of the name's, or one of the exact ones.</summary>
public sealed record SearchQuery(string Text, int[] NameTokens, IReadOnlyList<byte[]> Exact);

/// <summary>The figures of the households of an area with everything below it.</summary>
/// <param name="Groups">How many residents are in each special group.</param>
public sealed record HouseholdSummary(HouseholdCounts Counts, IReadOnlyDictionary<string, int> Groups);
