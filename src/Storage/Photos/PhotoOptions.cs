using System.ComponentModel.DataAnnotations;

namespace GridActors.Storage.Photos;

/// <summary>Settings of photos, section <c>Photos</c>.</summary>
public sealed class PhotoOptions
{
    /// <summary>How many bytes a person may upload in a day: more than a patrol needs, and too little to fill a disk.</summary>
    [Range(1L, 1L << 40)]
    public long MaxBytesADay { get; set; } = 300L * 1024 * 1024;

    /// <summary>
    /// How many photos a process reads and decodes at the same time. Each may need 150 MB for a moment; the others wait for their turn.
    /// </summary>
    [Range(1, 64)]
    public int MaxAtOnce { get; set; } = 2;

    /// <summary>How long a photo waits for its turn before its sender is told to come back.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);
}
