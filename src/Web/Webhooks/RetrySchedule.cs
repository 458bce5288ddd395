namespace GridActors.Web.Webhooks;

/// <summary>When a message is sent again that wasn't taken.</summary>
static class RetrySchedule
{
    /// <summary>
    /// What Standard Webhooks recommends: at once, and then after 5 seconds, 5 minutes, and so on; three days and a few hours in all.
    /// </summary>
    public static IReadOnlyList<TimeSpan> Recommended { get; } =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>Messages that failed together aren't all sent again at the same moment.</summary>
    const double MaxJitter = 0.1;
    static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <param name="waits">The waits of the settings; empty for the recommended ones.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="asked">How long the receiver asked to be left alone.</param>
    /// <param name="jitter">From 0 to 1.</param>
    /// <returns>Null when it was the last one.</returns>
    public static TimeSpan? After(IReadOnlyList<TimeSpan> waits, int attempt, TimeSpan? asked, double jitter)
    {
        var schedule = waits.Count > 0 ? waits : Recommended;
        if (attempt > schedule.Count)
            return null;
        var wait = schedule[attempt - 1] * (1 + MaxJitter * jitter);
        return asked is { } least && least > wait ? TimeSpan.FromTicks(Math.Min(least.Ticks, Longest.Ticks)) : wait;
    }
}
