using System.Collections.Concurrent;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Domain.Packs;
using GridActors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>
/// Notifies areas that their households changed, after the change is durable. It collects for a moment, so that an import makes a call for
/// each area and not for each household. The answer to the person who acted doesn't wait for it, and what gets lost the reconciler finds.
/// </summary>
public sealed partial class HouseholdFeed(
    GrainReferences<IAreaGrain> areas,
    IPacks packs,
    TimeProvider clock,
    ILogger<HouseholdFeed> logger
) : BackgroundService
{
    const int MaxDegreeOfParallelism = 8;
    static readonly TimeSpan CollectFor = TimeSpan.FromMilliseconds(250);

    readonly ConcurrentDictionary<AreaId, bool> _changed = [];

    /// <param name="before">Null for a new household.</param>
    public void Notify(HouseholdView? before, HouseholdView after)
    {
        _changed.TryAdd(after.Area, true);
        if (before is not null && before.Area != after.Area)
            _changed.TryAdd(before.Area, true);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(CollectFor, Send, LogNotNotified, clock, stoppingToken);

    async Task Send(CancellationToken cancellationToken)
    {
        if (_changed.IsEmpty)
            return;
        // The households of an area that is gone are counted by the one that stands for it.
        AreaId[] changed =
        [
            .. _changed
                .Keys.Where(a => _changed.TryRemove(a, out _))
                .Select(a => packs.Current.PackOf(a)?.StandIn(a.Code)?.Id)
                .OfType<AreaId>()
                .Distinct(),
        ];
        await Parallel.ForEachAsync(
            changed,
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (area, token) => await areas.Of(area.Key).HouseholdsChanged(recheck: false, token)
        );
    }
}
