using GridActors.Contracts.Cases;

namespace GridActors.Domain.WorkerDays;

/// <summary>
/// Positions are kept in WGS 84. Chinese map SDKs answer GCJ-02, which is WGS 84 moved by up to half a kilometre inside China by a known
/// formula; it is undone by iteration.
/// </summary>
public static class Coordinates
{
    /// <summary>In metres, the mean radius of the earth.</summary>
    const double Earth = 6_371_008.8;

    // The ellipsoid of Krasovsky, on which the formula is based.
    const double Axis = 6_378_245.0;
    const double Eccentricity = 0.00669342162296594323;

    /// <summary>In degrees: about a millimetre.</summary>
    const double Precision = 1e-8;
    const int MaxRounds = 20;

    /// <summary>The WGS 84 position whose GCJ-02 position is the given one.</summary>
    public static Position ToWgs84(Position gcj02)
    {
        var guess = gcj02;
        for (var round = 0; round < MaxRounds; round++)
        {
            var moved = ToGcj02(guess);
            var (lon, lat) = (gcj02.Lon - moved.Lon, gcj02.Lat - moved.Lat);
            guess = new(guess.Lon + lon, guess.Lat + lat);
            if (Math.Abs(lon) < Precision && Math.Abs(lat) < Precision)
                break;
        }
        return guess;
    }

    public static Position ToGcj02(Position wgs84)
    {
        // Nothing is moved outside of this box, neither by the SDKs.
        if (wgs84.Lon is < 72.004 or > 137.8347 || wgs84.Lat is < 0.8293 or > 55.8271)
            return wgs84;
        var (x, y) = (wgs84.Lon - 105, wgs84.Lat - 35);
        var radians = wgs84.Lat / 180 * Math.PI;
        var magic = 1 - Eccentricity * Math.Sin(radians) * Math.Sin(radians);
        var root = Math.Sqrt(magic);
        var north = MovedNorth(x, y) * 180 / (Axis * (1 - Eccentricity) / (magic * root) * Math.PI);
        var east = MovedEast(x, y) * 180 / (Axis / root * Math.Cos(radians) * Math.PI);
        return new(wgs84.Lon + east, wgs84.Lat + north);
    }

    /// <summary>In metres, on a sphere: right to half a percent.</summary>
    public static double Distance(Position a, Position b)
    {
        var (north, east) = (Radians(b.Lat - a.Lat), Radians(b.Lon - a.Lon));
        var chord =
            Math.Pow(Math.Sin(north / 2), 2) + Math.Cos(Radians(a.Lat)) * Math.Cos(Radians(b.Lat)) * Math.Pow(Math.Sin(east / 2), 2);
        return 2 * Earth * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    /// <summary>Where a position is seen from another one, in metres to the east and north: right within some ten kilometres.</summary>
    public static (double East, double North) From(Position origin, double lon, double lat) =>
        (Radians(lon - origin.Lon) * Math.Cos(Radians(origin.Lat)) * Earth, Radians(lat - origin.Lat) * Earth);

    static double Radians(double degrees) => degrees / 180 * Math.PI;

    static double MovedNorth(double x, double y) =>
        -100
        + 2 * x
        + 3 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * Math.Sqrt(Math.Abs(x))
        + (20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI)) * 2 / 3
        + (20 * Math.Sin(y * Math.PI) + 40 * Math.Sin(y / 3 * Math.PI)) * 2 / 3
        + (160 * Math.Sin(y / 12 * Math.PI) + 320 * Math.Sin(y * Math.PI / 30)) * 2 / 3;

    static double MovedEast(double x, double y) =>
        300
        + x
        + 2 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * Math.Sqrt(Math.Abs(x))
        + (20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI)) * 2 / 3
        + (20 * Math.Sin(x * Math.PI) + 40 * Math.Sin(x / 3 * Math.PI)) * 2 / 3
        + (150 * Math.Sin(x / 12 * Math.PI) + 300 * Math.Sin(x / 30 * Math.PI)) * 2 / 3;
}
