namespace GridActors.Postgres;

/// <summary>Where the private PostgreSQL lives and how long it may take.</summary>
public sealed class PrivatePostgresOptions
{
    /// <summary>Holds the cluster, its password, its settings and its log. Belongs to one host at a time.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The folder of <c>postgres</c> and <c>initdb</c>. Without it: <c>GRIDACTORS_POSTGRES_BIN</c>, then the newest of 15 or later that the
    /// machine has, or the one that made the cluster.
    /// </summary>
    public string? Binaries { get; init; }

    /// <summary>How long a start may take. Long, because a server that was killed under load replays up to 2 GB of its log first.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a fast shutdown may take before the server is told to drop everything; nothing committed is lost by
    /// that.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(30);
}
