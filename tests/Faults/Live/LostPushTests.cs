using GridActors.Contracts.Areas;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Faults.Tests.Live;

/// <summary>Pushes between actors and the web process get lost: every third is dropped, every seventh fails loudly.</summary>
public sealed class LostPushTests
{
    [Fact]
    public async Task Boards_on_screens_are_right_when_pushes_are_lost()
    {
        var lost = Pushes(n =>
            n % 7 == 0 ? Loss.Loud
            : n % 3 == 0 ? Loss.Silent
            : Loss.None
        );
        await using var service = await TestService.Start(b => b.Services.AddSingleton<IOutgoingGrainCallFilter>(lost));
        await using var hub = await service.Connect("dispatcher-1");
        var mirrors = new[] { new BoardMirror(hub, "C"), new BoardMirror(hub, "C-A1-1") };
        foreach (var mirror in mirrors)
            await mirror.Watch();
        var dispatcher = await service.As("dispatcher-1");

        for (var i = 1; i <= 40; i++)
        {
            await dispatcher.Report("C-A1-1");
            // The steps are taken one after another, so that most of them cause a push.
            await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == i);
        }

        foreach (var mirror in mirrors)
            await mirror.Until(b => b.Counts.Reported == 40);
        Assert.True(lost.Count > 0, "No push was lost.");
        await BoardCounts.BoardsEqual(service.Data, dispatcher);
    }

    [Fact]
    public async Task A_board_whose_last_push_was_lost_is_right_after_the_next_renewal()
    {
        var lost = Pushes(_ => Loss.Loud);
        await using var service = await TestService.Start(b => b.Services.AddSingleton<IOutgoingGrainCallFilter>(lost));
        await using var hub = await service.Connect("dispatcher-1");
        var mirror = new BoardMirror(hub, "C");
        await mirror.Watch();
        var dispatcher = await service.As("dispatcher-1");

        // The first push fails and its watcher is forgotten, so nobody is notified of later changes.
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => Task.FromResult(lost.Count > 0));
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 2);

        await mirror.Until(b => b.Counts.Reported == 2);
    }

    static LostCalls Pushes(Func<int, Loss> loss) => new(m => m.DeclaringType == typeof(IBoardObserver), loss);
}
