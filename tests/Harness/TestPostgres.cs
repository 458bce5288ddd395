using GridActors.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridActors.Harness;

/// <summary>One private PostgreSQL for a whole run, in a folder that is gone with it.</summary>
public static class TestPostgres
{
    static readonly Lock s_lock = new();
    static Task<(PrivatePostgres Server, string Folder)>? s_started;

    /// <returns>The connection string of a new, empty database.</returns>
    public static async Task<string> NewDatabaseAsync() => await (await Started()).Server.CreateDatabaseAsync("t" + Guid.NewGuid().ToString("N"));

    public static async Task StopAsync()
    {
        Task<(PrivatePostgres Server, string Folder)>? started;
        lock (s_lock) (started, s_started) = (s_started, null);
        if (started is null) return;
        var (server, folder) = await started;
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    static Task<(PrivatePostgres Server, string Folder)> Started()
    {
        lock (s_lock) return s_started ??= Task.Run(Start);
    }

    static async Task<(PrivatePostgres, string)> Start()
    {
        // Below the system's temporary folder, which the account that PostgreSQL runs as can enter.
        var folder = Directory.CreateTempSubdirectory("gridactors-tests-").FullName;
        return (await PrivatePostgres.StartAsync(new() { DataFolder = folder }, NullLogger.Instance), folder);
    }
}
