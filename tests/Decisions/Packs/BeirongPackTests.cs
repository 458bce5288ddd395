using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The pack of 北溶乡 has exactly the figures that were published.</summary>
public sealed class BeirongPackTests
{
    readonly Pack _pack = PublishedPacks.Of("beirong");

    [Fact]
    public void Beirong_has_14_villages_60_grids_and_120_micro_grids_under_its_county()
    {
        Assert.Equal(
            [("county", 1), ("town", 1), ("village", 14), ("grid", 60), ("micro-grid", 120)],
            _pack.Levels.Select(l => (l.Id, _pack.Areas.Count(a => a.Level == l.Id)))
        );
        Assert.All(_pack.Areas, a => Assert.Equal(a.Level is "grid" or "micro-grid", a.Generated));
        Assert.Equal("431222251", _pack.Areas.Single(a => a.Level == "town").Code);
    }

    [Theory]
    [InlineData("grid-head", 60, 60)]
    [InlineData("micro-grid-worker", 120, 120)]
    [InlineData("neighbour-head", 193, 120)]
    public void Beirong_has_its_heads_and_workers(string post, int people, int areas)
    {
        var holdings = _pack.Holdings.Where(h => h.Post == post).ToList();

        Assert.Equal((people, people), (holdings.Count, holdings.Select(h => h.Person).Distinct().Count()));
        Assert.Equal(areas, holdings.Select(h => h.Area).Distinct().Count());
    }

    [Fact]
    public void Sixty_seven_workers_of_beirong_hold_another_public_post_in_their_own_village()
    {
        var own = _pack.Holdings.Where(h => h.Post == "micro-grid-worker").ToDictionary(h => h.Person, h => h.Area);
        var others = _pack.Holdings.Where(h => h.Post is "forest-ranger" or "cleaner" or "hazard-watcher").ToList();

        Assert.Equal((67, 67), (others.Count, others.Select(h => h.Person).Distinct().Count()));
        Assert.All(others, h => Assert.StartsWith(h.Area, own[h.Person], StringComparison.Ordinal));
        Assert.All(
            _pack.Areas.Where(a => a.Level == "village"),
            v => Assert.Equal(3, others.Where(h => h.Area == v.Code).Select(h => h.Post).Distinct().Count())
        );
    }

    [Fact]
    public void Beirong_climbs_from_the_village_over_the_township_to_a_county_leader()
    {
        Assert.Equal(["village", "town", "county"], _pack.Ladder.Select(s => s.Level));
        Assert.Equal("county-leader", Assert.Single(_pack.Ladder[^1].Posts));
        Assert.All(_pack.Ladder, s => Assert.NotNull(s.Clocks.Step));
    }

    [Fact]
    public void Every_village_of_beirong_has_what_a_four_party_consultation_needs()
    {
        foreach (var village in _pack.Areas.Where(a => a.Level == "village"))
            Assert.Superset(
                new HashSet<string> { "village-secretary", "village-cadre", "work-team" },
                _pack.Holdings.Where(h => h.Area == village.Code).Select(h => h.Post).ToHashSet()
            );
        Assert.Contains(_pack.Holdings, h => h.Post == "county-leader");
        Assert.Contains(_pack.Departments, d => d.At == "county");
    }
}
