namespace GridActors.Service.Tests.Scores;

/// <summary>How somebody might try to make more of their score, and what comes of it (docs/scores.md).</summary>
public sealed class GamingTests : ScoreTest
{
    [Fact]
    public async Task Mass_check_ins_earn_nothing()
    {
        await Sent("check-ins", Item("sign-in", Ago(30)));
        var before = await Mine();

        await Sent("check-ins", [.. Enumerable.Range(1, 25).Select(i => Item("check-in", Ago(30 - i)))]);

        Assert.Equal((before.Points, before.Of), ((await Mine()).Points, (await Mine()).Of));
    }

    [Fact]
    public async Task Visits_faster_than_anybody_walks_count_and_wait_for_a_head()
    {
        var (one, other) = (await Household("柏一"), await Household("柏二"));
        await Sent("visits", Visit([one], Ago(20)));
        var far = await Send(
            "visits",
            [
                new
                {
                    id = NewId(),
                    sequence = 900,
                    at = Text(Ago(19)),
                    position = Here(115.5, 29),
                    households = new[] { other },
                    purpose = "routine",
                },
            ]
        );
        Assert.Contains("impossible-speed", Assert.Single(far.Expect(200).As<BatchAnswer>().Items).Flags);

        var visits = Of(await Mine(), "visits");

        Assert.Equal((2m, "doubted"), (visits.Measured, visits.Evidence[1].Note));
        Assert.True(visits.Evidence[1].Counts);
    }

    [Fact]
    public async Task Claim_that_is_grabbed_and_released_is_nobodys()
    {
        var id = await Report("路灯", Leader);
        (await Worker.Post($"/api/cases/{id}/claim", new { }, Client.NewKey())).Expect(200);
        (await Worker.Post($"/api/cases/{id}/release", new { reason = "先占着" }, Client.NewKey())).Expect(200);

        Assert.False(Of(await Mine(), "on-time").Applies);
    }

    [Fact]
    public async Task Case_that_is_closed_reopened_and_closed_again_counts_once()
    {
        var id = await Report("路灯", Leader);
        await Settle(id);
        (await Leader.Post($"/api/cases/{id}/reopen", new { reason = "又坏了" }, Client.NewKey())).Expect(200);
        await Settle(id);

        Assert.Equal(id, Assert.Single(Of(await Mine(), "on-time").Evidence).Id);
    }

    [Fact]
    public async Task Report_to_oneself_earns_nothing_as_a_report()
    {
        var id = await Report("自报自办", Worker);
        await Settle(id);

        var own = Assert.Single(Of(await Mine(), "reports").Evidence);

        Assert.Equal((false, "own"), (own.Counts, own.Note));
    }

    [Fact]
    public async Task One_report_split_into_parts_earns_what_a_day_can()
    {
        for (var part = 1; part <= 4; part++)
        {
            var id = await Report($"河道垃圾第{part}处", Worker);
            (await (await As("worker-2", Pack)).Post($"/api/cases/{id}/claim", new { }, Client.NewKey())).Expect(200);
        }

        var reports = Of(await Mine(), "reports");

        Assert.Equal((2m, 10m), (reports.Measured, reports.Points));
        Assert.Equal(2, reports.Evidence.Count(e => e.Note == "day-full"));
    }

    async Task Settle(string id)
    {
        foreach (var step in new[] { "claim", "on-site" })
            (await Worker.Post($"/api/cases/{id}/{step}", new { }, Client.NewKey())).Expect(200);
        (await Worker.Post($"/api/cases/{id}/resolve", new { text = "修好了" }, Client.NewKey())).Expect(200);
        (await Leader.Post($"/api/cases/{id}/close", new { }, Client.NewKey())).Expect(200);
    }
}
