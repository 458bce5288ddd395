namespace GridActors.Silo.Hosting;

/// <summary>
/// Stops the service when the machine's clock was set back, so that it starts anew. Orleans can't live with that: it refuses every new
/// actor until the clock has caught up, and its probes of other silos wait as long. What is stored needs no clock that goes forward.
/// </summary>
/// <param name="steps">Begun before Orleans read the clock for the first time: it may be set back while the service starts.</param>
sealed partial class ClockWatch(ClockSteps steps, IHostApplicationLifetime lifetime, ILogger<ClockWatch> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>A smaller step, as time servers make them, delays a probe by as much and does nothing else.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    volatile bool _wasSetBack;

    public bool WasSetBack => _wasSetBack;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var step = steps.Next();
            if (step > -Tolerance)
                continue;
            LogSetBack(-step);
            _wasSetBack = true;
            lifetime.StopApplication();
            return;
        }
    }
}
