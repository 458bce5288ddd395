namespace GridActors.Silo.Hosting;

/// <summary>Finds out by how much the machine's clock was moved, by comparing it with the time that passes.</summary>
sealed class ClockSteps(TimeProvider clock)
{
    /// <summary>A reading that took longer says nothing: the process stood still between the clock and the time that passes.</summary>
    static readonly TimeSpan LongestReading = TimeSpan.FromMilliseconds(100);

    (DateTimeOffset Clock, long Passed) _last = (clock.GetUtcNow(), clock.GetTimestamp());

    /// <returns>The move since the call before: negative when the clock was set back.</returns>
    public TimeSpan Next()
    {
        var before = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var passed = clock.GetTimestamp();
        if (clock.GetElapsedTime(before, passed) > LongestReading)
            return TimeSpan.Zero;
        var step = now - _last.Clock - clock.GetElapsedTime(_last.Passed, passed);
        _last = (now, passed);
        return step;
    }
}
