using GridActors.Contracts.Registrations;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Registrations;

/// <summary>The event that a command appends to an application, with its row, which is sealed already.</summary>
public sealed class RegistrationEntry : JournalEntry, IHasNewKeys, IErasesSubjects
{
    public required RegistrationView Registration { get; init; }

    /// <summary>Sealed; empty when it was erased.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Of the first event; afterwards empty.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>Of the first event; afterwards empty.</summary>
    public required byte[] Phone { get; init; }
    public required IReadOnlyList<SubjectKey> NewKeys { get; init; }
    public required IReadOnlyList<Guid> Erased { get; init; }

    public static string StreamOf(Guid id) => string.Concat("registration/", id.ToString("N"));
}
