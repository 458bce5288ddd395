using System.Collections.Concurrent;
using System.Reflection;
using GridActors.Contracts.Areas;
using GridActors.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Faults.Tests.Live;

/// <summary>Pushes between actors and the web process get lost: every third is dropped, every seventh fails loudly.</summary>
public sealed class LostPushTests
{
    [Fact]
    public async Task Boards_on_screens_are_right_though_pushes_were_lost()
    {
        var lost = new Losses();
        await using var service = await TestService.StartAsync(b =>
            b.Services.AddSingleton(s => ActivatorUtilities.CreateInstance<LiveRelay>(s, LossyFactory.Of(s.GetRequiredService<IGrainFactory>(), lost))));
        await using var hub = await service.Connect("dispatcher-1");
        var mirrors = new[] { new BoardMirror(hub, "C"), new BoardMirror(hub, "C-A1-1") };
        foreach (var mirror in mirrors) await mirror.Watch();
        var dispatcher = await service.As("dispatcher-1");

        for (var i = 1; i <= 40; i++)
        {
            await dispatcher.Report("C-A1-1");
            // One after another, so that most make a push of their own.
            await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == i);
        }

        foreach (var mirror in mirrors) await mirror.Until(b => b.Counts.Reported == 40);
        Assert.True(lost.Count > 0, "No push was lost.");
        await BoardCounts.BoardsEqual(service.Data, dispatcher);
    }

    [Fact]
    public async Task A_board_whose_last_push_was_lost_is_right_after_the_next_renewal()
    {
        var lost = new Losses { All = true };
        await using var service = await TestService.StartAsync(b =>
            b.Services.AddSingleton(s => ActivatorUtilities.CreateInstance<LiveRelay>(s, LossyFactory.Of(s.GetRequiredService<IGrainFactory>(), lost))));
        await using var hub = await service.Connect("dispatcher-1");
        var mirror = new BoardMirror(hub, "C");
        await mirror.Watch();
        var dispatcher = await service.As("dispatcher-1");

        // The first push fails and its watcher is forgotten; what follows is told to nobody.
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => Task.FromResult(lost.Count > 0));
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 2);

        await mirror.Until(b => b.Counts.Reported == 2);
    }

    internal sealed class Losses
    {
        int _count;
        int _pushes;

        public bool All { get; init; }
        public int Count => Volatile.Read(ref _count);

        /// <summary>Kept here, because the engine holds observers weakly.</summary>
        public ConcurrentBag<object> Observers { get; } = [];

        public async Task Push(Func<Task> push)
        {
            var number = Interlocked.Increment(ref _pushes);
            if (All || number % 7 == 0)
            {
                Interlocked.Increment(ref _count);
                throw new TimeoutException("The push was lost, loudly.");
            }
            if (number % 3 == 0) Interlocked.Increment(ref _count);
            else await push();
        }
    }

    /// <summary>Hands out observers that lose; a proxy, because the engines' factories have different members besides.</summary>
    public class LossyFactory : DispatchProxy
    {
        IGrainFactory _grains = null!;
        Losses _losses = null!;

        internal static IGrainFactory Of(IGrainFactory grains, Losses losses)
        {
            var factory = DispatchProxy.Create<IGrainFactory, LossyFactory>();
            ((LossyFactory)(object)factory)._grains = grains;
            ((LossyFactory)(object)factory)._losses = losses;
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IGrainFactory.CreateObjectReference) && args![0] is IBoardObserver board)
            {
                var lossy = new LossyObserver(board, _losses);
                _losses.Observers.Add(lossy);
                args[0] = lossy;
            }
            return targetMethod.Invoke(_grains, args);
        }
    }

    sealed class LossyObserver(IBoardObserver board, Losses losses) : IBoardObserver
    {
        public Task Changed(BoardFrame frame) => losses.Push(() => board.Changed(frame));
    }
}
