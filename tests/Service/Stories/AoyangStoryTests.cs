namespace GridActors.Service.Tests.Stories;

/// <summary>What happens in 鳌阳镇, told as its people see it: everything is answered within 30 minutes.</summary>
public sealed class AoyangStoryTests
{
    const string Grid = "北凤社区第一网格";
    const string Community = "北凤社区";
    const string Town = "鳌阳镇";

    [Fact]
    public async Task Lamp_of_an_elder_is_answered_within_30_minutes_and_the_community_sends_an_electrician()
    {
        await using var aoyang = await StoryPlace.Begin("aoyang", "2026-03-14 19:10");
        var worker = await aoyang.As("grid-worker", Grid);

        // On a Saturday evening the lamp of an elder who lives alone fails. The worker who visits reports it.
        var reported = await aoyang.Report(worker, "home-repair", Grid, "独居老人家中灯不亮");
        Assert.Equal(aoyang.Sorted("community-desk", "service-agent", Community), reported.OfferedTo.Order(StringComparer.Ordinal));
        Assert.Equal("2026-03-14 19:40", aoyang.Due(await worker.Case(reported.Id), "respond"));

        // The community's desk answers after twelve minutes and sends its electrician.
        aoyang.Later("2026-03-14 19:22");
        var desk = await aoyang.As("community-desk", Community);
        await desk.Do(reported.Id, "claim");
        var answered = (await worker.Case(reported.Id)).Clocks.Single(c => c.Name == "respond");
        Assert.Equal(("met", "2026-03-14 19:22"), (answered.State, aoyang.Local(answered.MetAt!.Value)));
        await desk.Do(reported.Id, "handover", new { to = aoyang.Holder("repairer", Community), reason = "请上门更换" });

        aoyang.Later("2026-03-14 20:00");
        var electrician = await aoyang.As("repairer", Community);
        await electrician.Do(reported.Id, "on-site");
        await electrician.Do(reported.Id, "resolve", new { text = "更换灯管和开关" });
        Assert.Equal("closed", (await worker.Do(reported.Id, "close", new { rating = 5 })).Status);
        Assert.Equal(
            ["reported", "claimed", "handed-over", "on-site", "resolved", "closed"],
            (await worker.History(reported.Id)).Select(h => h.Step)
        );
        await aoyang.IsConsistent();
    }

    [Fact]
    public async Task Water_cut_is_offered_to_whoever_is_on_duty_when_the_office_closes_and_they_take_it()
    {
        await using var aoyang = await StoryPlace.Begin("aoyang", "2026-03-11 17:20");
        var worker = await aoyang.As("grid-worker", Grid);
        var (desk, water) = (aoyang.Holder("community-desk", Community), aoyang.Holder("station-water", Town));
        var onDuty = await aoyang.As("service-agent", Community);

        // On a Wednesday, shortly before the office closes, the water is off. The community's desk and the water company have it.
        var reported = await aoyang.Report(worker, "water-outage", Grid, "整栋楼停水");
        Assert.Equal(new[] { desk, water }.Order(StringComparer.Ordinal), reported.OfferedTo.Order(StringComparer.Ordinal));

        // The office closes, and the 民小二 has the night duty of Wednesdays: the desk is rid of it, and the page says why.
        aoyang.Later("2026-03-11 17:31");
        await Eventually.Is(async () => (await onDuty.Inbox()).Items.Any(i => i.Case.Id == reported.Id));
        var recipients = (await onDuty.Case(reported.Id)).Recipients.ToDictionary(r => r.Person, r => r.Why);
        Assert.Equal(new[] { onDuty.Person, water }.Order(StringComparer.Ordinal), recipients.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            "岗位、值班或请假变动后重新派发：“停水”在非办公时间派给北凤社区的“社区（村）夜间值班”值班人员",
            recipients[onDuty.Person]
        );
        var turns = (await onDuty.Get("/api/duty?days=1")).Expect(200).Body.GetProperty("shifts").EnumerateArray().ToList();
        Assert.Equal(Community, Assert.Single(turns).GetProperty("areaName").GetString());

        // Once taken it stays with them, though the office opens again.
        await onDuty.Do(reported.Id, "claim");
        await onDuty.Do(reported.Id, "resolve", new { text = "已抢修恢复供水" });
        Assert.Equal(["reported", "reoffered", "claimed", "resolved"], (await worker.History(reported.Id)).Select(h => h.Step));
        await aoyang.IsConsistent();
    }

    [Fact]
    public async Task Lamp_that_nobody_answers_warns_after_20_minutes_and_climbs_to_the_secretary_of_the_community_after_30()
    {
        await using var aoyang = await StoryPlace.Begin("aoyang", "2026-03-14 19:10");
        var worker = await aoyang.As("grid-worker", Grid);
        var secretary = await aoyang.As("community-secretary", Community);
        await using var screen = await aoyang.Screen("centre-director", Town);
        await screen.WatchArea(aoyang.Code(Town));
        var reported = await aoyang.Report(worker, "home-repair", Grid, "独居老人家中灯不亮");

        aoyang.Later("2026-03-14 19:30");
        await screen.Next("AreaChanged", p => p.As<Frame>() is { Counts: { DueSoon: 1, Overdue: 0 } });
        Assert.Equal("warned", (await worker.Case(reported.Id)).Clocks.Single(c => c.Name == "respond").State);

        // Half an hour is over: the screen of the whole town shows a case that is overdue, and the secretary has a new to-do.
        aoyang.Later("2026-03-14 19:40");
        await screen.Next("AreaChanged", p => p.As<Frame>() is { Counts: { DueSoon: 0, Overdue: 1 } });
        var overdue = await worker.Case(reported.Id);
        Assert.Equal((true, "breached"), (overdue.Overdue, overdue.Clocks.Single(c => c.Name == "respond").State));
        Assert.Equal(("village", aoyang.Holder("community-secretary", Community)), (overdue.Level, Assert.Single(overdue.OfferedTo)));
        Assert.Equal("offered", (await secretary.Inbox()).Items.Single(i => i.Case.Id == reported.Id).Role);

        // The secretary answers and has the community's 民小二 go there. It was late, and the case keeps that.
        aoyang.Later("2026-03-14 19:47");
        await secretary.Do(reported.Id, "claim");
        await secretary.Do(reported.Id, "handover", new { to = aoyang.Holder("service-agent", Community), reason = "请马上上门" });
        var taken = await worker.Case(reported.Id);
        var respond = taken.Clocks.Single(c => c.Name == "respond");
        Assert.Equal((false, "met"), (taken.Overdue, respond.State));
        Assert.Equal(
            ("2026-03-14 19:40", "2026-03-14 19:47"),
            (aoyang.Local(respond.BreachedAt!.Value), aoyang.Local(respond.MetAt!.Value))
        );
        await screen.Next("AreaChanged", p => p.As<Frame>() is { Counts: { Overdue: 0, Claimed: 1 } });
        Assert.Equal(
            ["reported", "clock-warned", "clock-breached", "escalated", "claimed", "handed-over"],
            (await worker.History(reported.Id)).Select(h => h.Step)
        );
        await aoyang.IsConsistent();
    }
}
