using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Postgres;

/// <summary>
/// Keeps the server running for as long as the host runs: starts it or takes it over, starts it again when it ends, and stops it.
/// </summary>
sealed partial class ServerSupervisor(
    PrivatePostgresOptions options,
    ILogger logger,
    ServerCluster cluster,
    ServerAccount account,
    ServerBinaries binaries,
    ServerLogFile log,
    ServerDatabases databases
) : IAsyncDisposable
{
    static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource _stopping = new();
    ServerProcess? _server;
    Task _supervision = Task.CompletedTask;

    public int ProcessId => Server.ProcessId;

    ServerProcess Server => _server ?? throw new InvalidOperationException("The server was never started.");

    public async Task Begin(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await cluster.PrepareSocketFolder(account, cancellationToken);
        if (!cluster.Exists)
        {
            Log.Making(logger, cluster.Folder, binaries.Major);
            await cluster.Make(binaries, account, cancellationToken);
        }
        await cluster.WriteSettings(binaries, cancellationToken);
        if (await Adopt(cancellationToken) is { } running)
        {
            _server = running;
            Log.Adopted(logger, Server.ProcessId, cluster.Folder);
        }
        else
        {
            _server = await StartServer(cancellationToken);
            Log.Ready(logger, binaries.Major, Server.ProcessId, cluster.Folder, watch.ElapsedMilliseconds);
        }
        try
        {
            await databases.PrepareRole(cancellationToken);
            await databases.Create(ServerCluster.User, cancellationToken);
        }
        catch
        {
            await StopServer();
            throw;
        }
        _supervision = Supervise();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _supervision;
        }
        finally
        {
            await StopServer();
            _stopping.Dispose();
        }
    }

    async Task<ServerProcess?> Adopt(CancellationToken cancellationToken)
    {
        if (ServerProcess.Running(cluster) is not { } running)
            return null;
        log.Mark();
        if (PostmasterFile.Read(cluster)?.SocketFolder is { Length: > 0 } folder && folder != cluster.SocketFolder)
        {
            // The data folder was moved while the server ran, so its socket is no longer where clients look.
            await running.Stop(options.StopWithin);
            return null;
        }
        try
        {
            await Ready(running, cancellationToken);
            return running;
        }
        catch (ServerException) when (running.Exited.IsCompleted)
        {
            // The server was already stopping.
            return null;
        }
    }

    async Task<ServerProcess> StartServer(CancellationToken cancellationToken)
    {
        await ServerProcess.ClearRemains(cluster, cancellationToken);
        log.Mark();
        var server = ServerProcess.Start(cluster, binaries, account);
        try
        {
            await Ready(server, cancellationToken);
            return server;
        }
        catch
        {
            await server.Stop(TimeSpan.FromSeconds(5));
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the server accepts connections.</summary>
    async Task Ready(ServerProcess server, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var told = TimeSpan.FromSeconds(10);
        NpgsqlException? refusal = null;
        while (true)
        {
            if (server.Exited.IsCompleted)
                throw ServerFailure.From("PostgreSQL did not start", await server.Errors() + "\n" + log.SinceMark(), cluster);
            var ready = PostmasterFile.Read(cluster) is { IsReady: true };
            refusal = ready ? await databases.ConnectionFailure(cancellationToken) : null;
            if (ready && refusal is null)
                return;
            if (watch.Elapsed > options.ReadyWithin)
                throw new ServerException(
                    $"PostgreSQL was not ready within {options.ReadyWithin.TotalSeconds:0} seconds "
                        + $"({refusal?.Message ?? "it is still starting"}): see {cluster.LogFile}.",
                    refusal
                );
            if (watch.Elapsed > told)
            {
                Log.StillStarting(
                    logger,
                    (int)watch.Elapsed.TotalSeconds,
                    refusal?.Message ?? "it replays what it had not yet written to its tables"
                );
                told += TimeSpan.FromSeconds(10);
            }
            await Task.Delay(20, cancellationToken);
        }
    }

    async Task Supervise()
    {
        var pause = TimeSpan.Zero;
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        var tick = minute.WaitForNextTickAsync(_stopping.Token).AsTask();
        var up = Stopwatch.StartNew();
        while (!_stopping.IsCancellationRequested)
        {
            await Task.WhenAny(Server.Exited, tick);
            if (_stopping.IsCancellationRequested)
                return;
            try
            {
                if (tick.IsCompleted)
                {
                    log.Bound();
                    tick = minute.WaitForNextTickAsync(_stopping.Token).AsTask();
                }
                if (!Server.Exited.IsCompleted)
                    continue;
                pause = up.Elapsed > Steady ? TimeSpan.Zero : pause;
                Log.Died(logger, cluster.Folder, pause.TotalSeconds);
                await Task.Delay(pause, _stopping.Token);
                up.Restart();
                pause = Longer(pause);
                var server = await StartServer(_stopping.Token);
                Server.Dispose();
                _server = server;
                Log.Restarted(logger, Server.ProcessId, up.ElapsedMilliseconds);
                up.Restart();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The next round tries again: the cause may be gone by then, for example a full disk.
                Log.NotRestarted(logger, failure.Message);
            }
        }
    }

    static TimeSpan Longer(TimeSpan pause) =>
        pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, MaxPause.Ticks));

    async Task StopServer()
    {
        var watch = Stopwatch.StartNew();
        if (await Server.Stop(options.StopWithin))
            Log.Stopped(logger, watch.ElapsedMilliseconds);
        else
            Log.Forced(logger, options.StopWithin.TotalSeconds);
        Server.Dispose();
    }
}
