using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Areas;
using GridActors.Domain.Packs;
using GridActors.Grains.Live;

namespace GridActors.Grains.Areas;

/// <summary>Who watches an area, and what they haven't been told yet.</summary>
sealed class AreaFrames(TimeProvider clock, TimeSpan every)
{
    readonly Watchers<IBoardObserver> _watchers = new(clock);
    readonly Cadence _cadence = new(clock, every);
    readonly HashSet<AreaId> _changed = [];
    ImmutableArray<TickerItem> _ticker = [];

    /// <summary>The last state that had a frame. It counts states, not sends: who comes back sees that there were some.</summary>
    public long Sequence { get; private set; }

    public bool IsOwed { get; private set; }

    /// <summary>Where nobody watches, nothing is sent and nothing has to wait.</summary>
    public TimeSpan Left => _watchers.IsEmpty ? TimeSpan.Zero : _cadence.Left;

    public bool IsDue => IsOwed && Left == TimeSpan.Zero;

    public void Add(IBoardObserver observer) => _watchers.Add(observer);
    public void Remove(IBoardObserver observer) => _watchers.Remove(observer);

    public void Owe() => IsOwed = true;

    public void Owe(params IEnumerable<AreaId> children)
    {
        _changed.UnionWith(children);
        IsOwed = true;
    }

    /// <summary>Everything was counted anew: the ticker that was read is no news.</summary>
    public void Begin(AreaNode node, AreaTally tally)
    {
        _changed.UnionWith(node.Children.Select(c => c.Id));
        _ticker = tally.Ticker;
    }

    public void Push(AreaNode node, AreaTally tally, long epoch)
    {
        // Whoever comes begins with a snapshot: without watchers the state is only counted.
        if (!_watchers.IsEmpty)
        {
            var frame = new BoardFrame
            {
                Cursor = new(epoch, Sequence + 1),
                Previous = Sequence,
                Area = node.Id,
                Day = tally.Day,
                AsOf = clock.GetUtcNow(),
                Counts = tally.Total(),
                Children = [.. _changed.Select(c => new ChildCounts(c, tally.Of(c)))],
                Ticker = [.. tally.Ticker.Where(t => !_ticker.Any(p => p.Case == t.Case && p.Version == t.Version))],
            };
            _cadence.Sent();
            _watchers.Tell(o => o.Changed(frame));
        }
        Sequence++;
        _ticker = tally.Ticker;
        _changed.Clear();
        IsOwed = false;
    }
}
