using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Postgres;

/// <summary>
/// PostgreSQL for one host, in its data folder, reached through a socket: made at the first start, watched while the host runs,
/// stopped with it. One left running by a killed host is taken over.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    const string SystemFolder = "/var/lib/gridactors";

    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    readonly PrivatePostgresOptions _options;
    readonly ILogger _logger;
    readonly HostLock _lock;
    readonly ServerCluster _cluster;
    readonly ServerAccount _account;
    readonly ServerBinaries _binaries;
    readonly ServerLogFile _log;
    readonly string _password;
    readonly CancellationTokenSource _stopping = new();
    ServerProcess _server;
    Task _supervision = Task.CompletedTask;

    PrivatePostgres(
        PrivatePostgresOptions options, ILogger logger, HostLock held, ServerCluster cluster, ServerAccount account, ServerBinaries binaries,
        ServerLogFile log)
    {
        (_options, _logger, _lock, _cluster, _account, _binaries, _log) = (options, logger, held, cluster, account, binaries, log);
        _password = cluster.Password();
        _server = null!;
    }

    /// <summary>For the database <c>gridactors</c>, which exists.</summary>
    public string ConnectionString => ConnectionStringTo(ServerCluster.User);

    /// <summary>Of the server; another one after it was restarted.</summary>
    public int ProcessId => _server.ProcessId;

    /// <summary>The project's own folder, or the system's when PostgreSQL's account couldn't get into that (a project below /root).</summary>
    public static string DefaultDataFolder(string projectFolder)
    {
        var own = Path.Combine(Path.GetFullPath(projectFolder), ".data");
        return Environment.IsPrivilegedProcess && !ServerFiles.OthersMayReach(own) ? SystemFolder : own;
    }

    /// <exception cref="ServerException">It can't run here; the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, ILogger logger, CancellationToken cancellation = default)
    {
        if (OperatingSystem.IsWindows())
            throw new ServerException("The private PostgreSQL runs on Linux and macOS: set ConnectionStrings:grid to a server of your own.");
        var dataFolder = Path.GetFullPath(options.DataFolder);
        try
        {
            return await OpenAsync(options, dataFolder, logger, cancellation);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw ServerFailure.NotOurs(dataFolder, refused);
        }
        catch (Exception full) when (full is PostgresException { SqlState: PostgresErrorCodes.DiskFull } || full is IOException io && ServerFailure.IsFullDisk(io))
        {
            throw ServerFailure.FullDisk(dataFolder, full);
        }
        catch (IOException failure)
        {
            throw new ServerException($"The data folder {dataFolder} can't be used ({failure.Message.TrimEnd('.')}): choose another one with --data.", failure);
        }
    }

    /// <summary>Why a failure that came while this server ran may be the disk's: less is left than the server takes at a time (a segment of its log).</summary>
    public ServerException? FullDisk(Exception failure) =>
        new DriveInfo(_cluster.DataFolder).AvailableFreeSpace < 16 * 1024 * 1024 ? ServerFailure.FullDisk(_cluster.DataFolder, failure) : null;

    /// <summary>Makes the database unless it is there.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        await using var connection = await ConnectAsync("postgres", cancellation);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(cancellation) is null)
        {
            // From template0: nobody can be connected to it, which would make this fail.
            var quoted = name.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"create database \"{quoted}\" template template0", connection);
            try
            {
                await create.ExecuteNonQueryAsync(cancellation);
            }
            catch (PostgresException race) when (race.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another caller was first.
            }
        }

        return ConnectionStringTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        try
        {
            await _supervision;
        }
        finally
        {
            await StopServerAsync();
            _cluster.RemoveSocketFolder();
            _lock.Dispose();
            _stopping.Dispose();
        }
    }

    static async Task<PrivatePostgres> OpenAsync(PrivatePostgresOptions options, string dataFolder, ILogger logger, CancellationToken cancellation)
    {
        Directory.CreateDirectory(dataFolder);
        var held = HostLock.Take(dataFolder);
        try
        {
            var account = await ServerAccount.ForAsync(new ServerCluster(dataFolder).Folder, cancellation);
            var cluster = new ServerCluster(await ReachAsync(dataFolder, account, cancellation));
            if (Directory.Exists(cluster.Folder))
                _ = Directory.GetFileSystemEntries(cluster.Folder); // refused now rather than taken for an empty folder
            var binaries = await ServerBinaries.FindAsync(options.Binaries, cluster, cancellation);
            var log = new ServerLogFile(cluster.LogFile);
            await log.PrepareAsync(account, cancellation);
            var postgres = new PrivatePostgres(options, logger, held, cluster, account, binaries, log);
            await postgres.BeginAsync(cancellation);
            return postgres;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The data folder without links in its path, which the server's account can enter.</summary>
    static async Task<string> ReachAsync(string dataFolder, ServerAccount account, CancellationToken cancellation)
    {
        if (Environment.IsPrivilegedProcess)
            ServerFiles.LetOthersPass(dataFolder);
        return await account.EnterAsync(dataFolder, cancellation) ?? throw new ServerException(
            $"PostgreSQL runs as the user {account.Name}, who may not enter {dataFolder}: choose a data folder below /var/lib with --data.");
    }

    async Task BeginAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await _cluster.PrepareSocketFolderAsync(_account, cancellation);
        if (!_cluster.Exists)
        {
            Log.Making(_logger, _cluster.Folder, _binaries.Major);
            await _cluster.MakeAsync(_binaries, _account, cancellation);
        }

        _cluster.WriteSettings();
        if (await AdoptAsync(cancellation) is { } running)
        {
            _server = running;
            Log.Adopted(_logger, _server.ProcessId, _cluster.Folder);
        }
        else
        {
            _server = await StartServerAsync(cancellation);
            Log.Ready(_logger, _binaries.Major, _server.ProcessId, _cluster.Folder, watch.ElapsedMilliseconds);
        }

        try
        {
            await CreateDatabaseAsync(ServerCluster.User, cancellation);
        }
        catch
        {
            await StopServerAsync();
            throw;
        }

        _supervision = SuperviseAsync();
    }

    async Task<ServerProcess?> AdoptAsync(CancellationToken cancellation)
    {
        if (ServerProcess.Running(_cluster) is not { } running)
            return null;
        _log.Mark();
        if (PostmasterFile.Read(_cluster)?.SocketFolder is { Length: > 0 } folder && folder != _cluster.SocketFolder)
        {
            // The data folder was moved under the running server: its socket is where nobody looks any more.
            await running.StopAsync(_options.StopWithin);
            return null;
        }

        try
        {
            await ReadyAsync(running, cancellation);
            return running;
        }
        catch (ServerException) when (running.Exited.IsCompleted)
        {
            // It was on its way out.
            return null;
        }
    }

    async Task<ServerProcess> StartServerAsync(CancellationToken cancellation)
    {
        await ServerProcess.ClearRemainsAsync(_cluster, cancellation);
        _log.Mark();
        var server = ServerProcess.Start(_cluster, _binaries, _account);
        try
        {
            await ReadyAsync(server, cancellation);
            return server;
        }
        catch
        {
            await server.StopAsync(TimeSpan.FromSeconds(5));
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the server lets us in.</summary>
    async Task ReadyAsync(ServerProcess server, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var told = TimeSpan.FromSeconds(10);
        NpgsqlException? refusal = null;
        while (true)
        {
            if (server.Exited.IsCompleted)
                throw ServerFailure.From("PostgreSQL did not start", await server.ErrorsAsync() + "\n" + _log.SinceMark(), _cluster);
            var ready = PostmasterFile.Read(_cluster) is { IsReady: true };
            refusal = ready ? await RefusalAsync(cancellation) : null;
            if (ready && refusal is null)
                return;
            if (watch.Elapsed > _options.ReadyWithin)
                throw new ServerException(
                    $"PostgreSQL was not ready within {_options.ReadyWithin.TotalSeconds:0} seconds ({refusal?.Message ?? "it is still starting"}): see {_cluster.LogFile}.", refusal);
            if (watch.Elapsed > told)
            {
                Log.StillStarting(_logger, (int)watch.Elapsed.TotalSeconds, refusal?.Message ?? "it replays what it had not yet written to its tables");
                told += TimeSpan.FromSeconds(10);
            }

            await Task.Delay(20, cancellation);
        }
    }

    async Task<NpgsqlException?> RefusalAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await ConnectAsync("postgres", cancellation);
            return null;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new ServerException($"The password kept in {_cluster.DataFolder} is not that of the database in {_cluster.Folder}: put both back from the same backup.", refused);
        }
        catch (NpgsqlException refused)
        {
            return refused;
        }
    }

    async Task SuperviseAsync()
    {
        var pause = TimeSpan.Zero;
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        var tick = minute.WaitForNextTickAsync(_stopping.Token).AsTask();
        var up = Stopwatch.StartNew();
        while (!_stopping.IsCancellationRequested)
        {
            await Task.WhenAny(_server.Exited, tick);
            if (_stopping.IsCancellationRequested)
                return;
            try
            {
                if (tick.IsCompleted)
                {
                    _log.Bound();
                    tick = minute.WaitForNextTickAsync(_stopping.Token).AsTask();
                }

                if (!_server.Exited.IsCompleted)
                    continue;
                pause = up.Elapsed > Steady ? TimeSpan.Zero : pause;
                Log.Died(_logger, _cluster.Folder, pause.TotalSeconds);
                await Task.Delay(pause, _stopping.Token);
                up.Restart();
                pause = Longer(pause);
                var server = await StartServerAsync(_stopping.Token);
                _server.Dispose();
                _server = server;
                Log.Restarted(_logger, _server.ProcessId, up.ElapsedMilliseconds);
                up.Restart();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is ServerException or IOException or UnauthorizedAccessException or NpgsqlException)
            {
                // The next round tries again: a disk that was full may have room by then.
                Log.NotRestarted(_logger, failure.Message);
            }
        }
    }

    static TimeSpan Longer(TimeSpan pause) =>
        pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));

    async Task StopServerAsync()
    {
        var watch = Stopwatch.StartNew();
        if (await _server.StopAsync(_options.StopWithin))
            Log.Stopped(_logger, watch.ElapsedMilliseconds);
        else
            Log.Forced(_logger, _options.StopWithin.TotalSeconds);
        _server.Dispose();
    }

    async Task<NpgsqlConnection> ConnectAsync(string database, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionStringTo(database)) { Pooling = false, Timeout = 10 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    string ConnectionStringTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _cluster.SocketFolder,
        Port = ServerCluster.Port,
        Username = ServerCluster.User,
        Password = _password,
        Database = database,
        // Neither makes sense on a socket of one's own, and each costs a round trip to refuse.
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;
}
