using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>The keys of <c>pack.yaml</c> that say when offices work: <c>calendar, office, seasons, closures, workdays</c>.</summary>
static partial class WorkScheduleKeys
{
    const string Example = "[[\"08:30\",\"12:00\"],[\"14:30\",\"17:30\"]]";
    const int MinMinutes = 60;

    /// <summary>Longer is a mistake in the year.</summary>
    const int MaxClosedDays = 366;

    [GeneratedRegex(@"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\z")]
    private static partial Regex MonthDayPattern();

    public static WorkSchedule Read(YamlMap map, CalendarFiles calendars, PackErrors errors)
    {
        var calendar = map.Optional("calendar", calendars.Complaint) ?? WorkSchedule.Default.Calendar.Name;
        var schedule = new WorkSchedule
        {
            Calendar = calendars.Read(calendar, errors),
            Office = ReadOffice(map) ?? WorkSchedule.Default.Office,
            Seasons = ReadSeasons(map),
            Closures = ReadClosures(map),
            Workdays = ReadWorkdays(map),
        };
        foreach (var workday in schedule.Workdays)
            if (schedule.Closures.FirstOrDefault(c => c.From <= workday.Date && workday.Date <= c.To) is not null)
                map.Wrong($"{workday.Date:yyyy-MM-dd} is both in closures and in workdays");
        return schedule;
    }

    static OfficeHours? ReadOffice(YamlMap map)
    {
        if (map.Pairs("office", Example) is not { } pairs)
            return null;
        var intervals = ImmutableArray.CreateBuilder<OfficeInterval>();
        foreach (var (first, second, line) in pairs)
        {
            if (OfficeInterval.Minute(first) is not { } opens || OfficeInterval.Minute(second) is not { } closes)
                map.WrongAt(line, $"office: \"{first}\" to \"{second}\" must be times of the day from 00:00 to 24:00, as \"08:30\"");
            else if (opens >= closes)
                map.WrongAt(line, $"office: {first} must be before {second}; hours that go past midnight are two intervals");
            else if (intervals.Count > 0 && opens < intervals[^1].Closes)
                map.WrongAt(line, $"office: {first} lies before the interval before it ends; write the intervals in order");
            else
                intervals.Add(new(opens, closes));
        }
        if (intervals.Count == pairs.Count && intervals.Count > 0 && intervals.Sum(i => i.Closes - i.Opens) < MinMinutes)
            map.WrongAt(pairs[0].Line, "office: a day must have an hour at least");
        return new(intervals.ToImmutable());
    }

    static ImmutableArray<Season> ReadSeasons(YamlMap map)
    {
        var seasons = ImmutableArray.CreateBuilder<Season>();
        foreach (var item in map.Maps("seasons", "a season", required: false))
        {
            var (from, to) = (item.Text("from", MonthDayComplaint), item.Text("to", MonthDayComplaint));
            var office = ReadOffice(item);
            if (office is null)
                item.Wrong("office of a season is missing");
            item.Done();
            if (office is null || ParseMonthDay(from) is not { } first || ParseMonthDay(to) is not { } last)
                continue;
            var season = new Season(first, last, office);
            if (seasons.FirstOrDefault(s => Overlap(s, season)) is { } other)
                item.Wrong($"the season {from} to {to} overlaps the one {other.From} to {other.To}");
            seasons.Add(season);
        }
        return seasons.ToImmutable();
    }

    static ImmutableArray<Closure> ReadClosures(YamlMap map)
    {
        var closures = ImmutableArray.CreateBuilder<Closure>();
        foreach (var item in map.Maps("closures", "a closure", required: false))
        {
            var from = item.Text("from", DateComplaint);
            var to = item.Optional("to", DateComplaint) ?? from;
            var (reason, reasonEn) = (item.Text("reason", Formats.Name), item.Optional("reasonEn", Formats.Name) ?? "");
            item.Done();
            if (Date(from) is not { } first || Date(to) is not { } last)
                continue;
            if (last < first)
                item.Wrong($"the closure ends on {to}, before it begins on {from}");
            else if (last.DayNumber - first.DayNumber >= MaxClosedDays)
                item.Wrong($"the closure from {from} to {to} has more than {MaxClosedDays} days");
            else
                closures.Add(new(first, last, reason, reasonEn));
        }
        return closures.ToImmutable();
    }

    static ImmutableArray<ExtraWorkday> ReadWorkdays(YamlMap map)
    {
        var workdays = ImmutableArray.CreateBuilder<ExtraWorkday>();
        foreach (var item in map.Maps("workdays", "a workday", required: false))
        {
            var date = item.Text("date", DateComplaint);
            var (reason, reasonEn) = (item.Text("reason", Formats.Name), item.Optional("reasonEn", Formats.Name) ?? "");
            item.Done();
            if (Date(date) is { } day)
                workdays.Add(new(day, reason, reasonEn));
        }
        return workdays.ToImmutable();
    }

    /// <summary>Tried day by day of a leap year, because a season can go over the turn of the year.</summary>
    static bool Overlap(Season one, Season other)
    {
        for (var day = new DateOnly(2000, 1, 1); day.Year == 2000; day = day.AddDays(1))
            if (one.Contains(day) && other.Contains(day))
                return true;
        return false;
    }

    static MonthDay? ParseMonthDay(string text) =>
        MonthDayComplaint(text) is null
            ? new MonthDay(int.Parse(text.AsSpan(0, 2), provider: null), int.Parse(text.AsSpan(3), provider: null))
            : null;

    static string? MonthDayComplaint(string text) =>
        MonthDayPattern().IsMatch(text)
        && int.Parse(text.AsSpan(3), provider: null) <= DateTime.DaysInMonth(2000, int.Parse(text.AsSpan(0, 2), provider: null))
            ? null
            : $"\"{text}\" is no day of the year; write month and day, as 06-01";

    static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static string? DateComplaint(string text) =>
        Date(text) is { Year: >= 1900 and < 3000 } ? null : $"\"{text}\" is no date; write it as 2026-07-05";
}
