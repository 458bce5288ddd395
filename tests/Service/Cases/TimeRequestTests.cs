using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Cases;

/// <summary>Pauses, later due times and changed calendars, in a service whose time the test sets.</summary>
public sealed class TimeRequestTests : IAsyncLifetime
{
    readonly SetClock _clock = new();
    TestService _service = null!;
    Client _clerk = null!;
    Client _worker = null!;
    Client _leader = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(_clock);
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });
        (_clerk, _worker, _leader) = (await _service.As("clerk-a1"), await _service.As("worker-1"), await _service.As("leader-a"));
    }

    public Task DisposeAsync() => _service.DisposeAsync().AsTask();

    [Fact]
    public async Task Pause_needs_a_proof_and_is_granted_by_the_level_above()
    {
        var id = await Claimed();
        (await _worker.Step(id, "pause", new { reason = "等待配件" })).Expect(400, "invalid-request");
        var due = (await _clerk.Case(id)).DueAt;

        var asked = await _worker.Do(id, "pause", await Proof("等待配件"));

        Assert.Equal(("pause", "worker-1"), (asked.Request!.Kind, asked.Request.By));
        Assert.DoesNotContain("grant", asked.Actions);
        // It is in the inbox of the town's leader, and of nobody beside the claimant.
        var item = Assert.Single((await _leader.Inbox("?role=deciding")).Items);
        Assert.Equal((id, 1), (item.Case.Id, (await _leader.Inbox()).Counts.Deciding));
        (await _clerk.Step(id, "grant", new { })).Expect(403, "not-permitted");

        Assert.Contains("grant", (await _leader.Case(id)).Actions);
        var paused = await _leader.Do(id, "grant", new { text = "同意" });

        Assert.Equal((true, null, null), (paused.Paused, paused.DueAt, paused.Request));
        Assert.Empty((await _leader.Inbox("?role=deciding")).Items);
        // The warning and the due time pass while it stands still.
        _clock.Advance(TimeSpan.FromHours(30));
        var other = await _clerk.Report("C-A1-1", "lamp");
        _clock.Advance(TimeSpan.FromMinutes(31));
        await Eventually.Is(() => _clerk.Case(other.Id), c => c.Overdue);
        Assert.Equal((false, false), ((await _clerk.Case(id)).Overdue, (await _clerk.Case(id)).DueSoon));

        var resumed = await _worker.Do(id, "resume");

        Assert.False(resumed.Paused);
        Assert.InRange(resumed.DueAt!.Value - due!.Value, TimeSpan.FromHours(30.5), TimeSpan.FromHours(30.6));
        Assert.Equal(
            ["reported", "claimed", "on-site", "pause-asked", "paused", "resumed"],
            (await _clerk.History(id)).Select(h => h.Step)
        );
        Assert.Contains("暂停", (await _clerk.Case(id)).Clocks.First(c => c.Name == "solve").Explanation, StringComparison.Ordinal);
        var time = (await _clerk.Get($"/api/cases/{id}/time")).Expect(200).Body;
        var holds = time.GetProperty("holds").EnumerateArray().ToList();
        Assert.Equal(["waiting", "working", "paused", "working"], holds.Select(h => h.GetProperty("state").GetString()));
        Assert.Equal([null, "worker-1", "worker-1", "worker-1"], holds.Select(h => h.GetProperty("person").GetString()));
        Assert.Equal(time.GetProperty("minutes").GetInt64(), holds.Sum(h => h.GetProperty("minutes").GetInt64()));
        (await (await _service.As("leader-b")).Get($"/api/cases/{id}/time")).Expect(404, "not-found");
        _clock.Advance(TimeSpan.FromHours(24));
        await Eventually.Is(() => _clerk.Case(id), c => c.Overdue);
    }

    [Fact]
    public async Task Longest_pause_ends_by_itself()
    {
        var id = await Claimed();
        await _worker.Do(id, "pause", await Proof("等待配件"));
        await _leader.Do(id, "grant", new { });

        _clock.Advance(TimeSpan.FromHours(48));

        Assert.False((await Eventually.Is(() => _clerk.Case(id), c => !c.Paused)).Overdue);
        Assert.Equal(("resumed", "_clock"), ((await _clerk.History(id))[^1].Step, (await _clerk.History(id))[^1].By));
    }

    [Fact]
    public async Task Extension_is_refused_with_a_reason_and_then_granted()
    {
        var id = await Claimed();
        var due = (await _clerk.Case(id)).Clocks.First(c => c.Name == "solve").DueAt;
        (await _worker.Step(id, "extension", new { term = "3wd", reason = "理由" })).Expect(409, "not-allowed-by-catalogue");
        (await _worker.Step(id, "extension", new { term = "soon", reason = "理由" })).Expect(400, "invalid-request");
        await _worker.Do(id, "extension", new { term = "24h", reason = "线路复杂" });
        (await _worker.Step(id, "extension", new { term = "24h", reason = "线路复杂" })).Expect(409, "request-pending");

        await _leader.Do(id, "refuse", new { reason = "先换灯泡" });
        await _worker.Do(id, "extension", new { term = "20h", reason = "线路复杂" });
        await _leader.Do(id, "grant", new { });

        Assert.Equal(due.AddHours(20), (await _clerk.Case(id)).Clocks.First(c => c.Name == "solve").DueAt);
        var history = await _clerk.History(id);
        Assert.Equal(("request-refused", "先换灯泡"), (history[^3].Step, history[^3].Text));
        Assert.Equal(("extended", "20h", due.AddHours(20)), (history[^1].Step, history[^1].Term, history[^1].Moved![0].DueAt));
        (await _worker.Step(id, "extension", new { term = "1h", reason = "理由" })).Expect(409, "not-allowed-by-catalogue");
        await BoardCounts.BoardsEqual(_service.Data, await _service.As("dispatcher-1"), _clock);
    }

    [Fact]
    public async Task Changed_calendar_plans_open_clocks_again()
    {
        var rubbish = await _clerk.Report("C-A1-1", "rubbish");
        var lamp = await _clerk.Report("C-A1-1", "lamp");
        var before = (await _clerk.Case(rubbish.Id)).Clocks.First(c => c.Name == "solve");
        var from = DateOnly.FromDateTime(before.DueAt.UtcDateTime.AddHours(8)).AddDays(-1);
        var pack = TestPacks.Qinghe;

        await _service.Load(
            pack with
            {
                Digest = new('f', 64),
                WorkSchedule = pack.WorkSchedule with { Closures = [new(from, from.AddDays(20), "洪水", "Flood")] },
            }
        );

        var moved = await Eventually.Is(() => _clerk.Case(rubbish.Id), c => c.Clocks.First(k => k.Name == "solve").DueAt > before.DueAt);
        Assert.Contains("洪水", moved.Clocks.First(c => c.Name == "solve").Explanation, StringComparison.Ordinal);
        var last = (await _clerk.History(rubbish.Id))[^1];
        Assert.Equal(("replanned", "_service"), (last.Step, last.By));
        Assert.Equal(moved.Clocks.First(c => c.Name == "solve").DueAt, Assert.Single(last.Moved!).DueAt);
        Assert.Equal(["reported"], (await _clerk.History(lamp.Id)).Select(h => h.Step));
    }

    /// <summary>A lamp that worker-1 has claimed and is at.</summary>
    async Task<string> Claimed()
    {
        var reported = await _clerk.Report("C-A1-1", "lamp");
        await _worker.Do(reported.Id, "claim");
        await _worker.Do(reported.Id, "on-site");
        return reported.Id;
    }

    async Task<object> Proof(string reason)
    {
        var photo = (await _worker.Upload(Pictures.Jpeg())).Expect(201).Body.GetProperty("id").GetString();
        return new { reason, photos = new[] { photo } };
    }
}
