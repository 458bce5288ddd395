using System.Diagnostics;

namespace GridActors.Harness;

/// <summary>Awaiting facts. The one place where a test waits: everything else hears of what it waits for, or asks here.</summary>
public static class Eventually
{
    /// <summary>Long: a machine that does other things too isn't a failure.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(40);

    /// <summary>Asks until the answer is as it should be.</summary>
    /// <returns>The answer that was.</returns>
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

    /// <summary>Repeats checks that throw until they pass; the last failure is the test's.</summary>
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

    /// <summary>Waits for something that signals by itself.</summary>
    public static Task<T> WithinDeadline<T>(this Task<T> fact) => fact.WaitAsync(Deadline);

    public static Task WithinDeadline(this Task fact) => fact.WaitAsync(Deadline);
}
