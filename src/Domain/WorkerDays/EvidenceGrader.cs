using System.Collections.Immutable;
using GridActors.Contracts.WorkerDays;

namespace GridActors.Domain.WorkerDays;

/// <summary>How well a record is proved, and why. It counts again when a flag is cleared.</summary>
/// <param name="Reasons">The strongest first; the flags last.</param>
public readonly record struct GradedEvidence(EvidenceGrade Grade, ImmutableArray<GradeReason> Reasons);

/// <summary>What a grade is computed from. It is kept with the record, so that it can be computed again.</summary>
/// <param name="Accuracy">Of the position in metres; null without a position.</param>
/// <param name="IsMeasured">The position was measured, not chosen on a map or typed.</param>
/// <param name="HasOriginalPhoto">The original of a photo was taken there and then.</param>
/// <param name="IsAtStation">The position is at a station where the worker signs in.</param>
public sealed record GradedFacts(double? Accuracy, bool IsMeasured, bool HasCode, bool HasPhoto, bool HasOriginalPhoto, bool IsAtStation);

/// <summary>
/// The grade of a record. A: a precise measured position, or a coarse one with a scanned code. B: a coarse position, a code or a photo
/// alone. C: typed, nothing at all, or doubted by a flag that nobody has cleared.
/// </summary>
public static class EvidenceGrader
{
    /// <summary>Pauses prove nothing, and are not graded.</summary>
    public static bool IsGraded(FieldRecordKind kind) => kind is not (FieldRecordKind.Pause or FieldRecordKind.Resume);

    /// <param name="openFlags">Those that nobody has cleared.</param>
    public static GradedEvidence Grade(
        FieldRecordKind kind,
        GradedFacts facts,
        FieldThresholds thresholds,
        IReadOnlyCollection<FlagKind> openFlags
    )
    {
        if (!IsGraded(kind))
            return new(EvidenceGrade.None, []);
        var reasons = ImmutableArray.CreateBuilder<GradeReason>();
        var (isPrecise, isCoarse) = (false, false);
        if (facts.Accuracy is not { } accuracy)
            reasons.Add(GradeReason.NoPosition);
        else if (!facts.IsMeasured)
            reasons.Add(GradeReason.Typed);
        else if (isPrecise = accuracy <= thresholds.Accuracy)
            reasons.Add(GradeReason.PositionPrecise);
        else
        {
            isCoarse = true;
            reasons.Add(GradeReason.PositionCoarse);
        }
        if (facts.IsAtStation)
            reasons.Add(GradeReason.AtStation);
        if (facts.HasCode)
            reasons.Add(GradeReason.CodeScanned);
        if (facts.HasOriginalPhoto)
            reasons.Add(GradeReason.PhotoOriginal);
        else if (facts.HasPhoto)
            reasons.Add(GradeReason.Photo);
        foreach (var flag in openFlags.Order())
            reasons.Add((GradeReason)((byte)GradeReason.Flagged + (byte)flag));
        var grade =
            openFlags.Count > 0 ? EvidenceGrade.C
            : isPrecise || (isCoarse && facts.HasCode) ? EvidenceGrade.A
            : isCoarse || facts.HasCode || facts.HasPhoto ? EvidenceGrade.B
            : EvidenceGrade.C;
        return new(grade, reasons.ToImmutable());
    }
}
