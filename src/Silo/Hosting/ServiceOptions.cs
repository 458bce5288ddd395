using System.ComponentModel.DataAnnotations;

namespace GridActors.Silo.Hosting;

/// <summary>Settings of the process, section <c>Service</c>.</summary>
sealed class ServiceOptions
{
    /// <summary>
    /// How long a process that was told to stop goes on serving while it says that it isn't ready, so that a load balancer takes it out
    /// first. The whole stop has half a minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan DrainTime { get; set; }
}
