namespace GridActors.Contracts;

/// <summary>How often a watcher renews, and when the actor it watches forgets it.</summary>
public static class Live
{
    /// <summary>The watcher of a board renews this often. A board that stands still is noticed by everybody.</summary>
    public static TimeSpan BoardRenewal { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The watcher of a case or an inbox renews this often.</summary>
    public static TimeSpan WatchRenewal { get; } = TimeSpan.FromSeconds(20);

    /// <summary>A watcher that hasn't renewed for this long is forgotten. It is long enough for three missed renewals.</summary>
    public static TimeSpan WatchLapse { get; } = TimeSpan.FromSeconds(70);
}
