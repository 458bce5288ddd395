namespace GridActors.Service.Tests.Stories;

/// <summary>What happens in 北溶乡, told as its people see it.</summary>
public sealed class BeirongStoryTests
{
    const string MicroGrid = "杨家潭村第一网格第一微网格";
    const string Village = "杨家潭村";
    const string Township = "北溶乡";
    const string County = "沅陵县";

    [Fact]
    public async Task Bridge_that_the_rain_took_goes_from_the_village_over_the_township_to_the_county_and_is_built_again()
    {
        await using var beirong = await StoryPlace.Begin("beirong", "2026-07-02 05:40");
        var worker = await beirong.As("micro-grid-worker", MicroGrid);

        // 200 mm of rain take a bridge in the night. The worker reports it at once, and the village is told.
        var reported = await beirong.Report(worker, "bridge-damaged", MicroGrid, "暴雨冲毁桥梁，对岸六户出入受阻");
        Assert.Equal(
            new[] { beirong.Holder("village-secretary", Village), beirong.Holder("village-cadre", Village) }.Order(StringComparer.Ordinal),
            reported.OfferedTo.Order(StringComparer.Ordinal)
        );
        var promised = await worker.Case(reported.Id);
        Assert.Equal(("2026-07-02 07:40", "2026-07-09 18:00"), (beirong.Due(promised, "onSite"), beirong.Due(promised, "solve")));

        // The village's secretary is there within the hour and closes the way, but a village can't build a bridge.
        beirong.Later("2026-07-02 06:20");
        var secretary = await beirong.As("village-secretary", Village);
        await secretary.Do(reported.Id, "claim");
        await secretary.Do(reported.Id, "on-site");
        await secretary.Do(reported.Id, "progress", new { text = "已封路警戒，六户转移到村部" });
        await secretary.Do(reported.Id, "transfer", new { department = "town-roads", reason = "村里无力修复" });

        // Nor can the township. The county's transport bureau takes it over, and everybody can see where it went and why.
        beirong.Later("2026-07-02 09:00");
        var station = await beirong.As("station-roads", Township);
        await station.Do(reported.Id, "claim");
        await station.Do(reported.Id, "transfer", new { department = "transport", reason = "需要县里架设钢便桥" });
        var bureau = await beirong.As("desk-transport", County);
        await bureau.Do(reported.Id, "claim");

        // What was promised at the report holds all the way.
        var moved = await worker.Case(reported.Id);
        Assert.Equal(("met", "2026-07-09 18:00"), (moved.Clocks.Single(c => c.Name == "onSite").State, beirong.Due(moved, "solve")));

        beirong.Later("2026-07-02 16:00");
        await bureau.Do(reported.Id, "on-site");
        beirong.Later("2026-07-03 10:00");
        await bureau.Do(reported.Id, "progress", new { text = "钢便桥构件运抵现场" });
        beirong.Later("2026-07-03 19:30");
        await bureau.Do(reported.Id, "resolve", new { text = "钢便桥架通，恢复通行" });
        Assert.Equal("closed", (await worker.Do(reported.Id, "close", new { rating = 5 })).Status);

        var history = await worker.History(reported.Id);
        Assert.Equal(["村里无力修复", "需要县里架设钢便桥"], history.Where(h => h.Step == "transferred").Select(h => h.Text));
        var leader = await beirong.As("county-leader", County);
        await Eventually.Is(() => leader.Board(beirong.Code(County)), b => b.Counts is { Closed: 1, Overdue: 0 });
        await beirong.IsConsistent();
    }

    [Fact]
    public async Task What_a_worker_solves_on_the_spot_is_registered_and_needs_nobody_else()
    {
        await using var beirong = await StoryPlace.Begin("beirong", "2026-04-21 10:00");
        var worker = await beirong.As("micro-grid-worker", MicroGrid);

        // Two neighbours quarrel about a drain. The worker makes peace between them and reports both in one step.
        var report = new
        {
            category = "dispute-family",
            area = beirong.Code(MicroGrid),
            title = "两户因屋檐水起争执",
            solved = "当场调解，双方同意共修排水沟",
        };
        var solved = (await worker.Post("/api/cases", report, Client.NewKey())).Expect(201).As<CaseView>();

        Assert.Equal(
            ("resolved", "resolved", beirong.Holder("micro-grid-worker", MicroGrid)),
            (solved.Status, solved.Outcome, solved.Claimant)
        );
        Assert.Equal(["reported", "resolved"], (await worker.History(solved.Id)).Select(h => h.Step));
        Assert.Equal("met", (await worker.Case(solved.Id)).Clocks.Single(c => c.Name == "solve").State);
        await beirong.IsConsistent();
    }
}
