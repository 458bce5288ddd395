namespace GridActors.Postgres;

/// <summary>Where the private PostgreSQL lives and how long it may take.</summary>
public sealed class PrivatePostgresOptions
{
    /// <summary>Holds the cluster, its password, its settings and its log. One host uses it at a time.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The folder of <c>postgres</c> and <c>initdb</c>. When it is null, <c>GRIDACTORS_POSTGRES_BIN</c> names the folder. Otherwise it is
    /// the version that made the cluster or, for a new cluster, the newest on the machine, which must be 15 or later.
    /// </summary>
    public string? Binaries { get; init; }

    /// <summary>How long a start may take. Long, because a server that was killed under load replays up to 2 GB of its log first.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a fast shutdown may take before the server is told to stop immediately. That loses nothing that was committed.
    /// </summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(30);
}
