using GridActors.Contracts.Scores;
using GridActors.Storage.Journal;

namespace GridActors.Storage.Scores;

/// <summary>An event of a worker's month, sealed, with the month after it.</summary>
public sealed class ScoreEntry : JournalEntry
{
    public required ScoreMonthView Month { get; init; }

    public static string StreamOf(string key) => string.Concat("score/", key);
}
