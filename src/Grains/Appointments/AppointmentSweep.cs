using GridActors.Contracts;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Appointments;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Appointments;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Appointments;

/// <summary>
/// Erases what was written in appointments that are as old as the pack says. Every silo looks; an erasure that two of them ask for is one
/// operation.
/// </summary>
public sealed partial class AppointmentSweep(
    AppointmentQueries queries,
    GrainReferences<IAppointmentGrain> appointments,
    IPacks packs,
    ServiceTime clock,
    ILogger<AppointmentSweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    const int BatchLength = 200;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Run, LogFailed, clock, stoppingToken);

    async Task Run(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var pack in packs.Current.Packs)
            await Run(pack, now, cancellationToken);
    }

    /// <summary>Erases what one pack has kept long enough at a moment.</summary>
    public async Task Run(LoadedPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (pack.Pack.Households is not { } rules)
            return;
        var before = pack.Start(AppointmentRules.KeptSince(rules, pack.Day(now)));
        var by = PersonId.Service(pack.Pack.Id);
        var old = await queries.Before(pack.Pack.Id, before, BatchLength, cancellationToken);
        foreach (var id in old)
            await appointments
                .Of(id)
                .Submit(
                    new EraseAppointment { Operation = OperationIds.Of(by.Key, $"appointment retention {id:N}", []), By = by },
                    cancellationToken
                );
        if (old.Count > 0)
            LogErased(old.Count, pack.Pack.Id);
    }
}
