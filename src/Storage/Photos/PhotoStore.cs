using System.Security.Cryptography;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Photos;

/// <param name="TakenAt">The time of the camera's clock, without a time zone; null when the metadata has none.</param>
public sealed record PhotoFacts(string Id, string ContentType, int Size, DateTime? TakenAt, Position? Position);

public sealed record ShownPhoto(string ContentType, byte[] Bytes);

/// <summary>Stores photos by content address. The uploaded bytes are kept; the photos that are shown have no metadata.</summary>
public sealed class PhotoStore(NpgsqlDataSource source, TimeProvider clock)
{
    /// <returns>Null when the bytes are neither JPEG, PNG nor WebP.</returns>
    public async Task<PhotoFacts?> Save(byte[] bytes, PersonId uploader, CancellationToken cancellationToken)
    {
        if (PhotoFile.ContentType(bytes) is not { } contentType)
            return null;
        var id = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var (takenAt, position) = PhotoMetadata.Read(bytes);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new("insert into photo (id, content_type, bytes, taken_at, lon, lat) values ($1, $2, $3, $4, $5, $6) on conflict do nothing")
            {
                Parameters =
                {
                    Parameters.Of(id),
                    Parameters.Of(contentType),
                    Parameters.Of(bytes),
                    new() { NpgsqlDbType = NpgsqlDbType.Timestamp, Value = (object?)takenAt ?? DBNull.Value },
                    new() { NpgsqlDbType = NpgsqlDbType.Double, Value = (object?)position?.Lon ?? DBNull.Value },
                    new() { NpgsqlDbType = NpgsqlDbType.Double, Value = (object?)position?.Lat ?? DBNull.Value },
                },
            }
        );
        batch.BatchCommands.Add(
            new(
                """
                insert into photo_upload (photo, uploader, at) values ($1, $2, $3)
                on conflict (photo, uploader) do update set at = excluded.at
                """
            )
            {
                Parameters = { Parameters.Of(id), Parameters.Of(uploader.Key), Parameters.Of(clock.GetUtcNow()) },
            }
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return new(id, contentType, bytes.Length, takenAt, position);
    }

    /// <returns>How many bytes a person has uploaded since a moment.</returns>
    public async Task<long> UploadedSince(PersonId person, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce(sum(length(p.bytes)), 0) from photo_upload u join photo p on p.id = u.photo
            where u.uploader = $1 and u.at > $2
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(since));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// The photos in the list that the person did not upload. They are rejected: whoever learns a photo's id could otherwise attach it to a
    /// case of their own, and see it there.
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
            "select id from unnest($1) as t (id) where not exists (select from photo_upload u where u.photo = id and u.uploader = $2)"
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
        await using var command = source.CreateCommand("select content_type, bytes from photo where id = $1");
        command.Parameters.Add(Parameters.Of(id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetString(0), PhotoFile.Strip(reader.GetFieldValue<byte[]>(1)))
            : null;
    }
}
