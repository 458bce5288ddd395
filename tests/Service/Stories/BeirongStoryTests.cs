namespace GridActors.Service.Tests.Stories;

/// <summary>What happens in 北溶乡, told as its people see it.</summary>
public sealed class BeirongStoryTests
{
    const string MicroGrid = "杨家潭村第一网格第一微网格";
    const string Village = "杨家潭村";
    const string Township = "北溶乡";
    const string County = "沅陵县";

    [Fact]
    public async Task Bridge_that_the_rain_took_climbs_from_the_village_over_the_township_to_the_county_and_is_built_again()
    {
        await using var beirong = await StoryPlace.Begin("beirong", "2026-07-02 05:40");
        var worker = await beirong.As("micro-grid-worker", MicroGrid);

        // 200 mm of rain take a bridge in the night. The worker reports it at once, and the village is told.
        var reported = await beirong.Report(worker, "bridge-damaged", MicroGrid, "暴雨冲毁桥梁，对岸六户出入受阻");
        Assert.Equal(beirong.Sorted("village-secretary", "village-cadre", Village), reported.OfferedTo.Order(StringComparer.Ordinal));
        var promised = await worker.Case(reported.Id);
        Assert.Equal(("2026-07-02 07:40", "2026-07-09 18:00"), (beirong.Due(promised, "onSite"), beirong.Due(promised, "solve")));
        Assert.Equal([Township, County], promised.Ladder.Select(l => l.AreaName));

        // The village's secretary is there within the hour and closes the way, but a village can't build a bridge.
        beirong.Later("2026-07-02 06:20");
        var secretary = await beirong.As("village-secretary", Village);
        await secretary.Do(reported.Id, "claim");
        await secretary.Do(reported.Id, "on-site");
        await secretary.Do(reported.Id, "progress", new { text = "已封路警戒，六户转移到村部" });
        var climbed = await secretary.Do(reported.Id, "escalate", new { reason = "村里无力修复" });
        Assert.Equal(("offered", "town", null), (climbed.Status, climbed.Level, climbed.Claimant));
        Assert.Equal(beirong.Sorted("leader-safety", "station-roads", Township), climbed.OfferedTo.Order(StringComparer.Ordinal));

        // The township takes it on and has a day. It looks for steel, finds none, and the day passes: the case climbs by itself.
        beirong.Later("2026-07-02 07:30");
        var station = await beirong.As("station-roads", Township);
        await station.Do(reported.Id, "claim");
        await station.Do(reported.Id, "progress", new { text = "乡里没有钢便桥构件，正在联系" });
        beirong.Later("2026-07-03 06:20");
        var highest = await Eventually.Is(() => worker.Case(reported.Id), c => c.Level == "county");
        Assert.Equal((null, beirong.Holder("county-leader", County)), (highest.Claimant, Assert.Single(highest.OfferedTo)));

        // The county leader calls the four parties together. Each has the case in its inbox, and two working days for its opinion.
        beirong.Later("2026-07-03 08:30");
        var leader = await beirong.As("county-leader", County);
        await leader.Do(reported.Id, "claim");
        var consulted = await leader.Do(reported.Id, "consult", new { reason = "村乡两级无力修复，请四方会诊" });
        var called = Assert.Single(consulted.Consultations);
        Assert.Equal(("2026-07-07 18:00", 4), (beirong.Local(called.DueAt!.Value), called.Parties));
        var bureau = await beirong.As("desk-transport", County);
        Assert.Equal("consulted", (await bureau.Inbox()).Items.Single(i => i.Case.Id == reported.Id).Role);
        var address = $"/api/consultations/{called.Id}";
        var team = await beirong.As("work-team", Village);
        var mayor = await beirong.As("town-mayor", Township);
        foreach (
            var (party, text) in new[]
            {
                (bureau, "三天可架钢便桥"),
                (mayor, "乡里出工出料"),
                (team, "筹资五万元"),
                (secretary, "村里清障"),
            }
        )
            (await party.Post($"{address}/opinion", new { text }, Client.NewKey())).Expect(200);

        // The transport bureau builds a steel bridge, and the village clears the way to it. What was promised at the report holds.
        var orders = new object[]
        {
            new
            {
                text = "架设钢便桥",
                person = beirong.Holder("desk-transport", County),
                term = "3wd",
            },
            new
            {
                text = "清障便道",
                post = "village-secretary",
                term = "1wd",
            },
        };
        var decision = new { text = "由县交通运输局架设钢便桥，村里清障", tasks = orders };
        var decided = (await leader.Post($"{address}/decide", decision, Client.NewKey())).Expect(200).As<Consultation>();
        Assert.Equal(("decided", 2), (decided.State, decided.Tasks.Count));
        Assert.Equal(["2026-07-08 18:00", "2026-07-06 18:00"], decided.Tasks.Select(task => beirong.Local(task.DueAt)));
        await leader.Do(reported.Id, "handover", new { to = beirong.Holder("desk-transport", County), reason = "请立即架设钢便桥" });
        // Those who couldn't solve it go on watching.
        Assert.Equal("watching", (await station.Inbox()).Items.Single(i => i.Case.Id == reported.Id).Role);
        Assert.Equal("tasked", (await secretary.Inbox()).Items.Single(i => i.Case.Id == reported.Id).Role);
        Assert.Equal("2026-07-09 18:00", beirong.Due(await bureau.Case(reported.Id), "solve"));
        beirong.Later("2026-07-04 16:00");
        await bureau.Do(reported.Id, "progress", new { text = "钢便桥构件运抵现场" });
        var cleared = new { done = true, note = "便道已清" };
        (await secretary.Post($"/api/cases/{reported.Id}/tasks/2/finish", cleared, Client.NewKey())).Expect(200);
        Assert.Equal("watching", (await secretary.Inbox()).Items.Single(i => i.Case.Id == reported.Id).Role);
        beirong.Later("2026-07-05 19:30");
        var built = new { done = true, note = "钢便桥架通" };
        (await bureau.Post($"/api/cases/{reported.Id}/tasks/1/finish", built, Client.NewKey())).Expect(200);
        await bureau.Do(reported.Id, "resolve", new { text = "钢便桥架通，恢复通行" });

        // The worker crosses it and closes the case.
        Assert.Equal("closed", (await worker.Do(reported.Id, "close", new { rating = 5 })).Status);
        Assert.Equal(
            [("town", "br-v-01", "村里无力修复", null), ("county", "_clock", null, "step")],
            (await worker.History(reported.Id)).Where(h => h.Step == "escalated").Select(h => (h.Level!, h.By, h.Text, h.Clock))
        );
        Assert.Equal(
            ["consultation-called", "opinion-given", "opinion-given", "opinion-given", "opinion-given", "consultation-decided"],
            (await worker.History(reported.Id))
                .Select(h => h.Step)
                .Where(s => s is "consultation-called" or "opinion-given" or "consultation-decided")
        );
        var year = (await leader.Get("/api/consultations/figures")).Expect(200).As<ConsultationFigures>();
        Assert.Equal((2026, 1, 1, 0), (year.Year, year.Total.Called, year.Total.Decided, year.Total.Open));
        await Eventually.Is(() => leader.Board(beirong.Code(County)), b => b.Counts is { Closed: 1, Overdue: 0 });
        await beirong.IsConsistent();
    }

    [Fact]
    public async Task Village_meets_every_week_over_its_ledger_and_hands_on_what_it_cannot_settle()
    {
        await using var beirong = await StoryPlace.Begin("beirong", "2026-07-02 09:00");
        var worker = await beirong.As("micro-grid-worker", MicroGrid);
        var (clerk, secretary) = (await beirong.As("village-clerk", Village), await beirong.As("village-secretary", Village));
        var path = await beirong.Report(worker, "road-damaged", MicroGrid, "机耕道塌方");
        var bridge = await beirong.Report(worker, "road-damaged", MicroGrid, "便桥要加固");
        foreach (var id in new[] { path.Id, bridge.Id })
            await clerk.Do(id, "table", new { reason = "请周会商量" });
        var agenda = (await clerk.Get($"/api/meetings/agenda?area={beirong.Code(Village)}")).Expect(200).As<Agenda>();
        Assert.Equal(("2026-07-03 15:00", 2), (beirong.Local(agenda.NextAt!.Value), agenda.Items.Count));

        // On Friday afternoon they meet, a few minutes late. The path is theirs to mend; the bridge goes on the township's ledger.
        beirong.Later("2026-07-03 15:05");
        var meeting = (await secretary.Post("/api/meetings", new { area = beirong.Code(Village) }, Client.NewKey()))
            .Expect(200)
            .As<Meeting>();
        Assert.Equal("2026-07-03 15:00", beirong.Local(meeting.ScheduledAt));
        var address = $"/api/meetings/{meeting.Id}";
        (await secretary.Post($"{address}/attendance", new { present = new[] { secretary.Person, clerk.Person } })).Expect(200);
        var mend = new
        {
            @case = path.Id,
            text = "村里出工修复",
            handled = true,
            tasks = new object[]
            {
                new
                {
                    text = "组织劳力",
                    post = "village-clerk",
                    term = "3wd",
                },
            },
        };
        (await secretary.Post($"{address}/decide", mend, Client.NewKey())).Expect(200);
        (await secretary.Post($"{address}/close", new { minutes = "便桥村里办不了，报乡月会。" }, Client.NewKey())).Expect(200);
        var handedOn = await clerk.Do(bridge.Id, "table", new { reason = "村里办不了" });

        Assert.Equal([Village, Township], handedOn.Ledger.Select(l => beirong.Name(l.Area)));
        Assert.Equal("2026-07-08 18:00", beirong.Local((await clerk.Case(path.Id)).Tasks.Single().DueAt));
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
            mediation = new
            {
                parties = new[] { new { name = "向大山" }, new { name = "舒小河" } },
                agreed = true,
                agreement = "两户共修排水沟，各出一半工",
            },
        };
        var solved = (await worker.Post("/api/cases", report, Client.NewKey())).Expect(201).As<CaseView>();

        Assert.Equal(
            ("resolved", "resolved", beirong.Holder("micro-grid-worker", MicroGrid)),
            (solved.Status, solved.Outcome, solved.Claimant)
        );
        Assert.Equal(["reported", "resolved"], (await worker.History(solved.Id)).Select(h => h.Step));
        var mediation = (await worker.Get($"/api/cases/{solved.Id}")).Body.GetProperty("mediation");
        Assert.Equal(["向*", "舒*"], mediation.GetProperty("parties").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal("met", (await worker.Case(solved.Id)).Clocks.Single(c => c.Name == "solve").State);
        await beirong.IsConsistent();
    }
}
