#if !ORLEANS
using GridActors.Grains;
using GridActors.Grains.Cases;
using GridActors.LocalEngine;
using Orleans.Storage;

namespace GridActors.Silo.Hosting;

/// <summary>What stands behind the namespace Orleans: here the local engine, in this one process.</summary>
static class Engine
{
    public const string Name = "local";
    public const bool CanCluster = false;

    public static void Add(WebApplicationBuilder builder, ServiceSettings settings)
    {
        if (settings.IsClustered || settings.Roles != Roles.Both)
            throw new StartException("The local engine is one process: a cluster, and roles of their own, need --engine orleans.");
        builder.Services.AddKeyedSingleton<IGrainStorage, PostgresGrainStorage>(GrainStorage.Name);
        builder.Services.AddLocalEngine(o => o.CollectionAge = CollectionAge, typeof(CaseGrain).Assembly);
    }

    public static void Map(WebApplication app) { }

    public static string? Explain(Exception e) => null;

    /// <summary>Cases are quiet for days; what wakes up costs one read, shared with whatever else wakes up.</summary>
    static readonly TimeSpan CollectionAge = TimeSpan.FromMinutes(15);
}
#endif
