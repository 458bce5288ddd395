#if !ORLEANS
using GridActors.LocalEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace GridActors.Engine.Tests;

public sealed partial class EngineFixture
{
    private IHost? _host;

    public IGrainFactory Grains => _host!.Services.GetRequiredService<IGrainFactory>();

    public async Task InitializeAsync()
    {
        _host = NewHost();
        await _host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    /// <summary>A second engine that a test may stop.</summary>
    internal async Task<(IGrainFactory Grains, Func<Task> Stop)> StartAnother()
    {
        var host = NewHost();
        await host.StartAsync();
        return (host.Services.GetRequiredService<IGrainFactory>(), async () =>
        {
            await host.StopAsync();
            host.Dispose();
        }
        );
    }

    private IHost NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        AddServices(builder.Services);
        builder.Services.AddLocalEngine(
            options =>
            {
                options.CollectionAge = s_collectionAge;
                options.CollectionQuantum = s_collectionQuantum;
            },
            typeof(EngineFixture).Assembly);
        return builder.Build();
    }
}
#endif
