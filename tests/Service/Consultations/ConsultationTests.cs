using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Consultations;

/// <summary>Consultations through the public API, in a service whose time the test sets.</summary>
public sealed class ConsultationTests : IAsyncLifetime
{
    readonly SetClock _clock = new();
    TestService _service = null!;
    Client _worker = null!;
    Client _dispatcher = null!;
    Client _leader = null!;
    Client _clerk = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(_clock);
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });
        (_worker, _dispatcher) = (await _service.As("worker-1"), await _service.As("dispatcher-1"));
        (_leader, _clerk) = (await _service.As("leader-a"), await _service.As("clerk-a1"));
    }

    public Task DisposeAsync() => _service.DisposeAsync().AsTask();

    [Fact]
    public async Task Parties_give_their_opinions_and_the_caller_decides_with_tasks()
    {
        var reported = await _worker.Report("C-A1-1", "rubbish");
        (await _leader.Step(reported.Id, "consult")).Expect(403, "not-permitted");
        var called = await _dispatcher.Do(reported.Id, "consult", new { reason = "多次反复，请会诊" });
        (await _dispatcher.Step(reported.Id, "consult")).Expect(409, "already-consulted");

        var consultation = await Get(called, _dispatcher);
        Assert.Matches("^QH[0-9]{4}-H[0-9]{6}$", consultation.Number);
        Assert.Equal(["department", "town", "village"], consultation.Parties.Select(p => p.Id));
        Assert.Equal(["station-a1", "station-a2"], consultation.Parties[0].People.Select(p => p.Id).Order(StringComparer.Ordinal));
        Assert.Equal(("open", 2), (consultation.State, consultation.Quorum));
        foreach (var party in new[] { _leader, _clerk, await _service.As("station-a1") })
            Assert.Equal(("consulted", 1), (await RoleOf(party, reported.Id), (await party.Inbox()).Counts.Consulted));

        (await _worker.Post(Address(called, "opinion"), new { text = "我也说" }, Client.NewKey())).Expect(403, "not-a-party");
        (await _dispatcher.Post(Address(called, "decide"), new { text = "定了" }, Client.NewKey())).Expect(409, "opinions-missing");
        var (key, opinion) = (Client.NewKey(), new { text = "建议建固定点" });
        foreach (var _ in new[] { 1, 2 })
            (await _leader.Post(Address(called, "opinion"), opinion, key)).Expect(200);
        (await _clerk.Post(Address(called, "opinion"), new { text = "村里同意" }, Client.NewKey())).Expect(200);
        Assert.Equal(2, (await Get(called, _clerk)).Parties.Count(p => p.Opinion is not null));
        Assert.NotEqual("consulted", await RoleOf(_leader, reported.Id));

        var orders = new object[]
        {
            new
            {
                text = "建固定点",
                post = "clerk",
                term = "48h",
            },
        };
        (await _clerk.Post(Address(called, "decide"), new { text = "定了" }, Client.NewKey())).Expect(403, "not-permitted");
        var decided = await _dispatcher.Post(Address(called, "decide"), new { text = "由村里建固定点", tasks = orders }, Client.NewKey());
        Assert.Equal(
            ("decided", "clerk-a1"),
            (decided.Expect(200).As<Consultation>().State, decided.As<Consultation>().Tasks[0].Owners[0])
        );
        Assert.Equal("tasked", await RoleOf(_clerk, reported.Id));
        (await _leader.Post(Address(called, "opinion"), new { text = "再说" }, Client.NewKey())).Expect(409, "already-decided");

        (await _worker.Step(reported.Id, "tasks/1/finish", new { done = true })).Expect(403, "not-permitted");
        (await _clerk.Step(reported.Id, "tasks/1/finish", new { done = false })).Expect(400, "invalid-request");
        var finished = await _clerk.Do(reported.Id, "tasks/1/finish", new { done = false, note = "没有地块" });
        Assert.Equal((false, "没有地块"), (finished.Tasks[0].Done, finished.Tasks[0].Note));
        await BoardCounts.Verified(await _service.As("administrator"));
    }

    [Fact]
    public async Task Time_for_the_opinions_and_for_a_task_runs_out_and_is_told_in_the_history()
    {
        var reported = await _worker.Report("C-A1-1", "other");
        var called = await _dispatcher.Do(reported.Id, "consult", new { reason = "请会诊" });

        _clock.Advance(TimeSpan.FromHours(23));
        await Eventually.Is(() => _worker.History(reported.Id), h => h.Any(s => s is { Step: "clock-warned", Clock: "opinion" }));
        _clock.Advance(TimeSpan.FromHours(2));
        await Eventually.Is(() => _worker.History(reported.Id), h => h.Any(s => s is { Step: "clock-breached", Clock: "opinion" }));
        Assert.Equal("overdue", (await Get(called, _dispatcher)).State);
        Assert.Equal([reported.Id], (await List("&state=overdue")).Select(l => l.Case.Id));

        var orders = new object[]
        {
            new
            {
                text = "清理",
                person = "worker-1",
                term = "1h",
            },
        };
        (await _dispatcher.Post(Address(called, "decide"), new { text = "不再等", tasks = orders }, Client.NewKey())).Expect(200);
        _clock.Advance(TimeSpan.FromHours(2));
        await Eventually.Is(() => _worker.History(reported.Id), h => h.Any(s => s is { Step: "clock-breached", Clock: "task" }));
        Assert.True((await _worker.Case(reported.Id)).Tasks[0].Overdue);
    }

    [Fact]
    public async Task List_and_figures_are_of_an_area_and_a_year()
    {
        var reported = await _worker.Report("C-A1-1", "rubbish");
        await _dispatcher.Do(reported.Id, "consult", new { reason = "请会诊" });

        Assert.Equal(["open"], (await List("&state=open")).Select(l => l.State));
        Assert.Empty(await List("&state=decided"));
        Assert.Empty(await List("&year=2019"));
        (await _leader.Get("/api/consultations?area=C-B")).Expect(403, "not-your-area");
        (await _dispatcher.Get("/api/consultations?state=lost")).Expect(400, "invalid-request");

        var figures = (await _dispatcher.Get("/api/consultations/figures")).Expect(200).As<ConsultationFigures>();
        Assert.Equal((1, 1), (figures.Total.Called, figures.Total.Open));
        Assert.Equal([("C-A", 1), ("C-B", 0)], figures.Children.Select(c => (c.Area, c.Called)));
        Assert.Equal(404, (await _dispatcher.Get($"/api/consultations/{Guid.NewGuid():N}")).Status);
    }

    [Fact]
    public async Task Confidential_case_is_shown_to_nobody_by_a_consultation()
    {
        var lead = await _worker.Report("C-A1-1", "lead");
        (await _dispatcher.Step(lead.Id, "consult")).Expect(404, "not-found");
        Assert.Empty(await List(""));
    }

    [Fact]
    public async Task Opinion_that_the_case_was_not_told_of_is_told_by_the_sweep_once()
    {
        var reported = await _worker.Report("C-A1-1", "rubbish");
        var called = await _dispatcher.Do(reported.Id, "consult", new { reason = "请会诊" });

        // The process died between the opinion and the case: the opinion and its moment are durable, and the case knows nothing.
        var id = called.Consultations[0].Id;
        await _service.Ask<object>(
            """
            insert into journal (stream, sequence, kind, at, by, area, operation, data, status)
            values ($1, 1, 'consultation.opinion-given/1', now(), 'qinghe/leader-a', 'qinghe/C-A1-1', gen_random_uuid(),
                '{"party":"town","text":"同意"}', 0)
            """,
            $"consultation/{id}"
        );
        await _service.Ask<object>(
            "insert into clock_moment (case_id, clock, moment, call_at) values ($1, 12, now(), now()), ($1, 12, now(), now())",
            Guid.Parse(id)
        );

        await Eventually.Is(() => _service.Ask<long?>("select count(*) from clock_moment where clock = 12"), n => n == 0);
        var told = Assert.Single(await _worker.History(reported.Id), h => h.Step == "opinion-given");
        Assert.Equal(("leader-a", "同意"), (told.By, told.Text));
    }

    async Task<string?> RoleOf(Client person, string id) => (await person.Inbox()).Items.SingleOrDefault(i => i.Case.Id == id)?.Role;

    static string Address(CaseView called, string step) => $"/api/consultations/{called.Consultations[^1].Id}/{step}";

    static async Task<Consultation> Get(CaseView called, Client person) =>
        (await person.Get($"/api/consultations/{called.Consultations[^1].Id}")).Expect(200).As<Consultation>();

    async Task<IReadOnlyList<ListedConsultation>> List(string filter) =>
        (await _dispatcher.Get("/api/consultations?area=C" + filter)).Expect(200).As<Page<ListedConsultation>>().Items;
}
