using GridActors.Contracts.Scores;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace GridActors.Service.Tests.Scores;

/// <summary>A month is closed as a record; what comes late corrects it, and a worker can have a line looked at again.</summary>
public sealed class ClosedMonthTests : ScoreTest
{
    sealed record Listed(string Id, string Person, string Month, string Item, string ItemName, string State, int Instance, bool IsOverdue);

    [Fact]
    public async Task Month_is_closed_for_everybody_and_what_comes_late_is_a_correction()
    {
        var household = await Household("柏独居");
        await Sent("visits", Visit([household], Ago(20)));
        await Eventually.Is(async () => Of(await Mine(), "must-visit").Points == 20);
        await Service.CloseScores(Pack);
        var closed = await Closed();
        Assert.Equal((false, 5m, 20m), (closed.IsProvisional, Of(closed, "visits").Points, Of(closed, "must-visit").Points));
        Assert.Empty(closed.Corrections);

        var other = await Household("柏二户");
        await Sent("visits", Visit([other], Ago(10)));
        await Service.CloseScores(Pack);

        var corrected = await Eventually.Is(() => Mine(), s => s.Corrections.Length > 0);
        Assert.Equal([new Changed("visits", 5, 10)], Assert.Single(corrected.Corrections).Changes);
        Assert.Equal(10, Of(corrected, "visits").Points);
        // Whoever was registered later didn't have to be visited.
        Assert.Equal((1m, 1m), (Of(corrected, "must-visit").Measured, Of(corrected, "must-visit").OutOf));
        Assert.Equal(closed.ClosedAt, corrected.ClosedAt);
        var row = (await Leader.Get("/api/scores?area=C-A1-1")).Expect(200).As<ListView>().People.Single(p => p.Person == "worker-1");
        Assert.Equal((corrected.Points, corrected.Mark, true), (row.Points, row.Mark, row.ClosedAt is not null));
    }

    [Fact]
    public async Task Closed_month_and_its_appeals_are_the_same_after_its_actor_is_gone_and_words_are_sealed()
    {
        await Sent("check-ins", Item("sign-in", Ago(20)));
        await Service.CloseScores(Pack);
        var before = await Appealed(await Closed(), "visits", "柏三家门口没有信号 👵");
        var month = before.Month;
        Assert.Equal(
            0,
            await Service.Ask<long>("select count(*) from journal where stream like $1 and data::text like '%信号%'", $"score/{Pack}/%")
        );

        await Service
            .Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IScoreGrain>($"{Pack}/worker-1/{month}")
            .AsReference<IGrainManagementExtension>()
            .DeactivateOnIdle();

        var after = (await (await As("worker-1", Pack)).Get($"/api/scores/me?month={month}")).Expect(200).As<ScoreView>();
        Assert.Equal(before.ClosedAt, after.ClosedAt);
        Assert.Equal(before.Lines.Select(l => (l.Item.Id, l.Points, l.Of)), after.Lines.Select(l => (l.Item.Id, l.Points, l.Of)));
        Assert.Equal("柏三家门口没有信号 👵", Assert.Single(after.Appeals).Text);
    }

    [Fact]
    public async Task An_appeal_is_refused_raised_and_won_above_and_shows_in_the_line()
    {
        await Sent("visits", Visit([await Household("柏独居")], Ago(20)));
        await Service.CloseScores(Pack);
        var closed = await Closed();
        (
            await Worker.Post($"/api/scores/me/{closed.Month}/appeals", new { item = "mileage", text = "走了很多路" }, Client.NewKey())
        ).Expect(404, "not-found");
        var appeal = Assert.Single((await Appealed(closed, "visits", "另一户的走访没有传上来")).Appeals);
        Assert.Equal(("open", 1, false), (appeal.State, appeal.Instance, appeal.MayDecide));
        (await Worker.Post($"/api/scores/me/{closed.Month}/appeals", new { item = "visits", text = "再次" }, Client.NewKey())).Expect(
            409,
            "already-appealed"
        );
        var clerk = await As("clerk-a1", Pack);
        var listed = Assert.Single((await clerk.Get("/api/score-appeals?area=C-A1&open=true")).Expect(200).As<Page<Listed>>().Items);
        Assert.Equal(
            (appeal.Id, "worker-1", "visits", "入户走访", "open"),
            (listed.Id, listed.Person, listed.Item, listed.ItemName, listed.State)
        );

        (await Decide(await As("leader-b", Pack), appeal, closed, "granted", 10)).Expect(404, "not-found");
        (await Decide(clerk, appeal, closed, "granted", null)).Expect(400, "invalid-request");
        (await Decide(clerk, appeal, closed, "granted", 4)).Expect(409, "wrong-points");
        (await Decide(clerk, appeal, closed, "refused", null)).Expect(200);
        Assert.True(Assert.Single((await Mine()).Appeals).MayRaise);
        (await Worker.Post($"/api/scores/me/{closed.Month}/appeals/{appeal.Id}/raise", new { text = "有照片" }, Client.NewKey())).Expect(
            200
        );
        (await Decide(clerk, appeal, closed, "granted", 10)).Expect(403, "not-your-appeal");
        (await Decide(Leader, appeal, closed, "granted", 10)).Expect(200);

        var won = await Mine();
        Assert.Equal((10m, 5m), (Of(won, "visits").Points, Of(won, "visits").Computed));
        Assert.Equal(closed.Points + 5, won.Points);
        var decided = Assert.Single(won.Appeals);
        Assert.Equal(("granted", 2, "有照片"), (decided.State, decided.Instance, decided.Raised));
        Assert.Equal(
            [(1, "clerk-a1", "refused", 5m, 5m), (2, "leader-a", "granted", 5m, 10m)],
            decided.Decisions.Select(d => (d.Instance, d.By, d.Outcome, d.From, d.To))
        );
        Assert.Empty((await clerk.Get("/api/score-appeals?open=true")).Expect(200).As<Page<Listed>>().Items);
        (await Worker.Get("/api/score-appeals")).Expect(403, "not-your-area");
    }

    [Fact]
    public async Task Open_month_is_not_appealed_against_and_a_repeat_is_one_appeal()
    {
        await Sent("check-ins", Item("sign-in", Ago(20)));
        var month = (await Mine()).Month;
        var body = new { item = "visits", text = "没有信号" };
        (await Worker.Post($"/api/scores/me/{month}/appeals", body, Client.NewKey())).Expect(409, "score-not-closed");
        await Service.CloseScores(Pack);
        await Closed();
        var key = Client.NewKey();

        (await Worker.Post($"/api/scores/me/{month}/appeals", body, key)).Expect(200);
        (await Worker.Post($"/api/scores/me/{month}/appeals", body, key)).Expect(200);

        Assert.Single((await Mine()).Appeals);
        (await Worker.Post($"/api/scores/me/{month}/appeals", new { item = "visits" }, Client.NewKey())).Expect(400, "invalid-request");
        (await Worker.Post("/api/scores/me/2026/appeals", body, Client.NewKey())).Expect(404, "not-found");
        (await Worker.Post($"/api/scores/worker-2/{month}/appeals", body, Client.NewKey())).Expect(404, "not-found");
    }

    Task<ScoreView> Closed() => Eventually.Is(() => Mine(), s => s.ClosedAt is not null);

    async Task<ScoreView> Appealed(ScoreView closed, string item, string text) =>
        (await Worker.Post($"/api/scores/me/{closed.Month}/appeals", new { item, text }, Client.NewKey())).Expect(200).As<ScoreView>();

    static Task<Answer> Decide(Client by, Appeal appeal, ScoreView score, string outcome, decimal? points) =>
        by.Post(
            $"/api/scores/{score.Person}/{score.Month}/appeals/{appeal.Id}/decide",
            new
            {
                outcome,
                points,
                reason = "已核实",
            },
            Client.NewKey()
        );
}
