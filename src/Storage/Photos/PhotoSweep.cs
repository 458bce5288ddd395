using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Photos;

/// <summary>Every hour, deletes uploads that no case uses after a week, and pictures that have no upload left.</summary>
public sealed partial class PhotoSweep(NpgsqlDataSource source, TimeProvider clock, ILogger<PhotoSweep> logger) : BackgroundService
{
    /// <summary>A phone may upload the photos of a report, go offline, and send the report days later.</summary>
    public static TimeSpan Retention { get; } = TimeSpan.FromDays(7);

    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many pictures were deleted.</returns>
    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        // Uploads are deleted first. If a picture is uploaded or used between the two statements, the second one sees that and keeps it.
        await using var command = source.CreateCommand(
            """
            delete from photo_upload u where u.at < $1 and not exists (select from photo_use s where s.photo = u.photo)
            """
        );
        command.Bind(Parameters.Of((clock.GetUtcNow() - Retention)));
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Sweep, LogFailed, clock, stoppingToken);
}
