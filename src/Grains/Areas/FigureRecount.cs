namespace GridActors.Grains.Areas;

/// <summary>
/// When an area counts again what isn't cases: households, workers, to-dos. Areas that count at the same time share a statement; still, an
/// import of thousands of households must not make one for each of them.
/// </summary>
/// <param name="count">Counts one kind.</param>
/// <param name="onFailed">Logs a failure. It is counted again.</param>
sealed class FigureRecount(IGrainBase grain, TimeProvider clock, Func<CancellationToken, Task> count, Action<Exception> onFailed)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>All areas of a process count at the same moments, so that one statement counts many of them.</summary>
    static readonly TimeSpan Round = TimeSpan.FromMilliseconds(500);

    readonly Throttle _throttle = new(clock);
    WorkTimer? _timer;
    bool _isDirty;

    /// <summary>Counts at once after a quiet moment, and otherwise when the interval is over.</summary>
    public void MarkDirty()
    {
        _isDirty = true;
        _timer ??= new(grain, Tick, Timeout.InfiniteTimeSpan, onFailed);
        _timer.Start(_throttle.TimeUntilDue);
    }

    /// <summary>Counts now if the figures are in doubt.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        if (!_isDirty)
            return;
        await count(cancellationToken);
        _isDirty = false;
        _throttle.Restart(UntilRound());
    }

    /// <returns>The interval, and what is left then until the next round of all.</returns>
    TimeSpan UntilRound() => Interval + Round - new TimeSpan((clock.GetElapsedTime(0) + Interval).Ticks % Round.Ticks);

    async Task<TimeSpan> Tick(CancellationToken cancellationToken)
    {
        await Run(cancellationToken);
        return TimeSpan.MaxValue;
    }
}
