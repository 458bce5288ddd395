namespace GridActors.Service.Tests.Webhooks;

/// <summary>
/// Cases that are handed over to another system, and the messages that tell it, in a service with stand-ins for two systems.
/// </summary>
public sealed class OutboxTests : IAsyncLifetime
{
    readonly WebhookReceiver _hotline = WebhookReceiver.Start();
    readonly WebhookReceiver _city = WebhookReceiver.Start();
    TestService _service = null!;
    Client _worker = null!;
    Client _dispatcher = null!;

    public async Task InitializeAsync()
    {
        _service = await Start(_hotline.Settings().Concat(_city.Settings(system: "city")));
        (_worker, _dispatcher) = (await _service.As("worker-1"), await _service.As("dispatcher-1"));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _hotline.DisposeAsync();
        await _city.DisposeAsync();
    }

    [Fact]
    public async Task Forwarded_case_is_told_once_signed_and_without_anybodys_name()
    {
        var id = await Claimed();
        var forwarded = await _dispatcher.Do(id, "forward", new { system = "hotline", reason = "属于供水公司" });
        var forward = Assert.Single(forwarded.Forwards);
        Assert.Equal(("hotline", "waiting", "dispatcher-1"), (forward.System, forward.State, forward.By));
        Assert.Equal(2, (forward.DueAt!.Value - forward.At).TotalHours);

        var sent = await Eventually.Is(() => Outbox("?state=sent"), l => l.Any(m => m.Case == id));
        var message = Assert.Single(_hotline.Of(id));
        Assert.Equal(sent.Single(m => m.Case == id).Id, message.Id);
        Assert.True(message.IsSignedWith(WebhookReceiver.Secret));
        Assert.False(message.IsSignedWith(WebhookReceiver.AnswerSecret));
        var data = message.Json.GetProperty("data");
        Assert.Equal("case.forwarded", message.Type);
        Assert.Equal(
            (message.Id, "rubbish", "属于供水公司"),
            (Text("message"), data.GetProperty("category").GetProperty("code").GetString(), Text("reason"))
        );
        Assert.Equal(forwarded.Number, Text("number"));
        foreach (var person in TestPacks.Qinghe.People)
        {
            Assert.DoesNotContain(person.Id, message.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(person.Name, message.Body, StringComparison.Ordinal);
        }

        string? Text(string member) => data.GetProperty(member).GetString();
    }

    [Fact]
    public async Task Message_that_is_not_taken_is_sent_again_with_the_same_id_and_the_next_one_waits_for_it()
    {
        var attempts = 0;
        _hotline.Respond = _ => Task.FromResult(Interlocked.Increment(ref attempts) < 3 ? 503 : 204);
        var id = await Claimed();
        await _dispatcher.Do(id, "forward", new { system = "hotline", reason = "理由" });
        await _worker.Do(id, "recall", new { reason = "自行处理" });

        await Eventually.Is(() => Outbox("?state=sent"), l => l.Count(m => m.Case == id) == 2);
        var received = _hotline.Of(id);
        Assert.Equal(["case.forwarded", "case.forwarded", "case.forwarded", "case.withdrawn"], received.Select(m => m.Type));
        Assert.Equal(2, received.Select(m => m.Id).Distinct().Count());
        Assert.All(received, m => Assert.True(m.IsSignedWith(WebhookReceiver.Secret)));
    }

    [Fact]
    public async Task Message_that_fails_to_the_end_is_listed_and_can_be_sent_again()
    {
        _hotline.Respond = _ => Task.FromResult(500);
        var id = await Claimed();
        await _dispatcher.Do(id, "forward", new { system = "hotline", reason = "理由" });

        var failed = (await Eventually.Is(() => Outbox("?state=failed"), l => l.Any(m => m.Case == id))).Single(m => m.Case == id);
        Assert.Equal((3, "http-500", null), (failed.Attempts, failed.Error, failed.NextAt));
        Assert.Equal(3, _hotline.Of(id).Count);

        _hotline.Respond = _ => Task.FromResult(200);
        (await _worker.Post($"/api/outbox/{failed.Id}/send")).Expect(403, "not-permitted");
        (await _dispatcher.Post("/api/outbox/msg_none/send")).Expect(404, "not-found");
        (await _dispatcher.Post($"/api/outbox/{failed.Id}/send")).Expect(204);
        await Eventually.Is(() => Outbox("?state=sent"), l => l.Any(m => m.Id == failed.Id && m.Error is null));
    }

    [Theory]
    [InlineData(410, "http-410", 1)]
    [InlineData(302, "http-302", 3)]
    public async Task Receiver_that_is_gone_gets_no_more_and_one_that_redirects_is_not_followed(int status, string error, int attempts)
    {
        _hotline.Respond = _ => Task.FromResult(status);
        _hotline.Location = _city.Url;
        var id = await Claimed();
        await _dispatcher.Do(id, "forward", new { system = "hotline", reason = "理由" });

        var failed = (await Eventually.Is(() => Outbox("?state=failed"), l => l.Any(m => m.Case == id))).Single(m => m.Case == id);
        Assert.Equal((error, attempts), (failed.Error, failed.Attempts));
        Assert.Empty(_city.Received);
    }

    [Fact]
    public async Task Slow_system_holds_up_no_other()
    {
        var patience = new TaskCompletionSource<int>();
        _hotline.Respond = _ => patience.Task;
        var slow = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Claimed("bridge")));
        foreach (var id in slow)
            await _dispatcher.Do(id, "forward", new { system = "hotline", reason = "理由" });
        await Eventually.Is(() => Task.FromResult(_hotline.Received.Count > 0));

        var quick = await Claimed("bridge");
        await _dispatcher.Do(quick, "forward", new { system = "city", reason = "理由" });
        await Eventually.Is(() => Task.FromResult(_city.Of(quick).Count == 1));

        patience.SetResult(204);
        await Eventually.Is(() => Outbox("?state=sent&limit=200"), l => slow.All(id => l.Any(m => m.Case == id)));
    }

    [Fact]
    public async Task Step_that_hands_nothing_over_writes_no_message()
    {
        var id = await Claimed();
        await _worker.Do(id, "resolve");

        Assert.Equal(0, await _service.Ask<long>("select count(*) from outbox where case_id = $1", Guid.ParseExact(id, "N")));
    }

    [Fact]
    public async Task Private_address_is_refused_unless_the_settings_allow_it()
    {
        await using var receiver = WebhookReceiver.Start();
        await using var service = await Start(
            receiver.Settings().Where(s => !s.Name.StartsWith("Webhooks:Allowed", StringComparison.Ordinal))
        );
        var (worker, dispatcher) = (await service.As("worker-1"), await service.As("dispatcher-1"));
        var id = (await worker.Report("C-A1-1")).Id;
        await worker.Do(id, "claim");
        await dispatcher.Do(id, "forward", new { system = "hotline", reason = "理由" });

        var refused = await Eventually.Is(
            async () => (await dispatcher.Get("/api/outbox?state=failed")).Expect(200).As<Page<OutboxMessage>>().Items,
            l => l.Count == 1
        );
        Assert.Equal("address-not-allowed", refused[0].Error);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task System_without_settings_is_said_to_be_missing()
    {
        await using var service = await Start([]);
        var (worker, dispatcher) = (await service.As("worker-1"), await service.As("dispatcher-1"));
        var id = (await worker.Report("C-A1-1")).Id;
        await worker.Do(id, "claim");
        await dispatcher.Do(id, "forward", new { system = "hotline", reason = "理由" });

        var waiting = (await dispatcher.Get("/api/outbox")).Expect(200).As<Page<OutboxMessage>>().Items;
        Assert.Equal(("waiting", "not-configured", null), (waiting[0].State, waiting[0].Error, waiting[0].NextAt));
        (await worker.Get("/api/outbox")).Expect(403, "not-permitted");
        (await dispatcher.Get("/api/outbox?state=lost")).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task Case_that_is_confidential_is_not_handed_over_and_no_system_but_those_of_its_category_takes_it()
    {
        var lead = await _worker.Report("C-A1-1", "lead");
        (await _dispatcher.Step(lead.Id, "forward")).Expect(404, "not-found");
        var id = await Claimed();
        (await _dispatcher.Step(id, "forward", new { system = "city", reason = "理由" })).Expect(409, "system-not-allowed");
        (await _dispatcher.Step(id, "forward", new { system = "moon", reason = "理由" })).Expect(400, "invalid-request");
        (await _worker.Step(id, "forward")).Expect(403, "not-permitted");
        (await _worker.Step(id, "recall")).Expect(409, "not-forwarded");
        await _dispatcher.Do(id, "forward");
        (await _dispatcher.Step(id, "forward")).Expect(409, "already-forwarded");
    }

    static Task<TestService> Start(IEnumerable<(string Name, string Value)> settings) =>
        TestService.Start(b =>
        {
            foreach (var (name, value) in settings)
                b.Configuration[name] = value;
            // Longer than a busy machine needs for an answer.
            b.Configuration["Webhooks:Timeout"] = "00:00:30";
            b.Configuration["Webhooks:Retries:0"] = b.Configuration["Webhooks:Retries:1"] = "00:00:00.050";
        });

    async Task<string> Claimed(string category = "rubbish")
    {
        var id = (await _worker.Report("C-A1-1", category)).Id;
        await _worker.Do(id, "claim");
        return id;
    }

    async Task<IReadOnlyList<OutboxMessage>> Outbox(string query) =>
        (await _dispatcher.Get("/api/outbox" + query)).Expect(200).As<Page<OutboxMessage>>().Items;
}
