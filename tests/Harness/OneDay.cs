namespace GridActors.Harness;

/// <summary>The day in the time zone of the packs, at which the boards' figures of today begin again.</summary>
public static class OneDay
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>A zone in which it is about noon, so that what a test does in a few hours belongs to one day whenever it runs.</summary>
    public static TimeZoneInfo NoonZone { get; } =
        TimeZoneInfo.FindSystemTimeZoneById(
            (12 - DateTimeOffset.UtcNow.Hour) switch
            {
                0 => "Etc/GMT",
                // These names have the sign the other way round.
                > 0 and var ahead => $"Etc/GMT-{ahead}",
                var behind => $"Etc/GMT+{-behind}",
            }
        );

    /// <summary>
    /// The latest moment until now that has so much time before it in its own day. In the first hours of a day this is the last second of
    /// the day before.
    /// </summary>
    public static DateTimeOffset LatestWith(TimeSpan before)
    {
        var now = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, Zone);
        return now.TimeOfDay >= before ? now : now - now.TimeOfDay - TimeSpan.FromSeconds(1);
    }

    static DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, Zone).DateTime);

    /// <summary>For checks of today's figures: repeats them once when they failed because midnight passed in the middle.</summary>
    public static async Task Run(Func<Task> checks)
    {
        var day = Today;
        try
        {
            await checks();
        }
        catch (Exception) when (Today != day)
        {
            await checks();
        }
    }
}
