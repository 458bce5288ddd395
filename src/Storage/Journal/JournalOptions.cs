using System.ComponentModel.DataAnnotations;

namespace GridActors.Storage.Journal;

/// <summary>Settings of the group commit, section <c>Journal</c>.</summary>
public sealed class JournalOptions
{
    /// <summary>
    /// Entries that may wait for the commit under way; one more is refused as busy. More hides a database that can't keep up.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; set; } = 8_192;

    /// <summary>Entries in one commit. Above some hundreds a row costs no less, and the first of them waits for the last.</summary>
    [Range(1, 10_000)]
    public int BatchLength { get; set; } = 512;

    /// <summary>How long entries wait for a database that is away before their callers are told.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);
}
