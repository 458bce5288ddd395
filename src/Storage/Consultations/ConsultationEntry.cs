using GridActors.Storage.Journal;

namespace GridActors.Storage.Consultations;

/// <summary>The event that a command appends to a consultation.</summary>
public sealed class ConsultationEntry : JournalEntry
{
    public required Guid Id { get; init; }

    public static string StreamOf(Guid id) => string.Concat("consultation/", id.ToString("N"));
}
