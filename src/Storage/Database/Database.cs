using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>How the service talks to its database.</summary>
public static class DatabaseExtensions
{
    /// <summary>Registers the one <see cref="NpgsqlDataSource"/> of the process.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString) =>
        services.AddSingleton(_ => Open(connectionString));

    public static NpgsqlDataSource Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "gridactors",
            // Every statement of the service is one of a few dozen texts: prepare each at its second use.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            // A connection that only listens would never notice that the other end is gone.
            KeepAlive = 15,
        };
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
            settings.MaxPoolSize = 40;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
