using GridActors.Contracts.Areas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Core.Internal;

namespace GridActors.Service.Tests.Areas;

/// <summary>The reconciler finds what an area was not notified of.</summary>
public sealed class ReconcilerTests
{
    [Fact]
    public async Task Boards_are_right_within_seconds_when_every_note_is_lost()
    {
        var lost = new LostCalls(m => m.DeclaringType == typeof(IAreaGrain) && m.Name == nameof(IAreaGrain.Notify), _ => Loss.Silent);
        await using var service = await TestService.Start(b => b.Services.AddSingleton<IOutgoingGrainCallFilter>(lost));
        var dispatcher = await service.As("dispatcher-1");
        foreach (var code in new[] { "C", "C-A", "C-A1", "C-A1-1", "C-B-9" })
            Assert.Equal(0, (await dispatcher.Board(code)).Counts.Reported);
        await using var hub = await service.Connect("dispatcher-1");
        var mirror = new BoardMirror(hub, "C");
        await mirror.Watch();

        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
            ids.Add((await dispatcher.Report(i < 4 ? "C-A1-1" : "C-B-9")).Id);
        await (await service.As("worker-1")).Do(ids[0], "claim");
        await (await service.As("worker-1")).Do(ids[0], "resolve");
        await dispatcher.Do(ids[0], "close");

        await mirror.Until(b => b.Counts is { Reported: 6, Closed: 1, Unclaimed: 5 });
        Assert.True(lost.Count > 0, "No note was lost.");
        await BoardCounts.BoardsEqual(service.Data, dispatcher);
        await BoardCounts.Verified(await service.As("administrator"));
    }

    [Fact]
    public async Task A_reconciler_that_begins_anew_after_the_clock_was_set_forward_finds_what_was_missed_before()
    {
        var (clock, isBlocked) = (new SetClock(), true);
        var notes = new LostCalls(m => m.DeclaringType == typeof(IAreaGrain) && m.Name == nameof(IAreaGrain.Notify), _ => Loss.Silent);
        var checks = new LostCalls(
            m => m.DeclaringType == typeof(IAreaGrain) && m.Name == nameof(IAreaGrain.Reconcile),
            _ => Volatile.Read(ref isBlocked) ? Loss.Loud : Loss.None
        );
        await using var service = await TestService.Start(b =>
            b.Services.AddSingleton<TimeProvider>(clock)
                .AddSingleton<IOutgoingGrainCallFilter>(notes)
                .AddSingleton<IOutgoingGrainCallFilter>(checks)
        );
        var dispatcher = await service.As("dispatcher-1");
        // From now on the areas are in memory, and don't count by themselves.
        Assert.Equal(0, (await dispatcher.Board("C-A1-1")).Counts.Reported);
        Assert.Equal(0, (await dispatcher.Board("C")).Counts.Reported);

        // The reconciler ends before it has told the area, as with the silo it is in.
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => Task.FromResult(checks.Count > 0));
        clock.Advance(TimeSpan.FromHours(2));
        var grains = service.Services.GetRequiredService<IGrainFactory>();
        var clusterId = service.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId;
        await grains.GetGrain<IReconcilerGrain>(clusterId).AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        Volatile.Write(ref isBlocked, false);

        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 1);
        await BoardCounts.BoardsEqual(service.Data, dispatcher, clock);
    }
}
