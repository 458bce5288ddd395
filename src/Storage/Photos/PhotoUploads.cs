using System.Security.Cryptography;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Photos;

/// <summary>A photo that a phone will send.</summary>
/// <param name="Id">SHA-256 of its bytes.</param>
public sealed record AnnouncedPhoto(string Id, int Size, PhotoOrigin Origin);

/// <summary>How far the upload of a photo is.</summary>
/// <param name="IsThere">The person has uploaded it.</param>
/// <param name="MayBeShown">It may be named before it is there.</param>
/// <param name="Rejection">Why it can't come.</param>
public sealed record PhotoProgress(string Id, int Received, bool IsThere, bool MayBeShown, PhotoRejection? Rejection);

/// <summary>
/// Uploads that go on where the line broke. A phone announces its photos by their hashes, so that what shows them needn't wait for them,
/// and
/// then sends their bytes piece by piece. A photo is there once all of its bytes are, and have the hash that was announced.
/// </summary>
public sealed class PhotoUploads(NpgsqlDataSource source, PhotoStore photos, TimeProvider clock, IOptions<PhotoOptions> options)
{
    /// <summary>A piece takes some twenty seconds on the slowest line that is in use.</summary>
    public const int MaxPiece = 1024 * 1024;

    public async Task<IReadOnlyList<PhotoProgress>> Announce(
        PersonId person,
        IReadOnlyList<AnnouncedPhoto> announced,
        CancellationToken cancellationToken
    )
    {
        // What has been announced and hasn't come is bounded as what comes is, so that nobody fills the disk with pieces.
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new("select pg_advisory_xact_lock(hashtextextended($1, $2))")
            {
                Parameters = { Parameters.Of(person.Key), Parameters.Of(PhotoSweep.Lock) },
            }
        );
        batch.BatchCommands.Add(
            new(
                """
                with asked as (
                    select * from unnest($2, $3, $4, $5, $6, $7) with ordinality as a (photo, size, original, taken_at, lon, lat, place)
                ), open as (
                    select coalesce(sum(size), 0) as bytes from photo_promise where uploader = $1
                ), fitting as (
                    select a.* from (
                        select a.*, sum(a.size) over (order by a.place) as bytes from asked a
                        where not exists (select from photo_upload u where u.photo = a.photo and u.uploader = $1)
                        and not exists (select from photo_promise r where r.photo = a.photo and r.uploader = $1)
                    ) a, open where open.bytes + a.bytes <= $8
                )
                insert into photo_promise (photo, uploader, size, original, taken_at, lon, lat, at)
                select photo, $1, size, original, taken_at, lon, lat, $9 from fitting
                on conflict do nothing
                """
            )
            {
                Parameters =
                {
                    Parameters.Of(person.Key),
                    Parameters.Texts(announced, a => a.Id),
                    Parameters.Integers(announced, a => a.Size),
                    Parameters.Texts(announced, a => a.Origin.Hash),
                    Times(announced),
                    Degrees(announced, a => a.Origin.Position?.Lon),
                    Degrees(announced, a => a.Origin.Position?.Lat),
                    Parameters.Of(options.Value.MaxBytesADay),
                    Parameters.Of(clock.GetUtcNow()),
                },
            }
        );
        batch.BatchCommands.Add(State(person, [.. announced.Select(a => a.Id)]));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    /// <summary>Takes the next piece. One that came already changes nothing.</summary>
    /// <returns>How far it is now; null when the photo wasn't announced.</returns>
    public async Task<PhotoProgress?> Take(
        PersonId person,
        string photo,
        int start,
        ReadOnlyMemory<byte> piece,
        CancellationToken cancellationToken
    )
    {
        await using var insert = source.CreateCommand(
            """
            insert into photo_piece (photo, uploader, start, bytes)
            select r.photo, r.uploader, $3, $4 from photo_promise r
            where r.photo = $1 and r.uploader = $2 and $3 + length($4) <= r.size
            and $3 = (select coalesce(max(p.start + length(p.bytes)), 0) from photo_piece p where p.photo = $1 and p.uploader = $2)
            on conflict do nothing
            """
        );
        insert.Bind(
            Parameters.Of(photo),
            Parameters.Of(person.Key),
            Parameters.Of(start),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = piece }
        );
        await insert.ExecuteNonQueryAsync(cancellationToken);
        var (progress, size) = await Progress(person, photo, cancellationToken);
        return progress is null || progress.IsThere || progress.Received < size
            ? progress
            : await Complete(person, photo, size, cancellationToken);
    }

    /// <summary>Puts the pieces together. When they aren't what was announced, they are dropped, and the phone begins anew.</summary>
    async Task<PhotoProgress> Complete(PersonId person, string photo, int size, CancellationToken cancellationToken)
    {
        await using var read = source.CreateCommand("select bytes from photo_piece where photo = $1 and uploader = $2 order by start");
        read.Bind(Parameters.Of(photo), Parameters.Of(person.Key));
        using var whole = new MemoryStream(size);
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                whole.Write(reader.GetFieldValue<byte[]>(0));
        }
        whole.Position = 0;
        var isSame = Convert.ToHexStringLower(await SHA256.HashDataAsync(whole, cancellationToken)) == photo;
        whole.Position = 0;
        var rejection = isSame
            ? (await photos.Save(whole, (int)whole.Length, person, cancellationToken)).Rejection
            : PhotoRejection.Different;
        if (rejection is null)
            return new(photo, size, true, true, null);
        if (rejection is PhotoRejection.Busy or PhotoRejection.TooMuch)
            return new(photo, size, false, true, rejection);
        await using var drop = source.CreateCommand(
            rejection is PhotoRejection.Different
                ? "delete from photo_piece where photo = $1 and uploader = $2"
                : "delete from photo_promise where photo = $1 and uploader = $2"
        );
        drop.Bind(Parameters.Of(photo), Parameters.Of(person.Key));
        await drop.ExecuteNonQueryAsync(cancellationToken);
        return new(photo, 0, false, false, rejection);
    }

    async Task<(PhotoProgress? Progress, int Size)> Progress(PersonId person, string photo, CancellationToken cancellationToken)
    {
        var state = State(person, [photo]);
        await using var command = source.CreateCommand(state.CommandText);
        foreach (var parameter in state.Parameters)
            command.Parameters.Add(((NpgsqlParameter)parameter).Clone());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return (null, 0);
        var progress = One(reader);
        return progress.Rejection is null ? (progress, reader.GetInt32(4)) : (null, 0);
    }

    static NpgsqlBatchCommand State(PersonId person, IReadOnlyList<string> ids) =>
        new(
            """
            select a.id, coalesce((select max(p.start + length(p.bytes)) from photo_piece p where p.photo = a.id and p.uploader = $1), 0),
                u.photo is not null, r.photo is not null and not exists (select from photo f where f.id = a.id), coalesce(r.size, 0),
                r.photo is null
            from unnest($2) with ordinality as a (id, place)
            left join photo_upload u on u.photo = a.id and u.uploader = $1
            left join photo_promise r on r.photo = a.id and r.uploader = $1
            order by a.place
            """
        )
        {
            Parameters = { Parameters.Of(person.Key), Parameters.Texts(ids, id => id) },
        };

    static async Task<IReadOnlyList<PhotoProgress>> Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var found = new List<PhotoProgress>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(One(reader));
        return found;
    }

    static PhotoProgress One(NpgsqlDataReader reader)
    {
        var isThere = reader.GetBoolean(2);
        var isUnknown = !isThere && reader.GetBoolean(5);
        return new(
            reader.GetString(0),
            reader.GetInt32(1),
            isThere,
            isThere || reader.GetBoolean(3),
            isUnknown ? PhotoRejection.TooMuch : null
        );
    }

    static NpgsqlParameter Times(IReadOnlyList<AnnouncedPhoto> announced) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Timestamp, Value = announced.Select(a => a.Origin.TakenAt).ToArray() };

    static NpgsqlParameter Degrees(IReadOnlyList<AnnouncedPhoto> announced, Func<AnnouncedPhoto, double?> of) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double, Value = announced.Select(of).ToArray() };
}
