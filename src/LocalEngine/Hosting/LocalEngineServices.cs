using System.Reflection;
using GridActors.LocalEngine.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace GridActors.LocalEngine;

public static class LocalEngineServices
{
    /// <summary>
    /// Serves the grain classes of <paramref name="grainAssemblies"/> in this process: registers <see cref="IGrainFactory"/> and
    /// <see cref="IClusterClient"/>, and a hosted service that deactivates all actors when the host stops. Services stop in the
    /// reverse order of their registration, so register what calls actors after this.
    /// </summary>
    public static IServiceCollection AddLocalEngine(
        this IServiceCollection services, Action<LocalEngineOptions>? configure = null, params Assembly[] grainAssemblies)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(grainAssemblies);
        services.AddOptions<LocalEngineOptions>()
            .Configure(options => configure?.Invoke(options))
            .Validate(options => options.AreValid(), "Every time of the local engine must be positive, and CollectionQuantum no longer than CollectionAge.")
            .ValidateOnStart();
        foreach (var assembly in grainAssemblies)
            services.AddSingleton(new GrainAssembly(assembly));
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<Engine>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Engine>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Engine>());
        services.AddHostedService<LocalEngineHost>();
        return services;
    }
}
