using System.Collections.Immutable;
using GridActors.Domain.Households;

namespace GridActors.Domain.WorkerDays;

/// <summary>What a pack says of its workers' days, its <c>field.yaml</c>. docs/packs.md describes the file.</summary>
/// <param name="SignIn">When workers sign in, in minutes of the day; null where it isn't said.</param>
public sealed record FieldRules(
    ImmutableArray<VisitPurpose> Purposes,
    ImmutableArray<SettleItem> Settle,
    ImmutableArray<FieldService> Services,
    FieldThresholds Thresholds,
    TrackRule Tracks,
    ImmutableArray<SignInStation> Stations,
    int? SignIn
)
{
    /// <summary>Of a pack without the file: days are kept, and visits have no list of purposes.</summary>
    public static FieldRules Default { get; } = new([], [], [], FieldThresholds.Default, TrackRule.Default, [], null);

    public VisitPurpose? Purpose(string id) => Purposes.FirstOrDefault(p => p.Id == id);

    public SettleItem? SettleItem(string id) => Settle.FirstOrDefault(s => s.Id == id);
}

/// <summary>For what a household is visited.</summary>
public sealed record VisitPurpose(string Id, string Name, string NameEn);

/// <summary>What must be settled on a visit (必清).</summary>
public sealed record SettleItem(string Id, string Name, string NameEn);

/// <summary>What a worker does for a resident (代办).</summary>
/// <param name="IsDoorToDoor">It is done at the resident's door.</param>
public sealed record FieldService(string Id, string Name, string NameEn, bool IsDoorToDoor);

/// <summary>Where workers sign in.</summary>
/// <param name="Area">The code of the area whose workers sign in there.</param>
public sealed record SignInStation(string Area, string Name, double Lon, double Lat);

/// <summary>From where on evidence is doubted. Whatever is doubted is taken all the same, and has a flag.</summary>
/// <param name="Accuracy">Up to how many metres a position is precise.</param>
/// <param name="Outside">From how many metres beyond the border, with the accuracy taken off, a position is outside.</param>
/// <param name="Speed">In km/h, the fastest that somebody can have come from their last position.</param>
/// <param name="ClockOff">By how many minutes a device's clock may be off.</param>
/// <param name="Same">How many records in a row may have the very same coordinates.</param>
/// <param name="SharedDevice">From how many people on one device within a day they are flagged.</param>
/// <param name="DayCloses">When a day is closed, in minutes of the next day.</param>
public sealed record FieldThresholds(int Accuracy, int Outside, int Speed, int ClockOff, int Same, int SharedDevice, int DayCloses)
{
    public static FieldThresholds Default { get; } = new(50, 100, 120, 10, 4, 2, 3 * 60);
}

/// <summary>How long positions are kept.</summary>
/// <param name="Keep">After this time tracks and positions are deleted.</param>
/// <param name="ThinAfter">After this time one point of four minutes remains of a track.</param>
public sealed record TrackRule(CalendarPeriod Keep, CalendarPeriod ThinAfter)
{
    /// <summary>So long without a point, nobody knows where somebody was.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMinutes(5);

    /// <summary>How far the points of a thinned track are apart at most, but for its gaps: it must not get new ones.</summary>
    public static readonly TimeSpan Thinned = TimeSpan.FromMinutes(4);

    public static TrackRule Default { get; } = new(new(90, CalendarUnit.Days), new(30, CalendarUnit.Days));
}

/// <summary>
/// Where phones have no signal, told by records that came long after they were made. It is a hint: an app that was closed keeps records
/// back, too.
/// </summary>
public static class SignalRule
{
    /// <summary>The side of a cell in degrees: about 550 m from south to north.</summary>
    public const double CellSize = 0.005;

    /// <summary>Fewer records in a cell would say where one person was.</summary>
    public const int MinRecords = 3;

    public const int Days = 30;

    /// <summary>A phone with a signal sends within seconds.</summary>
    public static readonly TimeSpan HeldBack = TimeSpan.FromMinutes(2);
}
