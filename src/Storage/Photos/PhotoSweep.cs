using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Photos;

/// <summary>Deletes, every hour, the uploads that no case shows after a week, and the pictures that no upload is left of.</summary>
public sealed partial class PhotoSweep(NpgsqlDataSource source, TimeProvider clock, ILogger<PhotoSweep> logger) : BackgroundService
{
    /// <summary>Long enough for a phone that uploads the photos of a report, goes offline, and sends the report days later.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(7);

    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many pictures were deleted.</returns>
    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        // Uploads go first: a picture that is uploaded or used between the two statements is seen by the second one, and stays.
        await using var command = source.CreateCommand(
            """
            delete from photo_upload u where u.at < $1 and not exists (select from photo_use s where s.photo = u.photo)
            """
        );
        command.Bind(Parameters.Of((clock.GetUtcNow() - Kept)));
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
            return 0;
        await using var pictures = source.CreateCommand(
            """
            delete from photo p where not exists (select from photo_upload u where u.photo = p.id)
            and not exists (select from photo_use s where s.photo = p.id)
            """
        );
        return await pictures.ExecuteNonQueryAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                LogFailed(e);
            }
        }
    }
}
