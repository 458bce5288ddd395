using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GridActors.Domain.Clocks;

/// <summary>
/// The working time of one place: when a term is due, and how much office time lies between two moments. It changes with the calendar;
/// a new calendar is a new object. Every moment is between <see cref="First"/> and <see cref="Last"/>.
/// </summary>
public sealed class WorkingTime
{
    const int FirstYear = 1800;
    const int LastYear = 3999;

    readonly WorkSchedule _schedule;
    readonly LocalTimes _times;
    readonly FrozenDictionary<DateOnly, CalendarDay> _special;
    readonly FrozenSet<int> _published;

    // Two threads may build a table at the same time; they build the same one.
    readonly WorkingYear?[] _years = new WorkingYear?[LastYear - FirstYear + 1];

    /// <param name="timeZone">IANA name.</param>
    public WorkingTime(WorkSchedule schedule, string timeZone)
    {
        (_schedule, _times) = (schedule, new LocalTimes(timeZone));
        _special = Special(schedule).ToFrozenDictionary();
        _published = schedule.Calendar.Years.Select(y => y.Year).ToFrozenSet();
    }

    public static DateTimeOffset First { get; } = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static DateTimeOffset Last { get; } = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool Covers(DateTimeOffset at) => at >= First && at < Last;

    /// <summary>Whether due times can be computed in a zone.</summary>
    public static bool Knows(string timeZone) => LocalTimes.Knows(timeZone);

    /// <summary>When a clock is due that starts at a moment and is neither paused nor extended.</summary>
    public DueTime Due(DateTimeOffset from, Term term) => Due(from.UtcTicks, DayOf(from), term, 0);

    /// <summary>
    /// When a clock is due. A pause moves a clock of working days by the working days after the day of the pause up to and including
    /// the day on which it goes on, any other clock by the time of its kind that passed. Extensions follow one after the other.
    /// </summary>
    public DueTime Due(ClockRun run)
    {
        var due = BeforeExtensions(run);
        foreach (var extension in run.Extensions)
        {
            var extended = Extended(due.At, extension);
            due = extended with { Provisional = due.Provisional || extended.Provisional };
        }
        return due;
    }

    /// <summary>
    /// The moment at which as much is left as a term says: for working days the close of the day that lies as many before, for working
    /// hours the beginning of an interval rather than the end of the one before.
    /// </summary>
    public DateTimeOffset Before(DateTimeOffset due, Term term)
    {
        var ticks = due.UtcTicks;
        return Local(
            term.Unit switch
            {
                TermUnit.Minutes => ticks - term.Count * TimeSpan.TicksPerMinute,
                TermUnit.Hours => ticks - term.Count * TimeSpan.TicksPerHour,
                TermUnit.WorkingHours => BackByHours(ticks, term.Count * TimeSpan.TicksPerHour),
                _ => BackByDays(EndOf(due), term.Count),
            }
        );
    }

    /// <summary>The office time between two moments; negative when the second lies before the first.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from)
            return -Between(to, from);
        var (first, last) = (DayOf(from).Year, DayOf(to).Year);
        var worked = Year(last).WorkedBefore(to.UtcTicks) - Year(first).WorkedBefore(from.UtcTicks);
        for (var year = first; year < last; year++)
            worked += Year(year).Worked;
        return new(worked);
    }

    /// <summary>How many working days there are after the day of one moment, up to and including the day of a later one.</summary>
    public int DaysBetween(DateTimeOffset from, DateTimeOffset to) => DaysBetween(DayOf(from), DayOf(to));

    /// <summary>How much is left until a due time, by the unit of its term.</summary>
    public Remaining Remaining(DateTimeOffset now, DateTimeOffset due, TermUnit unit) =>
        unit switch
        {
            TermUnit.WorkingHours => new(Between(now, due), true, null),
            TermUnit.WorkingDays => new(Between(now, due), true, due <= now ? null : DaysBetween(DayOf(now), EndOf(due))),
            _ => new(due - now, false, null),
        };

    /// <summary>The office hours of the days from one to another, both included, in their order.</summary>
    public IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> OfficeHours(DateOnly from, DateOnly to)
    {
        var (begin, end) = (StartOf(from).UtcTicks, StartOf(to.AddDays(1)).UtcTicks);
        for (var year = from.Year; year <= to.Year; year++)
            foreach (var (opens, closes) in Year(year).Intervals(begin, end))
                yield return (Local(opens), Local(closes));
    }

    /// <summary>
    /// The whole minutes of office time between each moment and the next. They add up to the whole minutes between the first and the last.
    /// </summary>
    public ImmutableArray<long> Minutes(IReadOnlyList<DateTimeOffset> moments)
    {
        var shares = ImmutableArray.CreateBuilder<long>(Math.Max(0, moments.Count - 1));
        var before = 0L;
        for (var i = 1; i < moments.Count; i++)
        {
            var until = Between(moments[0], moments[i]).Ticks / TimeSpan.TicksPerMinute;
            shares.Add(until - before);
            before = until;
        }
        return shares.ToImmutable();
    }

    /// <summary>The day of a moment at this place.</summary>
    public DateOnly DayOf(DateTimeOffset at) => _times.Day(at.UtcTicks);

    /// <summary>The moment when a day begins at this place.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Local(_times.Opening(day, 0));

    /// <summary>A time of a day at this place, in minutes; 1440 is the end of the day.</summary>
    public DateTimeOffset At(DateOnly day, int minute) =>
        minute == OfficeInterval.MinutesOfDay ? StartOf(day.AddDays(1)) : Local(_times.Opening(day, minute));

    /// <summary>From the first opening to the last closing of a day, the break at noon included; null on a day off.</summary>
    public (DateTimeOffset Opens, DateTimeOffset Closes)? OpenOn(DateOnly day)
    {
        (DateTimeOffset Opens, DateTimeOffset Closes)? open = null;
        foreach (var (opens, closes) in OfficeHours(day, day))
            open = (open?.Opens ?? opens, closes);
        return open;
    }

    /// <summary>A moment with the offset of this place.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => Local(at.UtcTicks);

    public CalendarDay Day(DateOnly day) =>
        _special.TryGetValue(day, out var special) ? special
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? new(DayKind.Weekend, "", "")
        : new(DayKind.Weekday, "", "");

    public bool IsWorked(DateOnly day) => Year(day.Year).IsWorked(day);

    /// <summary>Whether the official calendar of a year is known.</summary>
    public bool IsPublished(int year) => _published.Contains(year);

    internal DueTime BeforeExtensions(ClockRun run)
    {
        var held = 0L;
        foreach (var pause in run.Pauses)
            held += run.Term.Unit switch
            {
                TermUnit.WorkingDays => DaysBetween(pause.From, pause.To),
                TermUnit.WorkingHours => Between(pause.From, pause.To).Ticks,
                _ => (pause.To - pause.From).Ticks,
            };
        return Due(run.StartedAt.UtcTicks, DayOf(run.StartedAt), run.Term, held);
    }

    internal DueTime Extended(DateTimeOffset due, Term extension) => Due(due.UtcTicks, EndOf(due), extension, 0);

    /// <summary>The day that a due time belongs to: at midnight it is the day that ends.</summary>
    internal DateOnly EndOf(DateTimeOffset due) => _times.Day(due.UtcTicks - 1);

    /// <param name="held">What pauses add: working days for a term of working days, ticks for any other.</param>
    DueTime Due(long ticks, DateOnly day, Term term, long held)
    {
        switch (term.Unit)
        {
            case TermUnit.Minutes:
                return new(Local(ticks + term.Count * TimeSpan.TicksPerMinute + held), false);
            case TermUnit.Hours:
                return new(Local(ticks + term.Count * TimeSpan.TicksPerHour + held), false);
            case TermUnit.WorkingHours:
            {
                var (year, need) = (Year(day.Year), term.Count * TimeSpan.TicksPerHour + held);
                // A day whose office hours are over isn't needed, as little as its year.
                var isOver = year.IsWorked(day) && year.CloseOf(year.Rank(day)) <= ticks;
                var first = isOver ? day.AddDays(1).Year : day.Year;
                need += year.WorkedBefore(ticks);
                for (; need > year.Worked; year = Year(year.Year + 1))
                    need -= year.Worked;
                return new(Local(year.EndOf(need)), !ArePublished(first, year.Year));
            }
            default:
            {
                // The day of the start isn't counted, so that its year isn't crossed by a clock that starts on its last day.
                var next = day.AddDays(1);
                var (year, rank) = (Year(next.Year), term.Count + (int)held);
                rank += year.Rank(next) - (year.IsWorked(next) ? 1 : 0);
                for (; rank > year.Workdays; year = Year(year.Year + 1))
                    rank -= year.Workdays;
                return new(Local(year.CloseOf(rank)), !ArePublished(next.Year, year.Year));
            }
        }
    }

    long BackByHours(long due, long amount)
    {
        var year = Year(_times.Day(due - 1).Year);
        var left = year.WorkedBefore(due) - amount;
        while (left < 0)
        {
            year = Year(year.Year - 1);
            left += year.Worked;
        }
        return year.BeginningAfter(left);
    }

    long BackByDays(DateOnly due, int days)
    {
        var year = Year(due.Year);
        var rank = year.Rank(due) - (year.IsWorked(due) ? days : days - 1);
        while (rank < 1)
        {
            year = Year(year.Year - 1);
            rank += year.Workdays;
        }
        return year.CloseOf(rank);
    }

    int DaysBetween(DateOnly from, DateOnly to)
    {
        var days = Year(to.Year).Rank(to) - Year(from.Year).Rank(from);
        for (var year = from.Year; year < to.Year; year++)
            days += Year(year).Workdays;
        return days;
    }

    bool ArePublished(int first, int last)
    {
        for (var year = first; year <= last; year++)
            if (!_published.Contains(year))
                return false;
        return true;
    }

    DateTimeOffset Local(long ticks) => _times.Local(ticks);

    WorkingYear Year(int year) => _years[year - FirstYear] ??= new WorkingYear(year, _schedule, _times, day => Day(day).IsWorked);

    /// <summary>The days that aren't like others of their week. What the place decides goes before what is official.</summary>
    static Dictionary<DateOnly, CalendarDay> Special(WorkSchedule schedule)
    {
        var days = new Dictionary<DateOnly, CalendarDay>();
        foreach (var day in schedule.Calendar.Years.OrderBy(y => y.Year).SelectMany(y => y.Days))
            days[day.Date] = new(day.IsOff ? DayKind.Holiday : DayKind.MakeUp, day.Name, day.NameEn);
        foreach (var closure in schedule.Closures)
            for (var day = closure.From; day <= closure.To; day = day.AddDays(1))
                days[day] = new(DayKind.Closure, closure.Reason, closure.ReasonEn);
        foreach (var workday in schedule.Workdays)
            days[workday.Date] = new(DayKind.Extra, workday.Reason, workday.ReasonEn);
        return days;
    }
}
