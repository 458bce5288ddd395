namespace GridActors.Contracts;

/// <summary>The times that watchers and the watched agree on.</summary>
public static class Live
{
    /// <summary>A watcher renews this often.</summary>
    public static TimeSpan WatchRenewal { get; } = TimeSpan.FromSeconds(20);

    /// <summary>A watcher that hasn't renewed for this long is forgotten: three renewals may be missed.</summary>
    public static TimeSpan WatchLapse { get; } = TimeSpan.FromSeconds(70);
}
