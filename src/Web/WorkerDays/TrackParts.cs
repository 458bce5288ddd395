using System.Collections.Immutable;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.WorkerDays;

namespace GridActors.Web.WorkerDays;

/// <summary>Cuts a track where nothing is known for a while.</summary>
static class TrackParts
{
    public static IEnumerable<TrackPartJson> Of(StoredTrack part)
    {
        var begin = 0;
        for (var i = 1; i <= part.Points.Length; i++)
            if (i == part.Points.Length || part.Points[i].At - part.Points[i - 1].At >= TrackRule.Gap)
            {
                yield return Of(part.Patrol, part.IsMocked, part.Points[begin..i]);
                begin = i;
            }
    }

    static TrackPartJson Of(Guid? patrol, bool isMocked, ImmutableArray<TrackPoint> points) =>
        new(
            "Feature",
            new(points[0].At, points[^1].At, patrol?.ToString(), isMocked, [.. points.Select(p => p.At.ToUnixTimeMilliseconds())]),
            // One point is a line without a length.
            new(
                "LineString",
                [.. (points.Length == 1 ? [points[0], points[0]] : points).Select(p => (IReadOnlyList<double>)[p.Lon, p.Lat])]
            )
        );
}
