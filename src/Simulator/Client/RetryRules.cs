using System.Net.Http.Headers;

namespace GridActors.Simulator.Client;

/// <summary>
/// How long a call is repeated while the service is busy, restarting or out of reach. Every write carries an Idempotency-Key, so repeating
/// one whose outcome isn't known is safe; that is why reads and writes share these rules.
/// </summary>
sealed record RetryRules
{
    /// <summary>Of waiting and trying together; a restart of the service fits in.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A 429 that asks for more than this is taken for a refusal.</summary>
    public TimeSpan LongestSlowdown { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Full jitter without a <c>Retry-After</c>; with one, never earlier than it and up to a quarter later, so that callers don't
    /// come back together.</summary>
    public TimeSpan Pause(int attempt, TimeSpan? retryAfter, double random)
    {
        if (retryAfter is { } asked)
            return asked * (1 + random / 4);
        var ceiling = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 16)), LongestPause.TotalMilliseconds);
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
