using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>How <c>field.yaml</c> is read, and what it says about a mistake.</summary>
public sealed class FieldFileTests : IDisposable
{
    const string File = "field.yaml";

    readonly SmallPack _small = new();

    public FieldFileTests()
    {
        _small[File] = """
            purposes:
              - {id: routine, name: 日常走访, nameEn: Routine visit}
              - {id: safety, name: 安全检查}
            settle:
              - {id: gas-hose, name: 燃气软管}
            services:
              - {id: medicine, name: 代购药品, door-to-door: true}
            thresholds: {accuracy: 80, outside: 300, speed: 100, clockOff: 5, same: 3, sharedDevice: 3, dayCloses: "04:30"}
            tracks: {keep: 60d, thinAfter: 14d}
            stations:
              - {area: "430181121210", name: 东村服务站, lon: 113.25, lat: 27.5}
            sign-in: "08:00"

            """;
    }

    public void Dispose() => _small.Dispose();

    [Fact]
    public void File_is_read_with_everything_that_it_says()
    {
        var rules = _small.Read().Pack!.Field!;

        Assert.Equal(["routine", "safety"], rules.Purposes.Select(p => p.Id));
        Assert.Equal("燃气软管", rules.SettleItem("gas-hose")!.Name);
        Assert.True(Assert.Single(rules.Services).IsDoorToDoor);
        Assert.Equal(new FieldThresholds(80, 300, 100, 5, 3, 3, 270), rules.Thresholds);
        Assert.Equal(("60d", "14d"), (rules.Tracks.Keep.ToString(), rules.Tracks.ThinAfter.ToString()));
        Assert.Equal(new SignInStation("430181121210", "东村服务站", 113.25, 27.5), Assert.Single(rules.Stations));
        Assert.Equal(480, rules.SignIn);
    }

    [Fact]
    public void Thresholds_that_arent_written_have_their_defaults()
    {
        _small[File] = "thresholds: {speed: 90}\n";

        var rules = _small.Read().Pack!.Field!;

        Assert.Equal(FieldThresholds.Default with { Speed = 90 }, rules.Thresholds);
        Assert.Equal(TrackRule.Default, rules.Tracks);
        Assert.Empty(rules.Purposes);
    }

    [Fact]
    public void Pack_without_the_file_has_none()
    {
        _small.Delete(File);

        Assert.Null(_small.Read().Pack!.Field);
    }

    [Theory]
    [InlineData("id: safety", "id: routine", "3: routine of purposes stands twice, by its id or its name")]
    [InlineData("name: 安全检查", "name: 日常走访", "3: safety of purposes stands twice, by its id or its name")]
    [InlineData("accuracy: 80", "accuracy: 80m", "8: accuracy of thresholds: \"80m\" must be a whole number from 1 to 5000")]
    [InlineData("speed: 100", "pace: 100", "8: \"pace\" is no key of thresholds")]
    [InlineData("dayCloses: \"04:30\"", "dayCloses: morning", "8: dayCloses of thresholds: \"morning\" must be a time like 08:00")]
    [InlineData("thinAfter: 14d", "thinAfter: 90d", "9: tracks are thinned while they are kept: thinAfter must not be longer than keep")]
    [InlineData("keep: 60d", "keep: 60", "9: keep of tracks: \"60\" is no period; write days, months or years like 30d, 6mo or 3y")]
    [InlineData("lon: 113.25", "lon: 1132", "11: lon of a station: \"1132\" must be degrees from -180 to 180")]
    [InlineData("area: \"430181121210\"", "area: \"430181121299\"", "11: area of a station: 430181121299 is not in areas.csv")]
    [InlineData("door-to-door: true", "door-to-door: often", "7: door-to-door of a service: \"often\" must be true or false")]
    public void Mistake_is_told_with_its_line(string old, string with, string error)
    {
        _small.Replace(File, old, with);

        Assert.Contains(_small.Errors(), e => e.StartsWith($"{File}:{error}", StringComparison.Ordinal));
    }

    [Fact]
    public void Changed_thresholds_are_named_when_versions_are_compared()
    {
        var before = _small.Read().Pack!;
        _small.Replace(File, "speed: 100", "speed: 80");
        _small.Replace(File, "id: safety", "id: fire");

        var changes = PackComparison.Of(before, _small.Read().Pack!);

        Assert.Equal("thresholds", Assert.Single(Assert.Single(changes, c => c.List == "settings").Fields));
        Assert.Equal(["fire", "safety"], changes.Where(c => c.List == "visitPurposes").Select(c => c.Id).Order());
    }
}
