using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace GridActors.Simulator.Tests;

/// <summary>A clock that jumps ahead to the end of every wait, so that hours of pauses take no time. It records every pause.</summary>
sealed class ImpatientTime() : FakeTimeProvider(new DateTimeOffset(2026, 5, 12, 0, 0, 0, TimeSpan.Zero))
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime < TimeSpan.Zero)
            return timer;
        Pauses.Enqueue(dueTime);
        // The timer fires on another thread, because its creator doesn't expect it to fire before it is returned.
        ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
