using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Cases;

/// <summary>The clocks of real cases, in a service whose time the test sets.</summary>
public sealed class CaseClockTests : IAsyncLifetime
{
    readonly SetClock _clock = new();
    TestService _service = null!;
    Client _clerk = null!;
    Client _worker = null!;
    Client _dispatcher = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(_clock);
            // Sessions outlast the days that pass here.
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });
        (_clerk, _worker) = (await _service.As("clerk-a1"), await _service.As("worker-1"));
        _dispatcher = await _service.As("dispatcher-1");
    }

    public Task DisposeAsync() => _service.DisposeAsync().AsTask();

    [Fact]
    public async Task Case_shows_what_was_promised_and_why_it_is_due_then()
    {
        var reported = await _clerk.Report("C-A1-1", "lamp");
        var view = await _clerk.Case(reported.Id);

        Assert.Equal(
            [("respond", 0.5), ("onSite", 4), ("solve", 24), ("reply", 24)],
            view.Clocks.Select(c => (c.Name, (c.DueAt - view.ReportedAt).TotalHours))
        );
        Assert.All(view.Clocks, c => Assert.Equal(("running", null), (c.State, c.MetAt)));
        Assert.Equal((view.Clocks[0].DueAt, false, false), (view.DueAt, view.DueSoon, view.Overdue));
        Assert.Contains("30分钟", view.Clocks[0].Explanation, StringComparison.Ordinal);
        Assert.Contains("30 minutes", view.Clocks[0].ExplanationEn, StringComparison.Ordinal);
        Assert.Empty((await _clerk.Report("C-A1-1", "other")).Clocks);
    }

    [Fact]
    public async Task Unclaimed_case_warns_and_then_is_overdue_on_the_case_the_lists_and_the_boards_until_it_is_claimed()
    {
        var reported = await _clerk.Report("C-A1-1", "lamp");
        await using var hub = await _service.Connect("dispatcher-1");
        await hub.WatchArea("C");

        _clock.Advance(TimeSpan.FromMinutes(20));
        await Eventually.Is(() => _clerk.Case(reported.Id), c => c is { DueSoon: true, Overdue: false });
        await hub.Next("AreaChanged", p => p.As<Frame>() is { Counts: { DueSoon: 1, Overdue: 0 } });

        _clock.Advance(TimeSpan.FromMinutes(10));
        var overdue = await Eventually.Is(() => _clerk.Case(reported.Id), c => c.Overdue);
        Assert.Equal(("breached", true), (overdue.Clocks[0].State, overdue.Clocks[0].BreachedAt >= overdue.Clocks[0].DueAt));
        await hub.Next("AreaChanged", p => p.As<Frame>() is { Counts: { DueSoon: 0, Overdue: 1 } });
        Assert.Equal([reported.Id], (await Listed("overdue=true")).Select(c => c.Id));
        await BoardCounts.BoardsEqual(_service.Data, _dispatcher, _clock);

        await _worker.Do(reported.Id, "claim");
        var claimed = await _clerk.Case(reported.Id);
        Assert.Equal(("met", false), (claimed.Clocks[0].State, claimed.Overdue));
        Assert.Empty(await Listed("overdue=true"));
        await BoardCounts.BoardsEqual(_service.Data, _dispatcher, _clock);
        await BoardCounts.Verified(await _service.As("administrator"));
        Assert.Equal(["reported", "clock-warned", "clock-breached", "claimed"], (await _clerk.History(reported.Id)).Select(h => h.Step));
    }

    [Fact]
    public async Task Claim_on_which_nothing_happens_lapses_and_goes_to_all_recipients_again()
    {
        var reported = await _clerk.Report("C-A1-1", "lamp");
        await _worker.Do(reported.Id, "claim");

        _clock.Advance(TimeSpan.FromHours(2));

        var lapsed = await Eventually.Is(() => _clerk.Case(reported.Id), c => c.Status == "offered");
        Assert.Equal((null, reported.OfferedTo.Count), (lapsed.Claimant, lapsed.OfferedTo.Count));
        var last = (await _clerk.History(reported.Id))[^1];
        Assert.Equal(("lapsed", "_clock", "时钟", "worker-1"), (last.Step, last.By, last.ByName, last.From));
        Assert.Equal("worker-2", (await (await _service.As("worker-2")).Do(reported.Id, "claim")).Claimant);
    }

    [Fact]
    public async Task Work_on_a_claim_keeps_it()
    {
        var reported = await _clerk.Report("C-A1-1", "lamp");
        await _worker.Do(reported.Id, "claim");
        _clock.Advance(TimeSpan.FromMinutes(90));
        await _worker.Do(reported.Id, "progress", new { text = "在路上" });

        _clock.Advance(TimeSpan.FromMinutes(60));
        var other = await _clerk.Report("C-A1-1", "lamp");
        _clock.Advance(TimeSpan.FromMinutes(30));

        await Eventually.Is(() => _clerk.Case(other.Id), c => c.Overdue);
        Assert.Equal(("claimed", "worker-1"), await StatusOf(reported.Id));
    }

    [Fact]
    public async Task Settled_case_that_nobody_strikes_off_is_closed_by_its_clock()
    {
        var reported = await _clerk.Report("C-A1-1", "lamp");
        await _worker.Do(reported.Id, "claim");
        await _worker.Do(reported.Id, "resolve", new { text = "换了灯泡" });

        _clock.Advance(TimeSpan.FromHours(48));

        var closed = await Eventually.Is(() => _clerk.Case(reported.Id), c => c.Status == "closed");
        Assert.Equal((null, "resolved"), (closed.Rating, closed.Outcome));
        Assert.DoesNotContain(closed.Clocks, c => c.State is "running" or "warned" or "breached");
    }

    [Fact]
    public async Task Moments_that_passed_while_nothing_ran_are_all_recorded_in_order()
    {
        var cases = new List<string>();
        for (var i = 0; i < 20; i++)
            cases.Add((await _clerk.Report("C-A1-1", "lamp")).Id);

        _clock.Advance(TimeSpan.FromDays(2));

        foreach (var id in cases)
        {
            var steps = await Eventually.Is(
                async () => (IReadOnlyList<string>)[.. (await _clerk.History(id)).Select(h => h.Step)],
                s => s.Count == 7
            );
            Assert.Equal("reported", steps[0]);
            Assert.Equal(2, steps.Count(s => s == "clock-warned"));
            Assert.Equal(4, steps.Count(s => s == "clock-breached"));
        }
        await Eventually.Is(() => _dispatcher.Board("C"), b => b.Counts is { Overdue: 20, DueSoon: 0 });
        await Eventually.Is(Moments, n => n == 0);
    }

    [Fact]
    public async Task Clock_cannot_sign_in_and_takes_no_command_from_a_person()
    {
        var reported = await _clerk.Report("C-A1-1", "lamp");

        (await _worker.Post($"/api/cases/{reported.Id}/lapse", new { })).Expect(404, "not-found");
        Assert.Null((await _clerk.Case(reported.Id)).Claimant);
        var signIn = await _service.Anybody().Post("/api/session", new { account = "_clock", password = "a long passphrase" });
        signIn.Expect(401, "wrong-credentials");
    }

    async Task<IReadOnlyList<CaseSummary>> Listed(string filter) =>
        (await _dispatcher.Get($"/api/cases?area=C&{filter}")).Expect(200).As<CaseList>().Items;

    async Task<(string Status, string? Claimant)> StatusOf(string id)
    {
        var view = await _clerk.Case(id);
        return (view.Status, view.Claimant);
    }

    async Task<long> Moments()
    {
        await using var command = _service.Data.CreateCommand("select count(*) from clock_moment");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
