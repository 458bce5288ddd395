using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Live;

public sealed class HubTests : SharedServiceTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_hub_connection_without_a_session_is_rejected(string? token) =>
        await Assert.ThrowsAnyAsync<Exception>(() => HubClient.Connect(Service.Url, token));

    [Fact]
    public async Task A_watched_case_pushes_every_change_until_it_is_unwatched()
    {
        var worker = await As("worker-1");
        var reported = await worker.Report("C-A1-1");
        await using var hub = await Service.Connect("visitor-a");
        Assert.Equal(1, (await hub.WatchCase(reported.Id)).Version);

        await worker.Do(reported.Id, "claim");
        var change = (await hub.Case(reported.Id, c => c.Version == 2)).As<CaseChanged>();
        Assert.Equal(("claimed", "worker-1", "秦一", "claimed"), (change.Step, change.By, change.ByName, change.Case.Status));

        await hub.Invoke("UnwatchCase", reported.Id);
        await worker.Do(reported.Id, "on-site");
        Assert.Equal(3, (await hub.WatchCase(reported.Id)).Version);
        await worker.Do(reported.Id, "progress");
        await hub.Case(reported.Id, c => c.Version == 4);
        Assert.DoesNotContain(hub.Pushes, p => p.Target == "CaseChanged" && p.As<CaseChanged>().Version == 3);
    }

    [Fact]
    public async Task Watching_twice_pushes_each_change_once()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        await using var hub = await Service.Connect("dispatcher-1", pack);
        var reported = await (await As("dispatcher-1", pack)).Report("C-A1-1");
        await hub.WatchCase(reported.Id);
        await hub.WatchCase(reported.Id);
        await hub.WatchArea("C");
        await hub.WatchArea("C");

        await (await As("worker-1", pack)).Do(reported.Id, "claim");
        await hub.Case(reported.Id, c => c.Version == 2);
        await (await As("worker-1", pack)).Do(reported.Id, "on-site");
        await hub.Case(reported.Id, c => c.Version == 3);

        Assert.Single(hub.Pushes, p => p.Target == "CaseChanged" && p.As<CaseChanged>().Version == 2);
        var frames = hub.Pushes.Where(p => p.Target == "AreaChanged").Select(p => p.As<Frame>().Sequence).ToList();
        Assert.Equal(frames.Distinct(), frames);
    }

    [Fact]
    public async Task An_unwatched_area_pushes_nothing()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        await using var hub = await Service.Connect("dispatcher-1", pack);
        await hub.WatchArea("C-A");
        await hub.WatchArea("C-B");

        await hub.Invoke("UnwatchArea", "C-A");
        await (await As("dispatcher-1", pack)).Report("C-A1-1");
        await (await As("dispatcher-1", pack)).Report("C-B-9");
        await hub.Next("AreaChanged", p => p.As<Frame>() is { Area: "C-B", Counts.Reported: 1 });

        Assert.DoesNotContain(hub.Pushes, p => p.Target == "AreaChanged" && p.As<Frame>().Area == "C-A");
    }

    [Theory]
    [InlineData("WatchArea", "nowhere", "not-found")]
    [InlineData("WatchArea", "", "not-found")]
    [InlineData("WatchArea", "C", "not-your-area")]
    [InlineData("WatchArea", "C-B1", "not-your-area")]
    [InlineData("WatchCase", "00000000000000000000000000000000", "not-found")]
    [InlineData("WatchCase", "nonsense", "not-found")]
    public async Task A_hub_error_has_a_code_and_a_sentence(string method, string argument, string code)
    {
        await using var hub = await Service.Connect("leader-a");

        var refusal = await Assert.ThrowsAsync<HubException>(() => hub.Invoke(method, argument));

        Assert.Matches($"HubException: {code}: .+$", refusal.Message);
    }

    [Fact]
    public async Task Invalid_hub_calls_do_not_close_the_connection()
    {
        await using var hub = await Service.Connect("leader-a");

        await Assert.ThrowsAsync<HubException>(() => hub.Invoke("Nothing", 1));
        await Assert.ThrowsAsync<HubException>(() => hub.Invoke("WatchArea", 5));
        await Assert.ThrowsAsync<HubException>(() => hub.Invoke("WatchArea"));
        await Assert.ThrowsAsync<HubException>(() => hub.Invoke("Connect"));

        Assert.Equal("C-A", (await hub.WatchArea("C-A")).Area.Code);
    }

    [Fact]
    public async Task A_connection_that_watches_64_things_may_watch_no_more()
    {
        await using var hub = await Service.Connect("dispatcher-1");
        var dispatcher = await As("dispatcher-1");
        var ids = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ => (await dispatcher.Report("C-A1-1")).Id));
        foreach (var id in ids[..63])
            await hub.WatchCase(id);

        var refusal = await Assert.ThrowsAsync<HubException>(() => hub.WatchCase(ids[63]));

        Assert.Contains("busy", refusal.Message, StringComparison.Ordinal);
        await hub.Invoke("UnwatchCase", ids[0]);
        Assert.Equal(ids[63], (await hub.WatchCase(ids[63])).Id);
    }

    [Fact]
    public async Task A_quiet_connection_gets_beats_and_is_closed_when_its_session_ends()
    {
        var answer = (
            await Service.Anybody().Post("/api/session", new { account = "qinghe/worker-5", password = TestService.Password })
        ).Expect(200);
        var token = answer.Body.GetProperty("token").GetString()!;
        await using var hub = await HubClient.Connect(Service.Url, token);
        var beat = await hub.Next("Beat", _ => true);
        Assert.InRange(
            beat.Argument.GetProperty("at").GetDateTimeOffset(),
            DateTimeOffset.UtcNow.AddMinutes(-1),
            DateTimeOffset.UtcNow.AddMinutes(1)
        );

        (await Service.Anybody().Delete("/api/session", ("Authorization", $"Bearer {token}"))).Expect(204);

        await hub.Closed.WithinDeadline();
    }

    [Fact]
    public async Task A_watcher_who_may_no_longer_see_a_case_gets_no_more_pushes_of_it()
    {
        var reported = await (await As("dispatcher-1")).Report("C-A1-1", "hazard");
        await (await As("worker-1")).Do(reported.Id, "claim");
        await (await As("worker-1")).Do(reported.Id, "handover", new { to = "worker-b11", reason = "请协助" });
        await using var other = await Service.Connect("worker-b11");
        await using var reader = await Service.Connect("visitor-a");
        await other.WatchCase(reported.Id);
        await reader.WatchCase(reported.Id);

        // The case was handed back, so it doesn't concern worker-b11 any more, whose post may not read there.
        await (await As("dispatcher-1")).Do(reported.Id, "handover", new { to = "worker-1", reason = "派回" });
        await (await As("worker-1")).Do(reported.Id, "progress");
        await reader.Case(reported.Id, c => c.Version == 5);
        await other.Inbox(reported.Id, c => c.Role == "gone");

        Assert.DoesNotContain(other.Pushes, p => p.Target == "CaseChanged" && p.As<CaseChanged>().Version >= 4);
        (await (await As("worker-b11")).Get($"/api/cases/{reported.Id}")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Watchers_of_a_deactivated_actor_keep_getting_changes()
    {
        await using var service = await TestService.Start();
        var worker = await service.As("worker-1");
        await using var hub = await service.Connect("worker-1");
        var mirror = new BoardMirror(hub, "C-A1-1");
        await mirror.Watch();
        var reported = await worker.Report("C-A1-1");
        await mirror.Until(b => b.Counts.Reported == 1);
        await hub.WatchCase(reported.Id);

        // The next regular renewal is some twenty seconds away, so the actors must have asked for one when they were deactivated. An actor
        // that is at work just then isn't deactivated: then once more.
        var management = service.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        var missed = hub.Next("InboxMissed", _ => true);
        await Eventually.Is(
            async () =>
            {
                await management.ForceActivationCollection(TimeSpan.Zero);
                await Task.WhenAny(missed, Eventually.After(TimeSpan.FromSeconds(1)));
                return missed.IsCompletedSuccessfully;
            },
            TimeSpan.FromSeconds(10)
        );
        await worker.Do(reported.Id, "claim");
        await hub.Case(reported.Id, c => c.Version == 2).WaitAsync(TimeSpan.FromSeconds(10));
        await hub.Inbox(reported.Id, c => c.Role == "mine").WaitAsync(TimeSpan.FromSeconds(10));
        await mirror.Until(b => b.Counts.Claimed == 1).WaitAsync(TimeSpan.FromSeconds(10));
    }
}
