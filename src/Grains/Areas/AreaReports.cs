using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Areas;
using GridActors.Domain.Packs;

namespace GridActors.Grains.Areas;

/// <summary>What an area owes its parent. What couldn't be delivered stays owed: the latest news, however long the parent doesn't answer.</summary>
sealed class AreaReports(TimeProvider clock, TimeSpan every)
{
    const int MostNews = 10 * Board.TickerLength;

    readonly Cadence _cadence = new(clock, every);
    readonly List<TickerItem> _news = [];
    long _sequence;
    bool _recheck;

    public bool IsOwed { get; private set; }
    public bool IsDue => IsOwed && Left == TimeSpan.Zero;
    public TimeSpan Left => _cadence.Left;

    public void Owe() => IsOwed = true;

    public void Owe(ImmutableArray<TickerItem> news)
    {
        _news.AddRange(news);
        if (_news.Count > MostNews) _news.RemoveRange(0, _news.Count - MostNews);
        IsOwed = true;
    }

    /// <summary>The parent passes its figures up too, though this area's may be nothing new to it.</summary>
    public void OweRecheck() => IsOwed = _recheck = true;

    public AreaReport Next(AreaNode node, AreaTally tally, long epoch) => new(node.Id, new(epoch, ++_sequence), tally.Day, tally.Total(), Latest(), _recheck);

    /// <summary>The parent has it.</summary>
    public void Delivered()
    {
        _news.Clear();
        IsOwed = _recheck = false;
        _cadence.Sent();
    }

    ImmutableArray<TickerItem> Latest() => _news.Count < 2 ? [.. _news] : [.. _news.OrderByDescending(n => n.At).Take(Board.TickerLength)];
}
