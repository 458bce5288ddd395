using System.Collections.Concurrent;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using Microsoft.Extensions.Hosting;

namespace GridActors.Storage;

/// <summary>
/// Notifies areas that figures of theirs changed, after the change is durable. It collects for a moment, so that an import, or the sign-ins
/// of eight o'clock, make a call for each area and not for each change. Nobody waits for it, and what gets lost the reconciler finds.
/// </summary>
public abstract class AreaFeed(GrainReferences<IAreaGrain> areas, IPacks packs, TimeProvider clock) : BackgroundService
{
    const int MaxDegreeOfParallelism = 32;
    static readonly TimeSpan CollectFor = TimeSpan.FromMilliseconds(100);

    /// <summary>An area counts every few seconds at most, so that more calls would change nothing.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<AreaId, bool> _changed = [];

    /// <summary>When each area was told, of those that were within the interval.</summary>
    readonly Dictionary<AreaId, long> _told = [];

    public void Notify(AreaId area) => _changed.TryAdd(area, true);

    /// <summary>Makes the call that says what changed.</summary>
    protected abstract Task Tell(IAreaGrain area, CancellationToken cancellationToken);

    protected abstract void LogNotNotified(Exception exception);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(CollectFor, Send, LogNotNotified, clock, stoppingToken);

    async Task Send(CancellationToken cancellationToken)
    {
        foreach (var (area, at) in _told)
            if (clock.GetElapsedTime(at) >= Interval)
                _told.Remove(area);
        if (_changed.IsEmpty)
            return;
        // What belongs to an area that is gone is counted by the one that stands for it.
        AreaId[] changed =
        [
            .. _changed
                .Keys.Where(a => _told.TryAdd(a, clock.GetTimestamp()) && _changed.TryRemove(a, out _))
                .Select(a => packs.Current.PackOf(a)?.StandIn(a.Code)?.Id)
                .OfType<AreaId>()
                .Distinct(),
        ];
        await Parallel.ForEachAsync(
            changed,
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (area, token) =>
            {
                try
                {
                    await Tell(areas.Of(area.Key), token);
                }
                catch (Exception e) when (!token.IsCancellationRequested)
                {
                    LogNotNotified(e); // The others are told all the same.
                }
            }
        );
    }
}
