using System.Collections.Concurrent;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Areas;

namespace GridActors.Web.WorkerDays;

/// <summary>The borders that positions are compared with. Those that a generator drew stand for no real ones, and aren't.</summary>
public sealed class AreaShapes(ShapeQueries shapes)
{
    readonly ConcurrentDictionary<string, (LoadedPack Pack, Lazy<IReadOnlyDictionary<string, AreaShape>> Shapes)> _packs = new();

    /// <summary>The shape of the area, or of the lowest one above it that has one; null where there is none.</summary>
    public AreaShape? Of(LoadedPack pack, AreaNode area)
    {
        if (pack.Pack.BoundariesAreSchematic)
            return null;
        var known = Of(pack);
        return area.Upwards().Select(a => known.GetValueOrDefault(a.Code)).FirstOrDefault(s => s is not null);
    }

    IReadOnlyDictionary<string, AreaShape> Of(LoadedPack pack)
    {
        if (_packs.TryGetValue(pack.Pack.Id, out var known) && known.Pack.HasRulesOf(pack))
            return known.Shapes.Value;
        // PublicationOnly: a failure to read them is not kept.
        var fresh = new Lazy<IReadOnlyDictionary<string, AreaShape>>(
            () => shapes.Of(pack.Pack.Id).ToDictionary(s => s.Key, s => AreaShape.Parse(s.Value)),
            LazyThreadSafetyMode.PublicationOnly
        );
        _packs[pack.Pack.Id] = (pack, fresh);
        return fresh.Value;
    }
}
