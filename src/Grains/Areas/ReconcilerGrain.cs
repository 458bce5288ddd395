using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>
/// Walks along the journal a few seconds behind its end, and tells every area which versions it must have counted. An area that was told already
/// does nothing but pass its figures up, so that an inner area which lost its memory learns of them too.
/// </summary>
[GrainType("reconciler")]
public sealed partial class ReconcilerGrain(JournalTail tail, IPacks packs, TimeProvider clock, ILogger<ReconcilerGrain> logger) : Grain, IReconcilerGrain
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>Positions are given before the commit: only what is this old is sure to have none missing before it.</summary>
    static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    /// <summary>A silo that died told nobody of its last commits; that it died was noticed within this time.</summary>
    static readonly TimeSpan LookBack = TimeSpan.FromMinutes(1);
    const int AreasAtOnce = 8;

    readonly Queue<(long SeenAt, long Position)> _seen = [];
    readonly Dictionary<AreaId, ImmutableArray<CaseMark>> _owed = [];
    long _done;
    long _ranAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _done = await tail.PositionAt(clock.GetUtcNow() - LookBack, cancellationToken);

    public async Task Poke(CancellationToken cancellationToken)
    {
        if (_ranAt != 0 && clock.GetElapsedTime(_ranAt) < Pace) return;
        _ranAt = clock.GetTimestamp();
        var (position, oldestWriter) = await tail.End(cancellationToken);
        _seen.Enqueue((_ranAt, position));

        var lag = oldestWriter + Pace > Lag ? oldestWriter + Pace : Lag;
        var until = _done;
        while (_seen.TryPeek(out var seen) && clock.GetElapsedTime(seen.SeenAt) >= lag) until = Math.Max(until, _seen.Dequeue().Position);
        if (until > _done)
        {
            foreach (var area in await tail.Cases(_done, until, cancellationToken)) Owe(area.Key, [.. area]);
            _done = until;
        }
        foreach (var some in _owed.ToArray().Chunk(AreasAtOnce)) await Task.WhenAll(some.Select(o => Check(o.Key, o.Value, cancellationToken)));
    }

    void Owe(AreaId area, ImmutableArray<CaseMark> marks)
    {
        if (packs.Current.Area(area) is null) return; // Its pack is gone, and its board with it.
        _owed[area] = _owed.TryGetValue(area, out var earlier) ? [.. earlier.Concat(marks).GroupBy(m => m.Case).Select(g => g.MaxBy(m => m.Version))] : marks;
    }

    /// <summary>One area that can't answer now holds up no other, and is asked again.</summary>
    async Task Check(AreaId area, ImmutableArray<CaseMark> marks, CancellationToken cancellationToken)
    {
        try
        {
            await GrainFactory.GetGrain<IAreaGrain>(area.Key).Reconcile(marks, cancellationToken);
            _owed.Remove(area);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogOwed(e, area.Key);
            if (packs.Current.Area(area) is null) _owed.Remove(area);
        }
    }

    [LoggerMessage(3204, LogLevel.Warning, "Area {Area} could not be checked; it is asked again.")]
    partial void LogOwed(Exception exception, string area);
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
