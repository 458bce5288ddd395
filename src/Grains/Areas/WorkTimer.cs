namespace GridActors.Grains.Areas;

/// <summary>
/// Ticks while an actor has work, and stands still while it has none. There is one timer for the actor's life, because a busy actor starts
/// and stops it many times a second.
/// </summary>
sealed class WorkTimer
{
    /// <summary>How long to wait when the database was unavailable.</summary>
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    readonly Func<CancellationToken, Task<TimeSpan>> _work;
    readonly TimeSpan _period;
    readonly Action<Exception> _onFailed;
    readonly IGrainTimer _timer;
    bool _isRunning;

    /// <param name="work">Does what is due, and answers when there is more to do; the maximum when there is none.</param>
    /// <param name="period">
    /// How long after a tick the next one comes at the latest, because something may have become due earlier meanwhile; infinite when
    /// that doesn't happen.
    /// </param>
    /// <param name="onFailed">Logs a failure. The work is tried again.</param>
    public WorkTimer(IGrainBase grain, Func<CancellationToken, Task<TimeSpan>> work, TimeSpan period, Action<Exception> onFailed)
    {
        (_work, _period, _onFailed) = (work, period, onFailed);
        _timer = grain.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, period));
    }

    /// <summary>Starts it when it stands still and there is work.</summary>
    public void Start(TimeSpan due)
    {
        if (!_isRunning && due != TimeSpan.MaxValue)
            Change(due);
    }

    async Task Tick(CancellationToken cancellationToken)
    {
        try
        {
            Change(await _work(cancellationToken));
        }
        catch (Exception e)
        {
            _onFailed(e);
            _timer.Change(RetryAfter, _period);
        }
    }

    void Change(TimeSpan due)
    {
        _isRunning = due != TimeSpan.MaxValue;
        var next = _period == Timeout.InfiniteTimeSpan ? due : Throttle.Sooner(due, _period);
        // Timers count whole milliseconds. One that is early by a fraction would find nothing due, again and again.
        var whole = TimeSpan.FromMilliseconds(Math.Ceiling(next.TotalMilliseconds));
        _timer.Change(_isRunning ? whole : Timeout.InfiniteTimeSpan, _period);
    }
}
