using GridActors.Domain.Scores;

namespace GridActors.Service.Tests.Scores;

/// <summary>A worker's month from check-ins to a score whose every line names its events, through the public API.</summary>
public sealed class ScoreTests : ScoreTest
{
    [Fact]
    public async Task Every_line_of_a_score_names_the_events_that_earned_it()
    {
        var household = await Household("柏独居");
        var visitId = NewId();
        await Sent("check-ins", Item("sign-in", Ago(9)), Item("patrol-start", Ago(8)), Item("check-in", Ago(7)));
        await Sent("visits", Visit([household], Ago(5), id: visitId), Visit([household], Ago(4)));
        var report = await Report("垃圾堆放", Worker);
        (await (await As("worker-2", Pack)).Post($"/api/cases/{report}/claim", new { }, Client.NewKey())).Expect(200);
        var waiting = await Report("乱停放", Worker);
        var sent = (await Leader.Post("/api/tasks", Check(), Client.NewKey())).Expect(201).Body.GetProperty("id").GetString();
        (await Worker.Post($"/api/tasks/{sent}/targets/C-A1-1/done", new { note = "好了" }, Client.NewKey())).Expect(200);
        await FallDue(Guid.Parse(sent!));

        var score = await Mine();

        Assert.Equal(
            ("worker-1", "worker", "C-A1-1", true, 1),
            (score.Person, score.Post, score.Area, score.IsProvisional, score.RulesVersion)
        );
        Assert.Equal(1, score.Days.OnDuty);
        var visits = Of(score, "visits");
        Assert.Equal([true, false], visits.Evidence.Select(e => e.Counts));
        Assert.Equal(("record", visitId, "again"), (visits.Evidence[0].Kind, visits.Evidence[0].Id, visits.Evidence[1].Note));
        Assert.Equal((1m, 2m, 5m), (visits.Measured, visits.OutOf, visits.Points));
        var reports = Of(score, "reports").Evidence.ToDictionary(e => e.Id);
        Assert.Equal((true, (string?)null), (reports[report].Counts, reports[report].Note));
        Assert.Equal((false, "waiting"), (reports[waiting].Counts, reports[waiting].Note));
        Assert.StartsWith("QH", reports[report].Label, StringComparison.Ordinal);
        Assert.Equal(5, Of(score, "reports").Points);
        Assert.Equal((sent, true), (Of(score, "tasks").Evidence[0].Id, Of(score, "tasks").Evidence[0].Counts));
        Assert.False(Of(score, "on-time").Applies);
        Assert.Equal(score.Lines.Sum(l => l.Points), score.Points);

        await Eventually.Is(async () => Of(await Mine(), "must-visit") is { Measured: 1, OutOf: 1, Points: 20 });
        var visited = Of(await Mine(), "must-visit").Evidence[0];
        Assert.Equal((household, "柏独居"), (visited.Id, visited.Label.Split(' ')[0]));
        var masked = (await Leader.Get("/api/scores/worker-1")).Expect(200).As<ScoreView>();
        Assert.StartsWith("柏*", Of(masked, "must-visit").Evidence[0].Label, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settled_cases_count_for_who_settled_them_and_a_return_takes_points_away()
    {
        var id = await Report("路灯", Leader);
        foreach (var step in new[] { "claim", "on-site" })
            (await Worker.Post($"/api/cases/{id}/{step}", new { }, Client.NewKey())).Expect(200);
        (await Worker.Post($"/api/cases/{id}/resolve", new { text = "修好了" }, Client.NewKey())).Expect(200);
        (await Leader.Post($"/api/cases/{id}/return", new { reason = "还没有亮" }, Client.NewKey())).Expect(200);
        Assert.Equal(-2, Of(await Mine(), "returns").Points);
        Assert.Equal(id, Assert.Single(Of(await Mine(), "returns").Evidence).Id);
        (await Worker.Post($"/api/cases/{id}/resolve", new { text = "这次好了" }, Client.NewKey())).Expect(200);
        (await Leader.Post($"/api/cases/{id}/close", new { }, Client.NewKey())).Expect(200);

        var score = await Mine();

        Assert.Equal((20m, id), (Of(score, "on-time").Points, Assert.Single(Of(score, "on-time").Evidence).Id));
        Assert.Equal(-2, Of(score, "returns").Points);
        Assert.False(Of(await Mine(await As("worker-2", Pack)), "on-time").Applies);
    }

    [Fact]
    public async Task Score_is_seen_by_its_worker_and_who_oversees_them_and_nobody_else()
    {
        Assert.Equal("worker-1", (await Leader.Get("/api/scores/worker-1")).Expect(200).As<ScoreView>().Person);
        (await (await As("worker-2", Pack)).Get("/api/scores/worker-1")).Expect(404, "not-found");
        (await (await As("leader-b", Pack)).Get("/api/scores/worker-1")).Expect(404, "not-found");
        (await Leader.Get("/api/scores/nobody")).Expect(404, "not-found");
        (await Leader.Get("/api/scores/me")).Expect(404, "no-scores");
        (await Worker.Get("/api/scores?area=C-A1")).Expect(403, "not-your-area");
        (await Leader.Get("/api/scores?area=C-B")).Expect(403, "not-your-area");
        (await Worker.Get("/api/scores/me?month=2999-01")).Expect(400, "invalid-request");
        (await Worker.Get("/api/scores/me?month=November")).Expect(400, "invalid-request");
        (await Worker.Get("/api/scores/me?month=2020-01")).Expect(404, "no-scores");
        (await Worker.Get("/api/scores/me?version=9")).Expect(404, "no-scores");
        (await Service.Anybody().Get("/api/scores/me")).Expect(401, "not-signed-in");
    }

    [Fact]
    public async Task Heads_see_their_workers_side_by_side_and_workers_how_their_team_is_spread()
    {
        await Sent("check-ins", Item("sign-in", Ago(9)));

        var list = (await Leader.Get("/api/scores?area=C-A1")).Expect(200).As<ListView>();

        Assert.Equal(["C-A1-1", "C-A1-2"], list.People.Select(p => p.Area).Distinct());
        Assert.Equal([("worker-1", 1)], list.People.Where(p => p.OnDuty > 0).Select(p => (p.Person, p.OnDuty)));
        var standing = (await Mine()).Standing!;
        Assert.Equal(("C-A1", true), (standing.Area, standing.People >= 5));
        Assert.InRange(standing.Highest, standing.Lowest, 100);
    }

    [Fact]
    public async Task Many_who_look_at_once_all_get_their_own_score()
    {
        Client[] workers = [Worker, await As("worker-2", Pack), await As("worker-3", Pack), await As("worker-a12", Pack)];

        var scores = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Mine(workers[i % workers.Length])));

        Assert.Equal(
            ["worker-1", "worker-2", "worker-3", "worker-a12"],
            scores.Select(s => s.Person).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Rules_can_be_read_and_tried_before_they_hold()
    {
        var rules = (await Worker.Get("/api/score-rules")).Expect(200).As<RulesView>();
        Assert.Equal((1, 100, 7), (rules.Version, rules.FullMarks, rules.Items.Length));

        var tried = (await Worker.Get("/api/scores/me?version=2")).Expect(200).As<ScoreView>();

        Assert.Equal((2, false), (tried.RulesVersion, tried.InForce));
        Assert.Equal(["on-time", "satisfaction"], tried.Lines.Select(l => l.Item.Id));
    }

    [Fact]
    public async Task Place_that_compares_nobody_shows_no_list_and_one_without_rules_no_score()
    {
        var fresh = TestPacks.Fresh();
        var pack = await Service.Load(fresh with { Scores = fresh.Scores! with { Ranking = RankingPolicy.Self } });
        (await (await As("leader-a", pack.Id)).Get("/api/scores")).Expect(403, "ranking-off");
        Assert.Null((await Mine(await As("worker-1", pack.Id))).Standing);
        var bare = await Service.Load(TestPacks.Fresh() with { Scores = null });
        (await (await As("worker-1", bare.Id)).Get("/api/scores/me")).Expect(404, "no-scores");
    }

    /// <summary>As if its hour were over. It was done before that.</summary>
    async Task FallDue(Guid task)
    {
        await using var command = Service.Data.CreateCommand(
            "update field_task set view = jsonb_set(view, '{dueAt}', to_jsonb(now())) where id = $1"
        );
        command.Parameters.Add(new() { Value = task });
        await command.ExecuteNonQueryAsync();
    }

    static object Check() =>
        new
        {
            area = "C-A1-1",
            title = "查看河道",
            audience = new { posts = new[] { "worker" } },
            term = "1h",
        };
}
