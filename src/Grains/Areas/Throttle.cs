namespace GridActors.Grains.Areas;

/// <summary>Keeps a minimum time between two sends.</summary>
sealed class Throttle(TimeProvider clock)
{
    long _restartedAt;
    TimeSpan _wait;

    /// <summary>Zero when the next send may go.</summary>
    public TimeSpan TimeUntilDue
    {
        get
        {
            if (_wait == TimeSpan.Zero)
                return TimeSpan.Zero;
            var left = _wait - clock.GetElapsedTime(_restartedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <returns>The one of two times until something is due that ends first.</returns>
    public static TimeSpan Sooner(TimeSpan one, TimeSpan other) => one < other ? one : other;

    public void Restart(TimeSpan wait) => (_restartedAt, _wait) = (clock.GetTimestamp(), wait);
}
