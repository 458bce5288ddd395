using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Cases;

/// <summary>A bridge that the grid can't mend: it climbs village, town, county, in a service whose time the test sets.</summary>
public sealed class LadderTests : IAsyncLifetime
{
    readonly SetClock _clock = new();
    TestService _service = null!;
    Client _worker = null!;
    Client _clerk = null!;
    Client _leader = null!;
    Client _dispatcher = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(_clock);
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });
        (_worker, _clerk) = (await _service.As("worker-1"), await _service.As("clerk-a1"));
        (_leader, _dispatcher) = (await _service.As("leader-a"), await _service.As("dispatcher-1"));
    }

    public Task DisposeAsync() => _service.DisposeAsync().AsTask();

    [Fact]
    public async Task Bridge_that_nobody_mends_climbs_by_its_clocks_all_the_way()
    {
        var reported = await _worker.Report("C-A1-1", "bridge");
        Assert.Equal(["village", "town", "county"], (await _worker.Case(reported.Id)).Ladder.Select(l => l.Level));

        _clock.Advance(TimeSpan.FromMinutes(30));
        var village = await Eventually.Is(() => _worker.Case(reported.Id), c => c.Level == "village");
        Assert.Equal(["clerk-a1"], village.OfferedTo);
        Assert.Contains((await _clerk.Inbox()).Items, i => i.Case.Id == reported.Id && i.Role == "offered");
        Assert.True(village.Overdue);

        await _clerk.Do(reported.Id, "claim");
        _clock.Advance(TimeSpan.FromHours(4));
        var town = await Eventually.Is(() => _worker.Case(reported.Id), c => c.Level == "town");
        Assert.Equal(("offered", null, "镇"), (town.Status, town.Claimant, town.LevelName));
        Assert.Equal([reported.Id], (await Listed("level=town")).Select(c => c.Id));
        Assert.Equal([reported.Id], (await Listed("escalated=true")).Select(c => c.Id));
        await Eventually.Is(() => _dispatcher.Board("C-A"), b => b.Counts.Escalated == 1);
        await BoardCounts.BoardsEqual(_service.Data, _dispatcher, _clock);
        Assert.Empty(await Listed("level=village"));

        _clock.Advance(TimeSpan.FromHours(8));
        await Eventually.Is(() => _worker.Case(reported.Id), c => c.Level == "county");
        await _dispatcher.Do(reported.Id, "claim");
        await _dispatcher.Do(reported.Id, "resolve", new { text = "便桥已通" });

        var climbs = (await _worker.History(reported.Id)).Where(h => h.Step == "escalated").ToList();
        Assert.Equal([("respond", "village"), ("step", "town"), ("step", "county")], climbs.Select(c => (c.Clock!, c.Level!)));
        Assert.All(climbs, c => Assert.Equal(("_clock", 0), (c.By, c.Vacant!.Count)));
        Assert.Contains((await _dispatcher.Board("C")).Ticker, t => t is { Step: "escalated", Clock: "step" } && t.CaseId == reported.Id);
        await BoardCounts.Verified(await _service.As("administrator"));
    }

    [Fact]
    public async Task Claimant_escalates_with_a_reason_and_goes_on_watching()
    {
        var reported = await _worker.Report("C-A1-1", "bridge");
        await _worker.Do(reported.Id, "claim");

        (await _worker.Step(reported.Id, "escalate", new { reason = "" })).Expect(400, "invalid-request");
        var climbed = await _worker.Do(reported.Id, "escalate", new { reason = "桥墩断了" });

        Assert.Equal(("offered", "village", null), (climbed.Status, climbed.Level, climbed.Claimant));
        Assert.Contains(climbed.Ladder, l => l is { Level: "village", Here: true, AreaName: "竹园村" });
        var second = await _service.As("worker-2");
        Assert.Contains((await second.Inbox()).Items, i => i.Case.Id == reported.Id && i.Role == "watching");
        (await _worker.Step(reported.Id, "claim")).Expect(403, "not-recipient");
        await _clerk.Do(reported.Id, "claim");
        var last = (await _worker.History(reported.Id))[^2];
        Assert.Equal(("escalated", "worker-1", "桥墩断了", "village"), (last.Step, last.By, last.Text, last.Level));
    }

    [Fact]
    public async Task Higher_level_sends_a_case_back_down_and_it_can_climb_again()
    {
        var reported = await _worker.Report("C-A1-1", "bridge");
        await _dispatcher.Do(reported.Id, "escalate");
        await _clerk.Do(reported.Id, "claim");
        await _clerk.Do(reported.Id, "escalate");
        (await _clerk.Step(reported.Id, "send-back")).Expect(403, "not-permitted");

        var village = await _leader.Do(reported.Id, "send-back", new { reason = "先由村里搭便桥" });
        Assert.Equal(("village", "offered", "clerk-a1"), (village.Level, village.Status, Assert.Single(village.OfferedTo)));

        var first = await _clerk.Do(reported.Id, "send-back");
        Assert.Equal((null, 5), (first.Level, first.OfferedTo.Count));
        (await _worker.Step(reported.Id, "send-back")).Expect(409, "not-escalated");
        await _worker.Do(reported.Id, "claim");
        Assert.Equal("village", (await _worker.Do(reported.Id, "escalate")).Level);
    }

    [Fact]
    public async Task Recipient_is_told_why_they_got_the_case()
    {
        var reported = await _worker.Report("C-A1-1", "bridge");
        var first = (await _worker.Case(reported.Id)).Recipients[0];
        Assert.Equal("“桥梁损毁”派给竹园村第一网格的网格员", first.Why);
        Assert.Equal("“Damaged bridge” goes to Grid worker of 竹园村第一网格", first.WhyEn);

        await _dispatcher.Do(reported.Id, "escalate");
        Assert.Equal("已升级到村，派给竹园村的综治专干", Assert.Single((await _clerk.Case(reported.Id)).Recipients).Why);

        await _clerk.Do(reported.Id, "claim");
        await _clerk.Do(reported.Id, "handover", new { to = "worker-2", reason = "离得近" });
        Assert.Contains((await _clerk.Case(reported.Id)).Recipients, r => r is { Person: "worker-2", Why: "由他人移交" });
    }

    [Fact]
    public async Task Case_that_asks_for_a_check_is_struck_off_by_another_than_who_solved_it()
    {
        var reported = await _clerk.Report("C-A1-1", "bridge");
        await _dispatcher.Do(reported.Id, "handover", new { to = "clerk-a1", reason = "先看看" });
        var resolved = await _clerk.Do(reported.Id, "resolve", new { text = "便桥已通" });

        Assert.DoesNotContain("close", resolved.Actions);
        (await _clerk.Step(reported.Id, "close")).Expect(409, "needs-another");
        Assert.Equal("closed", (await _dispatcher.Do(reported.Id, "close")).Status);
    }

    [Fact]
    public async Task Step_is_offered_only_where_it_would_be_accepted()
    {
        var bridge = await _worker.Report("C-A1-1", "bridge");
        var rubbish = await _worker.Report("C-A1-1", "rubbish");

        Assert.Contains("escalate", (await _worker.Do(bridge.Id, "claim")).Actions);
        Assert.DoesNotContain("escalate", (await _worker.Do(rubbish.Id, "claim")).Actions);
        (await _worker.Step(rubbish.Id, "escalate")).Expect(409, "no-higher-level");
        (await _worker.Get("/api/cases?area=C-A1-1&level=moon")).Expect(400, "invalid-request");
    }

    async Task<IReadOnlyList<CaseSummary>> Listed(string filter) =>
        (await _dispatcher.Get($"/api/cases?area=C&{filter}")).Expect(200).As<CaseList>().Items;
}
