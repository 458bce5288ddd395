using GridActors.Contracts.Reassignments;
using GridActors.Storage.Journal;

namespace GridActors.Storage.Reassignments;

/// <summary>An event of a reassignment, with the reassignment after it.</summary>
public sealed class ReassignmentEntry : JournalEntry
{
    public required ReassignmentView Reassignment { get; init; }

    public static string StreamOf(Guid id) => string.Concat("reassignment/", id.ToString("N"));
}
