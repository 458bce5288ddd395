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

    public void Restart(TimeSpan wait) => (_restartedAt, _wait) = (clock.GetTimestamp(), wait);
}
