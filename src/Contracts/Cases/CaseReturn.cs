using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>A settled case was returned to its claimant, to be done again (返工).</summary>
/// <param name="By">Who checked it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseReturn")]
public sealed record CaseReturn([property: Id(0)] DateTimeOffset At, [property: Id(1)] PersonId By, [property: Id(2)] string Reason);
