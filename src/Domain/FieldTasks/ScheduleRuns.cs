using GridActors.Contracts.FieldTasks;
using GridActors.Domain.Clocks;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace GridActors.Domain.FieldTasks;

/// <summary>When a schedule runs: the days by its recurrence, on the pack's calendar.</summary>
public static class ScheduleRuns
{
    public const int MaxRecurrence = 200;

    /// <summary>A run that is looked at so much later was missed: nothing ran when it came.</summary>
    public static readonly TimeSpan MissedAfter = TimeSpan.FromHours(1);

    /// <summary>How many periods are searched for a day before a rule counts as one that never runs, such as 30 February.</summary>
    const int MaxPeriods = 1000;

    /// <summary>How far a run moves that waits for the next working day, at most: longer than any holiday.</summary>
    const int MaxMoved = 40;

    /// <summary>More days off in a row than a schedule of working days meets.</summary>
    const int MaxSkipped = 400;

    static readonly EvaluationOptions Options = new() { MaxUnmatchedIncrementsLimit = MaxPeriods };

    /// <summary>Whether a text is a recurrence by days or longer. It may come with its name in front: <c>RRULE:</c>.</summary>
    public static bool IsRecurrence(string text) => Parse(text) is not null;

    /// <summary>The first run after a moment; null when there is none.</summary>
    public static DateTimeOffset? NextAfter(TaskScheduleRule rule, WorkingTime time, DateTimeOffset after)
    {
        if (Parse(rule.Recurrence) is not { } recurrence)
            return null;
        var from = time.DayOf(after).AddDays(-MaxMoved);
        var begin = from > rule.From ? from : rule.From;
        var skipped = 0;
        DateTimeOffset? next = null;
        foreach (var day in Days(recurrence, rule.From, begin))
        {
            if (skipped++ > MaxSkipped || day.Year >= WorkingTime.Last.Year)
                break;
            if (RunOn(rule, time, day) is not { } run || run <= after)
                continue;
            // A later day may have been moved before this one only if both wait for the same working day.
            next = run;
            break;
        }
        return next;
    }

    static DateTimeOffset? RunOn(TaskScheduleRule rule, WorkingTime time, DateOnly day)
    {
        if (rule.Days == ScheduleDays.Working && !time.IsWorked(day))
            return null;
        if (rule.Days == ScheduleDays.NextWorking)
            for (var moved = 0; moved < MaxMoved && !time.IsWorked(day); moved++)
                day = day.AddDays(1);
        return time.At(day, rule.At.Hour * 60 + rule.At.Minute);
    }

    static IEnumerable<DateOnly> Days(RecurrencePattern recurrence, DateOnly first, DateOnly begin)
    {
        var days = new CalendarEvent { Start = new CalDateTime(first), RecurrenceRule = recurrence };
        using var found = days.GetOccurrences(new CalDateTime(begin), Options).GetEnumerator();
        while (Moves(found))
            yield return found.Current.Period.StartTime.Date;
    }

    /// <summary>A rule that matches nothing for so long has no further day.</summary>
    static bool Moves(IEnumerator<Occurrence> found)
    {
        try
        {
            return found.MoveNext();
        }
        catch (Exception e) when (e is EvaluationException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    static RecurrencePattern? Parse(string text)
    {
        if (text.Length is 0 or > MaxRecurrence)
            return null;
        try
        {
            var rule = new RecurrencePattern(text.StartsWith("RRULE:", StringComparison.Ordinal) ? text[6..] : text);
            return
                rule.Frequency
                    is Ical.Net.FrequencyType.Daily
                        or Ical.Net.FrequencyType.Weekly
                        or Ical.Net.FrequencyType.Monthly
                        or Ical.Net.FrequencyType.Yearly
                && rule is { BySecond.Count: 0, ByMinute.Count: 0, ByHour.Count: 0, Interval: >= 1 and <= 366 }
                ? rule
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }
}
