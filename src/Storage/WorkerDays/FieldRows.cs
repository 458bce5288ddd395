using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;

namespace GridActors.Storage.WorkerDays;

/// <summary>A row of <c>field_record</c>.</summary>
/// <param name="At">By the corrected clock; <paramref name="DeviceAt"/> is by that of the device.</param>
/// <param name="Note">Sealed words; null for none.</param>
/// <param name="IsLate">It came after its day was closed. The writer finds it out.</param>
public sealed record FieldRecordRow(
    PersonId Person,
    Guid Id,
    AreaId Area,
    DateOnly Day,
    FieldRecordKind Kind,
    DateTimeOffset DeviceAt,
    DateTimeOffset At,
    DateTimeOffset ReceivedAt,
    string Device,
    int Sequence,
    FieldPosition? Position,
    EvidenceGrade Grade,
    ImmutableArray<GradeReason> Reasons,
    DateTimeOffset? Until,
    Guid? Patrol,
    ImmutableArray<Guid> Households,
    ImmutableArray<string> Photos,
    FieldDetails Details,
    byte[]? Note,
    bool IsLate
)
{
    public ImmutableArray<Flag> Flags { get; init; } = [];
}

/// <summary>What else a record says, without words: the column <c>data</c>.</summary>
/// <param name="Facts">From what the grade is computed.</param>
public sealed record FieldDetails(GradedFacts Facts)
{
    /// <summary>The text of a scanned code; null for none.</summary>
    public string? CodeText { get; init; }
    public ImmutableArray<string>? With { get; init; }
    public string? Checkpoint { get; init; }

    /// <summary><c>ok</c> or <c>hazard</c>; null where nothing was looked at.</summary>
    public string? Seen { get; init; }
    public ImmutableArray<Guid>? Cases { get; init; }
    public bool? OutOfOffice { get; init; }
    public Guid? Place { get; init; }
    public string? Purpose { get; init; }
    public ImmutableArray<SettledDetail>? Settled { get; init; }
    public Guid? Appointment { get; init; }
    public bool? Changed { get; init; }
}

/// <summary>Something that had to be settled on a visit. What is noted of it stands in the record's sealed words.</summary>
public sealed record SettledDetail(string Item, bool Done);

/// <summary>The words of a record, before they are sealed.</summary>
/// <param name="Settled">By the item.</param>
public sealed record FieldWords(string Note, ImmutableSortedDictionary<string, string> Settled)
{
    public static FieldWords None { get; } = new("", ImmutableSortedDictionary<string, string>.Empty);

    public bool AreEmpty => Note.Length == 0 && Settled.IsEmpty;
}

/// <summary>A point of a track, in WGS 84.</summary>
public readonly record struct TrackPoint(DateTimeOffset At, double Lon, double Lat, double Accuracy)
{
    public Position Position => new(Lon, Lat);
}

/// <summary>A row of <c>field_track</c>.</summary>
/// <param name="Points">By their times, at least one.</param>
public sealed record FieldTrackRow(
    PersonId Person,
    Guid Id,
    AreaId Area,
    DateOnly Day,
    DateTimeOffset ReceivedAt,
    string Device,
    int Sequence,
    Guid? Patrol,
    PositionSource Source,
    CoordinateSystem CameIn,
    bool IsMocked,
    ImmutableArray<TrackPoint> Points
);

/// <summary>The first record of a day makes its row.</summary>
/// <param name="Area">Where the worker is counted.</param>
public sealed record WorkerDayRow(PersonId Person, DateOnly Day, AreaId Area, DateTimeOffset ClosesAt);

/// <summary>The device from which somebody sends on a day.</summary>
public sealed record FieldDeviceRow(string Device, DateOnly Day, PersonId Person);

/// <summary>What one request writes: all of it is judged.</summary>
/// <param name="Devices">Those that weren't known to be used by the person on that day.</param>
public sealed record FieldWrite(
    IReadOnlyList<WorkerDayRow> Days,
    IReadOnlyList<FieldDeviceRow> Devices,
    IReadOnlyList<FieldRecordRow> Records,
    IReadOnlyList<FieldTrackRow> Tracks
);

/// <summary>What became of a row.</summary>
public enum FieldOutcome
{
    Taken,

    /// <summary>It was there already, from an earlier attempt.</summary>
    Known,

    /// <summary>It was there already, maybe from a commit of this request whose answer was lost with the connection.</summary>
    MaybeTaken,

    /// <summary>The database refused it.</summary>
    Refused,
}

/// <param name="IsLate">Its day was closed.</param>
public readonly record struct WrittenRow(FieldOutcome Outcome, bool IsLate);

/// <summary>The queue of the records is full. Nothing was accepted; try again a little later.</summary>
public sealed class FieldBusyException() : Exception("The queue of the field records is full.");

/// <summary>The database can't be reached. Some rows may be durable; to send them again changes nothing.</summary>
public sealed class FieldUnavailableException(Exception? inner = null) : Exception("The field records can't be stored now.", inner);
