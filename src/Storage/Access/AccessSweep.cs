using GridActors.Storage.Accounts;
using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Access;

/// <summary>Every hour, deletes the entries of the access journal that are older than the setting says.</summary>
public sealed partial class AccessSweep(NpgsqlDataSource source, AccountOptions options, TimeProvider clock, ILogger<AccessSweep> logger)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many entries were deleted.</returns>
    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        // Entries go without gaps from the oldest, so one that is kept keeps all that follow it.
        await using var command = source.CreateCommand(
            """
            delete from access_entry where position < coalesce(
                (select min(position) from access_entry where at >= $1), (select position + 1 from access_chain))
            """
        );
        command.Parameters.Add(Parameters.Of(clock.GetUtcNow() - options.AccessJournalKept));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Sweep, LogFailed, clock, stoppingToken);

    [LoggerMessage(2303, LogLevel.Warning, "Old entries of the access journal could not be deleted; trying again in an hour.")]
    partial void LogFailed(Exception exception);
}
