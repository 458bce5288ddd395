using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Photos;

/// <summary>An earlier upload of what looks like the same picture.</summary>
/// <param name="Photo">The photo that was asked for.</param>
/// <param name="Earlier">The one that it looks like; the same when somebody else uploaded the very same file.</param>
/// <param name="Uploader">The key of whoever uploaded the earlier one.</param>
/// <param name="SameOriginal">Both were made from one file; otherwise they look alike.</param>
public sealed record PhotoReplay(string Photo, string Earlier, string Uploader, DateTime At, bool SameOriginal);

/// <summary>Finds photos that were used before: by the hash of their original, and by what they look like.</summary>
public sealed class PhotoReplays(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>How far back it looks. A picture of last year's flood doesn't come back as today's more often than that.</summary>
    static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    /// <param name="person">Whose photos they are.</param>
    /// <param name="photos">Uploaded or announced by the person. Of those announced only the original is known.</param>
    /// <returns>
    /// For each photo that looks like one uploaded earlier, by anybody of the pack, the earliest of them. A person's own file under the
    /// same
    /// id isn't listed: who shows one photo twice is known by its id.
    /// </returns>
    public async Task<IReadOnlyDictionary<string, PhotoReplay>> Of(
        PersonId person,
        IReadOnlyCollection<string> photos,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, PhotoReplay>();
        if (photos.Count == 0)
            return found;
        await using var command = source.CreateCommand(
            """
            with mine as (
                select a.id, least(u.at, r.at) as at, coalesce(u.original, r.original) as original, p.likeness
                from unnest($1) as a (id)
                left join photo_upload u on u.photo = a.id and u.uploader = $2
                left join photo_promise r on r.photo = a.id and r.uploader = $2
                left join photo p on p.id = a.id and u.photo is not null
                where u.photo is not null or r.photo is not null
            ), alike as (
                select m.id, u.photo, u.uploader, u.at, true as same
                from mine m join photo_upload u on u.original = m.original
                where (u.photo <> m.id or u.uploader <> $2) and u.at < m.at
                union all
                select m.id, u.photo, u.uploader, u.at, u.photo = m.id
                from mine m
                join photo p on photo_likeness_parts(p.likeness) && photo_likeness_parts(m.likeness)
                    and bit_count((p.likeness # m.likeness)::bit(64)) <= $3
                join photo_upload u on u.photo = p.id
                where (u.photo <> m.id or u.uploader <> $2) and u.at < m.at
            )
            select distinct on (id) id, photo, uploader, at, same from alike
            where split_part(uploader, '/', 1) = $4 and at > $5
            order by id, at, same desc
            """
        );
        command.Bind(
            Parameters.Texts([.. photos], p => p),
            Parameters.Of(person.Key),
            Parameters.Of(PhotoLikeness.MaxDistance),
            Parameters.Of(person.Pack),
            Parameters.Of(clock.GetUtcNow() - Horizon)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var replay = new PhotoReplay(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetDateTime(3),
                reader.GetBoolean(4)
            );
            found[replay.Photo] = replay;
        }
        return found;
    }
}
