using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Cases;
using GridActors.Storage.Leaves;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Leaves;

/// <summary>
/// Offers cases to deputies when a leave begins, and to those who are back when it ends. The database says which leaves have begun or
/// ended, and whose inboxes hold the cases that a leave can concern, so nothing else is looked at. If the silo that does the work dies,
/// another one continues: cases that follow already are found in order.
/// </summary>
public sealed partial class LeaveSweep(
    LeaveChanges changes,
    RoutedCases cases,
    GrainReferences<ICaseGrain> grains,
    IPacks packs,
    ServiceTime clock,
    ILogger<LeaveSweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// A silo that learns of a leave a moment later offers cases to the person who is away until then. So the last look comes after this
    /// time.
    /// </summary>
    static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(10);

    /// <summary>Since when this silo knows of the changes that aren't followed yet.</summary>
    readonly Dictionary<LeaveChange, long> _known = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(
            TimeSpan.FromTicks(Math.Max(ShortestInterval.Ticks, (long)(Interval.Ticks / clock.Pace))),
            FollowAll,
            LogFailed,
            clock,
            stoppingToken
        );

    async Task FollowAll(CancellationToken cancellationToken)
    {
        var pending = await changes.Pending(clock.Ahead, cancellationToken);
        foreach (var over in _known.Keys.Except(pending).ToList())
            _known.Remove(over);
        if (pending.Count == 0)
            return;
        await using var held = await changes.TryLock(cancellationToken);
        if (held is null)
            return;
        foreach (var change in pending)
            await Follow(change, cancellationToken);
    }

    async Task Follow(LeaveChange change, CancellationToken cancellationToken)
    {
        _known.TryAdd(change, clock.GetTimestamp());
        if (packs.Current.Pack(change.Leave.Person.Pack) is not { } pack || !pack.Leaves.AllOf(change.Leave.Person).Contains(change.Leave))
            return; // This process learns of the leave in a moment.
        var at = clock.GetUtcNow();
        var outdated = new List<RoutedCase>();
        await foreach (var routed in cases.Concerning(Deputies.Circle(pack, change.Leave), cancellationToken))
            if (CaseRouting.IsOutdated(pack, routed, at))
                outdated.Add(routed);
        foreach (var routed in outdated)
            await Reoffer(change, routed, pack, cancellationToken);
        // The next look finds those that weren't offered, and those that changed meanwhile.
        if (outdated.Count > 0 || clock.GetElapsedTime(_known[change]) < SettleTime)
            return;
        await changes.MarkFollowed(change, cancellationToken);
    }

    async Task Reoffer(LeaveChange change, RoutedCase routed, LoadedPack pack, CancellationToken cancellationToken)
    {
        var by = PersonId.Service(pack.Pack.Id);
        var command = new ReofferCase
        {
            By = by,
            Pack = pack.Pack.Digest,
            // The same look at the same case gives the same operation, however often it is sent.
            Operation = OperationIds.Of(by.Key, $"leave {change.Leave.Id:N} {change.At:O} {routed.Id:N} {routed.Version}", []),
        };
        try
        {
            await grains.Of(routed.Id).Submit(command, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotFollowed(e, routed.Id);
        }
    }
}
