using GridActors.Contracts.Cases;
using GridActors.Domain.WorkerDays;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>The conversion of positions of Chinese map SDKs, and distances.</summary>
public sealed class CoordinatesTests
{
    /// <summary>Published pairs: 北京 天安门, 上海 人民广场, 长沙.</summary>
    [Theory]
    [InlineData(116.3912022, 39.9075, 116.397447, 39.908904)]
    [InlineData(121.4691, 31.2323, 121.473617, 31.230365)]
    public void Gcj02_is_hundreds_of_metres_from_wgs84(double lon, double lat, double movedLon, double movedLat)
    {
        var moved = Coordinates.ToGcj02(new(lon, lat));

        Assert.InRange(Coordinates.Distance(moved, new(movedLon, movedLat)), 0, 60);
        Assert.InRange(Coordinates.Distance(moved, new(lon, lat)), 100, 900);
    }

    /// <summary>The vector that implementations of the formula are tested with.</summary>
    [Fact]
    public void Known_vector_is_converted_exactly()
    {
        var moved = Coordinates.ToGcj02(new(116.404, 39.915));

        Assert.InRange(Coordinates.Distance(moved, new(116.41024449916938, 39.91640428150164)), 0, 0.01);
    }

    [Theory]
    [InlineData(116.404, 39.915)]
    [InlineData(113.25, 27.68)]
    [InlineData(119.5, 27.46)]
    [InlineData(110.6, 28.5)]
    [InlineData(87.6, 43.8)]
    [InlineData(126.6, 45.7)]
    public void Conversion_back_is_right_to_half_a_metre(double lon, double lat)
    {
        var wgs84 = Coordinates.ToWgs84(Coordinates.ToGcj02(new(lon, lat)));

        Assert.InRange(Coordinates.Distance(wgs84, new(lon, lat)), 0, 0.5);
    }

    [Theory]
    [InlineData(2.35, 48.85)]
    [InlineData(-74, 40.7)]
    public void Outside_of_china_nothing_is_moved(double lon, double lat)
    {
        Assert.Equal(new Position(lon, lat), Coordinates.ToWgs84(new(lon, lat)));
    }

    [Fact]
    public void Distance_is_in_metres()
    {
        Assert.InRange(Coordinates.Distance(new(113, 27), new(113, 28)), 110_900, 111_500);
        Assert.Equal(0, Coordinates.Distance(new(113, 27), new(113, 27)));
    }

    [Fact]
    public void Shape_says_how_far_outside_a_position_is()
    {
        var shape = AreaShape.Parse(
            """
            {"type":"Polygon","coordinates":[[[113,27],[113.1,27],[113.1,27.1],[113,27.1],[113,27]],
                [[113.04,27.04],[113.06,27.04],[113.06,27.06],[113.04,27.06],[113.04,27.04]]]}
            """
        );

        Assert.Equal(0, shape.Distance(new(113.02, 27.02)));
        Assert.InRange(shape.Distance(new(113.11, 27.05)), 950, 1050); // A hundredth of a degree to the east.
        Assert.InRange(shape.Distance(new(113.05, 27.05)), 950, 1150); // In the hole.
        Assert.InRange(shape.Distance(new(113.05, 27.2)), 11_000, 11_300);
    }

    [Fact]
    public void Shape_can_have_several_parts()
    {
        var shape = AreaShape.Parse(
            """
            {"type":"MultiPolygon","coordinates":[[[[113,27],[113.1,27],[113.1,27.1],[113,27.1],[113,27]]],
                [[[114,27],[114.1,27],[114.1,27.1],[114,27.1],[114,27]]]]}
            """
        );

        Assert.Equal(0, shape.Distance(new(114.05, 27.05)));
        Assert.True(shape.Distance(new(113.5, 27.05)) > 30_000);
    }
}
