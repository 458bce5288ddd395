using System.Collections.Concurrent;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.WorkerDays;

/// <summary>
/// Notifies areas that their workers did something, after it is durable. It collects for a moment, so that the sign-ins of eight o'clock
/// make a call for each area and not for each of them. Nobody waits for it, and what gets lost the reconciler finds.
/// </summary>
public sealed partial class DutyFeed(GrainReferences<IAreaGrain> areas, IPacks packs, TimeProvider clock, ILogger<DutyFeed> logger)
    : BackgroundService
{
    const int MaxDegreeOfParallelism = 8;
    static readonly TimeSpan CollectFor = TimeSpan.FromMilliseconds(250);

    readonly ConcurrentDictionary<AreaId, bool> _changed = [];

    public void Notify(IEnumerable<AreaId> changed)
    {
        foreach (var area in changed)
            _changed.TryAdd(area, true);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(CollectFor, Send, LogNotNotified, clock, stoppingToken);

    async Task Send(CancellationToken cancellationToken)
    {
        if (_changed.IsEmpty)
            return;
        AreaId[] changed = [.. _changed.Keys.Where(a => _changed.TryRemove(a, out _)).Where(a => packs.Current.Area(a) is not null)];
        await Parallel.ForEachAsync(
            changed,
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (area, token) => await areas.Of(area.Key).HouseholdsChanged(recheck: false, token)
        );
    }
}
