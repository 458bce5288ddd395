using System.Globalization;
using System.Text.Json;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Clocks;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>
/// Counts as a person would: day by day and minute by minute, by the runtime's zones and its own reading of the published files. It
/// shares no code with what it checks.
/// </summary>
sealed class NaiveClock
{
    readonly TimeZoneInfo _zone;
    readonly Dictionary<DateOnly, bool> _isOff = [];
    readonly HashSet<DateOnly> _closed;
    readonly HashSet<DateOnly> _extra;
    readonly Func<DateOnly, (int Opens, int Closes)[]> _office;

    public NaiveClock(
        string zone,
        string? calendar,
        Func<DateOnly, (int Opens, int Closes)[]> office,
        IEnumerable<DateOnly>? closed = null,
        IEnumerable<DateOnly>? extra = null
    )
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        (_office, _closed, _extra) = (office, [.. closed ?? []], [.. extra ?? []]);
        if (calendar is null)
            return;
        foreach (var file in Directory.GetFiles(Path.Combine(PackFolders.Packs, "data", "calendar", calendar), "2*.json").Order())
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var day in json.RootElement.GetProperty("days").EnumerateArray())
                _isOff[DateOnly.Parse(day.GetProperty("date").GetString()!, CultureInfo.InvariantCulture)] = day.GetProperty("isOffDay")
                    .GetBoolean();
        }
    }

    public bool IsWorked(DateOnly day)
    {
        if (_extra.Contains(day))
            return true;
        if (_closed.Contains(day))
            return false;
        return _isOff.TryGetValue(day, out var off) ? !off : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    /// <param name="from">A whole minute.</param>
    public DateTimeOffset Due(DateTimeOffset from, Term term) =>
        term.Unit switch
        {
            TermUnit.Minutes => from.AddMinutes(term.Count),
            TermUnit.Hours => from.AddHours(term.Count),
            TermUnit.WorkingHours => AfterMinutes(from, term.Count * 60),
            _ => AfterDays(from, term.Count),
        };

    public int MinutesBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var minutes = 0;
        for (var at = from; at < to; at = at.AddMinutes(1))
            minutes += IsOpen(at) ? 1 : 0;
        return minutes;
    }

    DateTimeOffset AfterMinutes(DateTimeOffset from, int left)
    {
        var at = from;
        for (; left > 0; at = at.AddMinutes(1))
            left -= IsOpen(at) ? 1 : 0;
        return at;
    }

    DateTimeOffset AfterDays(DateTimeOffset from, int left)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, _zone).DateTime);
        while (left > 0)
        {
            day = day.AddDays(1);
            left -= IsWorked(day) ? 1 : 0;
        }
        var close = day.ToDateTime(TimeOnly.MinValue).AddMinutes(_office(day)[^1].Closes);
        return new(close, _zone.GetUtcOffset(close));
    }

    bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone).DateTime;
        var (day, minute) = (DateOnly.FromDateTime(local), local.Hour * 60 + local.Minute);
        return IsWorked(day) && _office(day).Any(i => i.Opens <= minute && minute < i.Closes);
    }
}
