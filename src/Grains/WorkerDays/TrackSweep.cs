using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage;
using GridActors.Storage.Time;
using GridActors.Storage.WorkerDays;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.WorkerDays;

/// <summary>Deletes and thins positions as the packs say. Every silo looks; what two of them find is done once.</summary>
public sealed partial class TrackSweep(TrackRetention retention, IPacks packs, ServiceTime clock, ILogger<TrackSweep> logger)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    const int BatchLength = 500;

    /// <summary>What has just become too old; a process that starts looks at everything that is older, once.</summary>
    const int DaysLookedBack = 3;

    readonly HashSet<string> _swept = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Sweep, LogFailed, clock, stoppingToken);

    /// <summary>Does now what is to be done.</summary>
    public async Task Sweep(CancellationToken cancellationToken)
    {
        foreach (var pack in packs.Current.Packs)
        {
            var (today, rule) = (pack.Day(clock.GetUtcNow()), WorkerDayRules.RulesOf(pack).Tracks);
            var (keep, thin) = (rule.Keep.Before(today), rule.ThinAfter.Before(today));
            string[] areas = [.. pack.Root.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)];
            DateOnly? from = _swept.Contains(pack.Pack.Id) ? keep.AddDays(-DaysLookedBack) : null;
            await All(token => retention.DeleteTracks(pack.Pack.Id, pack.Start(keep), BatchLength, token), cancellationToken);
            await All(token => retention.DeletePositions(areas, from, keep, BatchLength, token), cancellationToken);
            await All(token => retention.Thin(pack.Pack.Id, pack.Start(thin), BatchLength, token), cancellationToken);
            var oldest = pack.Day(clock.GetUtcNow() - WorkerDayRules.Oldest).AddDays(-1);
            await All(token => retention.DeleteDevices(pack.Pack.Id, oldest, BatchLength, token), cancellationToken);
            _swept.Add(pack.Pack.Id);
        }
    }

    static async Task All(Func<CancellationToken, Task<int>> some, CancellationToken cancellationToken)
    {
        while (await some(cancellationToken) == BatchLength) { }
    }
}
