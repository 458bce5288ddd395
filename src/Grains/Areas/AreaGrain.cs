using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Grains.Live;
using GridActors.Storage.Areas;
using GridActors.Storage.Packs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace GridActors.Grains.Areas;

/// <summary>One node of the tree. What it knows is an <see cref="AreaTally"/>; here is when it counts, reports and pushes.</summary>
[GrainType("area")]
public sealed partial class AreaGrain(
    IPacks packs, AreaQueries queries, IOptions<AreaOptions> options, TimeProvider clock, ILogger<AreaGrain> logger) : Grain, IAreaGrain
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    const int MostNews = 10 * Board.TickerLength;

    readonly Watchers<IBoardObserver> _watchers = new(clock);
    readonly HashSet<AreaId> _changedChildren = [];
    readonly List<TickerItem> _newsForParent = [];
    AreaNode _node = null!;
    LoadedPack _pack = null!;
    AreaTally _tally = null!;
    long _epoch;
    long _pushed;
    long _reported;
    ImmutableArray<TickerItem> _pushedTicker = [];
    bool _owesPush;
    bool _owesReport;
    bool _recheck;
    long _pushedAt;
    long _reportedAt;
    IGrainTimer? _timer;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await Load(cancellationToken);
        // Whoever activates this area changed something in it: its parent may hold older figures.
        _owesReport = true;
        Schedule();
    }

    public Task Note(ImmutableArray<CaseNote> notes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Roll(now);
        foreach (var note in notes)
        {
            // What was counted from the tables already, when this area woke for this very note, is still news to the areas above.
            if (!note.IsConfidential) Forward([note.Item]);
            _owesReport = true;
            _owesPush |= _tally.Note(note, now);
        }
        if (_tally.InDoubt) _owesPush = _owesReport = true;
        Schedule();
        return Task.CompletedTask;
    }

    public Task Report(AreaReport report, CancellationToken cancellationToken)
    {
        Roll(clock.GetUtcNow());
        if (!_tally.Report(report)) return Task.CompletedTask;
        _changedChildren.Add(report.Area);
        Forward(report.News);
        _recheck |= report.Recheck;
        _owesPush = _owesReport = true;
        Schedule();
        return Task.CompletedTask;
    }

    public Task Reconcile(ImmutableArray<CaseMark> marks, CancellationToken cancellationToken)
    {
        foreach (var mark in marks) _tally.Check(mark);
        if (_tally.InDoubt)
        {
            LogDoubt(_node.Id.Key);
            _owesPush = true;
        }
        _owesReport = _recheck = true;
        Schedule();
        return Task.CompletedTask;
    }

    public async Task<Board> Get(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        // A snapshot never holds what no frame has brought: the frames that follow it begin where it ends.
        if (_owesPush) Push();
        return new()
        {
            Cursor = new(_epoch, _pushed),
            Area = _node.Id,
            Day = _tally.Day,
            AsOf = clock.GetUtcNow(),
            Counts = _tally.Total(),
            Children = [.. _node.Children.Select(c => new ChildCounts(c.Id, _tally.Of(c.Id)))],
            Ticker = _tally.Ticker,
        };
    }

    public async Task<Board> Watch(IBoardObserver observer, CancellationToken cancellationToken)
    {
        var board = await Get(cancellationToken);
        _watchers.Add(observer);
        return board;
    }

    public Task Unwatch(IBoardObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Remove(observer);
        return Task.CompletedTask;
    }

    /// <summary>Ticks while something is owed, and only then.</summary>
    void Schedule()
    {
        if (_timer is not null || !(_owesPush || _owesReport || _tally.InDoubt)) return;
        var due = Left(_reportedAt, options.Value.ReportEvery);
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = due, Period = options.Value.ReportEvery });
    }

    async Task Tick(CancellationToken cancellationToken)
    {
        try
        {
            await Refresh(cancellationToken);
            // Those who watch this area don't wait for its parent.
            if (_owesPush && (_watchers.IsEmpty || Left(_pushedAt, options.Value.PushEvery) == TimeSpan.Zero)) Push();
            if (_owesReport && Left(_reportedAt, options.Value.ReportEvery) == TimeSpan.Zero) await ReportUp(cancellationToken);
        }
        catch (Exception e)
        {
            // The database or the parent is away: what is owed stays owed, and is tried again a little later.
            LogLate(e, _node.Id.Key);
            _timer?.Change(RetryAfter, options.Value.ReportEvery);
            return;
        }
        if (_owesPush || _owesReport || _tally.InDoubt) return;
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>Keeps the latest for the parent, however long that doesn't answer.</summary>
    void Forward(ImmutableArray<TickerItem> news)
    {
        _newsForParent.AddRange(news);
        if (_newsForParent.Count > MostNews) _newsForParent.RemoveRange(0, _newsForParent.Count - MostNews);
    }

    async Task ReportUp(CancellationToken cancellationToken)
    {
        if (_node.Parent is { } parent)
        {
            var report = new AreaReport(_node.Id, new(_epoch, ++_reported), _tally.Day, _tally.Total(), Latest(_newsForParent), _recheck);
            await GrainFactory.GetGrain<IAreaGrain>(parent.Id.Key).Report(report, cancellationToken);
        }
        _newsForParent.Clear();
        _owesReport = _recheck = false;
        _reportedAt = clock.GetTimestamp();
    }

    void Push()
    {
        if (_watchers.IsEmpty)
        {
            // Whoever comes begins with a snapshot. The sequence counts states, not sends: who comes back sees that there were some.
            _pushed++;
            (_pushedTicker, _owesPush) = (_tally.Ticker, false);
            _changedChildren.Clear();
            return;
        }
        var frame = new BoardFrame
        {
            Cursor = new(_epoch, _pushed + 1),
            Previous = _pushed,
            Area = _node.Id,
            Day = _tally.Day,
            AsOf = clock.GetUtcNow(),
            Counts = _tally.Total(),
            Children = [.. _changedChildren.Select(c => new ChildCounts(c, _tally.Of(c)))],
            Ticker = [.. _tally.Ticker.Where(t => !_pushedTicker.Any(p => p.Case == t.Case && p.Version == t.Version))],
        };
        _pushed++;
        _pushedTicker = _tally.Ticker;
        _changedChildren.Clear();
        _owesPush = false;
        _pushedAt = clock.GetTimestamp();
        _watchers.Tell(o => o.Changed(frame));
    }

    /// <summary>Brings the tally in line with the calendar, the pack and, where it is in doubt, with the read tables.</summary>
    async Task Refresh(CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(packs.Current.PackOf(_node.Id), _pack))
        {
            await Load(cancellationToken);
            (_owesPush, _owesReport) = (true, true);
            Schedule();
            return;
        }
        Roll(clock.GetUtcNow());
        if (_tally.InDoubt) await Count(cancellationToken);
    }

    async Task Load(CancellationToken cancellationToken)
    {
        var key = new AreaId(this.GetPrimaryKeyString());
        var current = packs.Current;
        _node = current.Area(key) ?? throw new InvalidOperationException($"{key} is no area of any pack.");
        _pack = current.PackOf(key)!;
        var pack = _pack;
        _tally = new(pack.Day);
        await Count(cancellationToken);
        _tally.ResetChildren(_tally.Day, await queries.Children(_node, pack.Start(_tally.Day), pack.Start(_tally.Day.AddDays(1)), cancellationToken));
        _tally.ResetTicker(await queries.Ticker(_node, cancellationToken));
        _changedChildren.UnionWith(_node.Children.Select(c => c.Id));
        _pushedTicker = _tally.Ticker;
    }

    async Task Count(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var day = _pack.Day(now);
        var (own, cases) = await queries.Own(_node, _pack.Start(day), _pack.Start(day.AddDays(1)), now - TimeSpan.FromMinutes(2), cancellationToken);
        _tally.Reset(day, own, cases, now);
    }

    void Roll(DateTimeOffset now)
    {
        if (!_tally.Roll(_pack.Day(now))) return;
        _changedChildren.UnionWith(_node.Children.Select(c => c.Id));
        _owesPush = _owesReport = true;
    }

    static ImmutableArray<TickerItem> Latest(List<TickerItem> news) =>
        news.Count == 0 ? [] : [.. news.OrderByDescending(n => n.At).Take(Board.TickerLength)];

    TimeSpan Left(long since, TimeSpan cadence)
    {
        if (since == 0) return TimeSpan.Zero;
        var left = cadence - clock.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
