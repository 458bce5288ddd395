using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Reassignments;
using GridActors.Domain.Packs;
using GridActors.Domain.Reassignments;
using GridActors.Storage;
using GridActors.Storage.Reassignments;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Reassignments;

/// <summary>
/// Lets reassignments that are under way go on, and carries the households of areas that are gone along to their only successor. Every silo
/// looks; what two of them begin is one operation, and the actor of a reassignment does one thing at a time.
/// </summary>
public sealed partial class ReassignmentSweep(
    ReassignmentQueries queries,
    GrainReferences<IReassignmentGrain> reassignments,
    IPacks packs,
    ServiceTime clock,
    ILogger<ReassignmentSweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>By their ids, the packs whose areas were looked at since they were loaded.</summary>
    readonly Dictionary<string, string> _seen = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Run, LogFailed, clock, stoppingToken);

    async Task Run(CancellationToken cancellationToken)
    {
        foreach (var pack in packs.Current.Packs)
            if (_seen.GetValueOrDefault(pack.Pack.Id) != pack.Pack.Digest)
            {
                await Carry(pack, cancellationToken);
                _seen[pack.Pack.Id] = pack.Pack.Digest;
            }
        foreach (var id in await queries.Running(cancellationToken))
            while (!await reassignments.Of(id).Continue(cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
    }

    async Task Carry(LoadedPack pack, CancellationToken cancellationToken)
    {
        if (pack.Pack.Households is null)
            return;
        foreach (var gone in pack.FormerAreas)
        {
            var area = new AreaId(pack.Pack.Id, gone.Code);
            var households = await queries.In(area, ReassignmentDecider.MaxHouseholds, cancellationToken);
            if (households.Count == 0)
                continue;
            if (gone.OnlySuccessor is not { } successor)
            {
                LogUndecided(gone.Code, pack.Pack.Id, households.Count);
                continue;
            }
            var by = PersonId.Service(pack.Pack.Id);
            // Whoever undoes it decides otherwise: with the same version of the pack, it isn't begun again.
            var key = $"area {gone.Code} {pack.Pack.Digest}";
            var answer = await reassignments
                .Of(OperationIds.OfCreated(by.Key, key))
                .Submit(
                    new ApplyReassignment
                    {
                        Operation = OperationIds.Of(by.Key, key, []),
                        By = by,
                        Parts = [new(area, successor.Id, [.. households])],
                    },
                    cancellationToken
                );
            if (answer.Rejection is null)
                LogCarried(gone.Code, pack.Pack.Id, households.Count, successor.Code);
        }
    }
}
