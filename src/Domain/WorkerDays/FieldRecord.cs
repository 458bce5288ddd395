using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.WorkerDays;

namespace GridActors.Domain.WorkerDays;

/// <summary>Who says where somebody was. The numbers are stored.</summary>
public enum PositionSource : byte
{
    /// <summary>The browser, from satellites or networks.</summary>
    Device = 0,

    /// <summary>WeCom's interface, which also tells of mocked positions.</summary>
    WeCom = 1,

    /// <summary>Somebody tapped on a map.</summary>
    Map = 2,

    /// <summary>Somebody wrote where it was.</summary>
    Typed = 3,
}

/// <summary>The system of coordinates in which a position came. What is kept is WGS 84. The numbers are stored.</summary>
public enum CoordinateSystem : byte
{
    Wgs84 = 0,
    Gcj02 = 1,
}

/// <param name="At">In WGS 84.</param>
/// <param name="Accuracy">In metres.</param>
/// <param name="CameIn">The system from which it was converted.</param>
/// <param name="IsMocked">The device says that an app made it up.</param>
public sealed record FieldPosition(Position At, double Accuracy, PositionSource Source, CoordinateSystem CameIn, bool IsMocked)
{
    /// <summary>It was measured, not chosen by somebody.</summary>
    public bool IsMeasured => Source is PositionSource.Device or PositionSource.WeCom;
}

/// <summary>What is known of a photo that goes with a record.</summary>
/// <param name="TakenAt">When its original says that it was taken; null when it says nothing, or the original didn't come.</param>
/// <param name="Position">Where.</param>
/// <param name="IsReplayed">It looks like one that was sent before.</param>
public sealed record PhotoEvidence(string Photo, DateTimeOffset? TakenAt, Position? Position, bool IsReplayed);

/// <summary>A record as it came, before it is judged.</summary>
/// <param name="At">By the clock of the device.</param>
/// <param name="HasCode">A code that was put up at the place was scanned.</param>
/// <param name="IsOutOfOffice">The worker says that they sign in elsewhere than at the station (外勤).</param>
public sealed record FieldEvidence(
    Guid Id,
    FieldRecordKind Kind,
    DateTimeOffset At,
    int Sequence,
    FieldPosition? Position,
    bool HasCode,
    bool IsOutOfOffice,
    ImmutableArray<string> Photos
);

/// <param name="Detail">Metres outside, km/h, minutes off, times the same, or people on the device; null where there is no number.</param>
public sealed record Flag(FlagKind Kind, int? Detail);
