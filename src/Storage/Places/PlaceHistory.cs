using GridActors.Domain.Places;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Places;

/// <summary>Reads what happened to a place, and who lived there.</summary>
public sealed class PlaceHistory(NpgsqlDataSource source, PlaceSealer sealer, SubjectKeys subjects)
{
    public async Task<IReadOnlyList<PlaceHistoryItem>> Of(Guid id, int after, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select sequence, at, by, kind, data from journal where stream = $1 and sequence > $2 order by sequence limit $3"
        );
        command.Bind(Parameters.Of(PlaceEntry.StreamOf(id)), Parameters.Of(after), Parameters.Of(limit));
        var steps = new List<PlaceHistoryItem>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                steps.Add(
                    new(
                        reader.GetInt32(0),
                        reader.GetFieldValue<DateTimeOffset>(1),
                        new(reader.GetString(2)),
                        PlaceEventJson.Read(reader.GetString(3), reader.GetString(4))
                    )
                );
        var key = (await subjects.Of([id], cancellationToken)).GetValueOrDefault(id);
        return [.. steps.Select(s => s with { Event = sealer.Open(s.Event, key) })];
    }

    /// <summary>
    /// The households that live or lived in a place, or in what belongs to it; those that live there first, then those that left last.
    /// </summary>
    public async Task<IReadOnlyList<Stay>> Stays(Guid place, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            {PlaceQueries.Below}
            select s.household, s.place, s.since, s.until from below b join household_stay s on s.place = b.id
            order by s.until desc nulls first, s.since desc, s.household limit $2
            """
        );
        command.Bind(Parameters.Of(place), Parameters.Of(limit));
        var stays = new List<Stay>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            stays.Add(
                new(
                    reader.GetGuid(0),
                    reader.GetGuid(1),
                    reader.GetFieldValue<DateTimeOffset>(2),
                    reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3)
                )
            );
        return stays;
    }
}
