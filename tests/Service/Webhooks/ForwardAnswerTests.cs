using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Webhooks;

/// <summary>What another system answers: taken with its signature, once, and refused in every other way.</summary>
public sealed class ForwardAnswerTests : IAsyncLifetime
{
    const string Address = "/api/webhooks/qinghe/hotline";

    readonly WebhookReceiver _hotline = WebhookReceiver.Start();
    TestService _service = null!;
    Client _worker = null!;
    Client _dispatcher = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.Start(b =>
        {
            foreach (var (name, value) in _hotline.Settings())
                b.Configuration[name] = value;
        });
        (_worker, _dispatcher) = (await _service.As("worker-1"), await _service.As("dispatcher-1"));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _hotline.DisposeAsync();
    }

    [Fact]
    public async Task Solved_resolves_the_case_once_and_its_history_says_who_answered()
    {
        var (id, message) = await Forwarded();
        var body = Body(id, message, "solved", "已更换井盖");
        var key = Client.NewKey();

        (await Answer(key, body)).Expect(204);
        (await Answer(key, body)).Expect(204);

        var view = await _worker.Case(id);
        Assert.Equal(("resolved", "worker-1"), (view.Status, view.Claimant));
        Assert.Equal(("solved", "已更换井盖"), (view.Forwards[0].State, view.Forwards[0].Answer));
        var history = await _worker.History(id);
        Assert.Equal(["forwarded", "forward-answered", "resolved"], history.Select(h => h.Step).TakeLast(3));
        Assert.Equal("12345热线", history[^2].ByName);
        (await Answer(key, Body(id, message, "refused", "不同的内容"))).Expect(422, "idempotency-key-reused");
        await _worker.Do(id, "close");
        await BoardCounts.Verified(await _service.As("administrator"));
    }

    [Fact]
    public async Task Refused_gives_the_case_back_with_the_reason_and_a_late_answer_is_only_recorded()
    {
        var (id, message) = await Forwarded();
        (await Answer(Client.NewKey(), Body(id, message, "progress", "已派单"))).Expect(204);
        Assert.Equal("waiting", (await _worker.Case(id)).Forwards[0].State);
        (await Answer(Client.NewKey(), Body(id, message, "refused", "不属于受理范围"))).Expect(204);

        var view = await _worker.Case(id);
        Assert.Equal(("claimed", "refused", "不属于受理范围"), (view.Status, view.Forwards[0].State, view.Forwards[0].Answer));
        Assert.Contains("resolve", view.Actions);

        (await Answer(Client.NewKey(), Body(id, message, "solved", "晚到的答复"))).Expect(204);
        Assert.Equal("claimed", (await _worker.Case(id)).Status);
        Assert.Equal("晚到的答复", (await _worker.History(id))[^1].Text);
    }

    [Fact]
    public async Task Answer_that_is_not_signed_with_the_systems_own_key_or_is_old_is_refused()
    {
        var (id, message) = await Forwarded();
        var body = Body(id, message, "solved", "好了");
        var key = Client.NewKey();

        (await _service.Anybody().Post(Address, body)).Expect(401, "wrong-signature");
        (await Send(body, WebhookReceiver.Sign(key, body, WebhookReceiver.Secret))).Expect(401, "wrong-signature");
        (await Send(body, WebhookReceiver.Sign(key, body, at: DateTimeOffset.UtcNow.AddMinutes(-6)))).Expect(401, "wrong-signature");
        (await Send(body, WebhookReceiver.Sign(key, body, at: DateTimeOffset.UtcNow.AddMinutes(6)))).Expect(401, "wrong-signature");
        (await Send(body + " ", WebhookReceiver.Sign(key, body))).Expect(401, "wrong-signature");
        foreach (var signature in new[] { "", "v1", "v1,", ",", "v2,AAAA v1,AAAA" })
        {
            var signed = WebhookReceiver.Sign(key, body);
            signed[2].Value = signature;
            (await Send(body, signed)).Expect(401, "wrong-signature");
        }
        Assert.Equal("claimed", (await _worker.Case(id)).Status);
    }

    [Fact]
    public async Task Answer_to_what_was_never_asked_is_refused()
    {
        var (id, message) = await Forwarded();
        var other = (await _worker.Report("C-A1-1")).Id;

        await Refused(Body(other, message, "solved", "好了"), 404, "not-found");
        await Refused(Body(id, "msg_" + Guid.NewGuid().ToString("N"), "solved", "好了"), 404, "not-found");
        await Refused(Body("nothing", message, "solved", "好了"), 404, "not-found");
        await Refused(Body(id, message, "done", "好了"), 400, "invalid-request");
        await Refused(Body(id, message, "solved", ""), 400, "invalid-request");
        await Refused("[]", 400, "invalid-request");
        await Refused("{", 400, "invalid-request");
        await Refused(Body(id, message, "solved", new string('长', 9000)), 413, "too-large");

        var body = Body(id, message, "solved", "好了");
        foreach (var address in new[] { "/api/webhooks/qinghe/city", "/api/webhooks/baihe/hotline", "/api/webhooks/none/none" })
            (await _service.Anybody().Post(address, body, null, WebhookReceiver.Sign("msg_1", body))).Expect(404, "not-found");
    }

    [Fact]
    public async Task Answer_that_does_not_come_in_time_is_a_breach_that_climbs_where_the_ladder_says_so()
    {
        var clock = new SetClock();
        await using var service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(clock);
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });
        var (worker, dispatcher) = (await service.As("worker-1"), await service.As("dispatcher-1"));
        var id = (await worker.Report("C-A1-1", "bridge")).Id;
        await worker.Do(id, "claim");
        await dispatcher.Do(id, "forward");
        clock.Advance(TimeSpan.FromHours(2));

        var climbed = await Eventually.Is(() => worker.Case(id), c => c.Level == "village");
        Assert.Equal("withdrawn", climbed.Forwards[0].State);
        Assert.Contains(await worker.History(id), h => h.Step == "clock-breached" && h.Clock == "forward");
    }

    async Task<(string Case, string Message)> Forwarded()
    {
        var id = (await _worker.Report("C-A1-1")).Id;
        await _worker.Do(id, "claim");
        await _dispatcher.Do(id, "forward");
        var message = await Eventually.Is(() => Task.FromResult(_hotline.Of(id)), l => l.Count > 0);
        return (id, message[0].Id);
    }

    async Task Refused(string body, int status, string code) =>
        (await Send(body, WebhookReceiver.Sign(Client.NewKey(), body))).Expect(status, code);

    Task<Answer> Answer(string key, string body) => Send(body, WebhookReceiver.Sign(key, body));

    Task<Answer> Send(string body, (string, string)[] headers) => _service.Anybody().Post(Address, body, null, headers);

    static string Body(string id, string message, string result, string text) =>
        JsonSerializer.Serialize(
            new
            {
                type = "case.forward-answered",
                timestamp = DateTimeOffset.UtcNow,
                data = new
                {
                    @case = id,
                    message,
                    result,
                    text,
                },
            }
        );
}
