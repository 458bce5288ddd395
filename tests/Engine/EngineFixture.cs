using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Storage;

namespace GridActors.Engine.Tests;

/// <summary>The engine under test. What it is stands in one file per engine; the tests see a grain factory.</summary>
public sealed partial class EngineFixture : IAsyncLifetime
{
    /// <summary>Short, so that a test can wait for an idle actor to go.</summary>
    private static readonly TimeSpan s_collectionAge = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_collectionQuantum = TimeSpan.FromSeconds(1);

    public TestStorage Storage { get; } = new();

    internal static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>An actor with a key of its own, and the desk of its key.</summary>
    internal (T Actor, Desk Desk) New<T>()
        where T : IGrainWithStringKey
    {
        var key = NewKey();
        return (Grains.GetGrain<T>(key), Desk.At(key));
    }

    private void AddServices(IServiceCollection services)
    {
        services.AddKeyedSingleton<IGrainStorage>(TestStorage.Name, Storage);
        services.AddSingleton(TimeProvider.System);
        services.AddScoped<Actors.OwnService>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
    }
}

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's word for it.
public sealed class EngineCollection : ICollectionFixture<EngineFixture>
#pragma warning restore CA1711
{
    public const string Name = "engine";
}
