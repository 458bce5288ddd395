using System.Text.Json;

namespace GridActors.Simulator.Client;

/// <summary>The outer ring of an area's first polygon; good enough to stand somewhere inside.</summary>
sealed class Outline(IReadOnlyList<Position> ring)
{
    const int Tries = 16;

    /// <summary>The outlines of a map by the codes of their areas; areas without one aren't named.</summary>
    public static IReadOnlyDictionary<string, Outline> All(MapView? map)
    {
        var outlines = new Dictionary<string, Outline>(StringComparer.Ordinal);
        foreach (var feature in map is null || map.Features.IsDefault ? [] : map.Features)
            if (feature.Geometry is { } geometry && Of(geometry) is { } outline)
                outlines[feature.Properties.Code] = outline;
        return outlines;
    }

    public static Outline? Of(MapGeometry geometry)
    {
        var rings = geometry.Type switch
        {
            "Polygon" => geometry.Coordinates,
            "MultiPolygon" when geometry.Coordinates.GetArrayLength() > 0 => geometry.Coordinates[0],
            _ => default,
        };
        if (rings.ValueKind != JsonValueKind.Array || rings.GetArrayLength() == 0)
            return null;
        var ring = rings[0].EnumerateArray().Select(p => new Position(p[0].GetDouble(), p[1].GetDouble())).ToList();
        return ring.Count < 4 ? null : new Outline(ring);
    }

    public Position? PointInside(Random random)
    {
        var (west, east) = (ring.Min(p => p.Lon), ring.Max(p => p.Lon));
        var (south, north) = (ring.Min(p => p.Lat), ring.Max(p => p.Lat));
        for (var i = 0; i < Tries; i++)
        {
            var point = new Position(
                Math.Round(west + (east - west) * random.NextDouble(), 6),
                Math.Round(south + (north - south) * random.NextDouble(), 6)
            );
            if (Contains(point))
                return point;
        }
        return null;
    }

    public bool Contains(Position p)
    {
        var inside = false;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            var (a, b) = (ring[i], ring[j]);
            if (a.Lat > p.Lat != b.Lat > p.Lat && p.Lon < (b.Lon - a.Lon) * (p.Lat - a.Lat) / (b.Lat - a.Lat) + a.Lon)
                inside = !inside;
        }
        return inside;
    }
}
