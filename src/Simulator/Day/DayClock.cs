namespace GridActors.Simulator.Day;

/// <summary>The simulated time of day, and waiting in it.</summary>
sealed class DayClock(TimeOnly start, double speed, TimeProvider clock)
{
    // A timer can't be set further ahead than about 49 days.
    static readonly TimeSpan MaxTimer = TimeSpan.FromDays(30);
    readonly long _began = clock.GetTimestamp();

    public TimeOnly Now => start.Add(clock.GetElapsedTime(_began) * speed);

    public Task Wait(TimeSpan simulated, CancellationToken cancellationToken)
    {
        var real = simulated / speed;
        return Task.Delay(real < MaxTimer ? real : MaxTimer, clock, cancellationToken);
    }
}
