using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>How the service talks to its database.</summary>
public static class DatabaseExtensions
{
    /// <summary>Registers the one <see cref="NpgsqlDataSource"/> of the process.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString) =>
        services.AddSingleton(_ => Open(connectionString)).AddKeyedSingleton(Kept, (_, _) => OpenKept(connectionString));

    /// <summary>
    /// The key of a second <see cref="NpgsqlDataSource"/>, with a few connections, for statements that come thousands of times a second and
    /// always do the same: nothing is reset when they are returned, and a statement is planned once.
    /// </summary>
    public const string Kept = "kept";

    const int MaxKept = 3;

    static NpgsqlDataSource OpenKept(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(Settings(connectionString).ConnectionString);
        builder.ConnectionStringBuilder.MaxPoolSize = MaxKept;
        builder.ConnectionStringBuilder.MinPoolSize = 0;
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        const string OnePlan = "set plan_cache_mode = force_generic_plan";
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(OnePlan, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(OnePlan, connection);
                await command.ExecuteNonQueryAsync();
            }
        );
        return builder.Build();
    }

    public static NpgsqlDataSource Open(string connectionString) =>
        new NpgsqlDataSourceBuilder(Settings(connectionString).ConnectionString).Build();

    static NpgsqlConnectionStringBuilder Settings(string connectionString)
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
        return settings;
    }
}
