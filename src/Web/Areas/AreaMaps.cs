using System.Collections.Concurrent;
using System.Text.Json;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.IO.Converters;
using Position = GridActors.Contracts.Cases.Position;

namespace GridActors.Web.Areas;

/// <summary>The shapes of the packs' areas: which grid holds a point, and which boundaries a board draws.</summary>
public sealed class AreaMaps(ShapeQueries shapes)
{
    /// <summary>About a hundred kilometres: more than a phone's position is ever wrong by, unless it is wrong altogether.</summary>
    const double FarDegrees = 1;

    static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    readonly ConcurrentDictionary<string, (LoadedPack Pack, Lazy<Shapes> Shapes)> _packs = new();

    /// <summary>The deepest area that contains a point; null when the pack has no shape there.</summary>
    public AreaNode? At(LoadedPack pack, Position position)
    {
        AreaNode? deepest = null;
        foreach (var area in Around(pack, position))
            if (deepest is null || deepest.Contains(area))
                deepest = area;
        return deepest;
    }

    /// <summary>
    /// The other area at the bottom of the tree within whose border something lies. Null where its own area's border has it too, where no
    /// border has it, and where borders are schematic and stand for no real ones.
    /// </summary>
    /// <param name="own">The area that it belongs to; null when that is gone.</param>
    public AreaNode? Elsewhere(LoadedPack pack, AreaNode? own, Position position)
    {
        if (pack.Pack.BoundariesAreSchematic)
            return null;
        var around = Around(pack, position).ToList();
        return own is not null && around.Contains(own) ? null : around.Where(a => a.Children.Count == 0).MinBy(a => a.Left);
    }

    /// <summary>The areas whose borders have a point, in no order.</summary>
    IEnumerable<AreaNode> Around(LoadedPack pack, Position position)
    {
        var point = new Coordinate(position.Lon, position.Lat);
        return Of(pack).Index.Query(new Envelope(point)).Where(s => s.Locator.Locate(point) != Location.Exterior).Select(s => s.Area);
    }

    /// <summary>
    /// True for a point that nobody in the pack's areas can have been at. Where the pack has no boundaries, no point is known to be far.
    /// </summary>
    public bool IsFar(LoadedPack pack, Position position) =>
        Of(pack).Around is { IsNull: false } around && !around.Contains(position.Lon, position.Lat);

    /// <summary>The boundaries of an area's children.</summary>
    public AreaMapJson Children(LoadedPack pack, AreaNode area)
    {
        var geometries = Of(pack).Geometries;
        return new(
            pack.Pack.BoundariesAreSchematic,
            [
                .. area
                    .Children.Where(child => geometries.ContainsKey(child.Code))
                    .Select(child => new AreaFeatureJson(new(child.Code, child.Name), geometries[child.Code])),
            ]
        );
    }

    Shapes Of(LoadedPack pack)
    {
        // A pack that was loaded again may have new boundaries. PublicationOnly: a failure to read them is not cached.
        if (_packs.TryGetValue(pack.Pack.Id, out var known) && known.Pack.HasRulesOf(pack))
            return known.Shapes.Value;
        var fresh = (pack, new Lazy<Shapes>(() => Read(pack), LazyThreadSafetyMode.PublicationOnly));
        _packs[pack.Pack.Id] = fresh;
        return fresh.Item2.Value;
    }

    Shapes Read(LoadedPack pack)
    {
        var geometries = new Dictionary<string, Geometry>();
        var index = new STRtree<Shape>();
        var around = new Envelope();
        foreach (var (code, json) in shapes.Of(pack.Pack.Id))
        {
            if (!pack.Areas.TryGetValue(code, out var area))
                continue;
            var geometry = JsonSerializer.Deserialize<Geometry>(json, GeoJson)!;
            geometries.Add(code, geometry);
            index.Insert(geometry.EnvelopeInternal, new(area, new(geometry)));
            around.ExpandToInclude(geometry.EnvelopeInternal);
        }
        if (!index.IsEmpty)
            index.Build();
        around.ExpandBy(FarDegrees);
        return new(geometries, index, around);
    }

    sealed record Shape(AreaNode Area, IndexedPointInAreaLocator Locator);

    /// <param name="Around">All shapes and a margin; null in NetTopologySuite's sense when there is no shape.</param>
    sealed record Shapes(IReadOnlyDictionary<string, Geometry> Geometries, STRtree<Shape> Index, Envelope Around);
}

/// <summary>A GeoJSON FeatureCollection of areas. GeoJSON allows further members; <c>schematic</c> is ours.</summary>
public sealed record AreaMapJson(string Type, bool Schematic, IReadOnlyList<AreaFeatureJson> Features)
{
    public const string ContentType = "application/geo+json";

    public AreaMapJson(bool schematic, IReadOnlyList<AreaFeatureJson> features)
        : this("FeatureCollection", schematic, features) { }
}

public sealed record AreaFeatureJson(string Type, AreaPropertiesJson Properties, Geometry Geometry)
{
    public AreaFeatureJson(AreaPropertiesJson properties, Geometry geometry)
        : this("Feature", properties, geometry) { }
}

public sealed record AreaPropertiesJson(string Code, string Name);
