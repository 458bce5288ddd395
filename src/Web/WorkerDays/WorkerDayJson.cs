using GridActors.Web.Households;

namespace GridActors.Web.WorkerDays;

/// <summary>Why a record is doubted, and who cleared it.</summary>
/// <param name="Detail">
/// Metres outside, km/h, minutes that the clock is off, times the same, or people on the device; null for no number.
/// </param>
public sealed record FlagJson(
    string Flag,
    int? Detail,
    string? ClearedBy,
    string? ClearedByName,
    DateTimeOffset? ClearedAt,
    string? Reason
);

/// <param name="Accuracy">In metres.</param>
/// <param name="Crs">The system in which it came; this is WGS 84.</param>
public sealed record FieldPositionJson(double Lon, double Lat, double Accuracy, string Source, string Crs);

public sealed record SettledJson(string Item, string Name, string NameEn, bool Done, string Note);

/// <summary>What a visit was.</summary>
/// <param name="Households">Those that the caller may see, masked.</param>
/// <param name="HouseholdCount">How many were visited.</param>
public sealed record VisitJson(
    IReadOnlyList<HouseholdItemJson> Households,
    int HouseholdCount,
    string? Place,
    DateTimeOffset? Until,
    string? Purpose,
    string? PurposeName,
    string? PurposeNameEn,
    IReadOnlyList<SettledJson> Settled,
    string? Appointment,
    bool Changed,
    IReadOnlyList<string> Cases
);

/// <summary>A person by name.</summary>
public sealed record NamedPersonJson(string Id, string Name);

/// <summary>A record of a day.</summary>
/// <param name="At">By the clock of the device.</param>
/// <param name="CorrectedAt">By the clock of the service; null when the device's is right.</param>
/// <param name="Device">The beginning of the id of the installation.</param>
/// <param name="Grade"><c>A</c>, <c>B</c> or <c>C</c>; null for what isn't graded.</param>
/// <param name="Position">Null for others who may not read tracks, and when it wasn't kept any longer.</param>
/// <param name="Note">Empty for who may not read it.</param>
/// <param name="Late">It came after the day was closed.</param>
public sealed record FieldRecordJson(
    string Id,
    string Kind,
    DateTimeOffset At,
    DateTimeOffset? CorrectedAt,
    DateTimeOffset ReceivedAt,
    int Sequence,
    string Device,
    string Area,
    string AreaName,
    string? Grade,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<FlagJson> Flags,
    FieldPositionJson? Position,
    VisitJson? Visit,
    string? Checkpoint,
    string? CheckpointName,
    string? Seen,
    string? Case,
    string? Patrol,
    bool OutOfOffice,
    string Note,
    IReadOnlyList<string> Photos,
    IReadOnlyList<NamedPersonJson> With,
    bool Late
);

public sealed record PatrolCheckpointJson(string Id, string? Checkpoint, string? Name, DateTimeOffset At, string? Seen);

/// <summary>A time in which nothing is known of where somebody was.</summary>
public sealed record GapJson(DateTimeOffset From, DateTimeOffset To);

/// <param name="EndedAt">Null while it goes on, or when nobody said that it ended.</param>
/// <param name="Gaps">Five minutes and more without a point of the track.</param>
public sealed record PatrolJson(
    string Id,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<PatrolCheckpointJson> Checkpoints,
    IReadOnlyList<GapJson> Gaps
);

public sealed record ShiftJson(DateTimeOffset Begins, DateTimeOffset Ends);

public sealed record DayTextJson(string Text, DateTimeOffset At, string? To, string? ToName);

public sealed record DayCountsJson(
    int Records,
    int CheckIns,
    int Visits,
    int Households,
    int Patrols,
    int Checkpoints,
    int Hazards,
    int Photos,
    int OpenFlags
);

/// <summary>A worker's day.</summary>
/// <param name="State"><c>off</c>, <c>on-duty</c>, <c>patrol</c>, <c>visit</c> or <c>paused</c>.</param>
/// <param name="Closed">Whether it is closed. Records that come later are corrections.</param>
/// <param name="Corrections">How many records came after it was closed.</param>
/// <param name="AwayUntil">The worker is on leave until then; null otherwise.</param>
/// <param name="Deputies">Who stands in for them meanwhile.</param>
public sealed record WorkerDayJson(
    string Person,
    string PersonName,
    DateOnly Day,
    string State,
    DateTimeOffset? Since,
    bool Closed,
    DateTimeOffset ClosesAt,
    int Corrections,
    DateTimeOffset? AwayUntil,
    IReadOnlyList<NamedPersonJson> Deputies,
    IReadOnlyList<ShiftJson> Shifts,
    IReadOnlyList<FieldRecordJson> Records,
    IReadOnlyList<PatrolJson> Patrols,
    DayTextJson? Diary,
    DayTextJson? HandOver,
    DayCountsJson Counts
);

/// <summary>A worker who is on duty now.</summary>
/// <param name="Post">The worker's post in the area.</param>
/// <param name="Area">The grid in which they are counted.</param>
/// <param name="Position">The last one; null for who may not read tracks.</param>
/// <param name="HoursSilent">How long nothing came of them.</param>
public sealed record OnDutyJson(
    string Person,
    string PersonName,
    string? Post,
    string? PostName,
    string Area,
    string AreaName,
    string State,
    DateTimeOffset? Since,
    DateTimeOffset? LastSeenAt,
    FieldPositionJson? Position,
    int CheckIns,
    int Visits,
    int OpenFlags,
    double HoursSilent
);

/// <summary>A worker's day, in a list.</summary>
/// <param name="Area">Where the worker was counted.</param>
/// <param name="SignedInAt">When their duty began; null when it never did.</param>
/// <param name="SignedOutAt">When it ended last; null while it goes on, and when nobody said so.</param>
/// <param name="LongestSilence">The longest time on duty without a record, pauses left out, in minutes; null without duty.</param>
/// <param name="Corrections">How many records came after it was closed.</param>
/// <param name="CorrectedAt">When the last of them was taken into the day; null without one.</param>
/// <param name="HandedOverAt">When the worker wrote what whoever comes next must know; the day itself says what.</param>
public sealed record WorkerDayItemJson(
    string Person,
    string PersonName,
    DateOnly Day,
    string Area,
    string AreaName,
    DateTimeOffset? SignedInAt,
    DateTimeOffset? SignedOutAt,
    bool Closed,
    int CheckIns,
    int Visits,
    int Patrols,
    int OpenFlags,
    int? LongestSilence,
    int Corrections,
    DateTimeOffset? CorrectedAt,
    DateTimeOffset? HandedOverAt,
    string? HandedOverTo,
    string? HandedOverToName
);

/// <summary>A doubt that somebody has to look at.</summary>
public sealed record FlagItemJson(
    string Person,
    string PersonName,
    DateOnly Day,
    string Record,
    string Kind,
    DateTimeOffset At,
    DateTimeOffset RaisedAt,
    string Area,
    string AreaName,
    string? Grade,
    IReadOnlyList<string> Photos,
    FlagJson Flag
);

/// <summary>Somebody who was near a place.</summary>
/// <param name="From">When they were first within the radius.</param>
/// <param name="To">When last.</param>
/// <param name="Metres">How near they came.</param>
public sealed record NearJson(string Person, string PersonName, DateTimeOffset From, DateTimeOffset To, int Metres);

/// <summary>Where phones have no signal.</summary>
/// <param name="From">The first day that counts.</param>
/// <param name="CellSize">The side of a cell in degrees of WGS 84.</param>
/// <param name="Cells">Those in which at least three records were made, the ones with the most late records first.</param>
public sealed record SignalMapJson(string Area, DateOnly From, double CellSize, IReadOnlyList<SignalCellJson> Cells);

/// <summary>A cell of the map.</summary>
/// <param name="Lon">Of its centre.</param>
/// <param name="Area">The grid to which most of its records belong.</param>
/// <param name="Records">How many records were made there.</param>
/// <param name="HeldBack">How many of them came two minutes late, or more.</param>
/// <param name="LongestMinutes">How long one was kept at most.</param>
public sealed record SignalCellJson(double Lon, double Lat, string Area, string AreaName, int Records, int HeldBack, int LongestMinutes);

public sealed record ClearFlagRequest(string? Reason);

public sealed record DiaryRequest(string? Text);

/// <param name="To">Id of who comes next; without it, whoever does.</param>
public sealed record HandOverRequest(string? Text, string? To);

/// <summary>A GeoJSON FeatureCollection: a part of the track is a LineString, or a Point where there is only one.</summary>
public sealed record TrackJson(string Type, IReadOnlyList<TrackPartJson> Features)
{
    public const string ContentType = "application/geo+json";
}

public sealed record TrackPartJson(string Type, TrackPropertiesJson Properties, TrackGeometryJson Geometry);

/// <param name="Times">Of the points, in milliseconds since 1970.</param>
public sealed record TrackPropertiesJson(DateTimeOffset From, DateTimeOffset To, string? Patrol, bool Mocked, IReadOnlyList<long> Times);

/// <param name="Coordinates">Longitude and latitude of each point in WGS 84; of a Point, of that one.</param>
public sealed record TrackGeometryJson(string Type, IReadOnlyList<IReadOnlyList<double>> Coordinates);
