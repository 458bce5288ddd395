namespace GridActors.Service.Tests.Meetings;

/// <summary>Ledgers and meetings through the public API.</summary>
public sealed class MeetingTests : IAsyncLifetime
{
    TestService _service = null!;
    Client _worker = null!;
    Client _clerk = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.Start();
        (_worker, _clerk) = (await _service.As("worker-1"), await _service.As("clerk-a1"));
    }

    public Task DisposeAsync() => _service.DisposeAsync().AsTask();

    [Fact]
    public async Task Meeting_over_the_ledger_decides_gives_tasks_and_leaves_the_rest_for_the_next_one()
    {
        var (first, second) = (await _worker.Report("C-A1-1"), await _worker.Report("C-A1-1"));
        Assert.Contains("table", (await _worker.Case(first.Id)).Actions);
        foreach (var id in new[] { first.Id, second.Id })
            await _worker.Do(id, "table", new { reason = "请村里商量" });
        (await _worker.Step(first.Id, "table", new { reason = "再列", area = "C-A1" })).Expect(409, "already-tabled");

        var agenda = await Agenda(_clerk, "C-A1");
        Assert.Equal([first.Id, second.Id], agenda.Items.Select(i => i.Case.Id));
        Assert.Equal(["clerk-a1", "guest-a1"], agenda.Expected.Select(e => e.Person));
        Assert.True(agenda.MayConvene && agenda.NextAt > DateTimeOffset.UtcNow.AddDays(-1).AddMinutes(-5) && agenda.Meeting is null);

        (await _worker.Post("/api/meetings", new { area = "C-A1" })).Expect(403, "not-permitted");
        var opened = (await _clerk.Post("/api/meetings", new { area = "C-A1" }, Client.NewKey())).Expect(200).As<Meeting>();
        Assert.Matches("^QH[0-9]{4}-M[0-9]{6}$", opened.Number);
        Assert.Equal(opened.Id, (await _clerk.Post("/api/meetings", new { area = "C-A1" })).Expect(200).As<Meeting>().Id);
        Assert.Equal(opened.Id, (await Agenda(_clerk, "C-A1")).Meeting);

        var address = $"/api/meetings/{opened.Id}";
        (await _clerk.Post($"{address}/attendance", new { present = new[] { "nobody" } })).Expect(400, "invalid-request");
        var attended = await _clerk.Post($"{address}/attendance", new { present = new[] { "clerk-a1", "worker-1" } });
        Assert.Equal(["clerk-a1", "worker-1"], attended.Expect(200).As<Meeting>().Attendees.Where(a => a.Present).Select(a => a.Person));

        var orders = new object[]
        {
            new
            {
                text = "清运",
                person = "worker-1",
                term = "48h",
            },
        };
        var decision = new
        {
            @case = first.Id,
            text = "今日清运",
            handled = true,
            tasks = orders,
        };
        var key = Client.NewKey();
        foreach (var _ in new[] { 1, 2 })
            (await _clerk.Post($"{address}/decide", decision, key)).Expect(200);
        (await _clerk.Post($"{address}/decide", decision)).Expect(409, "already-decided");
        var decided = await Eventually.Is(() => _worker.Case(first.Id), c => c.Tasks.Count == 1);
        Assert.Equal((opened.Number, "worker-1"), (decided.Tasks[0].Source, decided.Tasks[0].Owners[0]));

        (await _clerk.Post($"{address}/close", new { minutes = "" })).Expect(400, "invalid-request");
        var closed = (await _clerk.Post($"{address}/close", new { minutes = "议 2 件，办 1 件" })).Expect(200).As<Meeting>();
        Assert.Equal(("议 2 件，办 1 件", false), (closed.Minutes, closed.MayConvene));
        (await _clerk.Post($"{address}/close", new { minutes = "再记" })).Expect(409, "meeting-closed");

        Assert.Equal([second.Id], (await Agenda(_clerk, "C-A1")).Items.Select(i => i.Case.Id));
        var listed = Assert.Single((await _clerk.Get("/api/meetings?area=C-A1")).Expect(200).As<Page<ListedMeeting>>().Items);
        Assert.Equal((opened.Id, 2, 1), (listed.Id, listed.Items, listed.Decided));
        // The next one is another one, also when this one was held before its time.
        var next = (await _clerk.Post("/api/meetings", new { area = "C-A1" }, Client.NewKey())).Expect(200).As<Meeting>();
        Assert.True(next.Id != opened.Id && next.ScheduledAt > opened.ScheduledAt);
        Assert.Equal(["reported", "tabled", "meeting-decided"], (await _worker.History(first.Id)).Select(h => h.Step));
        await BoardCounts.Verified(await _service.As("administrator"));
    }

    [Fact]
    public async Task Ledger_is_for_those_who_read_there_and_takes_no_confidential_case()
    {
        var lead = await _worker.Report("C-A1-1", "lead");
        (await (await _service.As("police-a1")).Step(lead.Id, "table")).Expect(403, "not-permitted");
        (await _clerk.Get("/api/meetings/agenda?area=C-B1")).Expect(403, "not-your-area");
        (await _clerk.Get("/api/meetings?area=C-B1")).Expect(403, "not-your-area");
        (await _clerk.Get($"/api/meetings/{Guid.NewGuid():N}")).Expect(404, "not-found");
        (await (await _service.As("dispatcher-1")).Post("/api/meetings", new { area = "C" })).Expect(409, "no-meeting");

        var opened = (await _clerk.Post("/api/meetings", new { area = "C-A1" }, Client.NewKey())).Expect(200).As<Meeting>();
        (await (await _service.As("clerk-b1")).Get($"/api/meetings/{opened.Id}")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Case_that_the_village_cannot_settle_goes_on_the_ledger_of_the_town()
    {
        var reported = await _worker.Report("C-A1-1");
        await _worker.Do(reported.Id, "table", new { reason = "请村里商量" });
        var tabled = await _worker.Do(reported.Id, "table", new { reason = "村里办不了" });

        Assert.Equal(["C-A1", "C-A"], tabled.Ledger.Select(l => l.Area));
        Assert.Equal([reported.Id], (await Agenda(await _service.As("leader-a"), "C-A")).Items.Select(i => i.Case.Id));
        (await _worker.Step(reported.Id, "table")).Expect(409, "no-meeting");
    }

    static async Task<Agenda> Agenda(Client person, string area) =>
        (await person.Get($"/api/meetings/agenda?area={area}")).Expect(200).As<Agenda>();
}
