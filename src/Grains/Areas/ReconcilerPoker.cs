using GridActors.Contracts.Areas;
using GridActors.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace GridActors.Grains.Areas;

/// <summary>
/// Every silo calls the one reconciler every two seconds, so it runs as long as one silo lives, and starts again on another one within two
/// seconds of its silo's death being noticed. The alternatives need more or do less: a reminder fires once a minute at the most and needs a
/// table of its own, a grain timer ends with its activation, and a grain service runs once in every silo, so it would make this same call.
/// </summary>
public sealed partial class ReconcilerPoker(
    IGrainFactory grains,
    IOptions<ClusterOptions> cluster,
    TimeProvider clock,
    ILogger<ReconcilerPoker> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(
            Interval,
            cancellationToken => grains.GetGrain<IReconcilerGrain>(cluster.Value.ClusterId).Poke(cancellationToken),
            LogMissed,
            clock,
            stoppingToken
        );
}
