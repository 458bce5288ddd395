using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Postgres;

/// <summary>
/// PostgreSQL for one host, in its data folder, reached through a socket: made at the first start, watched while the host runs,
/// stopped with it. One left running by a killed host is taken over.
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

    /// <summary>For the database <c>gridactors</c>, which exists.</summary>
    public string ConnectionString => _databases.ConnectionStringTo(ServerCluster.User);

    /// <summary>Of the server; another one after it was restarted.</summary>
    public int ProcessId => _supervisor.ProcessId;

    /// <summary>The project's own folder, or the system's when PostgreSQL's account couldn't get into that (a project below
    /// /root).</summary>
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

    /// <summary>Why a failure that came while this server ran may be the disk's: less is left than the server takes at a time (a segment of
    /// its log).</summary>
    public ServerException? FullDisk(Exception failure) =>
        new DriveInfo(_cluster.DataFolder).AvailableFreeSpace < 16 * 1024 * 1024
            ? ServerFailure.FullDisk(_cluster.DataFolder, failure)
            : null;

    /// <summary>Makes the database unless it is there.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> CreateDatabase(string name, CancellationToken cancellationToken = default) =>
        _databases.Create(name, cancellationToken);

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
            var cluster = new ServerCluster(await Reach(dataFolder, account, cancellationToken));
            if (Directory.Exists(cluster.Folder))
                _ = Directory.GetFileSystemEntries(cluster.Folder); // refused now rather than taken for an empty folder
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

    /// <summary>The data folder without links in its path, which the server's account can enter.</summary>
    static async Task<string> Reach(string dataFolder, ServerAccount account, CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
            ServerFiles.LetOthersPass(dataFolder);
        return await account.Enter(dataFolder, cancellationToken)
            ?? throw new ServerException(
                $"PostgreSQL runs as the user {account.Name}, who may not enter {dataFolder}: choose a data folder below /var/lib with --data."
            );
    }
}
