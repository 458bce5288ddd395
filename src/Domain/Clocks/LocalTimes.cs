using NodaTime;
using NodaTime.TimeZones;

namespace GridActors.Domain.Clocks;

/// <summary>
/// Turns days and hours on the wall into moments, and back. Moments are ticks of UTC. The rules of zones come with the build, so that every
/// process of a cluster finds the same due times (docs/adr/0009-working-time.md).
/// </summary>
sealed class LocalTimes(string timeZone)
{
    readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[timeZone];

    public static bool Knows(string timeZone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not null;

    public DateTimeOffset Local(long ticks)
    {
        // Before 1972 some offsets had seconds, which a DateTimeOffset can't hold.
        var offset = TimeSpan.FromMinutes(_zone.GetUtcOffset(At(ticks)).Seconds / 60);
        return new DateTimeOffset(ticks + offset.Ticks, offset);
    }

    public DateOnly Day(long ticks)
    {
        var date = At(ticks).InZone(_zone).Date;
        return new(date.Year, date.Month, date.Day);
    }

    /// <summary>When an interval of a day begins. Of a time that comes twice it is the first.</summary>
    public long Opening(DateOnly day, int minute) => Map(day, minute, m => m.First());

    /// <summary>
    /// When an interval of a day ends. Of a time that comes twice it is the second, but a whole day ends as soon as the next one begins.
    /// </summary>
    public long Closing(DateOnly day, int minute) =>
        minute == 24 * 60 ? Ticks(_zone.AtStartOfDay(Date(day).PlusDays(1)).ToInstant()) : Map(day, minute, m => m.Last());

    /// <summary>A time that a change of the clocks skips is the moment of the change.</summary>
    long Map(DateOnly day, int minute, Func<ZoneLocalMapping, ZonedDateTime> choose)
    {
        var mapping = _zone.MapLocal(Date(day).At(new LocalTime(minute / 60, minute % 60)));
        return Ticks(mapping.Count == 0 ? mapping.LateInterval.Start : choose(mapping).ToInstant());
    }

    static LocalDate Date(DateOnly day) => new(day.Year, day.Month, day.Day);

    static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks - DateTime.UnixEpoch.Ticks);

    static long Ticks(Instant instant) => instant.ToUnixTimeTicks() + DateTime.UnixEpoch.Ticks;
}
