using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;

namespace GridActors.Decisions.Tests.Texts;

/// <summary>A query's times are never guessed.</summary>
public sealed class TimeFieldTests : IDisposable
{
    readonly SmallPack _small = new();

    public void Dispose() => _small.Dispose();

    [Theory]
    [InlineData("2026-11-25", "2026-11-24T16:00:00Z")]
    [InlineData("2026-11-25T08:00:00+08:00", "2026-11-25T00:00:00Z")]
    [InlineData("2026-11-25T00:00:00Z", "2026-11-25T00:00:00Z")]
    [InlineData("2026-11-25t00:00z", "2026-11-25T00:00:00Z")]
    [InlineData("2026-11-25T00:00:00.250-03:30", "2026-11-25T03:30:00.250Z")]
    public void A_date_begins_in_the_packs_zone_and_a_time_has_its_offset(string written, string at)
    {
        var fields = new Fields(english: true);

        Assert.Equal(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), fields.Time("from", written, Pack()));
        Assert.True(fields.AreValid);
    }

    [Theory]
    [InlineData("11/25/2026")]
    [InlineData("25.11.2026")]
    [InlineData("10:00")]
    [InlineData("2026-11")]
    [InlineData("2026-11-31")]
    [InlineData("2026-11-25 08:00")]
    [InlineData("2026-11-25T08:00:00")]
    [InlineData("2026-11-25T24:00:00Z")]
    [InlineData("2026-11-25T08:00:00 08:00")]
    [InlineData("20261125")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("２０２６-11-25")]
    public void Anything_else_is_refused(string written)
    {
        var fields = new Fields(english: true);

        Assert.Null(fields.Time("from", written, Pack()));
        Assert.False(fields.AreValid);
    }

    LoadedPack Pack() => LoadedPack.Build(_small.Read().Pack! with { TimeZone = "Asia/Shanghai" });
}
