using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridActors.Grains.Areas;

/// <summary>One node of the tree. What it knows is an <see cref="AreaTally"/>; here is when it counts, reports and pushes.</summary>
[GrainType("area")]
public sealed partial class AreaGrain(
    IPacks packs, AreaQueries queries, IOptions<AreaOptions> options, TimeProvider clock, ILogger<AreaGrain> logger) : Grain, IAreaGrain
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    readonly AreaFrames _frames = new(clock, options.Value.PushEvery);
    readonly AreaReports _reports = new(clock, options.Value.ReportEvery);
    AreaNode _node = null!;
    LoadedPack _pack = null!;
    AreaTally _tally = null!;
    long _epoch;
    IGrainTimer? _timer;

    bool IsBusy => _frames.IsOwed || _reports.IsOwed || _tally.NeedsRecount;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await Load(cancellationToken);
        // Whoever activates this area changed something in it: its parent may hold older figures.
        _reports.Owe();
        Schedule();
    }

    public Task Note(ImmutableArray<CaseNote> notes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Roll(now);
        foreach (var note in notes)
        {
            // What was counted from the tables already, when this area woke for this very note, is still news to the areas above.
            if (note.IsConfidential) _reports.Owe();
            else _reports.Owe([note.Item]);
            if (_tally.Apply(note, now)) _frames.Owe();
        }
        if (_tally.NeedsRecount) _frames.Owe();
        Schedule();
        return Task.CompletedTask;
    }

    public Task Report(AreaReport report, CancellationToken cancellationToken)
    {
        Roll(clock.GetUtcNow());
        if (!_tally.Report(report)) return Task.CompletedTask;
        _frames.Owe(report.Area);
        _reports.Owe(report.News);
        if (report.Recheck) _reports.OweRecheck();
        Schedule();
        return Task.CompletedTask;
    }

    public Task Reconcile(ImmutableArray<CaseMark> marks, CancellationToken cancellationToken)
    {
        foreach (var mark in marks) _tally.Check(mark);
        if (_tally.NeedsRecount)
        {
            LogDoubt(_node.Id.Key);
            _frames.Owe();
        }
        _reports.OweRecheck();
        Schedule();
        return Task.CompletedTask;
    }

    public async Task<Board> Get(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        // A snapshot never holds what no frame has brought: the frames that follow it begin where it ends.
        if (_frames.IsOwed) _frames.Push(_node, _tally, _epoch);
        return new()
        {
            Cursor = new(_epoch, _frames.Sequence),
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
        _frames.Add(observer);
        return board;
    }

    public Task Unwatch(IBoardObserver observer, CancellationToken cancellationToken)
    {
        _frames.Remove(observer);
        return Task.CompletedTask;
    }

    /// <summary>Ticks while something is owed, and only then.</summary>
    void Schedule()
    {
        if (_timer is not null || !IsBusy) return;
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = NextDue(), Period = options.Value.ReportEvery });
    }

    async Task Tick(CancellationToken cancellationToken)
    {
        try
        {
            await Refresh(cancellationToken);
            // Those who watch this area don't wait for its parent.
            if (_frames.IsDue) _frames.Push(_node, _tally, _epoch);
            if (_reports.IsDue) await ReportUp(cancellationToken);
        }
        catch (Exception e)
        {
            // The database or the parent is away: what is owed stays owed, and is tried again a little later.
            LogLate(e, _node.Id.Key);
            _timer?.Change(RetryAfter, options.Value.ReportEvery);
            return;
        }
        if (IsBusy)
        {
            _timer?.Change(NextDue(), options.Value.ReportEvery);
            return;
        }
        _timer?.Dispose();
        _timer = null;
    }

    TimeSpan NextDue()
    {
        var next = options.Value.ReportEvery;
        if (_frames.IsOwed && _frames.Left < next) next = _frames.Left;
        if (_reports.IsOwed && _reports.Left < next) next = _reports.Left;
        // A timer counts whole milliseconds: one that is early by a fraction would find nothing due, again and again.
        return TimeSpan.FromMilliseconds(Math.Ceiling(next.TotalMilliseconds));
    }

    async Task ReportUp(CancellationToken cancellationToken)
    {
        if (_node.Parent is { } parent)
            await GrainFactory.GetGrain<IAreaGrain>(parent.Id.Key).Report(_reports.Next(_node, _tally, _epoch), cancellationToken);
        _reports.Delivered();
    }

    /// <summary>Brings the tally in line with the calendar, the pack and, where it is in doubt, with the read tables.</summary>
    async Task Refresh(CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(packs.Current.PackOf(_node.Id), _pack))
        {
            await Load(cancellationToken);
            _frames.Owe();
            _reports.Owe();
            Schedule();
            return;
        }
        Roll(clock.GetUtcNow());
        if (_tally.NeedsRecount) await Count(cancellationToken);
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
        _frames.Begin(_node, _tally);
    }

    async Task Count(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var day = _pack.Day(now);
        var (own, cases) = await queries.Own(_node, _pack.Start(day), _pack.Start(day.AddDays(1)), now - TimeSpan.FromMinutes(2), cancellationToken);
        _tally.Recount(day, own, cases, now);
    }

    void Roll(DateTimeOffset now)
    {
        if (!_tally.StartNewDay(_pack.Day(now))) return;
        _frames.Owe(_node.Children.Select(c => c.Id));
        _reports.Owe();
    }
}
