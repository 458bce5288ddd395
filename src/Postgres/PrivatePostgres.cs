using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Postgres;

/// <summary>
/// A PostgreSQL server for one host, in the host's data folder, reached through a Unix socket. The host makes it at its first start,
/// restarts it when it ends, and stops it when the host stops. The server of a killed host stops by itself; one that runs is taken over.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    const string SystemFolder = "/var/lib/gridactors";

    readonly HostLock _lock;
    readonly ServerCluster _cluster;
    readonly ServerDatabases _databases;
    readonly ServerSupervisor _supervisor;
    bool _isDisposed;

    PrivatePostgres(HostLock held, ServerCluster cluster, ServerDatabases databases, ServerSupervisor supervisor) =>
        (_lock, _cluster, _databases, _supervisor) = (held, cluster, databases, supervisor);

    /// <summary>Connects to the database <c>gridactors</c>, as its owner, who is no superuser.</summary>
    public string ConnectionString => _databases.ConnectionStringTo(ServerCluster.User);

    /// <summary>The server's process id. It changes when the server is restarted.</summary>
    public int ProcessId => _supervisor.ProcessId;

    /// <summary>
    /// The project's own folder, or the system's folder when PostgreSQL's account can't enter the project's (one below /root, for example).
    /// </summary>
    public static string DefaultDataFolder(string projectFolder)
    {
        var own = Path.Combine(Path.GetFullPath(projectFolder), ".data");
        return Environment.IsPrivilegedProcess && !ServerFiles.OthersMayReach(own) ? SystemFolder : own;
    }

    /// <exception cref="ServerException">It can't run here; the message says what to do.</exception>
    public static async Task<PrivatePostgres> Start(
        PrivatePostgresOptions options,
        ILogger logger,
        CancellationToken cancellationToken = default
    )
    {
        if (OperatingSystem.IsWindows())
            throw new ServerException(
                "The private PostgreSQL runs on Linux and macOS: set ConnectionStrings:grid to a server of your own."
            );
        var dataFolder = Path.GetFullPath(options.DataFolder);
        try
        {
            return await Open(options, dataFolder, logger, cancellationToken);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw ServerFailure.NotOurs(dataFolder, refused);
        }
        catch (Exception full)
            when (full is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
                || full is IOException io && ServerFailure.IsFullDisk(io)
            )
        {
            throw ServerFailure.FullDisk(dataFolder, full);
        }
        catch (IOException failure)
        {
            throw new ServerException(
                $"The data folder {dataFolder} can't be used ({failure.Message.TrimEnd('.')}): choose another one with --data.",
                failure
            );
        }
    }

    /// <summary>
    /// The connection string of the server that another host runs in the folder now; null when none does. So a command can work on the
    /// database while the service runs.
    /// </summary>
    /// <exception cref="ServerException">The files in the folder can't be read.</exception>
    public static string? RunningIn(string folder)
    {
        var dataFolder = Path.GetFullPath(folder);
        try
        {
            if (!HostLock.IsTaken(dataFolder))
                return null;
            var cluster = new ServerCluster(dataFolder);
            return PostmasterFile.Read(cluster) is { IsReady: true } server && cluster.KeptServicePassword() is { } password
                ? ServerDatabases.ConnectionString(server.SocketFolder, ServerCluster.ServiceRole, password, ServerCluster.User)
                : null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw ServerFailure.NotOurs(dataFolder, refused);
        }
    }

    /// <summary>
    /// The failure to report instead, when a full disk probably caused this one. Null when there is room left for another segment of the
    /// server's log.
    /// </summary>
    public ServerException? FullDisk(Exception failure) =>
        new DriveInfo(_cluster.DataFolder).AvailableFreeSpace < 16 * 1024 * 1024
            ? ServerFailure.FullDisk(_cluster.DataFolder, failure)
            : null;

    /// <summary>Creates the database unless it exists.</summary>
    /// <returns>The database's connection string.</returns>
    public Task<string> CreateDatabase(string name, CancellationToken cancellationToken = default) =>
        _databases.Create(name, cancellationToken);

    /// <summary>Creates a database with the tables and rows of another one, which nobody may be connected to meanwhile.</summary>
    /// <returns>The new database's connection string.</returns>
    internal Task<string> CopyDatabase(string template, string name, CancellationToken cancellationToken = default) =>
        _databases.Create(name, template, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            await _supervisor.DisposeAsync();
        }
        finally
        {
            _cluster.RemoveSocketFolder();
            _lock.Dispose();
        }
    }

    static async Task<PrivatePostgres> Open(
        PrivatePostgresOptions options,
        string dataFolder,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(dataFolder);
        var held = HostLock.Take(dataFolder);
        try
        {
            var account = await ServerAccount.For(new ServerCluster(dataFolder).Folder, cancellationToken);
            var cluster = new ServerCluster(await Resolve(dataFolder, account, cancellationToken));
            if (Directory.Exists(cluster.Folder))
                _ = Directory.GetFileSystemEntries(cluster.Folder); // Throws when it can't be read; below it would count as empty.
            var binaries = await ServerBinaries.Find(options.Binaries, cluster, cancellationToken);
            var log = new ServerLogFile(cluster.LogFile);
            await log.Prepare(account, cancellationToken);
            var databases = new ServerDatabases(cluster);
            var supervisor = new ServerSupervisor(options, logger, cluster, account, binaries, log, databases);
            await supervisor.Begin(cancellationToken);
            return new(held, cluster, databases, supervisor);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Resolves the links in the data folder's path, and makes sure that the server's account can enter it.</summary>
    static async Task<string> Resolve(string dataFolder, ServerAccount account, CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
            ServerFiles.LetOthersPass(dataFolder);
        return await account.Enter(dataFolder, cancellationToken)
            ?? throw new ServerException(
                $"PostgreSQL runs as the user {account.Name}, who may not enter {dataFolder}: "
                    + "choose a data folder below /var/lib with --data."
            );
    }
}
