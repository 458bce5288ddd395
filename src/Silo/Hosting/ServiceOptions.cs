using System.ComponentModel.DataAnnotations;

namespace GridActors.Silo.Hosting;

/// <summary>Settings of the process, section <c>Service</c>.</summary>
sealed class ServiceOptions
{
    /// <summary>
    /// How long a process that was told to stop still serves while it reports that it isn't ready, so that a load balancer stops sending
    /// requests to it first. The whole stop may take half a minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan DrainTime { get; set; }

    /// <summary>
    /// The path of the host below which the service is, e.g. <c>/grid</c>, behind a proxy that has other things at the host's root. Empty:
    /// the root.
    /// </summary>
    [RegularExpression("(/[A-Za-z0-9._~-]+)*", ErrorMessage = "Service:PathBase begins with a slash and ends without one, e.g. /grid.")]
    public string PathBase { get; set; } = "";

    /// <summary>
    /// Whether Orleans' dashboard is there. It holds its pages in memory, compressed anew at every start, and the last figures of every
    /// counter: about 40 MB.
    /// </summary>
    public bool Dashboard { get; set; } = true;

    /// <summary>
    /// How often the dashboard's page of a silo gets new counters. Reading them takes about a microsecond for every actor in memory.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CountersEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the dashboard shows how often each method of the actors is called and how long it takes. Timing every call takes about a
    /// twentieth of the service's processor time, so it is for looking for something.
    /// </summary>
    public bool TimeActorCalls { get; set; }
}
