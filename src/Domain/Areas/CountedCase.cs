using GridActors.Contracts.Cases;

namespace GridActors.Domain.Areas;

/// <summary>How a case counts in its area.</summary>
/// <param name="IsEscalated">It stands on a level of the ladder.</param>
/// <param name="IsSupervised">A supervision notice waits for its answer.</param>
public readonly record struct CountedCase(
    Guid Id,
    int Version,
    CaseStatus Status,
    CaseOutcome Outcome,
    Urgency Urgency = Urgency.None,
    bool IsEscalated = false,
    bool IsSupervised = false
);
