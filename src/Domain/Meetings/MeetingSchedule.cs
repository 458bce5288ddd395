using GridActors.Domain.Packs;

namespace GridActors.Domain.Meetings;

/// <summary>
/// When an area meets, by the pack's rule. A meeting on a day off stays where it is: who convenes it can open it on another day.
/// </summary>
public static class MeetingSchedule
{
    /// <summary>The next meeting at or after a moment.</summary>
    public static DateTimeOffset Next(MeetingRule rule, LoadedPack pack, DateTimeOffset after)
    {
        for (var day = pack.Day(after); ; day = day.AddDays(1))
            if (IsDay(rule, day) && At(rule, pack, day) is var at && at >= after)
                return at;
    }

    static bool IsDay(MeetingRule rule, DateOnly day) =>
        rule.Weekday is { } weekday
            ? day.DayOfWeek == weekday
            : day.Day == Math.Min(rule.DayOfMonth ?? 1, DateTime.DaysInMonth(day.Year, day.Month));

    static DateTimeOffset At(MeetingRule rule, LoadedPack pack, DateOnly day)
    {
        var local = day.ToDateTime(rule.At);
        return new DateTimeOffset(local, pack.TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }
}
