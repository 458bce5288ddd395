using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Photos;

/// <summary>
/// Every hour, deletes uploads that no case uses after a week, pictures that have no upload left, and announcements that weren't kept.
/// </summary>
public sealed partial class PhotoSweep(NpgsqlDataSource source, TimeProvider clock, ILogger<PhotoSweep> logger) : BackgroundService
{
    /// <summary>A phone may upload the photos of a report, go offline, and send the report days later.</summary>
    public static TimeSpan Retention { get; } = TimeSpan.FromDays(7);

    /// <summary>A phone that is found after a month has lost its session.</summary>
    static readonly TimeSpan PromiseHolds = TimeSpan.FromDays(30);

    /// <summary>The database's lock that a sweep takes for itself and uploads share.</summary>
    internal const long Lock = 0x70686F746F; // "photo".

    /// <summary>Small enough that uploads don't wait long for the lock, and that a statement doesn't run into its time limit.</summary>
    const int MaxUploadsAtOnce = 50;

    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many pictures were deleted.</returns>
    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var deleted = 0;
        await using (var broken = source.CreateCommand("delete from photo_promise where at < $1"))
        {
            broken.Bind(Parameters.Of(clock.GetUtcNow() - PromiseHolds));
            await broken.ExecuteNonQueryAsync(cancellationToken);
        }
        while (await SweepSome(cancellationToken) is { Uploads: > 0, Pictures: var pictures })
            deleted += pictures;
        return deleted;
    }

    /// <summary>Deletes uploads and their pictures together, so that no picture stays behind without an upload.</summary>
    async Task<(int Uploads, int Pictures)> SweepSome(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var expired = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock($1)") { Parameters = { Parameters.Of(Lock) } },
                new(
                    """
                    delete from photo_upload where (photo, uploader) in (
                        select u.photo, u.uploader from photo_upload u
                        where u.at < $1 and not exists (select from photo_use s where s.photo = u.photo)
                        limit $2
                    )
                    returning photo
                    """
                )
                {
                    Parameters = { Parameters.Of(clock.GetUtcNow() - Retention), Parameters.Of(MaxUploadsAtOnce) },
                },
            },
        };
        var photos = new List<string>();
        await using (var reader = await expired.ExecuteReaderAsync(cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                photos.Add(reader.GetString(0));
        }
        await using var pictures = new NpgsqlCommand(
            """
            delete from photo p where p.id = any ($1)
            and not exists (select from photo_upload u where u.photo = p.id)
            and not exists (select from photo_use s where s.photo = p.id)
            """,
            connection,
            transaction
        );
        pictures.Bind(Parameters.Texts(photos, p => p));
        var deleted = photos.Count == 0 ? 0 : await pictures.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (photos.Count, deleted);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Sweep, LogFailed, clock, stoppingToken);
}
