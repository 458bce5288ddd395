using Microsoft.Extensions.Options;

namespace GridActors.Silo.Hosting;

/// <summary>Keeps a process that was told to stop serving for a while, already unready, before anything of it is stopped.</summary>
sealed class Drain(IOptions<ServiceOptions> options, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Otherwise the host says that it is stopping only after this.
        lifetime.StopApplication();
        await Task.Delay(options.Value.DrainTime, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
