using System.Collections.Concurrent;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Areas;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;

namespace GridActors.Web.Administration;

public sealed record DifferenceJson(string Area, string Field, long Board, long Counted);

/// <param name="Divergent">Streams whose row in the read table doesn't match their last event; at most a hundred.</param>
/// <param name="Access">The access journal's chain of hashes; note its last hash outside the service.</param>
public sealed record VerificationJson(
    int Areas,
    IReadOnlyList<DifferenceJson> Differences,
    IReadOnlyList<string> Divergent,
    AccessChainCheck Access
);

/// <summary>Compares every board of a pack with the SQL count, and the read tables with the journal.</summary>
public sealed class Verification(
    IGrainFactory grains,
    AreaQueries queries,
    HouseholdCountQueries households,
    DutyCountQueries duty,
    TaskCountQueries tasks,
    JournalTail tail,
    AccessChain chain,
    ServiceTime clock
)
{
    const int MaxConcurrentCalls = 16;

    public async Task<VerificationJson> Run(LoadedPack pack, CancellationToken cancellationToken)
    {
        var day = pack.Day(clock.GetUtcNow());
        var counted = await queries.All(pack, day, cancellationToken);
        var onDuty = await duty.All(pack, day, cancellationToken);
        var ledger = await households.All(pack, day, cancellationToken);
        var sent = await tasks.All(pack, day, cancellationToken);
        var differences = new ConcurrentBag<DifferenceJson>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentCalls, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            pack.Areas.Values,
            options,
            async (area, cancellation) =>
            {
                var board = await ActorCalls.Call(grains.GetGrain<IAreaGrain>(area.Id.Key).Get, cancellation);
                foreach (
                    var difference in Compare(
                        area,
                        board.Counts,
                        counted.GetValueOrDefault(area.Id) with
                        {
                            Households = ledger.GetValueOrDefault(area.Id),
                            Duty = onDuty.GetValueOrDefault(area.Id),
                            Tasks = sent.GetValueOrDefault(area.Id),
                        }
                    )
                )
                    differences.Add(difference);
            }
        );
        return new(
            pack.Areas.Count,
            [.. differences.OrderBy(d => d.Area, StringComparer.Ordinal).ThenBy(d => d.Field, StringComparer.Ordinal)],
            await tail.Divergent(pack.Pack.Id, cancellationToken),
            await chain.Verify(cancellationToken)
        );
    }

    static IEnumerable<DifferenceJson> Compare(AreaNode area, AreaCounts board, AreaCounts counted)
    {
        foreach (var (field, of) in Fields)
            if (of(board) != of(counted))
                yield return new(area.Code, field, of(board), of(counted));
    }

    static readonly (string Name, Func<AreaCounts, int> Of)[] Fields =
    [
        ("reported", c => c.Reported),
        ("unclaimed", c => c.Unclaimed),
        ("claimed", c => c.Claimed),
        ("resolved", c => c.Resolved),
        ("dueSoon", c => c.DueSoon),
        ("overdue", c => c.Overdue),
        ("escalated", c => c.Escalated),
        ("supervised", c => c.Supervised),
        ("closed", c => c.Closed),
        ("explained", c => c.Explained),
        ("reportedToday", c => c.ReportedToday),
        ("closedToday", c => c.ClosedToday),
        ("households.households", c => c.Households.Households),
        ("households.residents", c => c.Households.Residents),
        ("households.registered", c => c.Households.Registered),
        ("households.migrant", c => c.Households.Migrant),
        ("households.absent", c => c.Households.Absent),
        ("households.stale", c => c.Households.Stale),
        ("households.neverVisited", c => c.Households.NeverVisited),
        ("households.certificatesLapsing", c => c.Households.CertificatesLapsing),
        ("duty.onDuty", c => c.Duty.OnDuty),
        ("duty.onPatrol", c => c.Duty.OnPatrol),
        ("duty.checkInsToday", c => c.Duty.CheckInsToday),
        ("duty.visitsToday", c => c.Duty.VisitsToday),
        ("duty.patrolsToday", c => c.Duty.PatrolsToday),
        ("duty.visitsDue", c => c.Duty.VisitsDue),
        ("duty.visitsDone", c => c.Duty.VisitsDone),
        ("tasks.open", c => c.Tasks.Open),
        ("tasks.doneToday", c => c.Tasks.DoneToday),
        ("tasks.late", c => c.Tasks.Late),
    ];
}
