using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
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
/// Finds the very same photo in earlier records. When and where it was taken stands in its original, if that was uploaded.
/// </summary>
public sealed class PhotoEvidenceQueries(NpgsqlDataSource source) : IPhotoEvidence
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
        await using var command = source.CreateCommand(
            """
            select p.id, p.taken_at, p.lon, p.lat,
                exists (select from field_record r where r.photos @> array[p.id] and r.photos <> '{}' and r.id <> all($2))
            from photo p where p.id = any($1)
            """
        );
        command.Bind(Parameters.Texts([.. photos], p => p), Parameters.Uuids([.. records], r => r));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetString(0)] = new(
                reader.GetString(0),
                // A camera writes its local time, without its zone.
                reader.IsDBNull(1)
                    ? null
                    : Local(pack, reader.GetDateTime(1)),
                reader.IsDBNull(2) || reader.IsDBNull(3) ? null : new Position(reader.GetDouble(2), reader.GetDouble(3)),
                reader.GetBoolean(4)
            );
        return found;
    }

    static DateTimeOffset Local(LoadedPack pack, DateTime time) =>
        new(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), pack.TimeZone.GetUtcOffset(time));
}
