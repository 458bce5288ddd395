using GridActors.Domain.Surveys;

namespace GridActors.Domain.Packs;

/// <summary>What surveys may show where.</summary>
public sealed partial class LoadedPack
{
    /// <summary>The lowest level that shows small counts where the pack names none.</summary>
    const string DefaultSmallCountsFrom = "village";

    /// <summary>Whether small counts of personal questions may be shown for an area (<see cref="SmallCounts"/>).</summary>
    public bool ShowsSmallCounts(AreaNode area)
    {
        var levels = Pack.Levels;
        var lowest = 0;
        for (var i = 0; i < levels.Length; i++)
            if (levels[i].Id == (Pack.Surveys?.SmallCountsFrom ?? DefaultSmallCountsFrom))
                lowest = i;
        return levels.IndexOf(area.Level) <= lowest;
    }
}
