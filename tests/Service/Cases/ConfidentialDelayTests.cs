using GridActors.Domain.Packs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace GridActors.Service.Tests.Cases;

/// <summary>
/// Boards tell of a confidential case when a day begins, no earlier than the pack says. Until then nothing that anybody else can read or
/// receive changes.
/// </summary>
public sealed class ConfidentialDelayTests
{
    static readonly Pack Delayed = TestPacks.Qinghe with { ConfidentialDelayDays = 1, Digest = "delayed" };
    static readonly string[] Codes = ["C", "C-A", "C-A1", "C-A1-1"];

    [Fact]
    public async Task A_new_confidential_case_changes_nothing_that_others_see()
    {
        await using var service = await TestService.Start(packs: [Delayed]);
        var (dispatcher, police) = (await service.As("dispatcher-1"), await service.As("police-a1"));
        await using var hub = await service.Connect("dispatcher-1");
        foreach (var code in Codes)
            await hub.WatchArea(code);
        // The areas have reported when they started, and the reconciler has checked this report.
        await dispatcher.Report("C-B1-1", title: "最先的事");
        await Eventually.Is(() => Task.FromResult(FramesOf("C", reported: 1) > 1));
        var (before, earlier) = (await Seen(dispatcher), Frames().Count);

        var lead = await (await service.As("resident-a11")).Report("C-A1-1", "lead", "赌博线索");
        await police.Do(lead.Id, "claim");
        await police.Do(lead.Id, "resolve");
        await (await service.As("resident-a11")).Do(lead.Id, "close");
        // The frames of this report, the second of them because the reconciler checked it, come after all that the lead could cause.
        await dispatcher.Report("C-B1-1", title: "最后的事");
        await Eventually.Is(() => Task.FromResult(FramesOf("C", reported: 2) > 1));

        Assert.All(Frames().Skip(earlier), f => Assert.Equal("C", f.Area));
        Assert.DoesNotContain(Frames(), f => f.Counts.Reported > 2 || f.Counts.Open != f.Counts.Reported);
        Assert.Equal(before, await Seen(dispatcher));
        await BoardCounts.BoardsEqual(service.Data, dispatcher);
        await BoardCounts.Verified(await service.As("administrator"));

        int FramesOf(string area, int reported) => Frames().Count(f => f.Area == area && f.Counts.Reported == reported);

        List<Frame> Frames() => [.. hub.Pushes.Where(p => p.Target == "AreaChanged").Select(p => p.As<Frame>())];

        // Everything that can be read about the town.
        async Task<string> Seen(Client reader)
        {
            var texts = new List<string>();
            foreach (
                var path in new[]
                {
                    "/api/cases?area=C-A",
                    "/api/cases?area=C-A&category=lead",
                    "/api/cases?area=C-A&reporter=resident-a11",
                    "/api/cases?area=C-A&text=" + Uri.EscapeDataString("线索"),
                    "/api/cases/export?area=C-A",
                    "/api/areas/C-A/statistics",
                    "/api/areas/C-A1-1/statistics",
                    "/api/areas/C-A1-1/people",
                }
            )
                texts.Add((await reader.Get(path)).Expect(200).Text);
            foreach (var code in Codes.Skip(1))
                texts.Add($"{(await reader.Board(code)).Counts}");
            return string.Join('\n', texts);
        }
    }

    [Fact]
    public async Task Confidential_cases_appear_together_when_the_day_after_the_next_begins()
    {
        var clock = new ShiftedTime();
        await using var service = await TestService.Start(
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(clock);
                // A silo that wrote into the table after its clock had jumped by days would take itself for dead.
                b.Services.Configure<ClusterMembershipOptions>(o => o.IAmAliveTablePublishTimeout = TimeSpan.FromHours(1));
            },
            packs: [Delayed]
        );
        var (resident, police) = (await service.As("resident-a11"), await service.As("police-a1"));
        var open = await resident.Report("C-A1-1", "lead", "开着的线索");
        var settled = await resident.Report("C-A1-1", "lead", "办结的线索");
        await police.Do(settled.Id, "claim");
        await police.Do(settled.Id, "resolve");
        await resident.Do(settled.Id, "close");
        var dispatcher = await service.As("dispatcher-1");
        foreach (var code in Codes)
            Assert.Equal(0, (await dispatcher.Board(code)).Counts.Reported);

        // The day after the next, late enough for clocks that differ. The county's board alone is asked for: it shows what the town
        // reports, which the reconciler has told of the new day.
        clock.ShiftTo(Midnight(settled.ReportedAt).AddDays(2).AddSeconds(70));
        dispatcher = await SignedIn(service, "dispatcher-1");
        var county = await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 2);

        Assert.Equal(new Counts(2, 1, 1, 0, 0, 0, 1, 0, 0, 0), county.Counts);
        Assert.Equal(2, county.Children.Single(c => c.Code == "C-A").Counts.Reported);
        Assert.Empty(county.Ticker);
        foreach (var code in Codes.Skip(2))
            Assert.Equal(0, (await dispatcher.Board(code)).Counts.Reported);
        var days = (await dispatcher.Get("/api/areas/C-A/statistics")).Expect(200).Body.GetProperty("days").EnumerateArray();
        Assert.Equal([2, 0, 0], days.TakeLast(3).Select(d => d.GetProperty("reported").GetInt32()));
        await (await SignedIn(service, "police-a1")).Do(open.Id, "claim");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts is { Claimed: 1, Unclaimed: 0 });
        await BoardCounts.Verified(await SignedIn(service, "administrator"));
    }

    [Fact]
    public async Task A_confidential_case_stays_hidden_after_a_restart()
    {
        await using var first = await TestService.Start(packs: [Delayed]);
        await (await first.As("resident-a11")).Report("C-A1-1", "lead", "赌博线索");
        await using var second = await TestService.Start(database: first.ConnectionString, packs: [Delayed]);
        var dispatcher = await second.As("dispatcher-1");

        foreach (var code in Codes)
            Assert.Equal(0, (await dispatcher.Board(code)).Counts.Reported);
        Assert.All((await dispatcher.Board("C")).Children, c => Assert.Equal(0, c.Counts.Reported));
        await BoardCounts.Verified(await second.As("administrator"));
    }

    [Fact]
    public async Task A_changed_delay_counts_on_every_board()
    {
        await using var service = await TestService.Start(packs: [Delayed]);
        await (await service.As("resident-a11")).Report("C-A1-1", "lead", "赌博线索");
        var dispatcher = await service.As("dispatcher-1");
        Assert.Equal(0, (await dispatcher.Board("C")).Counts.Reported);

        await service.Load(Delayed with { ConfidentialDelayDays = 0, Digest = "at-once" });
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 1);
        await service.Load(Delayed with { Digest = "delayed-again" });
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 0);

        await BoardCounts.Verified(await service.As("administrator"));
    }

    static DateTimeOffset Midnight(DateTimeOffset at) => new(at.ToOffset(TimeSpan.FromHours(8)).Date, TimeSpan.FromHours(8));

    /// <summary>A new session: those of two days before have ended.</summary>
    static async Task<Client> SignedIn(TestService service, string person) =>
        (await service.Anybody().SignIn($"qinghe/{person}", TestService.Password)) with
        {
            Person = person,
            Pack = "qinghe",
        };

    /// <summary>The machine's time plus an offset.</summary>
    sealed class ShiftedTime : TimeProvider
    {
        long _ticks;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

        public void ShiftTo(DateTimeOffset now) => Interlocked.Add(ref _ticks, (now - GetUtcNow()).Ticks);
    }
}
