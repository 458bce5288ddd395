using System.ComponentModel.DataAnnotations;

namespace GridActors.Grains.Areas;

/// <summary>
/// How often an area sends, section <c>Areas</c>. A change after a quiet moment is sent at once. These are the shortest times between one
/// send and the next.
/// </summary>
public sealed class AreaOptions
{
    /// <summary>
    /// From an area to its parent. Every level of the tree delays a change by at most this time. A shorter time makes more calls up the
    /// tree under load.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>From an area to its watchers. A shorter time makes more work for every watching browser.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan PushEvery { get; set; } = TimeSpan.FromMilliseconds(80);
}
