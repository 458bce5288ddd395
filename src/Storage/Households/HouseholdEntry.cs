using GridActors.Contracts.Households;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Households;

/// <summary>The event that a command appends to a household, with its rows, which are sealed already.</summary>
public sealed class HouseholdEntry : JournalEntry, IHasNewKeys, IErasesSubjects
{
    public required HouseholdView Household { get; init; }
    public required SealedHousehold Row { get; init; }

    /// <summary>Those whose row changes.</summary>
    public required IReadOnlyList<SealedResident> Residents { get; init; }
    public required IReadOnlyList<SubjectKey> NewKeys { get; init; }

    /// <summary>Whose keys are destroyed.</summary>
    public IReadOnlyList<Guid> Erased { get; init; } = [];

    /// <summary>When the household wants to be called; null when this event gives it nothing to do.</summary>
    public DateTimeOffset? CallAt { get; init; }

    /// <summary>Where somebody of it lived before the event; null for a new household, and when that wasn't known.</summary>
    public Guid? HomeBefore { get; init; }

    /// <summary>Where somebody of it lives after the event.</summary>
    public Guid? Home => HomeOf(Household);

    public static Guid? HomeOf(HouseholdView? view) => view is { Status: HouseholdStatus.Living } ? view.Place : null;

    public static string StreamOf(Guid id) => string.Concat("household/", id.ToString("N"));
}

/// <param name="Fields">Sealed.</param>
/// <param name="Tokens">What an exact search finds the household by.</param>
public sealed record SealedHousehold(byte[] Fields, IReadOnlyList<byte[]> Tokens);

/// <param name="Fields">Sealed; empty when the resident was erased.</param>
/// <param name="Likeness">What those who may be the same person have in common with them.</param>
public sealed record SealedResident(
    ResidentView Resident,
    byte[] Fields,
    IReadOnlyList<int> NameTokens,
    IReadOnlyList<byte[]> Tokens,
    IReadOnlyList<byte[]> Likeness
);
