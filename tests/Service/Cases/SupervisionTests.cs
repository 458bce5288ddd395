using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Cases;

/// <summary>Supervision notices and their ledger, in a service whose time the test sets.</summary>
public sealed class SupervisionTests : IAsyncLifetime
{
    readonly SetClock _clock = new();
    TestService _service = null!;
    Client _worker = null!;
    Client _dispatcher = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(_clock);
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });
        (_worker, _dispatcher) = (await _service.As("worker-1"), await _service.As("dispatcher-1"));
    }

    public Task DisposeAsync() => _service.DisposeAsync().AsTask();

    [Fact]
    public async Task Notice_is_numbered_answered_and_found_in_the_ledger()
    {
        var reported = await _worker.Report("C-A1-1", "bridge");
        await _worker.Do(reported.Id, "claim");

        var supervised = await _dispatcher.Do(reported.Id, "supervise", new { reason = "还没有进展" });
        var notice = Assert.Single(supervised.Supervisions);
        Assert.Matches("^QH[0-9]{4}-D[0-9]{6}$", notice.Number);
        Assert.Equal(6, (notice.DueAt!.Value - notice.At).TotalHours);
        (await _dispatcher.Step(reported.Id, "supervise")).Expect(409, "already-supervised");
        Assert.Equal(["open"], (await Ledger("")).Select(n => n.State));
        Assert.Empty(await Ledger("&state=answered"));
        await Eventually.Is(() => _dispatcher.Board("C-A"), b => b.Counts.Supervised == 1);
        await BoardCounts.BoardsEqual(_service.Data, _dispatcher, _clock);

        Assert.Contains("answer", (await _worker.Case(reported.Id)).Actions);
        var answered = await _worker.Do(reported.Id, "answer", new { text = "材料明天到" });
        Assert.Equal(("材料明天到", "worker-1"), (answered.Supervisions[0].Answer, answered.Supervisions[0].AnsweredBy));
        (await _worker.Step(reported.Id, "answer")).Expect(409, "not-supervised");

        await Eventually.Is(() => _dispatcher.Board("C-A"), b => b.Counts.Supervised == 0);
        var line = Assert.Single(await Ledger("&state=answered"));
        Assert.Equal((notice.Number, "材料明天到", reported.Id), (line.Notice.Number, line.Notice.Answer, line.Case.Id));
        await BoardCounts.Verified(await _service.As("administrator"));
    }

    [Fact]
    public async Task Breach_issues_a_notice_and_one_that_is_not_answered_in_time_is_overdue()
    {
        var reported = await _worker.Report("C-A1-1", "bridge");
        await _worker.Do(reported.Id, "claim");
        for (var hours = 0; hours < 24; hours += 4)
        {
            await _worker.Do(reported.Id, "progress");
            _clock.Advance(TimeSpan.FromHours(4));
        }

        var supervised = await Eventually.Is(() => _worker.Case(reported.Id), c => c.Supervisions.Count == 1);
        Assert.Equal(
            ("solve", "_clock", ""),
            (supervised.Supervisions[0].Clock, supervised.Supervisions[0].By, supervised.Supervisions[0].Reason)
        );

        _clock.Advance(TimeSpan.FromHours(6));
        await Eventually.Is(() => Ledger("&state=overdue"), l => l.Count == 1);
        Assert.Contains(await _worker.History(reported.Id), h => h.Step == "supervised" && h.Clock == "solve");
    }

    [Fact]
    public async Task Ledger_is_for_those_who_read_there_and_shows_no_confidential_case()
    {
        var lead = await _worker.Report("C-A1-1", "lead");
        (await _dispatcher.Step(lead.Id, "supervise")).Expect(404, "not-found");
        (await _worker.Get("/api/supervisions?area=C-B")).Expect(403, "not-your-area");
        (await _worker.Get("/api/supervisions?area=C-A1-1&state=lost")).Expect(400, "invalid-request");
        Assert.Empty(await Ledger(""));
    }

    async Task<IReadOnlyList<SupervisedCase>> Ledger(string filter) =>
        (await _dispatcher.Get("/api/supervisions?area=C" + filter)).Expect(200).As<Page<SupervisedCase>>().Items;
}
