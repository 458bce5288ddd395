namespace GridActors.Grains.Areas;

/// <summary>
/// When an area counts again what isn't cases: households, workers, to-dos. The count is one short statement; still, an import of thousands
/// of households must not make one for each of them.
/// </summary>
/// <param name="count">Counts one kind.</param>
/// <param name="onFailed">Logs a failure. It is counted again.</param>
sealed class FigureRecount(IGrainBase grain, TimeProvider clock, Func<CancellationToken, Task> count, Action<Exception> onFailed)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

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
        _throttle.Restart(Interval);
    }

    async Task<TimeSpan> Tick(CancellationToken cancellationToken)
    {
        await Run(cancellationToken);
        return TimeSpan.MaxValue;
    }
}
