using System.CommandLine;

namespace GridActors.Silo.Verbs;

/// <summary>Options that several verbs share.</summary>
static class Options
{
    public static Option<string?> Data() =>
        new("--data") { Description = "The folder of the private database. Default: .data in the clone." };

    public static Option<string?> Database() =>
        new("--database")
        {
            Description =
                "Connection string of a PostgreSQL of your own. Default: ConnectionStrings:grid in the settings, or a private PostgreSQL.",
        };

    public static string? ConnectionString(string? option) => option ?? Settings().GetConnectionString("grid");

    /// <summary>The settings that the service has too, besides those that its options override.</summary>
    public static IConfiguration Settings() =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
}
