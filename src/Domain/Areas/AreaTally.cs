using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.Areas;

/// <summary>
/// What an area knows: how each of its open cases counts, and each child's last absolute figures. No I/O and no clock. Whatever doesn't follow
/// from what is known puts it <see cref="InDoubt"/>, and the read tables are counted again; nothing is ever guessed.
/// </summary>
public sealed class AreaTally(Func<DateTimeOffset, DateOnly> dayOf)
{
    /// <summary>Longer than a note or a mark can be late.</summary>
    static readonly TimeSpan ClosedIsRemembered = TimeSpan.FromMinutes(2);

    readonly Dictionary<Guid, CountedCase> _open = [];
    readonly Dictionary<Guid, int> _closed = [];
    readonly Queue<(DateTimeOffset Until, Guid Id)> _closedUntil = [];
    readonly Dictionary<AreaId, Child> _children = [];
    AreaCounts _own;

    public DateOnly Day { get; private set; }

    /// <summary>The own cases must be counted again.</summary>
    public bool InDoubt { get; private set; }

    /// <summary>Newest first.</summary>
    public ImmutableArray<TickerItem> Ticker { get; private set; } = [];

    /// <summary>The own cases as the read tables have them.</summary>
    public void Reset(DateOnly day, AreaCounts own, IEnumerable<CountedCase> cases, DateTimeOffset now)
    {
        (Day, _own, InDoubt) = (day, own, false);
        _open.Clear();
        _closed.Clear();
        _closedUntil.Clear();
        foreach (var counted in cases)
        {
            if (counted.Status == CaseStatus.Closed) Remember(counted.Id, counted.Version, now);
            else _open[counted.Id] = counted;
        }
    }

    public void ResetChildren(DateOnly day, IEnumerable<KeyValuePair<AreaId, AreaCounts>> children)
    {
        _children.Clear();
        foreach (var (area, counts) in children) _children[area] = new(default, day, counts);
    }

    public void ResetTicker(IEnumerable<TickerItem> items) => Ticker = [.. items];

    /// <summary>The day moves on: the figures of today begin again. What came around midnight, by clocks that differ, is counted again.</summary>
    public bool Roll(DateOnly today)
    {
        if (today == Day) return false;
        InDoubt = true;
        _own = _own.WithoutToday();
        Day = today;
        return true;
    }

    /// <returns>True when the figures or the ticker changed.</returns>
    public bool Note(CaseNote note, DateTimeOffset now)
    {
        Forget(now);
        var (id, status) = (note.Item.Case, note.Item.Status);
        var isOpen = _open.TryGetValue(id, out var known);
        if (isOpen ? note.Version <= known.Version : _closed.TryGetValue(id, out var closed) && note.Version <= closed) return Tick(note); // A repeat, or counted already: no news for the figures.
        // A new case that comes this late may have been counted, closed and forgotten meanwhile.
        if (isOpen ? note.From != known.Version : note.From != 0 || now - note.Item.At > ClosedIsRemembered / 2)
        {
            InDoubt = true;
            return Tick(note);
        }

        if (isOpen) _own -= Facet(known.Status, known.Outcome);
        else _own += new AreaCounts(1, 0, 0, 0, 0, 0, 0, dayOf(note.ReportedAt) == Day ? 1 : 0, 0);
        _own += Facet(status, note.Outcome);
        if (status == CaseStatus.Closed)
        {
            if (note.ClosedAt is { } at && dayOf(at) == Day) _own += new AreaCounts(0, 0, 0, 0, 0, 0, 0, 0, 1);
            _open.Remove(id);
            Remember(id, note.Version, now);
        }
        else
        {
            _open[id] = new(id, note.Version, status, note.Outcome);
        }
        Tick(note);
        return true;
    }

    /// <summary>A durable version that must have been counted.</summary>
    public void Check(CaseMark mark)
    {
        if (_open.TryGetValue(mark.Case, out var known) ? known.Version < mark.Version : !_closed.TryGetValue(mark.Case, out var closed) || closed < mark.Version)
            InDoubt = true;
    }

    /// <returns>False for a repeat.</returns>
    public bool Report(AreaReport report)
    {
        if (_children.TryGetValue(report.Area, out var known) && known.Cursor.Epoch == report.Cursor.Epoch && report.Cursor.Sequence <= known.Cursor.Sequence) return false;
        _children[report.Area] = new(report.Cursor, report.Day, report.Counts);
        for (var i = report.News.Length - 1; i >= 0; i--) Tick(report.News[i]);
        return true;
    }

    public AreaCounts Total()
    {
        var total = _own;
        foreach (var child in _children.Values) total += child.On(Day);
        return total;
    }

    public AreaCounts Of(AreaId child) => _children.TryGetValue(child, out var known) ? known.On(Day) : default;

    bool Tick(CaseNote note) => !note.IsConfidential && Tick(note.Item);

    bool Tick(TickerItem item)
    {
        var at = 0;
        while (at < Ticker.Length && Ticker[at].At > item.At) at++;
        if (at >= Board.TickerLength) return false;
        foreach (var known in Ticker)
            if (known.Case == item.Case && known.Version == item.Version) return false;
        var ticker = new TickerItem[Math.Min(Ticker.Length + 1, Board.TickerLength)];
        Ticker.AsSpan(0, at).CopyTo(ticker);
        ticker[at] = item;
        Ticker.AsSpan(at, ticker.Length - at - 1).CopyTo(ticker.AsSpan(at + 1));
        Ticker = ImmutableCollectionsMarshal.AsImmutableArray(ticker);
        return true;
    }

    void Remember(Guid id, int version, DateTimeOffset now)
    {
        _closed[id] = version;
        _closedUntil.Enqueue((now + ClosedIsRemembered, id));
    }

    void Forget(DateTimeOffset now)
    {
        while (_closedUntil.TryPeek(out var oldest) && oldest.Until < now) _closed.Remove(_closedUntil.Dequeue().Id);
    }

    static AreaCounts Facet(CaseStatus status, CaseOutcome outcome) => new(
        0, status == CaseStatus.Offered ? 1 : 0, status is CaseStatus.Claimed or CaseStatus.OnSite ? 1 : 0,
        status is CaseStatus.Resolved or CaseStatus.Explained ? 1 : 0, 0, status == CaseStatus.Closed ? 1 : 0,
        outcome == CaseOutcome.Explained ? 1 : 0, 0, 0);

    readonly record struct Child(Cursor Cursor, DateOnly Day, AreaCounts Counts)
    {
        /// <summary>A child that hasn't stirred since an earlier day has nothing of today.</summary>
        public AreaCounts On(DateOnly day) => Day == day ? Counts : Counts.WithoutToday();
    }
}
