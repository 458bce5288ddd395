namespace GridActors.Storage;

/// <summary>
/// Work that a process repeats for as long as it runs. A failure ends one round and not the loop: nobody would notice that a loop is gone
/// before its work was missed.
/// </summary>
public static class BackgroundLoop
{
    /// <summary>Does the work after each period, until it is cancelled.</summary>
    /// <param name="onFailed">Is called with the failure of a round; it logs.</param>
    public static async Task Every(
        TimeSpan period,
        Func<CancellationToken, Task> work,
        Action<Exception> onFailed,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(period, clock);
        await After(token => timer.WaitForNextTickAsync(token).AsTask(), work, onFailed, cancellationToken);
    }

    /// <summary>Does the work each time that something has happened, until it is cancelled.</summary>
    /// <param name="next">Waits until it has happened again. It doesn't fail.</param>
    /// <param name="onFailed">Is called with the failure of a round; it logs.</param>
    public static async Task After(
        Func<CancellationToken, Task> next,
        Func<CancellationToken, Task> work,
        Action<Exception> onFailed,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            await next(cancellationToken);
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
