using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.Areas;

/// <summary>
/// What an area knows: how each of its open cases counts, and each child's last absolute figures. It has no I/O and no clock. It doesn't
/// guess: when a note doesn't continue what is known, <see cref="NeedsRecount"/> is set, and the area counts its cases in the read tables.
/// </summary>
/// <param name="pace">How many times faster than real time the times of the notes pass.</param>
public sealed class AreaTally(Func<DateTimeOffset, DateOnly> dayOf, double pace = 1)
{
    /// <summary>How long a closed case is remembered: longer than a note or a mark can be late, which takes real time.</summary>
    readonly TimeSpan _closedIsRemembered = TimeSpan.FromMinutes(2) * pace;
    readonly Dictionary<Guid, CountedCase> _open = [];
    readonly Dictionary<Guid, int> _closed = [];
    readonly Queue<(DateTimeOffset Until, Guid Id)> _closedUntil = [];
    readonly Dictionary<AreaId, Child> _children = [];
    AreaCounts _own;
    HouseholdCounts _households;
    DutyCounts _duty;
    TaskCounts _tasks;

    public DateOnly Day { get; private set; }

    /// <summary>The area's own cases must be counted again from the read tables.</summary>
    public bool NeedsRecount { get; private set; }

    /// <summary>Newest first.</summary>
    public ImmutableArray<TickerItem> Ticker { get; private set; } = [];

    /// <summary>Sets the area's own cases, as read from the read tables.</summary>
    public void Recount(DateOnly day, AreaCounts own, IEnumerable<CountedCase> cases, DateTimeOffset now)
    {
        (Day, _own, NeedsRecount) = (day, own, false);
        _open.Clear();
        _closed.Clear();
        _closedUntil.Clear();
        foreach (var counted in cases)
        {
            if (counted.Status == CaseStatus.Closed)
                Remember(counted.Id, counted.Version, now);
            else
                _open[counted.Id] = counted;
        }
    }

    /// <summary>Sets the figures of the area's own households, as counted with SQL. They aren't counted here.</summary>
    /// <returns>False when they are the same as before.</returns>
    public bool SetHouseholds(HouseholdCounts own)
    {
        if (own == _households)
            return false;
        _households = own;
        return true;
    }

    /// <summary>Sets the figures of the area's own workers, as counted with SQL. They aren't counted here.</summary>
    /// <returns>False when they are the same as before.</returns>
    public bool SetDuty(DutyCounts own)
    {
        if (own == _duty)
            return false;
        _duty = own;
        return true;
    }

    /// <summary>Sets the figures of the area's own to-dos, as counted with SQL. They aren't counted here.</summary>
    /// <returns>False when they are the same as before.</returns>
    public bool SetTasks(TaskCounts own)
    {
        if (own == _tasks)
            return false;
        _tasks = own;
        return true;
    }

    public void ResetChildren(DateOnly day, IEnumerable<KeyValuePair<AreaId, AreaCounts>> children)
    {
        _children.Clear();
        foreach (var (area, counts) in children)
            _children[area] = new(default, day, counts);
    }

    public void ResetTicker(IEnumerable<TickerItem> items) => Ticker = [.. items];

    /// <summary>
    /// The figures of today begin again at zero. The clocks of two processes differ a little, so cases reported or closed around midnight
    /// may have been counted on the wrong day: they are counted again.
    /// </summary>
    /// <returns>False when it is this day already.</returns>
    public bool StartNewDay(DateOnly today)
    {
        if (today == Day)
            return false;
        NeedsRecount = true;
        _own = _own.WithoutToday();
        _duty = _duty.WithoutToday();
        _tasks = _tasks with { DoneToday = 0 };
        Day = today;
        return true;
    }

    /// <returns>True when the figures or the ticker changed.</returns>
    public bool Apply(CaseNote note, DateTimeOffset now)
    {
        Forget(now);
        var isNews = note.IsNews && AddToTicker(note.Item, now);
        switch (OrderOf(note, now))
        {
            case NoteOrder.Repeat:
                return isNews;
            case NoteOrder.Gap:
                NeedsRecount = true;
                return isNews;
            default:
                Count(note, now);
                return true;
        }
    }

    /// <summary>Checks that a durable version was counted.</summary>
    public void Check(CaseMark mark)
    {
        if (KnownVersion(mark.Case) is not { } known || known < mark.Version)
            NeedsRecount = true;
    }

    /// <returns>False for a repeat.</returns>
    public bool Report(AreaReport report, DateTimeOffset now)
    {
        var isRepeat =
            _children.TryGetValue(report.Area, out var known)
            && known.Cursor.Epoch == report.Cursor.Epoch
            && report.Cursor.Sequence <= known.Cursor.Sequence;
        if (isRepeat)
            return false;
        _children[report.Area] = new(report.Cursor, report.Day, report.Counts);
        for (var i = report.News.Length - 1; i >= 0; i--)
            AddToTicker(report.News[i], now);
        return true;
    }

    public AreaCounts Total()
    {
        var total = _own with { Households = _households, Duty = _duty, Tasks = _tasks };
        foreach (var child in _children.Values)
            total += child.On(Day);
        return total;
    }

    public AreaCounts Of(AreaId child) => _children.TryGetValue(child, out var known) ? known.On(Day) : default;

    /// <summary>How a note relates to the version that is known of its case.</summary>
    enum NoteOrder
    {
        /// <summary>
        /// The version is known already: the note came twice, was overtaken, or the case was counted from the tables meanwhile.
        /// </summary>
        Repeat,

        /// <summary>A note is missing between what is known and this one.</summary>
        Gap,

        /// <summary>It continues what is known.</summary>
        Next,
    }

    NoteOrder OrderOf(CaseNote note, DateTimeOffset now)
    {
        if (KnownVersion(note.Item.Case) is { } known && note.Version <= known)
            return NoteOrder.Repeat;
        if (_open.TryGetValue(note.Item.Case, out var open))
            return note.From == open.Version ? NoteOrder.Next : NoteOrder.Gap;
        // A case whose first note comes this late may have been counted, closed and forgotten already.
        var isNew = note.From == 0 && now - note.Item.At <= _closedIsRemembered / 2;
        return isNew ? NoteOrder.Next : NoteOrder.Gap;
    }

    int? KnownVersion(Guid id)
    {
        if (_open.TryGetValue(id, out var open))
            return open.Version;
        return _closed.TryGetValue(id, out var version) ? version : null;
    }

    void Count(CaseNote note, DateTimeOffset now)
    {
        var (id, status) = (note.Item.Case, note.Item.Status);
        if (_open.TryGetValue(id, out var before))
            _own -= Facet(before);
        else
            _own += new AreaCounts { Reported = 1, ReportedToday = dayOf(note.ReportedAt) == Day ? 1 : 0 };
        var counted = new CountedCase(id, note.Version, status, note.Outcome, note.Urgency, note.IsEscalated, note.IsSupervised);
        _own += Facet(counted);
        if (status != CaseStatus.Closed)
        {
            _open[id] = counted;
            return;
        }
        if (note.ClosedAt is { } at && dayOf(at) == Day)
            _own += new AreaCounts { ClosedToday = 1 };
        _open.Remove(id);
        Remember(id, note.Version, now);
    }

    /// <returns>False for an item that is there already, or is older than a full ticker.</returns>
    bool AddToTicker(TickerItem item, DateTimeOffset now)
    {
        foreach (var known in Ticker)
            if (known.Version == item.Version && known.Case == item.Case)
                return false;
        var at = 0;
        while (at < Ticker.Length && Board.ComesBefore(Ticker[at].At, item.At, now))
            at++;
        if (at >= Board.TickerLength)
            return false;
        var kept = Math.Min(Ticker.Length, Board.TickerLength - 1);
        Ticker = [.. Ticker.AsSpan(0, at), item, .. Ticker.AsSpan(at, kept - at)];
        return true;
    }

    void Remember(Guid id, int version, DateTimeOffset now)
    {
        _closed[id] = version;
        _closedUntil.Enqueue((now + _closedIsRemembered, id));
    }

    void Forget(DateTimeOffset now)
    {
        while (_closedUntil.TryPeek(out var oldest) && oldest.Until < now)
            _closed.Remove(_closedUntil.Dequeue().Id);
    }

    /// <summary>What a case adds to the figures by its status, its outcome, its clocks, its level and its notices.</summary>
    static AreaCounts Facet(in CountedCase counted) =>
        new()
        {
            Unclaimed = counted.Status == CaseStatus.Offered ? 1 : 0,
            Claimed = counted.Status is CaseStatus.Claimed or CaseStatus.OnSite ? 1 : 0,
            Resolved = counted.Status is CaseStatus.Resolved or CaseStatus.Explained ? 1 : 0,
            Closed = counted.Status == CaseStatus.Closed ? 1 : 0,
            Explained = counted.Outcome == CaseOutcome.Explained ? 1 : 0,
            DueSoon = counted.Urgency == Urgency.DueSoon ? 1 : 0,
            Overdue = counted.Urgency == Urgency.Overdue ? 1 : 0,
            Escalated = counted.IsEscalated ? 1 : 0,
            Supervised = counted.IsSupervised ? 1 : 0,
        };

    readonly record struct Child(Cursor Cursor, DateOnly Day, AreaCounts Counts)
    {
        /// <summary>A child's report of an earlier day says nothing about today.</summary>
        public AreaCounts On(DateOnly day) => Day == day ? Counts : Counts.WithoutToday();
    }
}
