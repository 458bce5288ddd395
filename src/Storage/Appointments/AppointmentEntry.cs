using GridActors.Contracts.Appointments;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Appointments;

/// <summary>The event that a command appends to an appointment, with its row, which is sealed already.</summary>
public sealed class AppointmentEntry : JournalEntry, IHasNewKeys, IErasesSubjects
{
    public required AppointmentView Appointment { get; init; }

    /// <summary>Sealed; empty when it was erased.</summary>
    public required byte[] Body { get; init; }
    public required IReadOnlyList<SubjectKey> NewKeys { get; init; }
    public required IReadOnlyList<Guid> Erased { get; init; }

    /// <summary>When the appointment must be called for its reminder; null when this event brings none.</summary>
    public required DateTimeOffset? CallAt { get; init; }

    public static string StreamOf(Guid id) => string.Concat("appointment/", id.ToString("N"));
}
