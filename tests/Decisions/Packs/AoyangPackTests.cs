using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The pack of 鳌阳镇 has exactly the figures that were published.</summary>
public sealed class AoyangPackTests
{
    readonly Pack _pack = PublishedPacks.Of("aoyang");

    [Fact]
    public void Aoyang_has_1_11_42_and_170_areas()
    {
        Assert.Equal(
            [("town", 1), ("village", 11), ("section", 42), ("grid", 170)],
            _pack.Levels.Select(l => (l.Id, _pack.Areas.Count(a => a.Level == l.Id)))
        );
        Assert.All(_pack.Areas, a => Assert.Equal(a.Level is "section" or "grid", a.Generated));
        Assert.Equal("350924100", _pack.Areas[0].Code);
    }

    [Fact]
    public void The_eleven_are_nine_communities_and_two_villages()
    {
        var eleven = _pack.Areas.Where(a => a.Level == "village").ToList();

        Assert.Equal(
            (9, 2),
            (
                eleven.Count(a => a.Kind == "urban" && a.Name.EndsWith("社区", StringComparison.Ordinal)),
                eleven.Count(a => a.Kind == "rural" && a.Name.EndsWith('村'))
            )
        );
    }

    [Fact]
    public void Grid_workers_are_109_committee_members_and_114_full_time_workers()
    {
        var people = _pack.People.ToDictionary(p => p.Id);
        var workers = _pack.Holdings.Where(h => h.Post == "grid-worker").ToList();

        Assert.Equal(223, workers.Select(h => h.Person).Distinct().Count());
        Assert.Equal(109, workers.Count(h => people[h.Person].Employment == "committee-member"));
        Assert.Equal(114, workers.Count(h => people[h.Person].Employment == "full-time"));
        Assert.Equal(170, workers.Select(h => h.Area).Distinct().Count());
    }

    [Fact]
    public void What_nobody_answers_climbs() => Assert.All(_pack.Ladder, s => Assert.Contains(ClockName.Respond, s.ClimbsOn));

    [Fact]
    public void Everything_in_aoyang_is_answered_within_30_minutes() =>
        Assert.All(_pack.Categories, c => Assert.Equal(Term.Parse("30m"), c.Clocks.Respond?.Term));
}
