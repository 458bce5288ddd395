using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Registrations;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Registrations;

/// <summary>
/// Erases applications that were submitted as long ago as their pack says, decided or not, and forgets which phones were sent codes. Every
/// silo looks; an erasure that two of them ask for is one operation.
/// </summary>
public sealed partial class RegistrationSweep(
    RegistrationQueries queries,
    PhoneConfirmations confirmations,
    GrainReferences<IRegistrationGrain> registrations,
    IPacks packs,
    ServiceTime clock,
    ILogger<RegistrationSweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    static readonly TimeSpan ConfirmationsKept = TimeSpan.FromDays(1);
    const int BatchLength = 200;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Run, LogFailed, clock, stoppingToken);

    async Task Run(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await confirmations.DeleteBefore(now - ConfirmationsKept, cancellationToken);
        foreach (var pack in packs.Current.Packs)
            await Run(pack, now, cancellationToken);
    }

    /// <summary>Erases what one pack has kept long enough at a moment.</summary>
    public async Task Run(LoadedPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (pack.Pack.Households is not { } rules)
            return;
        // A pack that takes applications no more keeps those it has as long as others.
        var retention = rules.Registration?.Retention ?? Domain.Registrations.RegistrationRules.DefaultRetention;
        var before = pack.Start(retention.Before(pack.Day(now)));
        var old = await queries.SubmittedBefore(pack.Pack.Id, before, BatchLength, cancellationToken);
        foreach (var id in old)
            await registrations.Of(id).Submit(Erase(pack.Pack.Id, id), cancellationToken);
        if (old.Count > 0)
            LogErased(old.Count, pack.Pack.Id);
    }

    static EraseRegistration Erase(string pack, Guid id)
    {
        var by = PersonId.Service(pack);
        return new() { Operation = OperationIds.Of(by.Key, $"registration retention {id:N}", []), By = by };
    }
}
