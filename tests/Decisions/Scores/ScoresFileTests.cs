using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;

namespace GridActors.Decisions.Tests.Scores;

/// <summary>How <c>scores.yaml</c> is read, and what it says about a mistake.</summary>
public sealed class ScoresFileTests : IDisposable
{
    const string File = "scores.yaml";

    readonly SmallPack _small = new();

    public ScoresFileTests()
    {
        _small["field.yaml"] = "purposes:\n  - {id: routine, name: 日常走访}\n  - {id: service, name: 上门代办}\n";
        _small[File] = """
            policy: {checkIns: evidence, ranking: team, basis: 打卡只作佐证。}
            rules:
              - version: 1
                from: 2026-01
                fullMarks: 100
                items:
                  - {id: duty, name: 在岗出勤, group: 工作纪律, posts: [worker], measure: duty, points: 40, target: 95%, floor: 60%}
                  - {id: visits, name: 走访, posts: [worker], measure: visits, points: 20.5, perDutyDay: 2, purposes: [routine]}
                  - {id: services, name: 代办, posts: [worker], measure: visits, points: 9.5, each: 0.5, perDay: 4, purposes: [service]}
                  - {id: reports, name: 上报, posts: [worker], measure: reports, points: 30, each: 2}
                  - {id: returns, name: 退回, posts: [worker], measure: returns, points: 10, each: 2, deducts: true}
              - version: 2
                from: 2026-07
                fullMarks: 50
                items:
                  - {id: tasks, name: 任务, posts: [worker], measure: tasks, points: 50}

            """;
    }

    public void Dispose() => _small.Dispose();

    [Fact]
    public void File_is_read_with_everything_that_it_says()
    {
        var rules = _small.Read().Pack!.Scores!;

        Assert.Equal((CheckInPolicy.Evidence, RankingPolicy.Team, "打卡只作佐证。"), (rules.CheckIns, rules.Ranking, rules.Basis));
        Assert.Equal([1, 2], rules.Sets.Select(s => s.Version));
        var duty = rules.Sets[0].Items[0];
        Assert.Equal((ScoreMeasure.Duty, 40m, 0.95m, 0.6m), (duty.Measure, duty.Points, duty.Target, duty.Floor));
        Assert.Equal((0.5m, 4), (rules.Sets[0].Items[2].Each, rules.Sets[0].Items[2].PerDay));
        Assert.True(rules.Sets[0].Items[4].Deducts);
    }

    [Fact]
    public void Rules_hold_from_their_month_on_until_later_ones_do()
    {
        var rules = _small.Read().Pack!.Scores!;

        Assert.Null(rules.In(new(2025, 12)));
        Assert.Equal(1, rules.In(new(2026, 6))!.Version);
        Assert.Equal(2, rules.In(new(2026, 7))!.Version);
        Assert.Equal(2, rules.In(new(2027, 1))!.Version);
    }

    [Fact]
    public void Pack_without_the_file_scores_nobody()
    {
        _small.Delete(File);

        Assert.Null(_small.Read().Pack!.Scores);
    }

    [Theory]
    [InlineData("ranking: team", "ranking: public", "1: ranking of policy: \"public\" must be one of self, supervisors, team")]
    [InlineData("basis: 打卡只作佐证。", "why: 无", "1: basis of policy is missing")]
    [InlineData("from: 2026-07", "from: 2026-01", "12: rules 2 of scores must have a higher version and a later month than those before")]
    [InlineData("from: 2026-07", "from: July", "13: from of rules of scores: \"July\" must be a month like 2026-11")]
    [InlineData("points: 40", "points: 30", "3: the points of worker add up to 90, and the full marks of rules 1 are 100")]
    [InlineData("points: 40", "points: -1", "7: points of an item of scores: \"-1\" must be a number from 0 to 1000")]
    [InlineData("posts: [worker], measure: duty", "posts: [ghost], measure: duty", "7: post ghost of item duty is no post of pack.yaml")]
    [InlineData("measure: duty", "measure: mileage", "7: measure of an item of scores: \"mileage\" must be one of cases-on-time, duty,")]
    [InlineData("target: 95%", "target: 50%", "7: item duty has a target that isn't above its floor")]
    [InlineData("target: 95%", "target: 95", "7: target of an item of scores: \"95\" must be a rate like 95%")]
    [InlineData("floor: 60%", "each: 1", "7: item duty measures duty, which is a rate: it takes target and floor")]
    [InlineData("perDutyDay: 2, ", "", "8: item visits measures visits, which is a number: it takes either each or perDutyDay")]
    [InlineData("purposes: [routine]", "purposes: [fun]", "8: purpose fun of item visits is none of field.yaml")]
    [InlineData("purposes: [routine]", "purposes: [routine, service]", "3: items visits and services count the same for worker")]
    [InlineData("each: 0.5", "each: 0.005", "9: each of an item of scores: \"0.005\" must be a number from 0 to 1000")]
    [InlineData("each: 0.5", "each: 12", "9: item services has fewer points than one is worth")]
    [InlineData("each: 2, deducts: true", "each: 2", "11: item returns measures returns, which earn nothing: it must deduct")]
    [InlineData("measure: tasks", "measure: must-visit", "12: households.yaml is missing, so that no household must be visited")]
    [InlineData("checkIns: evidence", "checkIns: off", "3: item duty needs check-ins, and the policy says that they are off")]
    public void Mistake_is_told_with_its_line(string old, string with, string error)
    {
        _small.Replace(File, old, with);

        Assert.Contains(_small.Errors(), e => e.StartsWith($"{File}:{error}", StringComparison.Ordinal));
    }

    [Fact]
    public void What_counts_twice_is_taken_when_it_says_so()
    {
        _small.Replace(File, "purposes: [routine]", "purposes: [routine, service], countsAgain: true");

        Assert.Empty(_small.Errors());
    }

    [Fact]
    public void Changed_rules_are_named_when_versions_are_compared()
    {
        var before = _small.Read().Pack!;
        _small.Replace(File, "measure: tasks, points: 50", "measure: tasks, points: 50, target: 90%");
        _small.Replace(File, "ranking: team", "ranking: self");

        var changes = PackComparison.Of(before, _small.Read().Pack!);

        Assert.Equal("2", Assert.Single(changes, c => c.List == "scores").Id);
        Assert.Equal("scoreRanking", Assert.Single(Assert.Single(changes, c => c.List == "settings").Fields));
    }
}
