using GridActors.Domain.Packs;

namespace GridActors.Silo.Hosting;

/// <summary>What a process does in a cluster. One process does both by default.</summary>
[Flags]
public enum Roles
{
    /// <summary>Runs actors.</summary>
    Silo = 1,

    /// <summary>Serves HTTP and the hub.</summary>
    Web = 2,
    Both = Silo | Web,
}

/// <summary>The settings of one process.</summary>
public sealed record ServiceSettings
{
    public required string ConnectionString { get; init; }

    /// <summary>Packs to load. Packs that are in the database already are served too.</summary>
    public IReadOnlyList<Pack> Packs { get; init; } = [];

    /// <summary>Where to listen, e.g. <c>http://127.0.0.1:5080</c>. Port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";
    public Roles Roles { get; init; } = Roles.Both;

    /// <summary>True when several processes share the database: actors find each other through it.</summary>
    public bool IsClustered { get; init; }

    /// <summary>
    /// Processes with the same id and the same database are one cluster. Two clusters on one database don't know each other.
    /// </summary>
    public string ClusterId { get; init; } = "gridactors";

    /// <summary>
    /// Where the master key of a private database is, unless the settings name another one; it is made there at the first start. Null: the
    /// settings name it, or there is none.
    /// </summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>Everybody's password in a demo; null when the service isn't one.</summary>
    public string? DemoPassword { get; init; }

    /// <summary>
    /// True when somebody said that this is to be a demo. Where other machines reach the service, it doesn't become one by default.
    /// </summary>
    public bool IsDemoAskedFor { get; init; }

    /// <summary>When the time of a demonstration begins; null for the machine's time, or for where the time of this data was.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>How many times faster than real time it passes; null for 1, or for what it was.</summary>
    public double? Pace { get; init; }

    /// <summary>A PEM file with the certificate for TLS, and those that lead to a known one; null when a proxy ends TLS.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with the certificate's key; null when the certificate's file has it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The address at which the other processes of a cluster reach this silo. Its two ports listen only there. The address must not be
    /// public.
    /// </summary>
    public string SiloAddress { get; init; } = "127.0.0.1";

    /// <summary>
    /// The port for other silos of a cluster. 0 takes a free one. A process that isn't in a cluster ignores the setting and takes a free
    /// one on loopback.
    /// </summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>The port for web processes of a cluster. 0 takes a free one. A process that isn't in a cluster opens none.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>
    /// How many times faster than real time the simulator plays a county's day beside the service; null without a simulator.
    /// </summary>
    public double? SimulationSpeed { get; init; }

    /// <summary>Settings that override appsettings.json, e.g. <c>Journal:QueueLength=20000</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>For tests: changes the services after everything is registered.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}

/// <summary>The service can't start; the message is one sentence that says what to do.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
