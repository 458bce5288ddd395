using System.Collections.Immutable;
using System.Globalization;

namespace GridActors.Domain.Clocks;

/// <summary>When the offices of a place work: the official calendar, their hours, and what the place itself changes of both.</summary>
public sealed record WorkSchedule
{
    /// <summary>What a pack works by that says nothing of its hours.</summary>
    public static WorkSchedule Default { get; } = new();

    public OfficialCalendar Calendar { get; init; } = new("china", []);
    public OfficeHours Office { get; init; } = new([new(8 * 60 + 30, 12 * 60), new(14 * 60 + 30, 17 * 60 + 30)]);

    /// <summary>Parts of the year with other hours. They don't overlap.</summary>
    public ImmutableArray<Season> Seasons { get; init; } = [];

    /// <summary>Days on which the offices are closed though the official calendar says that they work.</summary>
    public ImmutableArray<Closure> Closures { get; init; } = [];

    /// <summary>Days on which the offices work though the official calendar, or the week, says that they don't.</summary>
    public ImmutableArray<ExtraWorkday> Workdays { get; init; } = [];

    public OfficeHours OfficeOn(DateOnly day)
    {
        foreach (var season in Seasons)
            if (season.Contains(day))
                return season.Office;
        return Office;
    }
}

/// <param name="Name">The name of the folder that holds its files, e.g. <c>china</c>.</param>
/// <param name="Years">The published years, in order. A year that isn't here is unknown: it isn't a year without days off.</param>
public sealed record OfficialCalendar(string Name, ImmutableArray<CalendarYear> Years);

/// <param name="Days">What differs from an ordinary week. A schedule can name days of the years beside it.</param>
public sealed record CalendarYear(int Year, ImmutableArray<OfficialDay> Days);

/// <param name="IsOff">True for a day off, false for a make-up workday (调休上班).</param>
/// <param name="Name">The occasion, e.g. 春节.</param>
public sealed record OfficialDay(DateOnly Date, bool IsOff, string Name, string NameEn);

/// <param name="Intervals">In order, and apart from each other.</param>
public sealed record OfficeHours(ImmutableArray<OfficeInterval> Intervals);

/// <summary>From one minute of the day to another, by the clock on the wall; 1440 is the end of the day.</summary>
public readonly record struct OfficeInterval(int Opens, int Closes)
{
    public const int MinutesOfDay = 24 * 60;

    /// <summary>A time of the day in minutes, such as <c>08:30</c> or <c>24:00</c>; null when the text is none.</summary>
    public static int? Minute(string text) =>
        text == "24:00" ? MinutesOfDay
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Hour * 60 + time.Minute
        : null;

    public static string Write(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}

/// <summary>A day of every year.</summary>
public readonly record struct MonthDay(int Month, int Day) : IComparable<MonthDay>
{
    public int CompareTo(MonthDay other) => (Month, Day).CompareTo((other.Month, other.Day));

    public static bool operator <=(MonthDay one, MonthDay other) => one.CompareTo(other) <= 0;

    public static bool operator >=(MonthDay one, MonthDay other) => one.CompareTo(other) >= 0;

    public static bool operator <(MonthDay one, MonthDay other) => one.CompareTo(other) < 0;

    public static bool operator >(MonthDay one, MonthDay other) => one.CompareTo(other) > 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month:00}-{Day:00}");
}

/// <summary>A part of the year, both ends included. One that begins after it ends goes over the turn of the year.</summary>
public sealed record Season(MonthDay From, MonthDay To, OfficeHours Office)
{
    public bool Contains(DateOnly day)
    {
        var of = new MonthDay(day.Month, day.Day);
        return From <= To ? From <= of && of <= To : From <= of || of <= To;
    }
}

/// <summary>Both ends are closed.</summary>
public sealed record Closure(DateOnly From, DateOnly To, string Reason, string ReasonEn);

public sealed record ExtraWorkday(DateOnly Date, string Reason, string ReasonEn);
