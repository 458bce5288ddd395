using GridActors.Contracts.Areas;
using GridActors.Domain.Areas;
using GridActors.Domain.Packs;

namespace GridActors.Storage.Areas;

/// <summary>An area to be counted.</summary>
/// <param name="Today">The start of the pack's day; what was reported or closed since then counts as today's.</param>
/// <param name="Tomorrow">Its end.</param>
/// <param name="Recently">Cases that were closed after this are listed as well as the open ones.</param>
/// <param name="ConfidentialBefore">Confidential cases count if they were reported before this.</param>
/// <param name="Households">What is stale and lapsing on this day; null where the place keeps no households.</param>
/// <param name="Duty">What is due in the week of this day.</param>
public sealed record AreaRequest(
    AreaNode Area,
    DateTimeOffset Today,
    DateTimeOffset Tomorrow,
    DateTimeOffset Recently,
    DateTimeOffset ConfidentialBefore,
    HouseholdMoments? Households,
    DutyMoments Duty
);

/// <summary>The cases of an area itself, without those of the areas below it.</summary>
/// <param name="Cases">The open ones, and those that were closed recently.</param>
public sealed record OwnCases(AreaCounts Counts, IReadOnlyList<CountedCase> Cases)
{
    public static OwnCases None { get; } = new(new(), []);
}

/// <param name="Households">The figures of the area's own households.</param>
/// <param name="Duty">Those of its own workers.</param>
/// <param name="Tasks">The figures of the area's own to-dos.</param>
/// <param name="Children">The figures of each child with everything below it; children without a case are left out.</param>
/// <param name="Ticker">The latest steps at and below the area, newest first.</param>
public sealed record AreaContent(
    OwnCases Own,
    HouseholdCounts Households,
    DutyCounts Duty,
    TaskCounts Tasks,
    IReadOnlyDictionary<AreaId, AreaCounts> Children,
    IReadOnlyList<TickerItem> Ticker
);
