using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using GridActors.Storage.Photos;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>What is known of the photos that go with records: when and where they were taken, and whether they were sent before.</summary>
public interface IPhotoEvidence
{
    /// <param name="records">The ids of the records that the photos go with: a photo isn't a replay of itself.</param>
    /// <returns>By the photo; one that nothing is known of is missing.</returns>
    Task<IReadOnlyDictionary<string, PhotoEvidence>> Of(
        LoadedPack pack,
        PersonId person,
        IReadOnlyCollection<string> photos,
        IReadOnlyCollection<Guid> records,
        CancellationToken cancellationToken
    );
}

/// <summary>
/// Finds the photo in earlier records, and pictures that look like it. When and where it was taken is what the phone says of the original,
/// else what stands in the file. Of a photo that was announced and isn't there yet only the original is known.
/// </summary>
public sealed class PhotoEvidenceQueries(NpgsqlDataSource source, PhotoReplays replays) : IPhotoEvidence
{
    public async Task<IReadOnlyDictionary<string, PhotoEvidence>> Of(
        LoadedPack pack,
        PersonId person,
        IReadOnlyCollection<string> photos,
        IReadOnlyCollection<Guid> records,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, PhotoEvidence>();
        if (photos.Count == 0)
            return found;
        var replayed = await replays.Of(person, photos, cancellationToken);
        await using var command = source.CreateCommand(
            """
            select a.id, coalesce(u.taken_at, o.taken_at, p.taken_at), coalesce(u.lon, o.lon, p.lon), coalesce(u.lat, o.lat, p.lat),
                exists (select from field_record r where r.photos @> array[a.id] and r.photos <> '{}' and r.id <> all($2))
            from unnest($1) as a (id)
            left join photo_upload u on u.photo = a.id and u.uploader = $3
            left join photo_promise o on o.photo = a.id and o.uploader = $3
            left join photo p on p.id = a.id and u.photo is not null
            where u.photo is not null or o.photo is not null
            """
        );
        command.Bind(Parameters.Texts([.. photos], p => p), Parameters.Uuids([.. records], r => r), Parameters.Of(person.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetString(0)] = new(
                reader.GetString(0),
                // A camera writes its local time, without its zone.
                reader.IsDBNull(1)
                    ? null
                    : Local(pack, reader.GetDateTime(1)),
                reader.IsDBNull(2) || reader.IsDBNull(3) ? null : new Position(reader.GetDouble(2), reader.GetDouble(3)),
                reader.GetBoolean(4) || replayed.ContainsKey(reader.GetString(0))
            );
        return found;
    }

    static DateTimeOffset Local(LoadedPack pack, DateTime time) =>
        new(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), pack.TimeZone.GetUtcOffset(time));
}
