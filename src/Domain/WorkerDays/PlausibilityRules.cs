using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.WorkerDays;

namespace GridActors.Domain.WorkerDays;

/// <summary>What a record is compared with.</summary>
/// <param name="ReceivedAt">By the clock of the service.</param>
/// <param name="ClockOff">By how much the clock of the device is behind that of the service.</param>
/// <param name="Shape">The border of the area; null where there is none, or it is schematic.</param>
/// <param name="Stations">Where the worker signs in.</param>
/// <param name="Others">Where the same person was; positions of other records are compared.</param>
/// <param name="PeopleOnDevice">How many people used the device on that day, with this one.</param>
/// <param name="Photos">What is known of the record's photos.</param>
public sealed record JudgedAgainst(
    DateTimeOffset ReceivedAt,
    TimeSpan ClockOff,
    FieldThresholds Thresholds,
    AreaShape? Shape,
    IReadOnlyCollection<Position> Stations,
    MeasuredPositions Others,
    int PeopleOnDevice,
    IReadOnlyCollection<PhotoEvidence> Photos
);

/// <param name="CorrectedAt">When it happened by the clock of the service; null when the clock of the device is right.</param>
public sealed record Judgement(DateTimeOffset? CorrectedAt, ImmutableArray<Flag> Flags, GradedFacts Facts, GradedEvidence Graded);

/// <summary>Says what is doubtful about a record. Nothing is refused for it: a person looks at it and decides.</summary>
public static class PlausibilityRules
{
    /// <summary>Two measurements of one place can be so far apart, whatever they say of their accuracy.</summary>
    const double Jitter = 200;

    /// <summary>Records are compared only when they are so near in time: later, somebody may have taken the train.</summary>
    static readonly TimeSpan ComparedWithin = TimeSpan.FromHours(12);

    /// <summary>The clock of a photo and where it was taken agree with the record within this.</summary>
    static readonly TimeSpan PhotoWithin = TimeSpan.FromMinutes(15);
    const double PhotoNear = 500;

    /// <summary>When something happened by the clock of the service; null when the clock of the device is right.</summary>
    public static DateTimeOffset? Correct(DateTimeOffset at, DateTimeOffset receivedAt, TimeSpan clockOff, FieldThresholds thresholds)
    {
        var limit = TimeSpan.FromMinutes(thresholds.ClockOff);
        var corrected = clockOff.Duration() > limit ? at + clockOff : at;
        // What is to come hasn't happened: it can't have happened later than it was told.
        if (corrected > receivedAt + limit)
            corrected = receivedAt;
        return corrected == at ? null : corrected;
    }

    public static Judgement Judge(FieldEvidence record, JudgedAgainst against)
    {
        var thresholds = against.Thresholds;
        var corrected = Correct(record.At, against.ReceivedAt, against.ClockOff, thresholds);
        var at = corrected ?? record.At;
        var isAtStation = record.Position is { } p && IsAtStation(p, against);
        var flags = ImmutableArray.CreateBuilder<Flag>();
        if (Outside(record, isAtStation, against) is { } metres)
            flags.Add(new(FlagKind.OutsideArea, metres));
        if (Speed(record, at, against) is { } speed)
            flags.Add(new(FlagKind.ImpossibleSpeed, speed));
        if (record.Position is { IsMocked: true })
            flags.Add(new(FlagKind.Mocked, null));
        if (Same(record, at, against) is { } times)
            flags.Add(new(FlagKind.SameCoordinates, times));
        if (against.ClockOff.Duration() > TimeSpan.FromMinutes(thresholds.ClockOff))
            flags.Add(new(FlagKind.ClockOff, (int)Math.Round(Math.Clamp(-against.ClockOff.TotalMinutes, int.MinValue, int.MaxValue))));
        if (against.Photos.Any(f => f.IsReplayed))
            flags.Add(new(FlagKind.PhotoReplayed, null));
        if (against.PeopleOnDevice >= thresholds.SharedDevice)
            flags.Add(new(FlagKind.SharedDevice, against.PeopleOnDevice));
        if (record.At + NotLess(against.ClockOff, thresholds) > against.ReceivedAt + TimeSpan.FromMinutes(thresholds.ClockOff))
            flags.Add(new(FlagKind.Future, null));
        if (record.Position is null && !record.HasCode && NeedsPlace(record.Kind))
            flags.Add(new(FlagKind.NoPosition, null));
        var facts = new GradedFacts(
            record.Position?.Accuracy,
            record.Position?.IsMeasured == true,
            record.HasCode,
            !record.Photos.IsEmpty,
            against.Photos.Any(f => IsOriginal(f, at, record.Position)),
            isAtStation && record.Kind is FieldRecordKind.SignIn or FieldRecordKind.SignOut
        );
        var found = flags.ToImmutable();
        return new(corrected, found, facts, EvidenceGrader.Grade(record.Kind, facts, thresholds, [.. found.Select(f => f.Kind)]));
    }

    /// <summary>A clock that is off within the limit is taken as right.</summary>
    static TimeSpan NotLess(TimeSpan clockOff, FieldThresholds thresholds) =>
        clockOff.Duration() > TimeSpan.FromMinutes(thresholds.ClockOff) ? clockOff : TimeSpan.Zero;

    /// <summary>Pauses, and the ends of a patrol and of the day, say nothing of a place.</summary>
    static bool NeedsPlace(FieldRecordKind kind) =>
        kind is FieldRecordKind.SignIn or FieldRecordKind.CheckIn or FieldRecordKind.Checkpoint or FieldRecordKind.Visit;

    static bool IsAtStation(FieldPosition position, JudgedAgainst against) =>
        against.Stations.Any(s => Coordinates.Distance(s, position.At) - position.Accuracy <= against.Thresholds.Outside);

    static int? Outside(FieldEvidence record, bool isAtStation, JudgedAgainst against)
    {
        if (record.Position is not { } position || against.Shape is not { } shape)
            return null;
        // Workers sign in where their station is, or say that they don't; a pause can be anywhere.
        if (record.Kind is FieldRecordKind.Pause or FieldRecordKind.Resume)
            return null;
        if (record.Kind is FieldRecordKind.SignIn or FieldRecordKind.SignOut && (isAtStation || record.IsOutOfOffice))
            return null;
        var metres = shape.Distance(position.At);
        return metres - position.Accuracy > against.Thresholds.Outside ? (int)Math.Min(Math.Round(metres), int.MaxValue) : null;
    }

    /// <summary>In km/h, from the record before or to the record after, when nobody can be so fast.</summary>
    static int? Speed(FieldEvidence record, DateTimeOffset at, JudgedAgainst against)
    {
        if (record.Position is not { IsMeasured: true } position)
            return null;
        var before = against.Others.Before(at, record.Id).FirstOrDefault();
        var after = against.Others.After(at, record.Id).FirstOrDefault();
        var fastest = 0.0;
        foreach (var other in (ReadOnlySpan<MeasuredPosition?>)[before, after])
        {
            if (other is null || (other.At - at).Duration() > ComparedWithin)
                continue;
            var metres = Coordinates.Distance(other.Position, position.At) - other.Accuracy - position.Accuracy - Jitter;
            if (metres > 0)
                fastest = Math.Max(fastest, metres / Math.Max(1, (other.At - at).Duration().TotalSeconds) * 3.6);
        }
        return fastest > against.Thresholds.Speed ? (int)Math.Min(Math.Round(fastest), int.MaxValue) : null;
    }

    /// <summary>How many records in a row have the very same coordinates, with this one. Real measurements never do.</summary>
    static int? Same(FieldEvidence record, DateTimeOffset at, JudgedAgainst against)
    {
        if (record.Position is not { IsMeasured: true } position)
            return null;
        var times = 1;
        foreach (var other in against.Others.Before(at, record.Id))
            if (other.Position == position.At)
                times++;
            else
                break;
        return times >= against.Thresholds.Same ? times : null;
    }

    static bool IsOriginal(PhotoEvidence photo, DateTimeOffset at, FieldPosition? position) =>
        !photo.IsReplayed
        && photo.TakenAt is { } takenAt
        && (takenAt - at).Duration() <= PhotoWithin
        && photo.Position is { } taken
        && position is not null
        && Coordinates.Distance(taken, position.At) - position.Accuracy <= PhotoNear;
}
