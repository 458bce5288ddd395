using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using Position = GridActors.Contracts.Cases.Position;

namespace GridActors.Web.Areas;

/// <summary>The shapes of the packs' areas: which grid holds a point, and what a board draws.</summary>
public sealed class AreaMaps(ShapeQueries shapes)
{
    readonly ConcurrentDictionary<string, (LoadedPack Pack, Lazy<Shapes> Shapes)> _packs = new();

    /// <summary>The deepest area that contains a point; null when the pack has no shape there.</summary>
    public AreaNode? At(LoadedPack pack, Position position)
    {
        if (!double.IsFinite(position.Lon) || !double.IsFinite(position.Lat)) return null; // "NaN" is a number to who reads queries, and no place.
        var point = new Coordinate(position.Lon, position.Lat);
        AreaNode? deepest = null;
        foreach (var shape in Of(pack).Index.Query(new Envelope(point)))
            if (shape.Locator.Locate(point) != Location.Exterior && (deepest is null || deepest.Contains(shape.Area))) deepest = shape.Area;
        return deepest;
    }

    /// <summary>A GeoJSON FeatureCollection of an area's children.</summary>
    public string Children(LoadedPack pack, AreaNode area)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteBoolean("schematic", pack.Pack.BoundariesAreSchematic);
            json.WriteStartArray("features");
            foreach (var child in area.Children)
            {
                if (!Of(pack).Geometries.TryGetValue(child.Code, out var geometry)) continue;
                json.WriteStartObject();
                json.WriteString("type", "Feature");
                json.WriteStartObject("properties");
                json.WriteString("code", child.Code);
                json.WriteString("name", child.Name);
                json.WriteEndObject();
                json.WritePropertyName("geometry");
                json.WriteRawValue(geometry);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    Shapes Of(LoadedPack pack)
    {
        // A pack that was loaded anew has new shapes; the old ones go with it. A failure to read them isn't kept.
        if (_packs.TryGetValue(pack.Pack.Id, out var known) && ReferenceEquals(known.Pack, pack)) return known.Shapes.Value;
        var fresh = (pack, new Lazy<Shapes>(() => Read(pack), LazyThreadSafetyMode.PublicationOnly));
        _packs[pack.Pack.Id] = fresh;
        return fresh.Item2.Value;
    }

    Shapes Read(LoadedPack pack)
    {
        var geometries = shapes.Of(pack.Pack.Id);
        var index = new STRtree<Shape>();
        foreach (var (code, json) in geometries)
        {
            if (!pack.Areas.TryGetValue(code, out var area)) continue;
            var geometry = Geometry(json);
            index.Insert(geometry.EnvelopeInternal, new(area, new(geometry)));
        }
        if (!index.IsEmpty) index.Build();
        return new(geometries, index);
    }

    /// <summary>A GeoJSON Polygon or MultiPolygon, as the pack's validation let it through.</summary>
    static Geometry Geometry(string json)
    {
        using var document = JsonDocument.Parse(json);
        var coordinates = document.RootElement.GetProperty("coordinates");
        return document.RootElement.GetProperty("type").GetString() == "Polygon"
            ? Polygon(coordinates)
            : new MultiPolygon([.. coordinates.EnumerateArray().Select(Polygon)]);
    }

    static Polygon Polygon(JsonElement rings)
    {
        var all = rings.EnumerateArray().Select(r => new LinearRing([.. r.EnumerateArray().Select(c => new Coordinate(c[0].GetDouble(), c[1].GetDouble()))])).ToArray();
        return new(all[0], all[1..]);
    }

    sealed record Shape(AreaNode Area, IndexedPointInAreaLocator Locator);
    sealed record Shapes(IReadOnlyDictionary<string, string> Geometries, STRtree<Shape> Index);
}
