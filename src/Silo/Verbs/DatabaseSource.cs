using GridActors.Postgres;
using GridActors.Silo.Hosting;

namespace GridActors.Silo.Verbs;

/// <summary>The database that a verb works on: one that the user names, or the private one, which runs as long as the verb does.</summary>
sealed class DatabaseSource : IAsyncDisposable
{
    DatabaseSource(string connectionString, string? dataFolder, PrivatePostgres? server, ILoggerFactory? loggers) =>
        (ConnectionString, DataFolder, _server, _loggers) = (connectionString, dataFolder, server, loggers);

    readonly PrivatePostgres? _server;
    readonly ILoggerFactory? _loggers;

    public string ConnectionString { get; }

    /// <summary>Null when the user named the database.</summary>
    public string? DataFolder { get; }
    public bool IsPrivate => _server is not null;

    /// <summary>
    /// The master key of the private database, beside the database's folder and not in it; null when the user named the database.
    /// </summary>
    public string? MasterKeyFile { get; private init; }

    /// <param name="besideService">
    /// The verb needs nothing but the database: while a service runs with the private one, it uses that service's server.
    /// </param>
    /// <exception cref="ServerException">The private PostgreSQL can't run.</exception>
    public static async Task<DatabaseSource> Open(
        string? connectionString,
        string? dataFolder,
        CancellationToken cancellationToken,
        bool besideService = false
    )
    {
        if (Options.ConnectionString(connectionString) is { Length: > 0 } own)
            return new(own, dataFolder, null, null);
        var folder = Path.GetFullPath(dataFolder ?? PrivatePostgres.DefaultDataFolder(Home.Folder()));
        var keyFile = Path.Combine(folder, "master-key");
        if (besideService && PrivatePostgres.RunningIn(folder) is { } running)
            return new(running, folder, null, null) { MasterKeyFile = keyFile };
        var loggers = LoggerFactory.Create(l => l.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        try
        {
            var server = await PrivatePostgres.Start(
                new() { DataFolder = folder },
                loggers.CreateLogger<PrivatePostgres>(),
                cancellationToken
            );
            return new(server.ConnectionString, folder, server, loggers) { MasterKeyFile = keyFile };
        }
        catch
        {
            loggers.Dispose();
            throw;
        }
    }

    /// <summary>The sentence for a failure that a full disk of the private database caused; null for other failures.</summary>
    public string? FullDisk(Exception failure) => _server?.FullDisk(failure)?.Message;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _loggers?.Dispose();
    }
}
