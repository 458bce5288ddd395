using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Journal;

/// <summary>Reads a stream's events in order; none when there is no such stream.</summary>
public sealed class JournalReader(NpgsqlDataSource source) : BatchReader<string, IReadOnlyList<StoredEvent>>
{
    protected override async Task<IReadOnlyList<IReadOnlyList<StoredEvent>>> Query(
        IReadOnlyList<string> requests,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            "select stream, sequence, kind, at, by, operation, data, status from journal where stream = any($1) order by stream, sequence"
        );
        command.Parameters.Add(Parameters.Texts([.. requests.Distinct()], s => s));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<string, List<StoredEvent>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var stream = reader.GetString(0);
            if (!found.TryGetValue(stream, out var events))
                found[stream] = events = [];
            events.Add(
                new(
                    reader.GetInt32(1),
                    reader.GetString(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetString(4),
                    reader.GetGuid(5),
                    reader.GetString(6),
                    reader.GetInt16(7)
                )
            );
        }
        return [.. requests.Select(s => found.TryGetValue(s, out var events) ? events : [])];
    }
}
