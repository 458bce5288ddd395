using System.Buffers;
using System.Security.Cryptography;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Photos;

/// <param name="TakenAt">The time of the camera's clock, without a time zone; null when the metadata has none.</param>
public sealed record PhotoFacts(string Id, string ContentType, int Size, DateTime? TakenAt, Position? Position);

public sealed record ShownPhoto(string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>Stores photos by content address. The uploaded bytes are kept; the photos that are shown have no metadata.</summary>
public sealed class PhotoStore(NpgsqlDataSource source, TimeProvider clock, IOptions<PhotoOptions> options) : IDisposable
{
    /// <summary>Taken for as long as a photo's bytes are in memory, so that many uploads at once don't need more than a few.</summary>
    readonly SemaphoreSlim _turns = new(options.Value.MaxAtOnce);

    public void Dispose() => _turns.Dispose();

    /// <param name="origin">What the phone says of the picture's original.</param>
    /// <returns>The photo, or why it isn't taken.</returns>
    public async Task<(PhotoFacts? Saved, PhotoRejection? Rejection)> Save(
        Stream content,
        int length,
        PersonId uploader,
        CancellationToken cancellationToken,
        PhotoOrigin? origin = null
    )
    {
        if (!await _turns.WaitAsync(options.Value.Patience, cancellationToken))
            return (null, PhotoRejection.Busy);
        // Arrays of this size aren't moved or given back by most collections, so they are used again.
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var bytes = buffer.AsMemory(0, length);
            await content.ReadExactlyAsync(bytes, cancellationToken);
            if (PhotoFile.Parse(bytes) is not { } file)
                return (null, PhotoRejection.NotAPhoto);
            var (thumbnail, rejection) = Thumbnails.Make(file);
            if (thumbnail is null)
                return (null, rejection);
            var id = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
            var facts = new PhotoFacts(id, file.ContentType, length, file.TakenAt(clock.GetUtcNow()), file.Position);
            var isStored = await Insert(facts, bytes, thumbnail, uploader, origin ?? PhotoOrigin.Unknown, cancellationToken);
            return isStored ? (facts, null) : (null, PhotoRejection.TooMuch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _turns.Release();
        }
    }

    /// <returns>Whether the person may store so much more today.</returns>
    async Task<bool> Insert(
        PhotoFacts photo,
        ReadOnlyMemory<byte> bytes,
        byte[] thumbnail,
        PersonId uploader,
        PhotoOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        // A batch is one transaction. In it, a person's uploads follow one another, so that each is counted for the next; and a sweep can't
        // delete the photo between the two rows.
        batch.BatchCommands.Add(
            new("select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock(hashtextextended($2, $1))")
            {
                Parameters = { Parameters.Of(PhotoSweep.Lock), Parameters.Of(uploader.Key) },
            }
        );
        // A repeated upload isn't counted twice: it succeeds though the day's limit is reached.
        batch.BatchCommands.Add(
            new(
                """
                with earlier as (
                    select coalesce(sum(length(p.bytes) + coalesce(length(p.thumbnail), 0)), 0) as bytes
                    from photo_upload u join photo p on p.id = u.photo
                    where u.uploader = $8 and u.at > $9 and u.photo <> $1
                ), stored as (
                    insert into photo (id, content_type, bytes, thumbnail, taken_at, lon, lat, likeness)
                    select $1, $2, $3, $4, $5, $6, $7, $12 from earlier where bytes + length($3) + length($4) <= $10
                    on conflict do nothing
                ), kept as (
                    delete from photo_promise where photo = $1 and uploader = $8
                        and exists (select from earlier where bytes + length($3) + length($4) <= $10)
                    returning original, taken_at, lon, lat
                )
                insert into photo_upload (photo, uploader, at, original, taken_at, lon, lat)
                select $1, $8, $11, coalesce($13, k.original), coalesce($14, k.taken_at), coalesce($15, k.lon), coalesce($16, k.lat)
                from earlier left join kept k on true where bytes + length($3) + length($4) <= $10
                on conflict (photo, uploader) do update set at = excluded.at
                """
            )
            {
                Parameters =
                {
                    Parameters.Of(photo.Id),
                    Parameters.Of(photo.ContentType),
                    new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = bytes },
                    Parameters.Of(thumbnail),
                    Optional(NpgsqlDbType.Timestamp, photo.TakenAt),
                    Optional(NpgsqlDbType.Double, photo.Position?.Lon),
                    Optional(NpgsqlDbType.Double, photo.Position?.Lat),
                    Parameters.Of(uploader.Key),
                    Parameters.Of(now.AddDays(-1)),
                    Parameters.Of(options.Value.MaxBytesADay),
                    Parameters.Of(now),
                    Optional(NpgsqlDbType.Bigint, PhotoLikeness.Of(thumbnail)),
                    Parameters.Of(origin.Hash),
                    Optional(NpgsqlDbType.Timestamp, origin.TakenAt),
                    Optional(NpgsqlDbType.Double, origin.Position?.Lon),
                    Optional(NpgsqlDbType.Double, origin.Position?.Lat),
                },
            }
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[1].RecordsAffected == 1;
    }

    internal static NpgsqlParameter Optional<T>(NpgsqlDbType type, T? value)
        where T : struct => new() { NpgsqlDbType = type, Value = value is { } known ? known : DBNull.Value };

    /// <summary>
    /// The photos in the list that the person neither uploaded nor announced. They are rejected: whoever learns a photo's id could
    /// otherwise
    /// attach it to a case of their own, and see it there. An announced one that somebody else has uploaded has to be uploaded first for
    /// the
    /// same reason.
    /// </summary>
    public async Task<IReadOnlyList<string>> NotUploadedBy(
        PersonId person,
        IReadOnlyList<string> photos,
        CancellationToken cancellationToken
    )
    {
        if (photos.Count == 0)
            return [];
        await using var command = source.CreateCommand(
            """
            select id from unnest($1) as t (id)
            where not exists (select from photo_upload u where u.photo = t.id and u.uploader = $2)
            and not (exists (select from photo_promise r where r.photo = t.id and r.uploader = $2)
                and not exists (select from photo p where p.id = t.id))
            """
        );
        command.Bind(Parameters.Texts(photos, p => p), Parameters.Of(person.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var missing = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            missing.Add(reader.GetString(0));
        return missing;
    }

    public async Task<ShownPhoto?> Show(string id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select bytes from photo where id = $1");
        command.Bind(Parameters.Of(id));
        if (await command.ExecuteScalarAsync(cancellationToken) is not byte[] bytes || PhotoFile.Parse(bytes) is not { } file)
            return null;
        return new(file.ContentType, file.Picture);
    }

    /// <summary>
    /// The thumbnail, which is stored with the photo. A photo from before there were thumbnails gets its own when it is first asked for. A
    /// photo that can't be decoded is shown itself.
    /// </summary>
    public async Task<ShownPhoto?> ShowThumbnail(string id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select thumbnail from photo where id = $1");
        command.Bind(Parameters.Of(id));
        var stored = await command.ExecuteScalarAsync(cancellationToken);
        if (stored is null)
            return null;
        var thumbnail = stored as byte[] ?? await MakeThumbnail(id, cancellationToken);
        return thumbnail.Length > 0 ? new("image/jpeg", thumbnail) : await Show(id, cancellationToken);
    }

    /// <returns>Empty, and stored so, when there can't be one.</returns>
    async Task<byte[]> MakeThumbnail(string id, CancellationToken cancellationToken)
    {
        byte[] thumbnail;
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await using var read = source.CreateCommand("select bytes from photo where id = $1");
            read.Bind(Parameters.Of(id));
            var file = await read.ExecuteScalarAsync(cancellationToken) is byte[] bytes ? PhotoFile.Parse(bytes) : null;
            thumbnail = (file is null ? null : Thumbnails.Make(file).Jpeg) ?? [];
        }
        finally
        {
            _turns.Release();
        }
        await using var write = source.CreateCommand("update photo set thumbnail = $2 where id = $1");
        write.Bind(Parameters.Of(id), Parameters.Of(thumbnail));
        await write.ExecuteNonQueryAsync(cancellationToken);
        return thumbnail;
    }
}
