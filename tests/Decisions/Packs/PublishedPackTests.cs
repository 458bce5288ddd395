using System.Collections.Immutable;
using System.Diagnostics;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The packs have exactly the figures that their places have published.</summary>
public sealed class PublishedPackTests
{
    static Pack Liling => PublishedPacks.Of("liling");
    static Pack Chengtanjiang => PublishedPacks.Of("chengtanjiang");

    public static TheoryData<string> Ids { get; } = [.. PublishedPacks.Ids];

    [Fact]
    public void Liling_has_its_four_levels()
    {
        var pack = Liling;
        Assert.Equal(
            [("city", 1), ("district", 5), ("town", 24), ("village", 270), ("grid", 820)],
            pack.Levels.Select(l => (l.Id, pack.Areas.Count(a => a.Level == l.Id)))
        );
        var grids = pack.Areas.Where(a => a.Level == "grid").ToList();
        Assert.Equal(220, grids.Count(g => g.Kind == "urban"));
        Assert.Equal(600, grids.Count(g => g.Kind == "rural"));
        Assert.Equal("430281", pack.Areas[0].Code);
        Assert.DoesNotContain(pack.Areas, a => a.Code.StartsWith("430281400", StringComparison.Ordinal));
        Assert.All(pack.Areas, a => Assert.Equal(a.Level is "district" or "grid", a.Generated));
    }

    [Fact]
    public void Liling_has_one_worker_a_grid_full_time_in_urban_ones()
    {
        var pack = Liling;
        var areas = pack.Areas.ToDictionary(a => a.Code);
        var people = pack.People.ToDictionary(p => p.Id);
        var workers = pack.Holdings.Where(h => h.Post == "grid-worker").ToList();
        Assert.Equal(820, workers.Select(h => h.Area).Distinct().Count());
        Assert.Equal(820, workers.Select(h => h.Person).Distinct().Count());
        Assert.Equal(220, workers.Count(h => people[h.Person].Employment == "full-time"));
        Assert.Equal(600, workers.Count(h => people[h.Person].Employment == "part-time"));
        Assert.All(workers, h => Assert.Equal(areas[h.Area].Kind == "urban", people[h.Person].Employment == "full-time"));
    }

    [Theory]
    [InlineData("grid-head")]
    [InlineData("party-group-head")]
    [InlineData("liaison-head")]
    [InlineData("supervisor")]
    [InlineData("mediator")]
    [InlineData("grid-police")]
    [InlineData("patroller")]
    [InlineData("information-officer")]
    public void Liling_fills_every_post_of_every_grid(string post)
    {
        var holdings = Liling.Holdings.Where(h => h.Post == post).ToList();
        Assert.Equal(820, holdings.Count);
        Assert.Equal(820, holdings.Select(h => h.Area).Distinct().Count());
    }

    [Fact]
    public void Every_level_of_liling_above_the_grid_has_a_first_responsible_person()
    {
        var pack = Liling;
        Assert.Equal(
            pack.Areas.Where(a => a.Level != "grid").Select(a => a.Code).Order(),
            pack.Holdings.Where(h => h.Post == "first-responsible").Select(h => h.Area).Order()
        );
    }

    [Fact]
    public void Liling_has_thirteen_classes_of_disputes()
    {
        var disputes = Liling.Categories.Where(c => c.Class == "矛盾纠纷").ToList();
        Assert.Equal(13, disputes.Count);
        Assert.All(disputes, d => Assert.NotNull(d.Department));
        Assert.Equal(disputes, Liling.Categories.Where(c => c.Mediation));
    }

    [Theory]
    [InlineData("water-outage", "24h", "3wd", null)]
    [InlineData("power-outage", "24h", "3wd", null)]
    [InlineData("gas-outage", "24h", "3wd", null)]
    [InlineData("general-request", null, "7wd", "7wd")]
    public void Liling_keeps_the_published_clocks(string category, string? onSite, string solve, string? reply)
    {
        var clocks = Liling.Categories.Single(c => c.Code == category).Clocks;

        Assert.Equal(
            (Term.Parse(onSite), Term.Parse(solve), Term.Parse(reply)),
            (clocks.OnSite?.Term, clocks.Solve?.Term, clocks.Reply?.Term)
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Confidential_lead_reaches_the_police_alone(string id)
    {
        var pack = PublishedPacks.Of(id);
        var lead = pack.Categories.Single(c => c.Code == "police-lead");
        Assert.True(lead.Confidential);
        var tree = LoadedPack.Build(pack);
        var reached = tree
            .Areas.Values.Select(a => lead.Recipients.SelectMany(r => LoadedPack.NearestHolders(r.Post, r.At, a)).ToList())
            .ToList();
        Assert.All(reached, Assert.NotEmpty);
        var police = pack
            .Holdings.Where(h => h.Post is "grid-police" or "station-police" or "desk-police")
            .Select(h => h.Person)
            .ToHashSet();
        Assert.All(reached.SelectMany(p => p).Distinct(), p => Assert.Contains(p.Id, police));
    }

    [Fact]
    public void Chengtanjiang_has_its_six_levels()
    {
        var pack = Chengtanjiang;
        Assert.Equal(
            [("town", 1), ("village", 12), ("branch", 36), ("grid", 72), ("neighbourhood", 203), ("micro-grid", 1253)],
            pack.Levels.Select(l => (l.Id, pack.Areas.Count(a => a.Level == l.Id)))
        );
        Assert.All(pack.Areas, a => Assert.Equal(a.Level is not ("town" or "village"), a.Generated));
    }

    [Fact]
    public void Chengtanjiang_has_its_heads_and_stewards()
    {
        var pack = Chengtanjiang;
        Assert.Equal(203, People("neighbourhood-head"));
        Assert.Equal(1253, People("grid-steward"));

        int People(string post) => pack.Holdings.Where(h => h.Post == post).Select(h => h.Person).Distinct().Count();
    }

    [Fact]
    public void Every_area_of_chengtanjiang_pairs_an_instructor_with_a_head()
    {
        var pack = Chengtanjiang;
        var pairs = pack.Holdings.Where(h => h.Post is "instructor" or "grid-head").ToLookup(h => h.Area);
        Assert.All(
            pack.Areas,
            area =>
            {
                Assert.Equal(["grid-head", "instructor"], pairs[area.Code].Select(h => h.Post).Order());
                Assert.Equal(2, pairs[area.Code].Select(h => h.Person).Distinct().Count());
            }
        );
    }

    [Fact]
    public void Illegal_production_reaches_three_posts_from_every_leaf()
    {
        var pack = Chengtanjiang;
        var tree = LoadedPack.Build(pack);
        var rules = pack.Categories.Single(c => c.Code == "illegal-production").Recipients;
        Assert.Equal(["leader-safety", "station-emergency", "line-illegal-production"], rules.Select(r => r.Post));
        Assert.All(
            Leaves(tree),
            leaf => Assert.Equal(3, rules.SelectMany(r => LoadedPack.NearestHolders(r.Post, r.At, leaf)).Distinct().Count())
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_finds_its_post_from_every_leaf(string id)
    {
        var pack = PublishedPacks.Of(id);
        var tree = LoadedPack.Build(pack);
        var rules = pack
            .Categories.SelectMany(c => c.Recipients.Select(r => (r.Post, r.At)))
            .Concat(pack.Departments.Select(d => (d.Post, d.At)))
            .Distinct();
        Assert.All(rules, rule => Assert.All(Leaves(tree), leaf => Assert.NotEmpty(LoadedPack.NearestHolders(rule.Post, rule.At, leaf))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_step_of_the_ladder_is_held_in_every_area_of_its_level(string id)
    {
        var pack = PublishedPacks.Of(id);
        var ladders = pack.Categories.Select(c => c.Ladder).OfType<ImmutableArray<LadderStep>>().Append(pack.Ladder);
        var holdings = pack.Holdings.ToLookup(h => h.Area, h => h.Post);
        Assert.NotEmpty(pack.Ladder);
        Assert.All(
            ladders.SelectMany(l => l),
            step => Assert.All(pack.Areas.Where(a => a.Level == step.Level), a => Assert.NotEmpty(holdings[a.Code].Intersect(step.Posts)))
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Published_pack_is_complete(string id)
    {
        var pack = PublishedPacks.Of(id);
        Assert.NotEmpty(pack.NameEn);
        Assert.All(pack.Levels, l => Assert.NotEmpty(l.NameEn));
        Assert.All(pack.Posts, p => Assert.NotEmpty(p.NameEn));
        Assert.All(pack.Departments, d => Assert.NotEmpty(d.NameEn));
        Assert.All(pack.Categories, c => Assert.NotEmpty(c.NameEn));
        Assert.All(pack.Categories, c => Assert.NotNull(c.Clocks.Solve));
        Assert.Equal(pack.Areas.Select(a => a.Code), pack.Boundaries.Select(b => b.Area));
        Assert.True(pack.BoundariesAreSchematic);
        Assert.All(pack.People, p => Assert.True(p.Generated));
        Assert.Empty(pack.People.Select(p => p.Id).Except(pack.Holdings.Select(h => h.Person)));
        Assert.Empty(pack.Posts.Select(p => p.Id).Except(pack.Holdings.Select(h => h.Post)));
        Assert.Contains(pack.Posts, p => p.May.Contains(Permission.Administer));
    }

    [Theory]
    [InlineData("liling", 40)]
    [InlineData("chengtanjiang", 25)]
    [InlineData("beirong", 25)]
    [InlineData("aoyang", 25)]
    public void Published_catalogue_has_enough_categories(string id, int atLeast) =>
        Assert.True(PublishedPacks.Of(id).Categories.Length >= atLeast);

    /// <summary>The fastest of several readings, because a busy machine slows the others.</summary>
    [Fact]
    public void Largest_pack_is_read_within_half_a_second()
    {
        var best = Enumerable
            .Range(0, 6)
            .Min(_ =>
            {
                var start = Stopwatch.GetTimestamp();
                PublishedPacks.Read("liling");
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            });
        Assert.InRange(best, 0, 500);
    }

    static IEnumerable<AreaNode> Leaves(LoadedPack tree) => tree.Areas.Values.Where(a => a.Children.Count == 0);
}
