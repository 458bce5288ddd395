namespace GridActors.Cluster.Tests;

/// <summary>Facts are awaited, for a long time: a loaded machine is slow, not wrong.</summary>
static class Deadline
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public static Task InTime(this Task fact) => fact.WaitAsync(Patience);

    public static Task<T> InTime<T>(this Task<T> fact) => fact.WaitAsync(Patience);

    /// <summary>Looks again and again until there is an answer.</summary>
    public static async Task<T> Await<T>(string fact, Func<Task<T?>> look) where T : class
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var pace = new PeriodicTimer(Pace);
        try
        {
            while (true)
            {
                if (await look() is { } found) return found;
                await pace.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"It never came true within {Patience.TotalSeconds} s: {fact}.");
        }
    }

    public static Task Await(string fact, Func<Task<bool>> isTrue) => Await<object>(fact, async () => await isTrue() ? fact : null);
}
