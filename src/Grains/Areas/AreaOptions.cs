namespace GridActors.Grains.Areas;

/// <summary>How often areas speak, section <c>Areas</c>. A change that comes after a quiet moment goes at once; these bound the rate of the following ones.</summary>
public sealed class AreaOptions
{
    /// <summary>From an area to its parent. Every level adds at most this; less costs calls up the tree under load.</summary>
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>From an area to those who watch it. Less costs every watching browser.</summary>
    public TimeSpan PushEvery { get; set; } = TimeSpan.FromMilliseconds(80);
}
