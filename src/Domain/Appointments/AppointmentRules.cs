using GridActors.Contracts.Appointments;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Appointments;

/// <summary>When a worker is reminded of an appointment, and how long what is written in it is kept.</summary>
public static class AppointmentRules
{
    /// <summary>The evening before, when the day is planned.</summary>
    static readonly TimeOnly Evening = new(18, 0);

    /// <summary>That morning, for what was booked after the evening.</summary>
    static readonly TimeOnly Morning = new(7, 30);

    /// <summary>The longest that one visit takes.</summary>
    public static TimeSpan LongestVisit { get; } = TimeSpan.FromHours(12);

    /// <summary>A booking that a phone made without a signal may come later than the visit.</summary>
    public static TimeSpan LongestPast { get; } = TimeSpan.FromDays(3);

    /// <summary>How far ahead somebody can book.</summary>
    public static TimeSpan FarthestAhead { get; } = TimeSpan.FromDays(366);

    /// <summary>The next moment at which the worker of an appointment at a time is reminded; null when it is too late for one.</summary>
    public static DateTimeOffset? NextReminder(LoadedPack pack, DateTimeOffset from, DateTimeOffset now)
    {
        var day = pack.Day(from);
        DateTimeOffset evening = At(pack, day.AddDays(-1), Evening),
            morning = At(pack, day, Morning);
        return evening > now ? evening
            : morning > now && morning < from ? morning
            : null;
    }

    /// <summary>Whether the worker is reminded now, when the moment of some time that it had has come.</summary>
    public static bool IsDue(LoadedPack pack, AppointmentView view, DateTimeOffset now) =>
        now < view.From && now >= At(pack, pack.Day(view.From).AddDays(-1), Evening);

    /// <summary>The day before which what was written is destroyed: as long ago as residents who have moved out are kept.</summary>
    public static DateOnly KeptSince(HouseholdRules rules, DateOnly today) => rules.Retention.MovedOut.Before(today);

    static DateTimeOffset At(LoadedPack pack, DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, pack.TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }
}
