using System.Net.Http.Headers;

namespace GridActors.Simulator.Client;

/// <summary>
/// How long a call is repeated while the service is busy, restarting or out of reach. Every write carries an Idempotency-Key, so repeating
/// one whose outcome isn't known is safe; that is why reads and writes share these rules.
/// </summary>
sealed record RetryRules
{
    /// <summary>The time for all attempts and waits together. It is long enough for a restart of the service.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A 429 that asks for a longer wait than this counts as a refusal.</summary>
    public TimeSpan MaxSlowdown { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long to wait before the next attempt. Without <c>Retry-After</c> it is a random part of the growing delay. With it, it is that
    /// time or up to a quarter more, so that callers don't all come back at once.
    /// </summary>
    public TimeSpan Pause(int attempt, TimeSpan? retryAfter, double random)
    {
        if (retryAfter is { } asked)
            return asked * (1 + random / 4);
        var ceiling = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 16)), MaxPause.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(ceiling * random);
    }

    public static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => null,
        };
}
