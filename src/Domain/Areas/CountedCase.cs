using GridActors.Contracts.Cases;

namespace GridActors.Domain.Areas;

/// <summary>How a case counts in its area.</summary>
public readonly record struct CountedCase(Guid Id, int Version, CaseStatus Status, CaseOutcome Outcome, Urgency Urgency = Urgency.None);
