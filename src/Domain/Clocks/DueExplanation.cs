using System.Collections.Immutable;

namespace GridActors.Domain.Clocks;

/// <summary>Why a clock is due when it is, so that somebody who doubts it can count again by hand.</summary>
/// <param name="Chinese">One sentence, or one more for every extension and for years that aren't published.</param>
/// <param name="Counted">The days that were counted; none for minutes and hours, which run on without a stop.</param>
/// <param name="Skipped">The days off that were left out.</param>
public sealed record DueExplanation(
    DueTime Due,
    string Chinese,
    string English,
    ImmutableArray<DateOnly> Counted,
    ImmutableArray<DateOnly> Skipped
)
{
    public static DueExplanation Of(WorkingTime time, ClockRun run)
    {
        var (due, stages) = DueStage.Of(time, run);
        var (chinese, english) = (new List<string>(), new List<string>());
        var (counted, skipped) = (ImmutableArray.CreateBuilder<DateOnly>(), ImmutableArray.CreateBuilder<DateOnly>());
        foreach (var stage in stages)
            Add(stage);
        if (due.Provisional)
        {
            var years = UnknownYears(time, run, due.At);
            chinese.Add($"{string.Join("、", years)}年的放假安排尚未公布，暂只扣除周末，本到期时间为暂定");
            english.Add(
                $"The days off of {string.Join(", ", years)} aren't published yet; weekends alone are left out there, "
                    + "so this time is provisional"
            );
        }
        return new(
            due,
            string.Concat(chinese.Select(s => s + "。")),
            string.Join(" ", english.Select(s => s + ".")),
            counted.ToImmutable(),
            skipped.ToImmutable()
        );

        void Add(DueStage stage)
        {
            var days = stage.Days();
            chinese.Add(new ChineseExplanation(time, stage).Sentence(days));
            english.Add(new EnglishExplanation(time, stage).Sentence(days));
            // The day on which an extension begins may be counted before and after.
            Append(counted, days, DayUse.Counted);
            Append(skipped, days, DayUse.Skipped);
        }
    }

    static void Append(ImmutableArray<DateOnly>.Builder dates, ImmutableArray<UsedDay> days, DayUse use)
    {
        foreach (var day in days)
            if (day.Use == use && (dates.Count == 0 || day.Date > dates[^1]))
                dates.Add(day.Date);
    }

    static IEnumerable<int> UnknownYears(WorkingTime time, ClockRun run, DateTimeOffset to)
    {
        var first = time.DayOf(run.StartedAt).AddDays(run.Term.Unit == TermUnit.WorkingDays ? 1 : 0);
        var last = time.DayOf(to).Year;
        return Enumerable.Range(first.Year, last - first.Year + 1).Where(y => !time.IsPublished(y));
    }
}

/// <summary>What a day did for a clock.</summary>
public enum DayUse
{
    /// <summary>A working day on which this clock's time didn't run, e.g. after office hours.</summary>
    Unused,
    Counted,

    /// <summary>A day off.</summary>
    Skipped,

    /// <summary>A working day in a pause.</summary>
    Held,
}

/// <param name="Worked">The office time that was counted, for a clock of working hours.</param>
public readonly record struct UsedDay(DateOnly Date, DayUse Use, CalendarDay Day, TimeSpan Worked);

/// <summary>The way from a moment to the next due time: from the start, or from one due time to the extended one.</summary>
public sealed record DueStage(
    WorkingTime Time,
    DateTimeOffset From,
    Term Term,
    ImmutableArray<Pause> Pauses,
    DateTimeOffset Due,
    bool IsExtension
)
{
    /// <summary>When a run is due, and the way there: one stage from its start, and one more for every extension.</summary>
    public static (DueTime Due, ImmutableArray<DueStage> Stages) Of(WorkingTime time, ClockRun run)
    {
        var due = time.BeforeExtensions(run);
        var stages = ImmutableArray.CreateBuilder<DueStage>(run.Extensions.Length + 1);
        stages.Add(new(time, run.StartedAt, run.Term, run.Pauses, due.At, IsExtension: false));
        foreach (var extension in run.Extensions)
        {
            var extended = time.Extended(due.At, extension);
            stages.Add(new(time, due.At, extension, [], extended.At, IsExtension: true));
            due = extended with { Provisional = due.Provisional || extended.Provisional };
        }
        return (due, stages.DrainToImmutable());
    }

    /// <summary>
    /// Every day from the start to the end that is counted, left out or held; none for a clock that runs on without a stop.
    /// </summary>
    public ImmutableArray<UsedDay> Days() =>
        Term.Unit switch
        {
            TermUnit.WorkingDays => [.. Dates(StartDay.AddDays(1), Time.EndOf(Due)).Select(WorkingDay)],
            TermUnit.WorkingHours => [.. Dates(StartDay, Time.EndOf(Due)).Select(WorkingHours)],
            _ => [],
        };

    DateOnly StartDay => IsExtension ? Time.EndOf(From) : Time.DayOf(From);

    static IEnumerable<DateOnly> Dates(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            yield return day;
    }

    UsedDay WorkingDay(DateOnly date)
    {
        var isHeld = Pauses.Any(p => date > Time.DayOf(p.From) && date <= Time.DayOf(p.To));
        var use =
            !Time.IsWorked(date) ? DayUse.Skipped
            : isHeld ? DayUse.Held
            : DayUse.Counted;
        return new(date, use, Time.Day(date), TimeSpan.Zero);
    }

    UsedDay WorkingHours(DateOnly date)
    {
        if (!Time.IsWorked(date))
            return new(date, DayUse.Skipped, Time.Day(date), TimeSpan.Zero);
        var (begins, ends) = (Later(Time.StartOf(date), From), Earlier(Time.StartOf(date.AddDays(1)), Due));
        var worked = Time.Between(begins, ends);
        var held = TimeSpan.Zero;
        foreach (var pause in Pauses)
        {
            var (from, to) = (Later(pause.From, begins), Earlier(pause.To, ends));
            if (from < to)
                held += Time.Between(from, to);
        }
        var use =
            worked > held ? DayUse.Counted
            : held > TimeSpan.Zero ? DayUse.Held
            : DayUse.Unused;
        return new(date, use, Time.Day(date), worked - held);
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
