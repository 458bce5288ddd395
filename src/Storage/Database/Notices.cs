using GridActors.Storage.Accounts;
using GridActors.Storage.Packs;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>
/// Listens to PostgreSQL's notifications about packs, sessions and keys that another process changed. A process that lost its connection
/// has
/// missed notifications, so it reloads the packs and the keys and forgets the remembered sessions once it is connected again.
/// </summary>
public sealed partial class Notices(
    NpgsqlDataSource source,
    PackLoader packs,
    Sessions sessions,
    Vault.Vault vault,
    ILogger<Notices> logger
) : BackgroundService
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
        var (packsChanged, keysChanged) = (true, true);
        connection.Notification += (_, notice) =>
        {
            if (notice.Channel == "packs")
                packsChanged = true;
            else if (notice.Channel == VaultTable.Channel)
                keysChanged = true;
            else
                sessions.Forget(notice.Payload);
        };
        await using (var command = new NpgsqlCommand($"listen packs; listen sessions; listen {VaultTable.Channel}", connection))
            await command.ExecuteNonQueryAsync(stoppingToken);
        sessions.Forget();
        while (true)
        {
            if (packsChanged)
            {
                packsChanged = false;
                await packs.Refresh(stoppingToken);
            }
            if (keysChanged)
            {
                keysChanged = false;
                RefreshKeys();
            }
            await connection.WaitAsync(stoppingToken);
        }
    }

    /// <summary>New keys that this process can't use are no reason to miss what else changes.</summary>
    void RefreshKeys()
    {
        try
        {
            vault.Refresh();
        }
        catch (VaultException e)
        {
            LogUnusableKeys(e.Message);
        }
    }

    [LoggerMessage(3701, LogLevel.Error, "The keys of personal data were changed, and this process can't use the new ones. {Reason}")]
    partial void LogUnusableKeys(string reason);

    [LoggerMessage(2101, LogLevel.Warning, "The connection that listens for changes was lost; connecting again.")]
    partial void LogLost(Exception exception);
}
