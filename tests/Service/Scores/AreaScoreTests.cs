using GridActors.Storage.Sheets;

namespace GridActors.Service.Tests.Scores;

/// <summary>Areas side by side by the rates of CJ/T 292, and the month's scores as a workbook.</summary>
public sealed class AreaScoreTests : ScoreTest
{
    sealed record Rates(
        string Area,
        int Reported,
        int Settled,
        int Closed,
        int OnTime,
        int Returned,
        int Extended,
        int Rated,
        int Satisfied,
        int People,
        decimal? Mark
    );

    sealed record Burden(
        string Area,
        int Workers,
        int Days,
        int CheckIns,
        int Checkpoints,
        int Visits,
        int Reports,
        int Tasks,
        int Notices,
        int Minutes
    );

    sealed record Burdens(string Month, Burden Area, Burden[] Children);

    sealed record Scores(string Month, Rates Area, Rates[] Children);

    [Fact]
    public async Task Cases_of_an_area_are_counted_where_they_are_and_above()
    {
        var settled = await Report("路灯", Leader);
        (await Worker.Post($"/api/cases/{settled}/claim", new { }, Client.NewKey())).Expect(200);
        (await Worker.Post($"/api/cases/{settled}/on-site", new { }, Client.NewKey())).Expect(200);
        (await Worker.Post($"/api/cases/{settled}/resolve", new { text = "修好了" }, Client.NewKey())).Expect(200);
        (await Leader.Post($"/api/cases/{settled}/return", new { reason = "没有亮" }, Client.NewKey())).Expect(200);
        (await Worker.Post($"/api/cases/{settled}/resolve", new { text = "好了" }, Client.NewKey())).Expect(200);
        (await Leader.Post($"/api/cases/{settled}/close", new { rating = 5 }, Client.NewKey())).Expect(200);
        await Report("垃圾", Leader);

        var town = (await Leader.Get("/api/score-areas?area=C-A")).Expect(200).As<Scores>();

        var village = Assert.Single(town.Children, c => c.Area == "C-A1");
        Assert.Equal(
            (2, 1, 1, 1, 1, 0),
            (village.Reported, village.Settled, village.Closed, village.OnTime, village.Returned, village.Extended)
        );
        Assert.Equal((village.Reported, village.Closed), (town.Area.Reported, town.Area.Closed));
        Assert.Equal(0, Assert.Single(town.Children, c => c.Area == "C-A2").Reported);
        Assert.True(village.People >= 5);
        Assert.InRange(village.Mark!.Value, 0, 100);
        (await Worker.Get("/api/score-areas?area=C-A1-1")).Expect(403, "not-your-area");
        (await Leader.Get("/api/score-areas?area=C-B")).Expect(403, "not-your-area");
        (await Leader.Get("/api/score-areas?month=2020-01")).Expect(404, "no-scores");
    }

    [Fact]
    public async Task Burden_is_counted_by_area_and_not_by_person()
    {
        await Sent("check-ins", Item("sign-in", Ago(9)), Item("check-in", Ago(8)));
        await Sent("visits", Visit([await Household("柏独居")], Ago(5)));
        await Report("路灯", Worker);
        var task = new
        {
            area = "C-A1-1",
            title = "查看河道",
            minutes = 20,
            audience = new { posts = new[] { "worker" } },
        };
        var notice = new
        {
            area = "C-A1-1",
            title = "停电通知",
            kind = "notice",
            audience = new { posts = new[] { "worker" } },
        };
        (await Leader.Post("/api/tasks", task, Client.NewKey())).Expect(201);
        (await Leader.Post("/api/tasks", notice, Client.NewKey())).Expect(201);

        var town = (await Leader.Get("/api/score-burden?area=C-A")).Expect(200).As<Burdens>();

        var village = Assert.Single(town.Children, c => c.Area == "C-A1");
        Assert.Equal(new Burden("C-A1", 1, 1, 2, 0, 1, 1, 1, 1, 20), village);
        Assert.Equal(village with { Area = "C-A" }, town.Area);
        (await Worker.Get("/api/score-burden?area=C-A1-1")).Expect(403, "not-your-area");
    }

    [Fact]
    public async Task Month_is_a_workbook_that_says_who_took_it()
    {
        await Sent("check-ins", Item("sign-in", Ago(9)), Item("patrol-start", Ago(8)));

        var answer = (await Leader.Get("/api/score-sheet.xlsx?area=C-A1")).Expect(200);

        var lines = SheetReader
            .Read(answer.Bytes, CancellationToken.None)
            .Sheets[0]
            .Lines.Select(l => l.Cells.Select(c => c.Text).ToList())
            .ToList();
        Assert.Contains("leader-a", lines[0][0], StringComparison.Ordinal);
        Assert.Equal(("姓名", "在岗出勤"), (lines[1][4], lines[1][11]));
        Assert.Equal("1", Assert.Single(lines, l => l.Count > 8 && l[3] == "worker-1")[8]);
        (await Worker.Get("/api/score-sheet.xlsx")).Expect(403, "not-your-area");
    }
}
