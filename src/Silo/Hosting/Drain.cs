using Microsoft.Extensions.Options;

namespace GridActors.Silo.Hosting;

/// <summary>
/// When the process is told to stop, reports it as not ready but keeps it serving for a while, before anything in it stops.
/// </summary>
sealed class Drain(IOptions<ServiceOptions> options, ClockWatch clock, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Otherwise the host would report that it is stopping only after the wait.
        lifetime.StopApplication();
        // After its clock was set back it can't serve much.
        if (clock.WasSetBack)
            return;
        await Task.Delay(options.Value.DrainTime, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
