using System.Collections.Immutable;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Domain.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridActors.Grains.Areas;

/// <summary>
/// One node of the tree. What it knows is an <see cref="AreaTally"/>. This class decides when the area counts, when it reports to its
/// parent, and when it publishes to those who watch it.
/// </summary>
[GrainType("area")]
public sealed partial class AreaGrain(
    IPacks packs,
    TallyReader tables,
    GrainReferences<IAreaGrain> areas,
    IOptions<AreaOptions> options,
    ServiceTime clock,
    ILogger<AreaGrain> logger
) : Grain, IAreaGrain
{
    readonly AreaFrames _frames = new(clock, options.Value.PushEvery, logger);
    readonly AreaReports _reports = new(areas, clock, options.Value.ReportEvery, logger);
    AreaNode _node = null!;
    LoadedPack _pack = null!;
    AreaTally _tally = null!;
    long _epoch;
    WorkTimer _timer = null!;
    OwnFigures _figures = null!;

    TimeSpan TimeUntilCounted => _tally.NeedsRecount ? options.Value.ReportEvery : TimeSpan.MaxValue;

    /// <summary>The maximum when there is no work.</summary>
    TimeSpan TimeUntilDue => Throttle.Sooner(Throttle.Sooner(_frames.TimeUntilDue, _reports.TimeUntilDue), TimeUntilCounted);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await Load();
        _figures = new(this, clock, tables, Count, e => LogNotCounted(e, _node.Id.Key));
        _timer = new(this, Tick, options.Value.ReportEvery, e => LogNotCounted(e, _node.Id.Key));
        // This area may have been activated because something in it changed: its parent may hold older figures.
        _reports.MarkDirty();
        Schedule();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _frames.AskWatchersToRenew();
        return Task.CompletedTask;
    }

    public Task Notify(CaseNote note)
    {
        var now = clock.GetUtcNow();
        StartNewDay(now);
        // Watchers must not see that something happened, so this makes no frame either.
        if (note.IsConfidential && !_pack.CountsConfidential(_node, note.ReportedAt, _tally.Day))
            return Task.CompletedTask;
        // The areas above must be notified of every step, even one that this area has counted already. When this note activated the area,
        // the tables that it was loaded from contained the step.
        _reports.MarkDirty(note.IsNews ? [note.Item] : []);
        if (_tally.Apply(note, now) || _tally.NeedsRecount)
            _frames.MarkDirty();
        Schedule();
        return Task.CompletedTask;
    }

    public Task Report(AreaReport report, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        StartNewDay(now);
        if (!_tally.Report(report, now))
            return Task.CompletedTask;
        _frames.MarkDirty(report.Area);
        _reports.MarkDirty(report.News);
        if (report.Recheck)
            _reports.RequestRecheck();
        Schedule();
        return Task.CompletedTask;
    }

    public Task Reconcile(ImmutableArray<CaseMark> marks, CancellationToken cancellationToken)
    {
        foreach (var mark in marks)
            _tally.Check(mark);
        if (_tally.NeedsRecount)
        {
            LogInDoubt(_node.Id.Key);
            _frames.MarkDirty();
        }
        _reports.RequestRecheck();
        Schedule();
        return Task.CompletedTask;
    }

    public Task HouseholdsChanged(bool recheck, CancellationToken cancellationToken) => Recount(_figures.MarkHouseholdsDirty, recheck);

    public Task DutyChanged(bool recheck, CancellationToken cancellationToken) => Recount(_figures.Duty.MarkDirty, recheck);

    public Task TasksChanged(bool recheck, CancellationToken cancellationToken) => Recount(_figures.Tasks.MarkDirty, recheck);

    Task Recount(Action markDirty, bool recheck)
    {
        markDirty();
        if (recheck)
            _reports.RequestRecheck();
        Schedule();
        return Task.CompletedTask;
    }

    public async Task<Board> Get(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        await _figures.Settle(cancellationToken);
        return _frames.Snapshot(_node, _tally, _epoch);
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

    void Schedule() => _timer.Start(TimeUntilDue);

    async Task<TimeSpan> Tick(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        if (_frames.IsDue)
            _frames.Publish(_node, _tally, _epoch);
        if (_reports.IsDue)
            _ = SendReport();
        return TimeUntilDue;
    }

    /// <summary>Nobody awaits it, so that the area still answers its children and watchers while its parent doesn't answer.</summary>
    async Task SendReport()
    {
        await _reports.Send(_node, _tally, _epoch);
        Schedule();
    }

    /// <summary>Applies a new day or a changed pack to the tally, and counts again if the figures are in doubt.</summary>
    async Task Refresh(CancellationToken cancellationToken)
    {
        if (packs.Current.PackOf(_node.Id)?.HasRulesOf(_pack) != true)
        {
            await Load();
            MarkDirty();
            return;
        }
        StartNewDay(clock.GetUtcNow());
        if (_tally.NeedsRecount)
            await tables.CountCases(_tally, _node, _pack, clock.GetUtcNow(), cancellationToken);
    }

    async Task Count(TallyReader.Count kind, CancellationToken cancellationToken)
    {
        StartNewDay(clock.GetUtcNow());
        if (await kind(_tally, _node, _pack, cancellationToken))
            MarkDirty();
    }

    void MarkDirty()
    {
        _frames.MarkDirty();
        _reports.MarkDirty();
        Schedule();
    }

    async Task Load()
    {
        var (key, current) = (new AreaId(this.GetPrimaryKeyString()), packs.Current);
        var node = current.Area(key) ?? throw new InvalidOperationException($"{key} is no area of any pack.");
        _tally = await tables.Load(node, current.PackOf(key)!, clock.GetUtcNow());
        (_node, _pack) = (node, current.PackOf(key)!);
        _frames.Reset(_node, _tally);
    }

    void StartNewDay(DateTimeOffset now)
    {
        if (!_tally.StartNewDay(_pack.Day(now)))
            return;
        _frames.MarkDirty(_node.Children.Select(c => c.Id));
        _figures.MarkHouseholdsDirty(); // What is stale or lapses depends on the day.
        MarkDirty();
    }
}
