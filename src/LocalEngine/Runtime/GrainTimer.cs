using Orleans.Runtime;

namespace GridActors.LocalEngine.Runtime;

/// <summary>A timer of an activation. Its tick is a call like any other in the activation's queue, so it is a turn.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Tick _tick;
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _changed;
    private int _queued;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _tick = new Tick(this, options.Interleave, options.KeepAlive);

        // A tick belongs to the actor, not to the request that happened to start the timer.
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            _timer = activation.Engine.Time.CreateTimer(
                static state => ((GrainTimer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            flow?.Undo();
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime);
        Validate(period);
        _changed = true;
        _dueTime = dueTime;
        _period = period;

        // While a tick waits or runs, the change takes effect when it is over, so ticks never pile up.
        if (Volatile.Read(ref _queued) == 0 && !_disposed.IsCancellationRequested)
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _timer.Dispose();
        _activation.Forget(this);
    }

    internal static GrainTimer Start(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(activation, callback, options);
        activation.Keep(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    private static void Validate(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)time.TotalMilliseconds, -1, nameof(time));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)time.TotalMilliseconds, 0xfffffffe, nameof(time));
    }

    private void OnDue()
    {
        if (Interlocked.Exchange(ref _queued, 1) != 0)
            return;
        _changed = false;
        _activation.TryReceive(_tick);
    }

    private void Report(Exception? exception)
    {
        if (exception is not null && !_disposed.IsCancellationRequested)
            _activation.LogTimerFailed(exception);
    }

    private void Rearm()
    {
        Volatile.Write(ref _queued, 0);
        if (!_disposed.IsCancellationRequested)
            _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
    }

    private sealed class Tick(GrainTimer timer, bool interleaves, bool keepsAlive) : Call
    {
        private Task? _pending;

        internal override string MethodName => "a timer";

        internal override bool IsReadOnly => false;

        internal override bool AlwaysInterleaves => interleaves;

        internal override bool KeepsAlive => keepsAlive;

        internal override bool OutlivesActivation => false;

        internal override bool IsAnswered => timer._disposed.IsCancellationRequested;

        internal override bool Run(object instance)
        {
            try
            {
                _pending = timer._callback(timer._disposed.Token);
            }
            catch (Exception exception)
            {
                timer.Report(exception);
                return true;
            }

            if (_pending.IsCompleted)
            {
                timer.Report(_pending.Exception?.InnerException);
                return true;
            }

            _pending.GetAwaiter().UnsafeOnCompleted(OnCompleted);
            return false;
        }

        internal override void Fail(Exception exception)
        {
            // Nobody waits for a tick.
        }

        // Only now is the tick in no list, so only now may the timer fall due again.
        internal override void OnRemoved() => timer.Rearm();

        private void OnCompleted()
        {
            timer.Report(_pending!.Exception?.InnerException);
            Target!.OnFinished(this);
        }
    }
}
