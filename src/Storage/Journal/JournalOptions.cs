using System.ComponentModel.DataAnnotations;

namespace GridActors.Storage.Journal;

/// <summary>Settings of the group commit, section <c>Journal</c>.</summary>
public sealed class JournalOptions
{
    /// <summary>
    /// How many entries may wait for the commit under way; further ones are refused as busy. A longer queue hides that the database can't
    /// keep up.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; set; } = 8_192;

    /// <summary>
    /// The most entries in one commit. Above some hundreds a row doesn't become cheaper, and the first entry waits longer for the last.
    /// </summary>
    [Range(1, 10_000)]
    public int BatchLength { get; set; } = 512;

    /// <summary>How long entries wait for an unavailable database before their callers get an error.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);
}
