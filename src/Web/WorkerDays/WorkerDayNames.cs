using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;

namespace GridActors.Web.WorkerDays;

/// <summary>The names of the workers' days in the API.</summary>
static class WorkerDayNames
{
    /// <summary>What <c>POST /api/check-ins</c> takes.</summary>
    public static readonly IReadOnlyDictionary<string, FieldRecordKind> CheckIns = Enum.GetValues<FieldRecordKind>()
        .Where(k => k != FieldRecordKind.Visit)
        .ToDictionary(Of);

    public static readonly IReadOnlyDictionary<string, FlagKind> Flags = Enum.GetValues<FlagKind>().ToDictionary(Of);

    public static readonly IReadOnlyDictionary<string, PositionSource> Sources = new Dictionary<string, PositionSource>
    {
        ["device"] = PositionSource.Device,
        ["wecom"] = PositionSource.WeCom,
        ["map"] = PositionSource.Map,
        ["typed"] = PositionSource.Typed,
    };

    public static readonly IReadOnlyDictionary<string, CoordinateSystem> Systems = new Dictionary<string, CoordinateSystem>
    {
        ["wgs84"] = CoordinateSystem.Wgs84,
        ["gcj02"] = CoordinateSystem.Gcj02,
    };

    public static string Of(FieldRecordKind kind) =>
        kind switch
        {
            FieldRecordKind.SignIn => "sign-in",
            FieldRecordKind.SignOut => "sign-out",
            FieldRecordKind.Pause => "pause",
            FieldRecordKind.Resume => "resume",
            FieldRecordKind.PatrolStart => "patrol-start",
            FieldRecordKind.PatrolEnd => "patrol-end",
            FieldRecordKind.CheckIn => "check-in",
            FieldRecordKind.Checkpoint => "checkpoint",
            FieldRecordKind.Visit => "visit",
            _ => "unknown",
        };

    public static string Of(DutyState state) =>
        state switch
        {
            DutyState.OnDuty => "on-duty",
            DutyState.Patrol => "patrol",
            DutyState.Visit => "visit",
            DutyState.Paused => "paused",
            _ => "off",
        };

    public static string? Of(EvidenceGrade grade) =>
        grade switch
        {
            EvidenceGrade.A => "A",
            EvidenceGrade.B => "B",
            EvidenceGrade.C => "C",
            _ => null,
        };

    public static string Of(FlagKind flag) =>
        flag switch
        {
            FlagKind.OutsideArea => "outside-area",
            FlagKind.ImpossibleSpeed => "impossible-speed",
            FlagKind.Mocked => "mocked",
            FlagKind.SameCoordinates => "same-coordinates",
            FlagKind.ClockOff => "clock-off",
            FlagKind.PhotoReplayed => "photo-replayed",
            FlagKind.SharedDevice => "shared-device",
            FlagKind.Future => "future",
            FlagKind.NoPosition => "no-position",
            _ => "unknown",
        };

    public static string Of(GradeReason reason) =>
        reason switch
        {
            GradeReason.PositionPrecise => "position-precise",
            GradeReason.PositionCoarse => "position-coarse",
            GradeReason.CodeScanned => "code-scanned",
            GradeReason.Typed => "typed",
            GradeReason.Photo => "photo",
            GradeReason.PhotoOriginal => "photo-original",
            GradeReason.NoPosition => "no-position",
            GradeReason.AtStation => "at-station",
            > GradeReason.Flagged => $"flagged-{Of((FlagKind)(reason - GradeReason.Flagged))}",
            _ => "unknown",
        };
}
