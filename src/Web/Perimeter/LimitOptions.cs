using System.ComponentModel.DataAnnotations;

namespace GridActors.Web.Perimeter;

/// <summary>How much of the service others may take. Settings, section <c>Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>
    /// Connections to this process at the same time, half of them for WebSockets. 0: as many as the limit of open files leaves room for.
    /// </summary>
    [Range(0, 1_000_000)]
    public int Connections { get; set; }

    /// <summary>
    /// Of these, connections from one address. 0: a quarter, but as many as there are from this machine and behind a proxy, for whose
    /// address is everybody's.
    /// </summary>
    [Range(0, 1_000_000)]
    public int ConnectionsPerAddress { get; set; }

    /// <summary>Live connections of one person to this process: windows, tabs and screens.</summary>
    [Range(1, 1_000_000)]
    public int HubConnectionsPerPerson { get; set; } = 32;

    /// <summary>Writes that a person may send at once.</summary>
    [Range(1, 1_000_000)]
    public int WritesAtOnce { get; set; } = 60;

    /// <summary>Writes a second that a person may go on with after that; 0 for any number, e.g. for a replay.</summary>
    [Range(0, 1_000_000)]
    public int WritesPerSecond { get; set; } = 5;

    /// <summary>Calls a minute that one address may make without an account, to register a household; 0 for any number.</summary>
    [Range(0, 1_000_000)]
    public int PublicCallsPerMinute { get; set; } = 30;

    /// <summary>Calls a minute that may be made with one printed code, from all addresses together; 0 for any number.</summary>
    [Range(0, 1_000_000)]
    public int PublicCallsOfCodePerMinute { get; set; } = 120;
}
