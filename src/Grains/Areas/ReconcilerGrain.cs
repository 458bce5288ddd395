using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>
/// Walks along the journal a few seconds behind its end, and tells every area which versions it must have counted. An area that has counted
/// them reports to its parent again, so that an inner area which lost its memory learns of them too. When a day begins it also tells of the
/// confidential cases that boards count from this day on, so that they need no timers of their own.
/// </summary>
[GrainType("reconciler")]
public sealed partial class ReconcilerGrain(
    [PersistentState("reconciled", GrainStorage.Name)] IPersistentState<Reconciled> reconciled,
    JournalTail tail,
    HouseholdCountQueries households,
    DutyCountQueries duty,
    IPacks packs,
    ServiceTime clock,
    ILogger<ReconcilerGrain> logger
) : Grain, IReconcilerGrain
{
    static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An entry gets its position before its transaction commits, so entries can become visible out of order. After this time nothing is
    /// missing before a position.
    /// </summary>
    static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How many entries back a new activation starts at most: more than silos commit before the death of one is noticed. Where a cluster
    /// was off for longer, its areas have counted since.
    /// </summary>
    const int MaxLookBack = 100_000;

    const int MaxDegreeOfParallelism = 8;

    /// <summary>A new day is told of after every silo's clock has reached it.</summary>
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>How many days back a new activation tells of. Longer than the database can be away without anybody noticing.</summary>
    const int DaysLookedBack = 7;

    readonly Queue<(long SeenAt, long Position)> _ends = [];
    readonly Dictionary<string, DateOnly> _revealed = [];
    readonly Dictionary<AreaId, ImmutableArray<CaseMark>> _pending = [];
    readonly HashSet<AreaId> _pendingHouseholds = [];
    readonly HashSet<AreaId> _pendingTasks = [];
    long _checkedUpTo;
    DateTimeOffset? _dutyUntil;
    long _ranAt;
    bool _isNewDay;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _checkedUpTo = Math.Max(reconciled.State.Position, await tail.LastPosition(cancellationToken) - MaxLookBack);

    public async Task Poke(CancellationToken cancellationToken)
    {
        if (_ranAt != 0 && clock.GetElapsedTime(_ranAt) < MinInterval)
            return;
        _ranAt = clock.GetTimestamp();
        var (position, oldestWriter) = await tail.End(cancellationToken);
        _ends.Enqueue((_ranAt, position));

        var lag = oldestWriter + MinInterval > Lag ? oldestWriter + MinInterval : Lag;
        var until = _checkedUpTo;
        while (_ends.TryPeek(out var end) && clock.GetElapsedTime(end.SeenAt) >= lag)
            until = Math.Max(until, _ends.Dequeue().Position);
        if (until > _checkedUpTo)
        {
            Enqueue(await tail.Cases(_checkedUpTo, until, cancellationToken));
            foreach (var area in await tail.HouseholdAreas(_checkedUpTo, until, cancellationToken))
                if (packs.Current.PackOf(area)?.StandIn(area.Code) is { } counting)
                    _pendingHouseholds.Add(counting.Id);
            foreach (var area in await tail.TaskAreas(_checkedUpTo, until, cancellationToken))
                if (packs.Current.PackOf(area)?.StandIn(area.Code) is { } counting)
                    _pendingTasks.Add(counting.Id);
            _checkedUpTo = until;
        }
        _pendingHouseholds.UnionWith(await DutyAreas(cancellationToken));
        foreach (var pack in packs.Current.Packs.Where(p => p.Pack.ConfidentialDelayDays > 0))
            await EnqueueRevealed(pack, cancellationToken);
        foreach (var pack in packs.Current.Packs)
            await EnqueueHouseholds(pack, cancellationToken);
        foreach (var some in _pending.ToArray().Chunk(MaxDegreeOfParallelism))
            await Task.WhenAll(some.Select(p => Check(p.Key, p.Value, cancellationToken)));
        foreach (var some in _pendingHouseholds.ToArray().Chunk(MaxDegreeOfParallelism))
            await Task.WhenAll(some.Select(a => Recount(_pendingHouseholds, a, g => g.HouseholdsChanged(true, cancellationToken))));
        foreach (var some in _pendingTasks.ToArray().Chunk(MaxDegreeOfParallelism))
            await Task.WhenAll(some.Select(a => Recount(_pendingTasks, a, g => g.TasksChanged(true, cancellationToken))));
        await Keep(cancellationToken);
    }

    /// <summary>What workers' phones told is no event: the areas of what came since the last poke.</summary>
    async Task<IEnumerable<AreaId>> DutyAreas(CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() - Lag * clock.Pace;
        var areas = await duty.AreasOf(_dutyUntil ?? until.AddMinutes(-5), until, cancellationToken);
        _dutyUntil = until;
        return areas.Select(a => packs.Current.PackOf(a)?.StandIn(a.Code)?.Id).OfType<AreaId>();
    }

    /// <summary>
    /// The next activation continues here, on whichever silo it is and whatever its clock says. While an area hasn't answered, it would
    /// tell that area again.
    /// </summary>
    async Task Keep(CancellationToken cancellationToken)
    {
        if (
            _pending.Count + _pendingHouseholds.Count + _pendingTasks.Count > 0
            || (_checkedUpTo <= reconciled.State.Position && !_isNewDay)
        )
            return;
        _isNewDay = false;
        reconciled.State.Position = _checkedUpTo;
        await reconciled.WriteStateAsync(cancellationToken);
    }

    /// <summary>
    /// An area that counts confidential cases from this day on finds them itself when it is asked for. The others are told, once a day.
    /// </summary>
    async Task EnqueueRevealed(LoadedPack pack, CancellationToken cancellationToken)
    {
        var day = pack.Day(clock.GetUtcNow() - ClocksDiffer);
        var last = _revealed.TryGetValue(pack.Pack.Id, out var known) ? known : day.AddDays(-DaysLookedBack);
        if (day <= last)
            return;
        var (from, before) = (pack.ConfidentialBefore(last), pack.ConfidentialBefore(day));
        Enqueue(await tail.Confidential(pack.Pack.Id, from, before, cancellationToken));
        _revealed[pack.Pack.Id] = day;
    }

    /// <summary>
    /// Which households are stale depends on the day, and so do the figures of today; an area in which nothing happens doesn't notice that
    /// one began.
    /// </summary>
    async Task EnqueueHouseholds(LoadedPack pack, CancellationToken cancellationToken)
    {
        var day = pack.Day(clock.GetUtcNow() - ClocksDiffer);
        if (reconciled.State.Days.TryGetValue(pack.Pack.Id, out var last) && last >= day)
            return;
        if (HouseholdMoments.Of(pack, day) is { } moments)
            _pendingHouseholds.UnionWith((await households.Own([.. pack.Areas.Values.Select(a => (a, moments))], cancellationToken)).Keys);
        var yesterday = DutyMoments.Of(pack, day.AddDays(-1));
        _pendingHouseholds.UnionWith((await duty.Own([.. pack.Areas.Values.Select(a => (a, yesterday))], cancellationToken)).Keys);
        reconciled.State.Days[pack.Pack.Id] = day;
        _isNewDay = true;
    }

    void Enqueue(IEnumerable<DurableCase> cases)
    {
        foreach (var counted in cases.GroupBy(CountingArea, c => c.Mark))
        {
            if (counted.Key is not { } area)
                continue;
            _pending[area] = _pending.TryGetValue(area, out var earlier)
                ? [.. earlier.Concat(counted).GroupBy(m => m.Case).Select(g => g.MaxBy(m => m.Version))]
                : [.. counted];
        }
    }

    /// <returns>Null when no board counts the case now: its area is in no pack any more, or it is confidential and too new.</returns>
    AreaId? CountingArea(DurableCase durable)
    {
        if (packs.Current.Area(durable.Area) is not { } place || packs.Current.PackOf(durable.Area) is not { } pack)
            return null;
        if (!durable.IsConfidential)
            return place.Id;
        var (area, today) = (place.ConfidentialArea, pack.Day(clock.GetUtcNow()));
        return pack.CountsConfidential(area, durable.ReportedAt, today) ? area.Id : null;
    }

    Task Check(AreaId area, ImmutableArray<CaseMark> marks, CancellationToken cancellationToken) =>
        Tell(area, a => a.Reconcile(marks, cancellationToken), () => _pending.Remove(area));

    Task Recount(HashSet<AreaId> pending, AreaId area, Func<IAreaGrain, Task> call) => Tell(area, call, () => pending.Remove(area));

    /// <summary>An area that can't answer now doesn't hold up the others, and is asked again at the next poke.</summary>
    async Task Tell(AreaId area, Func<IAreaGrain, Task> call, Action isDone)
    {
        try
        {
            await call(GrainFactory.GetGrain<IAreaGrain>(area.Key));
            isDone();
        }
        catch (Exception e)
        {
            LogNotChecked(e, area.Key);
            if (packs.Current.Area(area) is null)
                isDone();
        }
    }
}
