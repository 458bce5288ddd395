namespace GridActors.Harness;

/// <summary>The day in the time zone of the packs, at which the boards' figures of today begin again.</summary>
public static class OneDay
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

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
