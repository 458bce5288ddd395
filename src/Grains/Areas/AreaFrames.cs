using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Areas;
using GridActors.Domain.Packs;
using GridActors.Grains.Live;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>Who watches an area, and what changed since the last frame that was published to them.</summary>
sealed class AreaFrames(TimeProvider clock, TimeSpan interval, ILogger logger)
{
    readonly Watchers<IBoardObserver> _watchers = new(clock, logger);
    readonly Throttle _throttle = new(clock);
    readonly HashSet<AreaId> _changedChildren = [];
    ImmutableArray<TickerItem> _publishedTicker = [];

    /// <summary>
    /// The number of the last published state. It also grows while nobody watches and no frame is sent, so that a watcher that comes back
    /// sees that it missed something.
    /// </summary>
    public long Sequence { get; private set; }

    public bool IsDirty { get; private set; }

    /// <summary>The maximum when there is nothing to publish; zero while nobody watches, because then no frame is sent.</summary>
    public TimeSpan TimeUntilDue =>
        !IsDirty ? TimeSpan.MaxValue
        : _watchers.IsEmpty ? TimeSpan.Zero
        : _throttle.TimeUntilDue;

    public bool IsDue => TimeUntilDue == TimeSpan.Zero;

    public void Add(IBoardObserver observer) => _watchers.Add(observer);

    public void Remove(IBoardObserver observer) => _watchers.Remove(observer);

    public void AskWatchersToRenew() => _watchers.AskToRenew();

    public void MarkDirty() => IsDirty = true;

    public void MarkDirty(params IEnumerable<AreaId> children)
    {
        _changedChildren.UnionWith(children);
        IsDirty = true;
    }

    /// <summary>
    /// The tally was loaded from the tables. All children may have changed; the steps in the loaded ticker are old, so no frame repeats
    /// them.
    /// </summary>
    public void Reset(AreaNode node, AreaTally tally)
    {
        _changedChildren.UnionWith(node.Children.Select(c => c.Id));
        _publishedTicker = tally.Ticker;
    }

    /// <summary>
    /// The board as it is now. Changes that aren't published yet are published first, so that the next frame continues this snapshot.
    /// </summary>
    public Board Snapshot(AreaNode node, AreaTally tally, long epoch)
    {
        if (IsDirty)
            Publish(node, tally, epoch);
        return new()
        {
            Cursor = new(epoch, Sequence),
            Area = node.Id,
            Day = tally.Day,
            AsOf = clock.GetUtcNow(),
            Counts = tally.Total(),
            Children = [.. node.Children.Select(c => new ChildCounts(c.Id, tally.Of(c.Id)))],
            Ticker = tally.Ticker,
        };
    }

    public void Publish(AreaNode node, AreaTally tally, long epoch)
    {
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
                Children = [.. _changedChildren.Select(c => new ChildCounts(c, tally.Of(c)))],
                Ticker = [.. tally.Ticker.Where(t => !_publishedTicker.Any(p => p.Case == t.Case && p.Version == t.Version))],
            };
            _throttle.Restart(interval);
            _watchers.Notify(o => o.Changed(frame));
        }
        Sequence++;
        _publishedTicker = tally.Ticker;
        _changedChildren.Clear();
        IsDirty = false;
    }
}
