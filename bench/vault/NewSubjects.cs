using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Sealing;

/// <summary>An entry of the journal that brings keys, for the table that stores them.</summary>
sealed class NewSubjects : JournalEntry, IHasNewKeys
{
    public required IReadOnlyList<SubjectKey> NewKeys { get; init; }

    public static NewSubjects Of(IReadOnlyList<SubjectKey> keys) =>
        new()
        {
            Stream = "",
            After = 0,
            Events = [],
            At = DateTimeOffset.UtcNow,
            By = "",
            Area = "",
            Operation = Guid.Empty,
            NewKeys = keys,
        };
}
