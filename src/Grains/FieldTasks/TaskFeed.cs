using System.Collections.Concurrent;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.FieldTasks;

/// <summary>
/// Notifies areas that their to-dos changed, after the change is durable. Nobody who sends or does a task waits for it, and what gets lost
/// the reconciler finds.
/// </summary>
public sealed partial class TaskFeed(GrainReferences<IAreaGrain> areas, IPacks packs, TimeProvider clock, ILogger<TaskFeed> logger)
    : BackgroundService
{
    const int MaxDegreeOfParallelism = 32;
    static readonly TimeSpan CollectFor = TimeSpan.FromMilliseconds(100);

    readonly ConcurrentDictionary<AreaId, bool> _changed = [];

    public void Notify(AreaId area) => _changed.TryAdd(area, true);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(CollectFor, Send, LogNotNotified, clock, stoppingToken);

    async Task Send(CancellationToken cancellationToken)
    {
        if (_changed.IsEmpty)
            return;
        // The to-dos of an area that is gone are counted by the one that stands for it.
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
            async (area, token) =>
            {
                try
                {
                    await areas.Of(area.Key).TasksChanged(recheck: false, token);
                }
                catch (Exception e) when (!token.IsCancellationRequested)
                {
                    LogNotNotified(e); // The others are told all the same.
                }
            }
        );
    }
}
