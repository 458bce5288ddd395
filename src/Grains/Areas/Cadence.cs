namespace GridActors.Grains.Areas;

/// <summary>The least time between two sends.</summary>
sealed class Cadence(TimeProvider clock, TimeSpan every)
{
    long _sentAt;

    public TimeSpan Left
    {
        get
        {
            if (_sentAt == 0) return TimeSpan.Zero;
            var left = every - clock.GetElapsedTime(_sentAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Sent() => _sentAt = clock.GetTimestamp();
}
