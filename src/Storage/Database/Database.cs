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
            // The service uses a few dozen statements, so each is prepared when it is used for the second time.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            // A connection that only listens would not notice that the server is gone, so it sends keepalives.
            KeepAlive = 15,
        };
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
            settings.MaxPoolSize = 40;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
