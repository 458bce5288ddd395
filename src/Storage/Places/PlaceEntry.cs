using GridActors.Contracts.Places;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Places;

/// <summary>The event that a command appends to a place, with its row, which is sealed already.</summary>
public sealed class PlaceEntry : JournalEntry, IHasNewKeys
{
    public required PlaceView Place { get; init; }
    public required SealedPlace Row { get; init; }
    public required IReadOnlyList<SubjectKey> NewKeys { get; init; }

    /// <summary>When the place wants to be called; null when this event gives it nothing to do.</summary>
    public DateTimeOffset? CallAt { get; init; }

    public static string StreamOf(Guid id) => string.Concat("place/", id.ToString("N"));
}

/// <param name="Fields">Sealed.</param>
/// <param name="Tokens">What an exact search finds the place by.</param>
public sealed record SealedPlace(byte[] Fields, IReadOnlyList<int> NameTokens, IReadOnlyList<byte[]> Tokens);
