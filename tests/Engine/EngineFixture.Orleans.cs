#if ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace GridActors.Engine.Tests;

public sealed partial class EngineFixture
{
    private InProcessTestCluster? _cluster;

    public IGrainFactory Grains => _cluster!.Client;

    public async Task InitializeAsync() => _cluster = await NewCluster(silos: 2);

    public async Task DisposeAsync() => await _cluster!.DisposeAsync();

    /// <summary>A second engine that a test may stop.</summary>
    internal async Task<(IGrainFactory Grains, Func<Task> Stop)> StartAnother()
    {
        var cluster = await NewCluster(silos: 1);
        return (cluster.Client, async () =>
        {
            await cluster.StopAllSilosAsync();
            await cluster.DisposeAsync();
        });
    }

    private async Task<InProcessTestCluster> NewCluster(short silos)
    {
        InProcessTestClusterBuilder builder = new(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            AddServices(silo.Services);
            silo.Services.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionAge = s_collectionAge;
                options.CollectionQuantum = s_collectionQuantum;
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
#endif
