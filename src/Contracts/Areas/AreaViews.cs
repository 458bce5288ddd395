using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Areas;

/// <summary>
/// The figures of one area, or of an area with everything below it. All are absolute; adding the figures of disjoint areas gives the
/// figures of both. docs/api.md says what each means; <c>AreaQueries</c> counts the same with SQL.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.AreaCounts")]
public readonly record struct AreaCounts
{
    [Id(0)]
    public int Reported { get; init; }

    [Id(1)]
    public int Unclaimed { get; init; }

    [Id(2)]
    public int Claimed { get; init; }

    [Id(3)]
    public int Resolved { get; init; }

    [Id(4)]
    public int Overdue { get; init; }

    [Id(5)]
    public int Closed { get; init; }

    [Id(6)]
    public int Explained { get; init; }

    [Id(7)]
    public int ReportedToday { get; init; }

    [Id(8)]
    public int ClosedToday { get; init; }

    /// <summary>Open cases of which a clock has warned, and none has run out.</summary>
    [Id(9)]
    public int DueSoon { get; init; }

    /// <summary>Open cases that climbed to a level of the ladder and stand there.</summary>
    [Id(40)]
    public int Escalated { get; init; }

    /// <summary>Open cases whose supervision notice waits for its answer.</summary>
    [Id(220)]
    public int Supervised { get; init; }

    /// <summary>The ledger's figures; zero where the place keeps none.</summary>
    [Id(300)]
    public HouseholdCounts Households { get; init; }

    /// <summary>The workers' figures.</summary>
    [Id(400)]
    public DutyCounts Duty { get; init; }

    /// <summary>The to-dos of tasks that were sent down.</summary>
    [Id(420)]
    public TaskCounts Tasks { get; init; }

    public int Open => Unclaimed + Claimed + Resolved;

    public static AreaCounts operator +(AreaCounts a, AreaCounts b) =>
        new()
        {
            Reported = a.Reported + b.Reported,
            Unclaimed = a.Unclaimed + b.Unclaimed,
            Claimed = a.Claimed + b.Claimed,
            Resolved = a.Resolved + b.Resolved,
            Overdue = a.Overdue + b.Overdue,
            Closed = a.Closed + b.Closed,
            Explained = a.Explained + b.Explained,
            ReportedToday = a.ReportedToday + b.ReportedToday,
            ClosedToday = a.ClosedToday + b.ClosedToday,
            DueSoon = a.DueSoon + b.DueSoon,
            Escalated = a.Escalated + b.Escalated,
            Supervised = a.Supervised + b.Supervised,
            Households = a.Households + b.Households,
            Duty = a.Duty + b.Duty,
            Tasks = a.Tasks + b.Tasks,
        };

    public static AreaCounts operator -(AreaCounts a, AreaCounts b) =>
        new()
        {
            Reported = a.Reported - b.Reported,
            Unclaimed = a.Unclaimed - b.Unclaimed,
            Claimed = a.Claimed - b.Claimed,
            Resolved = a.Resolved - b.Resolved,
            Overdue = a.Overdue - b.Overdue,
            Closed = a.Closed - b.Closed,
            Explained = a.Explained - b.Explained,
            ReportedToday = a.ReportedToday - b.ReportedToday,
            ClosedToday = a.ClosedToday - b.ClosedToday,
            DueSoon = a.DueSoon - b.DueSoon,
            Escalated = a.Escalated - b.Escalated,
            Supervised = a.Supervised - b.Supervised,
            Households = a.Households - b.Households,
            Duty = a.Duty - b.Duty,
            Tasks = a.Tasks - b.Tasks,
        };

    /// <summary>The same figures on a later day.</summary>
    public AreaCounts WithoutToday() =>
        this with
        {
            ReportedToday = 0,
            ClosedToday = 0,
            Duty = Duty.WithoutToday(),
            Tasks = Tasks with { DoneToday = 0 },
        };
}

/// <summary>
/// The households of one area, or of an area with everything below it. Special groups aren't here: a board goes to all who watch it, and
/// not all of them may know of each group. <c>HouseholdCountQueries</c> counts the same with SQL.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.HouseholdCounts")]
public readonly record struct HouseholdCounts
{
    [Id(300)]
    public int Households { get; init; }

    [Id(301)]
    public int Residents { get; init; }

    [Id(302)]
    public int Registered { get; init; }

    [Id(303)]
    public int Migrant { get; init; }

    [Id(304)]
    public int Absent { get; init; }

    /// <summary>Households whose facts nobody has confirmed for long.</summary>
    [Id(305)]
    public int Stale { get; init; }

    [Id(306)]
    public int NeverVisited { get; init; }

    [Id(307)]
    public int CertificatesLapsing { get; init; }

    public static HouseholdCounts operator +(HouseholdCounts a, HouseholdCounts b) =>
        new()
        {
            Households = a.Households + b.Households,
            Residents = a.Residents + b.Residents,
            Registered = a.Registered + b.Registered,
            Migrant = a.Migrant + b.Migrant,
            Absent = a.Absent + b.Absent,
            Stale = a.Stale + b.Stale,
            NeverVisited = a.NeverVisited + b.NeverVisited,
            CertificatesLapsing = a.CertificatesLapsing + b.CertificatesLapsing,
        };

    public static HouseholdCounts operator -(HouseholdCounts a, HouseholdCounts b) =>
        new()
        {
            Households = a.Households - b.Households,
            Residents = a.Residents - b.Residents,
            Registered = a.Registered - b.Registered,
            Migrant = a.Migrant - b.Migrant,
            Absent = a.Absent - b.Absent,
            Stale = a.Stale - b.Stale,
            NeverVisited = a.NeverVisited - b.NeverVisited,
            CertificatesLapsing = a.CertificatesLapsing - b.CertificatesLapsing,
        };
}

/// <summary>
/// The workers of one area, or of an area with everything below it. <c>DutyCountQueries</c> counts the same with SQL.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.DutyCounts")]
public readonly record struct DutyCounts
{
    /// <summary>Workers who are on duty now, in whichever state; each is counted where they are at home.</summary>
    [Id(400)]
    public int OnDuty { get; init; }

    [Id(401)]
    public int OnPatrol { get; init; }

    [Id(402)]
    public int CheckInsToday { get; init; }

    [Id(403)]
    public int VisitsToday { get; init; }

    [Id(404)]
    public int PatrolsToday { get; init; }

    /// <summary>Households that must be visited within this week, or were.</summary>
    [Id(405)]
    public int VisitsDue { get; init; }

    /// <summary>Of those that are due this week, the ones that were visited.</summary>
    [Id(406)]
    public int VisitsDone { get; init; }

    public static DutyCounts operator +(DutyCounts a, DutyCounts b) =>
        new()
        {
            OnDuty = a.OnDuty + b.OnDuty,
            OnPatrol = a.OnPatrol + b.OnPatrol,
            CheckInsToday = a.CheckInsToday + b.CheckInsToday,
            VisitsToday = a.VisitsToday + b.VisitsToday,
            PatrolsToday = a.PatrolsToday + b.PatrolsToday,
            VisitsDue = a.VisitsDue + b.VisitsDue,
            VisitsDone = a.VisitsDone + b.VisitsDone,
        };

    public static DutyCounts operator -(DutyCounts a, DutyCounts b) =>
        new()
        {
            OnDuty = a.OnDuty - b.OnDuty,
            OnPatrol = a.OnPatrol - b.OnPatrol,
            CheckInsToday = a.CheckInsToday - b.CheckInsToday,
            VisitsToday = a.VisitsToday - b.VisitsToday,
            PatrolsToday = a.PatrolsToday - b.PatrolsToday,
            VisitsDue = a.VisitsDue - b.VisitsDue,
            VisitsDone = a.VisitsDone - b.VisitsDone,
        };

    /// <summary>The same figures on a later day: who is on duty still is.</summary>
    public DutyCounts WithoutToday() => this with { CheckInsToday = 0, VisitsToday = 0, PatrolsToday = 0 };
}

/// <summary>
/// The to-dos of tasks that were sent down, of one area, or of an area with everything below it. <c>TaskCountQueries</c> counts the same
/// with SQL.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.TaskCounts")]
public readonly record struct TaskCounts
{
    [Id(420)]
    public int Open { get; init; }

    [Id(421)]
    public int DoneToday { get; init; }

    /// <summary>Those of the open ones whose time is over.</summary>
    [Id(422)]
    public int Late { get; init; }

    public static TaskCounts operator +(TaskCounts a, TaskCounts b) =>
        new()
        {
            Open = a.Open + b.Open,
            DoneToday = a.DoneToday + b.DoneToday,
            Late = a.Late + b.Late,
        };

    public static TaskCounts operator -(TaskCounts a, TaskCounts b) =>
        new()
        {
            Open = a.Open - b.Open,
            DoneToday = a.DoneToday - b.DoneToday,
            Late = a.Late - b.Late,
        };
}

/// <summary>A position in a board's frames. A frame continues a position only in the same epoch and with the next sequence.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.Cursor")]
public readonly record struct Cursor([property: Id(0)] long Epoch, [property: Id(1)] long Sequence);

[GenerateSerializer, Immutable, Alias("gridactors.ChildCounts")]
public sealed record ChildCounts([property: Id(0)] AreaId Area, [property: Id(1)] AreaCounts Counts);

/// <summary>A step that a case has just taken. There is none for confidential cases.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.TickerItem")]
public sealed record TickerItem
{
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    [Id(1)]
    public required CaseStep Step { get; init; }

    [Id(2)]
    public required CaseStatus Status { get; init; }

    [Id(3)]
    public required Guid Case { get; init; }

    [Id(4)]
    public required int Version { get; init; }

    [Id(5)]
    public required string Number { get; init; }

    [Id(6)]
    public required AreaId Area { get; init; }

    [Id(7)]
    public required string Category { get; init; }

    [Id(8)]
    public required string Title { get; init; }

    [Id(9)]
    public required PersonId By { get; init; }

    /// <summary>The clock that ran out in this step; null where none did.</summary>
    [Id(220)]
    public ClockName? Clock { get; init; }
}

/// <summary>An area as it is now: the snapshot that a watcher begins with.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.Board")]
public sealed record Board
{
    /// <summary>How many items the ticker of a board has.</summary>
    public const int TickerLength = 20;

    /// <summary>How far the clocks of two silos may be apart.</summary>
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether an item of a ticker stays before one that comes. Steps of different areas arrive out of order, so the newer one stays first.
    /// One from the future was taken before the clock was set back: it would hide all others until the clock has caught up.
    /// </summary>
    /// <param name="known">The time of the item that is there.</param>
    /// <param name="coming">The time of the item that comes.</param>
    public static bool ComesBefore(DateTimeOffset known, DateTimeOffset coming, DateTimeOffset now) =>
        known > coming && known <= now + ClocksDiffer;

    [Id(0)]
    public required Cursor Cursor { get; init; }

    [Id(1)]
    public required AreaId Area { get; init; }

    /// <summary>The day in the pack's time zone that the figures of today belong to.</summary>
    [Id(2)]
    public required DateOnly Day { get; init; }

    [Id(3)]
    public required DateTimeOffset AsOf { get; init; }

    [Id(4)]
    public required AreaCounts Counts { get; init; }

    /// <summary>In the order of the pack.</summary>
    [Id(5)]
    public required ImmutableArray<ChildCounts> Children { get; init; }

    /// <summary>Newest first.</summary>
    [Id(6)]
    public required ImmutableArray<TickerItem> Ticker { get; init; }
}

/// <summary>What changed since <see cref="Previous"/>, in absolute figures: two frames that follow one another merge into one.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.BoardFrame")]
public sealed record BoardFrame
{
    [Id(0)]
    public required Cursor Cursor { get; init; }

    /// <summary>The sequence that this frame continues.</summary>
    [Id(1)]
    public required long Previous { get; init; }

    [Id(2)]
    public required AreaId Area { get; init; }

    [Id(3)]
    public required DateOnly Day { get; init; }

    [Id(4)]
    public required DateTimeOffset AsOf { get; init; }

    [Id(5)]
    public required AreaCounts Counts { get; init; }

    [Id(6)]
    public required ImmutableArray<ChildCounts> Children { get; init; }

    [Id(7)]
    public required ImmutableArray<TickerItem> Ticker { get; init; }
}
