using System.Collections.Immutable;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Domain.Areas;
using GridActors.Domain.Packs;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

/// <summary>
/// What an area must still report to its parent. One report is in flight at a time. If it fails, the next one includes its content.
/// </summary>
sealed partial class AreaReports(GrainReferences<IAreaGrain> areas, TimeProvider clock, TimeSpan interval, ILogger logger)
{
    const int MaxNews = 10 * Board.TickerLength;
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    readonly Throttle _throttle = new(clock);
    readonly List<TickerItem> _news = [];
    long _sequence;
    bool _isDirty;
    bool _recheck;
    bool _isInFlight;

    /// <summary>There is something to report, and no report is in flight.</summary>
    public bool IsPending => _isDirty && !_isInFlight;

    public bool IsDue => TimeUntilDue == TimeSpan.Zero;

    /// <summary>The maximum when there is nothing to report.</summary>
    public TimeSpan TimeUntilDue => IsPending ? _throttle.TimeUntilDue : TimeSpan.MaxValue;

    public void MarkDirty() => _isDirty = true;

    public void MarkDirty(ImmutableArray<TickerItem> news)
    {
        _news.AddRange(news);
        if (_news.Count > MaxNews)
            _news.RemoveRange(0, _news.Count - MaxNews);
        _isDirty = true;
    }

    /// <summary>Makes the parent report too when it gets the next report, even if it knows the figures already.</summary>
    public void RequestRecheck() => _isDirty = _recheck = true;

    public async Task Send(AreaNode node, AreaTally tally, long epoch)
    {
        var report = new AreaReport(node.Id, new(epoch, ++_sequence), tally.Day, tally.Total(), Latest(), _recheck);
        _news.Clear();
        _isDirty = _recheck = false;
        if (node.Parent is not { } parent)
            return;
        _isInFlight = true;
        try
        {
            await areas.Of(parent.Id.Key).Report(report);
            _throttle.Restart(interval);
        }
        catch (Exception e)
        {
            LogNotReported(e, node.Id.Key);
            MarkDirty(report.News);
            _recheck |= report.Recheck;
            _throttle.Restart(RetryAfter);
        }
        finally
        {
            _isInFlight = false;
        }
    }

    ImmutableArray<TickerItem> Latest() => _news.Count < 2 ? [.. _news] : [.. _news.OrderByDescending(n => n.At).Take(Board.TickerLength)];
}
