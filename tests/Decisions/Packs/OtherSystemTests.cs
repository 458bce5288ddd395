using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The other systems of a pack, and which categories may go out to them.</summary>
public sealed class OtherSystemTests
{
    const string Systems = """
        systems:
          - {id: hotline, name: 12345热线, nameEn: 12345 hotline, answer: 5wd warn 1wd}
          - {id: city, name: 数字城管}

        """;

    [Fact]
    public void Systems_are_read_with_the_term_of_their_answer()
    {
        using var files = With("[hotline]");
        var pack = files.Read().Pack!;

        Assert.Equal(
            [new("hotline", "12345热线", "12345 hotline", ClockTerm.Parse("5wd warn 1wd")), new OtherSystem("city", "数字城管", "", null)],
            pack.Systems.AsEnumerable()
        );
        var loaded = LoadedPack.Build(pack);
        Assert.Equal("hotline", loaded.SystemFor("pothole", "hotline")?.Id);
        Assert.Null(loaded.SystemFor("pothole", "city"));
        // Confidential cases, like all others, go out only where their category says so.
        Assert.Null(loaded.SystemFor("lead", "hotline"));
    }

    [Fact]
    public void Category_with_an_unknown_system_is_told_with_its_line()
    {
        using var files = With("[moon]");

        Assert.Contains("catalogue.yaml:2: system moon of category pothole is not in pack.yaml", files.Errors());
    }

    static SmallPack With(string forwardTo)
    {
        var files = new SmallPack();
        files["pack.yaml"] += Systems;
        files.Replace("catalogue.yaml", "    materials: [现场照片]", $"    forwardTo: {forwardTo}");
        return files;
    }
}
