using GridActors.Storage.Accounts;
using GridActors.Storage.Packs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>
/// Listens to PostgreSQL's notifications about packs and sessions that another process changed. A process that lost its connection has
/// missed notifications, so it reloads the packs and forgets the remembered sessions once it is connected again.
/// </summary>
public sealed partial class Notices(NpgsqlDataSource source, PackLoader packs, Sessions sessions, ILogger<Notices> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLost(e);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    async Task Listen(CancellationToken stoppingToken)
    {
        await using var connection = await source.OpenConnectionAsync(stoppingToken);
        var packsChanged = false;
        connection.Notification += (_, notice) =>
        {
            if (notice.Channel == "packs")
                packsChanged = true;
            else
                sessions.Forget(notice.Payload);
        };
        await using (var command = new NpgsqlCommand("listen packs; listen sessions", connection))
            await command.ExecuteNonQueryAsync(stoppingToken);
        sessions.Forget();
        await packs.Refresh(stoppingToken);
        while (true)
        {
            await connection.WaitAsync(stoppingToken);
            if (!packsChanged)
                continue;
            packsChanged = false;
            await packs.Refresh(stoppingToken);
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "The connection that listens for changes was lost; connecting again.")]
    partial void LogLost(Exception exception);
}
