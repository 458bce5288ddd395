using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>
/// Walks along the journal a few seconds behind its end, and tells every area which versions it must have counted. An area that has counted
/// them reports to its parent again, so that an inner area which lost its memory learns of them too.
/// </summary>
[GrainType("reconciler")]
public sealed partial class ReconcilerGrain(JournalTail tail, IPacks packs, TimeProvider clock, ILogger<ReconcilerGrain> logger)
    : Grain,
        IReconcilerGrain
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>
    /// An entry gets its position before its transaction commits, so entries can become visible out of order. After this time nothing is
    /// missing before a position.
    /// </summary>
    static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How far back a new activation starts. A silo that died notified nobody of its last commits; its death was noticed well within this
    /// time.
    /// </summary>
    static readonly TimeSpan LookBack = TimeSpan.FromMinutes(1);

    const int MaxDegreeOfParallelism = 8;

    readonly Queue<(long SeenAt, long Position)> _ends = [];
    readonly Dictionary<AreaId, ImmutableArray<CaseMark>> _pending = [];
    long _checkedUpTo;
    long _ranAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _checkedUpTo = await tail.PositionAt(clock.GetUtcNow() - LookBack, cancellationToken);

    public async Task Poke(CancellationToken cancellationToken)
    {
        if (_ranAt != 0 && clock.GetElapsedTime(_ranAt) < Pace)
            return;
        _ranAt = clock.GetTimestamp();
        var (position, oldestWriter) = await tail.End(cancellationToken);
        _ends.Enqueue((_ranAt, position));

        var lag = oldestWriter + Pace > Lag ? oldestWriter + Pace : Lag;
        var until = _checkedUpTo;
        while (_ends.TryPeek(out var end) && clock.GetElapsedTime(end.SeenAt) >= lag)
            until = Math.Max(until, _ends.Dequeue().Position);
        if (until > _checkedUpTo)
        {
            foreach (var marks in await tail.Cases(_checkedUpTo, until, cancellationToken))
                Enqueue(marks.Key.Area, marks.Key.IsConfidential, [.. marks]);
            _checkedUpTo = until;
        }
        foreach (var some in _pending.ToArray().Chunk(MaxDegreeOfParallelism))
            await Task.WhenAll(some.Select(p => Check(p.Key, p.Value, cancellationToken)));
    }

    void Enqueue(AreaId place, bool isConfidential, ImmutableArray<CaseMark> marks)
    {
        if (packs.Current.Area(place) is not { } node)
            return; // The area is in no pack any more, so it has no board.
        var area = isConfidential ? node.ConfidentialArea.Id : node.Id;
        _pending[area] = _pending.TryGetValue(area, out var earlier)
            ? [.. earlier.Concat(marks).GroupBy(m => m.Case).Select(g => g.MaxBy(m => m.Version))]
            : marks;
    }

    /// <summary>An area that can't answer now doesn't hold up the others, and is asked again at the next poke.</summary>
    async Task Check(AreaId area, ImmutableArray<CaseMark> marks, CancellationToken cancellationToken)
    {
        try
        {
            await GrainFactory.GetGrain<IAreaGrain>(area.Key).Reconcile(marks, cancellationToken);
            _pending.Remove(area);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotChecked(e, area.Key);
            if (packs.Current.Area(area) is null)
                _pending.Remove(area);
        }
    }
}
