using GridActors.Contracts.Meetings;
using GridActors.Storage.Journal;

namespace GridActors.Storage.Meetings;

/// <summary>The event that a command appends to a meeting, with the meeting after it.</summary>
public sealed class MeetingEntry : JournalEntry
{
    public required MeetingView Meeting { get; init; }

    public static string StreamOf(Guid id) => string.Concat("meeting/", id.ToString("N"));
}
