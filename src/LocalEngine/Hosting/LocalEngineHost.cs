using GridActors.LocalEngine.Runtime;
using Microsoft.Extensions.Hosting;

namespace GridActors.LocalEngine;

/// <summary>Ties the engine to the life of the host.</summary>
internal sealed class LocalEngineHost(Engine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(engine.Options.ShutdownTimeout);
        await engine.StopAsync(limit.Token);
    }
}
