using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.WorkerDays;

/// <summary>
/// The border of an area, as the rings of its polygons: holes and separate parts are told by how often a ray crosses them.
/// </summary>
public sealed class AreaShape
{
    readonly ImmutableArray<ImmutableArray<(double Lon, double Lat)>> _rings;

    AreaShape(ImmutableArray<ImmutableArray<(double Lon, double Lat)>> rings) => _rings = rings;

    /// <param name="geometry">A Polygon or MultiPolygon of GeoJSON, which the reader of packs has checked.</param>
    public static AreaShape Parse(string geometry)
    {
        using var document = JsonDocument.Parse(geometry);
        var coordinates = document.RootElement.GetProperty("coordinates");
        var polygons =
            document.RootElement.GetProperty("type").GetString() == "Polygon" ? [coordinates] : coordinates.EnumerateArray().ToArray();
        return new([.. polygons.SelectMany(p => p.EnumerateArray()).Select(Ring)]);
    }

    /// <summary>How many metres a position is beyond the border; 0 inside.</summary>
    public double Distance(Position position)
    {
        var (inside, nearest) = (false, double.MaxValue);
        foreach (var ring in _rings)
            for (var i = 1; i < ring.Length; i++)
            {
                var a = Coordinates.From(position, ring[i - 1].Lon, ring[i - 1].Lat);
                var b = Coordinates.From(position, ring[i].Lon, ring[i].Lat);
                // A ray to the east crosses the side.
                if (a.North > 0 != b.North > 0 && a.East + (0 - a.North) / (b.North - a.North) * (b.East - a.East) > 0)
                    inside = !inside;
                nearest = Math.Min(nearest, FromOrigin(a, b));
            }
        return inside ? 0 : nearest;
    }

    static ImmutableArray<(double, double)> Ring(JsonElement ring) =>
        [.. ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble()))];

    /// <summary>The distance of a side from the origin.</summary>
    static double FromOrigin((double East, double North) a, (double East, double North) b)
    {
        var (east, north) = (b.East - a.East, b.North - a.North);
        var length = east * east + north * north;
        var along = length == 0 ? 0 : Math.Clamp(-(a.East * east + a.North * north) / length, 0, 1);
        return double.Hypot(a.East + along * east, a.North + along * north);
    }
}
