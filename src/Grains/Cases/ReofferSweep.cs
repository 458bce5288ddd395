using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Cases;
using GridActors.Storage.Packs;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>
/// Offers the cases of a changed pack to the people who hold the posts now, and plans their clocks by the calendar as it is now. When a
/// shift or the office hours begin or end, it offers the unclaimed cases whose rules name them. The database says which packs have changed
/// and when the next shift begins, so every silo looks there; the one that gets the lock does the work. If it dies, another silo
/// continues: cases that follow the pack already are found in order.
/// </summary>
public sealed partial class ReofferSweep(
    PackChanges changes,
    RoutedCases cases,
    OpenCases open,
    GrainReferences<ICaseGrain> grains,
    IPacks packs,
    TimeProvider clock,
    ServiceTime time,
    ILogger<ReofferSweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A silo that lost its connection to the database learns of a changed pack a moment later, and offers reports by the old pack until
    /// then. So the last look comes after this time.
    /// </summary>
    static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(10);

    const int MaxDegreeOfParallelism = 8;

    /// <summary>Each takes two connections to the database, of a pool that everything else needs, too.</summary>
    readonly SemaphoreSlim _turns = new(4);

    /// <summary>The changed packs, by id.</summary>
    readonly Dictionary<string, Followed> _followed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await BackgroundLoop.Every(Interval, FollowAll, LogFailed, clock, stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_followed.Values.Select(f => f.Look)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Each pack is followed for itself: one with many cases, or whose cases can't be offered, holds up no other.</summary>
    async Task FollowAll(CancellationToken cancellationToken)
    {
        foreach (var change in await changes.Pending(time.Ahead, cancellationToken))
        {
            var known = _followed.GetValueOrDefault(change.Pack);
            if (known is { Look.IsCompleted: false })
                continue;
            // Time that passes, and not the clock, which may be set back.
            var since = known?.Change == change ? known.Since : clock.GetTimestamp();
            _followed[change.Pack] = new(change, since, Follow(change, since, cancellationToken));
        }
    }

    async Task Follow(PackChange change, long since, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await Look(change, since, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e);
        }
        finally
        {
            _turns.Release();
        }
    }

    async Task Look(PackChange change, long since, CancellationToken cancellationToken)
    {
        if (packs.Current.Pack(change.Pack) is not { } pack || pack.Pack.Digest != change.Digest)
            return; // This process loads the changed pack in a moment.
        await using var held = await changes.TryLock(change.Pack, cancellationToken);
        if (held is null)
            return;
        // Of a hundred thousand open cases, only what is needed to offer them stays in memory.
        var outdated = new List<(Guid Id, int Version, bool Confidential)>();
        var at = time.GetUtcNow();
        await foreach (var routed in Affected(change, pack, cancellationToken))
            if (CaseRouting.IsOutdated(pack, routed, at))
                outdated.Add((routed.Id, routed.Version, routed.Confidential));
        if (outdated.Count > 0)
        {
            await Reoffer(change, outdated, cancellationToken);
            return; // The next look finds those that weren't offered, and those that changed meanwhile.
        }
        var isPlanned = !change.Replans || await Replan(change, pack, cancellationToken);
        if (!isPlanned || clock.GetElapsedTime(since) < SettleTime)
            return;
        await changes.MarkFollowed(change, pack.Duty.NextChange(at), cancellationToken);
        LogFollowed(change.Pack);
    }

    IAsyncEnumerable<RoutedCase> Affected(PackChange change, LoadedPack pack, CancellationToken cancellationToken) =>
        change.IsLoaded
            ? cases.Of(change.Pack, cancellationToken)
            : cases.Offered(change.Pack, [.. pack.Pack.Categories.Where(c => c.FollowsTime).Select(c => c.Code)], cancellationToken);

    Task Reoffer(PackChange change, List<(Guid Id, int Version, bool Confidential)> outdated, CancellationToken cancellationToken)
    {
        LogStarted(change.Pack, outdated.Count);
        // Who may read the confidential ones is the most urgent.
        var commands = outdated
            .OrderByDescending(c => c.Confidential)
            .Select(c => new FollowingCase(c.Id, new ReofferCase { By = PersonId.Service(change.Pack), Pack = change.Digest }, c.Version));
        return SubmitAll(change, [.. commands], cancellationToken);
    }

    /// <returns>True when no open clock is due at another time by the calendar as it is now.</returns>
    async Task<bool> Replan(PackChange change, LoadedPack pack, CancellationToken cancellationToken)
    {
        var commands = new List<FollowingCase>();
        await foreach (var state in open.Of(change.Pack, cancellationToken))
            if (ClockMoves.IsOutdated(state.Case!, pack.WorkingTime))
                commands.Add(
                    new(state.Case!.Id, new ReplanCase { By = PersonId.Service(change.Pack), Pack = change.Digest }, state.Version)
                );
        if (commands.Count == 0)
            return true;
        LogReplans(change.Pack, commands.Count);
        await SubmitAll(change, commands, cancellationToken);
        return false; // The next look finds what wasn't planned, and what changed meanwhile.
    }

    async Task SubmitAll(PackChange change, List<FollowingCase> cases, CancellationToken cancellationToken)
    {
        var (done, refused, loggedAt) = (0, 0, clock.GetTimestamp());
        await Parallel.ForEachAsync(
            cases,
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (next, cancellation) =>
            {
                if (await Submit(change, next, cancellation))
                    Interlocked.Increment(ref done);
                else
                    Interlocked.Increment(ref refused);
                var last = Volatile.Read(ref loggedAt);
                if (
                    clock.GetElapsedTime(last) >= LogInterval
                    && Interlocked.CompareExchange(ref loggedAt, clock.GetTimestamp(), last) == last
                )
                    LogProgress(change.Pack, done, cases.Count);
            }
        );
        LogProgress(change.Pack, done, cases.Count);
        if (refused == 0)
            return;
        LogRefused(change.Pack, refused);
        await Task.Delay(RetryAfter, clock, cancellationToken);
    }

    /// <returns>False when the case has to be tried again.</returns>
    async Task<bool> Submit(PackChange change, FollowingCase next, CancellationToken cancellationToken)
    {
        // The same look at the same case gives the same operation, however often it is sent.
        var kind = next.Command is ReplanCase ? "replan " : "";
        var cause = change.IsLoaded ? $"{change.LoadedAt:O}" : $"shift {change.ShiftAt:O}";
        var operation = OperationIds.Of(next.Command.By.Key, $"{kind}{change.Digest} {cause} {next.Version}", []);
        try
        {
            return (await grains.Of(next.Id).Submit(next.Command with { Operation = operation }, cancellationToken)).Rejection is null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotFollowed(e, next.Id);
            return false;
        }
    }

    /// <param name="Version">The version of the case when it was found.</param>
    readonly record struct FollowingCase(Guid Id, CaseCommand Command, int Version);

    /// <param name="Since">When this silo learned of the change.</param>
    /// <param name="Look">The last look at the pack's cases, or the one under way.</param>
    sealed record Followed(PackChange Change, long Since, Task Look);
}
