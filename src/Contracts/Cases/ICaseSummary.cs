using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>What a list shows of a case. Both the grain's view and a row of the read table have it.</summary>
public interface ICaseSummary
{
    Guid Id { get; }
    string Number { get; }
    CaseStatus Status { get; }
    CaseOutcome Outcome { get; }
    string Category { get; }
    AreaId Area { get; }
    string Title { get; }
    bool Confidential { get; }
    PersonId Reporter { get; }
    PersonId? Claimant { get; }
    DateTimeOffset ReportedAt { get; }
    DateTimeOffset? ClaimedAt { get; }
    DateTimeOffset? ResolvedAt { get; }
    DateTimeOffset? ClosedAt { get; }
    DateTimeOffset UpdatedAt { get; }
    int Version { get; }
    DateTimeOffset? DueAt { get; }
    string? DueTerm { get; }
    Urgency Urgency { get; }
    string? Level { get; }

    /// <summary>Its first photo, by which lists show it; null when there is none.</summary>
    string? Photo { get; }
}
