namespace GridActors.Storage;

/// <summary>Work that a process repeats for as long as it runs.</summary>
public static class PeriodicWork
{
    /// <summary>
    /// Does the work after each period, until it is cancelled. A failure ends one round and not the loop: nobody would notice that a loop
    /// is gone before its work was missed.
    /// </summary>
    /// <param name="onFailed">Is called with the failure of a round; it logs.</param>
    public static async Task Run(
        TimeSpan period,
        Func<CancellationToken, Task> work,
        Action<Exception> onFailed,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(period, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await work(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                onFailed(e);
            }
        }
    }
}
