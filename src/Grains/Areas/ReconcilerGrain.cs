using GridActors.Contracts.Areas;
using GridActors.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>
/// Walks along the journal a few seconds behind its end, and tells every area which versions it must have counted. An area that was told already
/// does nothing but pass its figures up, so that an inner area which lost its memory learns of them too.
/// </summary>
[GrainType("reconciler")]
public sealed class ReconcilerGrain(JournalTail tail, TimeProvider clock) : Grain, IReconcilerGrain
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>Positions are given before the commit: only what is this old is sure to have none missing before it.</summary>
    static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    /// <summary>A silo that died told nobody of its last commits; that it died was noticed within this time.</summary>
    static readonly TimeSpan LookBack = TimeSpan.FromMinutes(1);
    const int AreasAtOnce = 8;

    readonly Queue<(long SeenAt, long Position)> _seen = [];
    long _done;
    long _ranAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _done = await tail.PositionAt(clock.GetUtcNow() - LookBack, cancellationToken);

    public async Task Poke(CancellationToken cancellationToken)
    {
        if (_ranAt != 0 && clock.GetElapsedTime(_ranAt) < Pace) return;
        _ranAt = clock.GetTimestamp();
        _seen.Enqueue((_ranAt, await tail.LastPosition(cancellationToken)));

        var until = _done;
        while (_seen.TryPeek(out var seen) && clock.GetElapsedTime(seen.SeenAt) >= Lag) until = Math.Max(until, _seen.Dequeue().Position);
        if (until == _done) return;
        var marks = await tail.Cases(_done, until, cancellationToken);
        await Parallel.ForEachAsync(marks, new ParallelOptions { MaxDegreeOfParallelism = AreasAtOnce, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current },
            async (area, ct) => await GrainFactory.GetGrain<IAreaGrain>(area.Key.Key).Reconcile([.. area], ct));
        _done = until;
    }
}

/// <summary>Every silo pokes the reconciler: while one silo lives, it runs.</summary>
public sealed partial class ReconcilerPoker(IGrainFactory grains, ILogger<ReconcilerPoker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<IReconcilerGrain>(IReconcilerGrain.Key).Poke(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogMissed(e);
            }
        }
    }

    [LoggerMessage(3203, LogLevel.Warning, "The reconciler could not run; it goes on from where it was.")]
    partial void LogMissed(Exception exception);
}
