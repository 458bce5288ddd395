using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Staff;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Staff;

/// <summary>
/// Makes changes of posts and people on their day. The database says whose day has come, so every silo looks there; the one that gets the
/// lock makes them. Open cases follow as after any change of the pack.
/// </summary>
public sealed partial class StaffSweep(StaffChanges changes, IPacks packs, ServiceTime clock, ILogger<StaffSweep> logger)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, MakeAll, LogFailed, clock, stoppingToken);

    async Task MakeAll(CancellationToken cancellationToken)
    {
        if ((await changes.Due(cancellationToken)).Count == 0)
            return;
        await using var held = await changes.TryLock(cancellationToken);
        if (held is null)
            return;
        // Asked again under the lock: another silo may have made some of them meanwhile.
        foreach (var due in await changes.Due(cancellationToken))
            if (packs.Current.Pack(due.Pack) is { } pack && await changes.Make(pack, due, cancellationToken) is { } failure)
                LogRefused(due.Pack, due.Change.Id, failure);
    }
}
