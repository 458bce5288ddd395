using System.Diagnostics;

namespace GridActors.Harness;

/// <summary>Waits until something is true. This is the only place where a test waits for some time before it looks again.</summary>
public static class Eventually
{
    /// <summary>It is long, so that a busy machine doesn't fail a test.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(40);

    /// <summary>Asks again and again until the answer is as expected.</summary>
    /// <returns>The first answer that was as expected.</returns>
    public static async Task<T> Is<T>(Func<Task<T>> ask, Func<T, bool> fact, TimeSpan? deadline = null)
    {
        var until = Stopwatch.GetTimestamp() + (long)((deadline ?? Deadline).TotalSeconds * Stopwatch.Frequency);
        for (var pause = 5; ; pause = Math.Min(pause * 2, 100))
        {
            var answer = await ask();
            if (fact(answer))
                return answer;
            if (Stopwatch.GetTimestamp() > until)
                throw new TimeoutException($"Not so within the deadline; it is {answer}.");
            await Task.Delay(pause);
        }
    }

    public static Task Is(Func<Task<bool>> fact, TimeSpan? deadline = null) => Is(fact, f => f, deadline);

    /// <summary>Repeats checks until they don't throw any more. At the deadline it throws the last failure.</summary>
    public static async Task Holds(Func<Task> checks, TimeSpan? deadline = null)
    {
        Exception? failure = null;
        try
        {
            await Is(
                async () =>
                {
                    try
                    {
                        await checks();
                        return true;
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        failure = e;
                        return false;
                    }
                },
                deadline
            );
        }
        catch (TimeoutException) when (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>For a fault that lasts some time, and between the calls of a load that has a pace.</summary>
    public static Task After(TimeSpan time) => Task.Delay(time);

    /// <summary>Awaits a task, but not longer than the deadline.</summary>
    public static Task<T> WithinDeadline<T>(this Task<T> fact) => fact.WaitAsync(Deadline);

    public static Task WithinDeadline(this Task fact) => fact.WaitAsync(Deadline);
}
