using GridActors.Postgres;
using GridActors.Storage.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GridActors.Harness;

/// <summary>A private PostgreSQL in a temporary folder.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    const string Template = "migrated";

    static readonly Lock SharedLock = new();
    static Task<TestPostgres>? Started;

    readonly string _folder;
    readonly Lazy<Task> _migrated;
    PrivatePostgres _server;

    TestPostgres(string folder, PrivatePostgres server, SmallDisk? disk)
    {
        (_folder, _server, Disk) = (folder, server, disk);
        _migrated = new(Migrate);
    }

    public string ConnectionString => _server.ConnectionString;

    /// <summary>The disk that it has to itself; null when it has none.</summary>
    public SmallDisk? Disk { get; }

    /// <summary>The server's processes, seen from outside.</summary>
    public PrivateDatabase Database => new(_folder);

    /// <summary>
    /// Creates a database in the server that all tests of a run share, with the tables of this version and no rows. Copying them takes a
    /// third of the time that the migrations take.
    /// </summary>
    /// <returns>The database's connection string.</returns>
    public static async Task<string> NewDatabase() => await (await Shared()).CopyMigrated();

    /// <summary>Creates a database without tables in the server that all tests of a run share.</summary>
    /// <returns>The database's connection string.</returns>
    public static async Task<string> EmptyDatabase() => await (await Shared()).CreateDatabase();

    public static Task<TestPostgres> Shared()
    {
        lock (SharedLock)
            return Started ??= Task.Run(Start);
    }

    /// <summary>Creates a database without tables.</summary>
    /// <returns>The database's connection string.</returns>
    public Task<string> CreateDatabase() => _server.CreateDatabase(NewName());

    async Task<string> CopyMigrated()
    {
        await _migrated.Value;
        return await _server.CopyDatabase(Template, NewName());
    }

    async Task Migrate()
    {
        var template = new NpgsqlConnectionStringBuilder(await _server.CreateDatabase(Template)) { Pooling = false };
        await using var data = NpgsqlDataSource.Create(template);
        await Migrations.Apply(data, CancellationToken.None);
    }

    static string NewName() => "t" + Guid.NewGuid().ToString("N");

    public static async Task StopShared()
    {
        Task<TestPostgres>? shared;
        lock (SharedLock)
            (shared, Started) = (Started, null);
        if (shared is not null)
            await (await shared).DisposeAsync();
    }

    /// <summary>Starts another server, for a test that stops it.</summary>
    public static Task<TestPostgres> Start() => Start(hasDisk: false);

    /// <param name="hasDisk">It gets a disk to itself, where that can be mounted.</param>
    public static async Task<TestPostgres> Start(bool hasDisk)
    {
        // The folder is below the system's temporary folder, because PostgreSQL's account must be able to enter it.
        var folder = Directory.CreateTempSubdirectory("gridactors-tests-").FullName;
        var disk = hasDisk ? SmallDisk.TryMount(folder) : null;
        // Three clusters of up to five processes run at once, and each process may have forty connections. Databases are copied into the
        // write-ahead log, which takes as long again when it is compressed.
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres.local.conf"), "max_connections = 600\nwal_compression = off\n");
        return new(folder, await Open(folder), disk);
    }

    public async Task Stop() => await _server.DisposeAsync();

    public async Task StartAgain() => _server = await Open(_folder);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Disk?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static Task<PrivatePostgres> Open(string folder) => PrivatePostgres.Start(new() { DataFolder = folder }, NullLogger.Instance);
}
