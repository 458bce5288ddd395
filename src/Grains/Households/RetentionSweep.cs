using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Households;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Households;

/// <summary>
/// Erases residents who moved out or died as long ago as their pack says, and the records of reveals of that age. Every silo looks; an
/// erasure that two of them ask for is one operation.
/// </summary>
public sealed partial class RetentionSweep(
    RetentionQueries queries,
    GrainReferences<IHouseholdGrain> households,
    IPacks packs,
    ServiceTime clock,
    ILogger<RetentionSweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    const int BatchLength = 200;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Run, LogFailed, clock, stoppingToken);

    async Task Run(CancellationToken cancellationToken)
    {
        foreach (var pack in packs.Current.Packs)
            await Run(pack, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Erases what one pack has kept long enough at a moment.</summary>
    public async Task Run(LoadedPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (pack.Pack.Households is not { Retention: var retention })
            return;
        var gone = await queries.LongGone(pack.Pack.Id, Before(retention.MovedOut), Before(retention.Died), BatchLength, cancellationToken);
        foreach (var (household, resident) in gone)
            await households.Of(household).Submit(Erase(pack.Pack.Id, resident), cancellationToken);
        if (gone.Count > 0)
            LogErased(gone.Count, pack.Pack.Id);
        await queries.DeleteReveals(pack.Pack.Id, Before(retention.Reveals), cancellationToken);

        DateTimeOffset Before(CalendarPeriod period) => pack.Start(period.Before(pack.Day(now)));
    }

    static EraseResident Erase(string pack, Guid resident)
    {
        var by = PersonId.Service(pack);
        return new()
        {
            Operation = OperationIds.Of(by.Key, $"retention {resident:N}", []),
            By = by,
            Resident = resident,
            Reason = "保存期限已满",
        };
    }
}
