namespace GridActors.Simulator.Replay;

/// <summary>When a moment of the file is played: at once, or after the file's time divided by the speed.</summary>
abstract class Pace
{
    public static Pace Max { get; } = new Unpaced();

    public static Pace Divided(DateTimeOffset from, double speed, TimeProvider clock) => new DividedTime(from, speed, clock);

    public abstract Task Until(DateTimeOffset fileTime, CancellationToken cancellationToken);

    sealed class Unpaced : Pace
    {
        public override Task Until(DateTimeOffset fileTime, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    sealed class DividedTime(DateTimeOffset from, double speed, TimeProvider clock) : Pace
    {
        // A timer can't be set further ahead than about 49 days.
        static readonly TimeSpan MaxTimer = TimeSpan.FromDays(30);
        readonly long _began = clock.GetTimestamp();

        public override async Task Until(DateTimeOffset fileTime, CancellationToken cancellationToken)
        {
            var due = (fileTime - from) / speed;
            while (due - clock.GetElapsedTime(_began) is { } left && left > TimeSpan.Zero)
            {
                // Timers round down to whole milliseconds, so waiting for less than one would loop without a pause.
                var whole = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
                await Task.Delay(whole < MaxTimer ? whole : MaxTimer, clock, cancellationToken);
            }
        }
    }
}
