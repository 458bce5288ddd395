using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Photos;

/// <summary>Every hour: uploads that no case shows after a week (a report that was never sent, a mistake) and the pictures that nobody uploaded any more.</summary>
public sealed partial class PhotoSweep(NpgsqlDataSource source, TimeProvider clock, ILogger<PhotoSweep> logger) : BackgroundService
{
    /// <summary>Longer than a phone that was offline waits with a report whose photos it has sent already.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(7);

    static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    /// <returns>How many pictures went.</returns>
    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        // In this order a picture that comes, or comes into use, in between is never lost: the second statement sees it.
        await using var command = source.CreateCommand("""
            delete from photo_upload u where u.at < $1 and not exists (select from photo_use s where s.photo = u.photo)
            """);
        command.Bind(Parameters.Of((clock.GetUtcNow() - Kept)));
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0) return 0;
        await using var pictures = source.CreateCommand("""
            delete from photo p where not exists (select from photo_upload u where u.photo = p.id) and not exists (select from photo_use s where s.photo = p.id)
            """);
        return await pictures.ExecuteNonQueryAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                LogLater(e);
            }
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "Photos that no case shows could not be swept away; tried again in an hour.")]
    partial void LogLater(Exception exception);
}
