using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Vault;

/// <summary>Reads <c>subject_key</c>.</summary>
public sealed class SubjectKeys(NpgsqlDataSource source)
{
    /// <returns>The keys by their subjects. Who was erased has none.</returns>
    public Task<IReadOnlyDictionary<Guid, SubjectKey>> Of(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken) =>
        Reads.Repeat<IReadOnlyDictionary<Guid, SubjectKey>>(
            async token =>
            {
                await using var command = source.CreateCommand(
                    "select subject, pack, version, wrapped from subject_key where subject = any($1)"
                );
                command.Bind(Parameters.Uuids([.. subjects], s => s));
                await using var reader = await command.ExecuteReaderAsync(token);
                var keys = new Dictionary<Guid, SubjectKey>(subjects.Count);
                while (await reader.ReadAsync(token))
                    keys.Add(reader.GetGuid(0), Read(reader, 0));
                return keys;
            },
            cancellationToken
        );

    /// <summary>Erases subjects outside of an event. What was sealed with their keys stays where it is, and nobody can open it.</summary>
    public async Task Delete(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from subject_key where subject = any($1)");
        command.Bind(Parameters.Uuids([.. subjects], s => s));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads the columns subject, pack, version and wrapped of a row, e.g. in a query that joins the table.</summary>
    /// <returns>Null when the subject was erased, and a left join has found nothing.</returns>
    public static SubjectKey? ReadOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : Read(reader, column);

    static SubjectKey Read(NpgsqlDataReader reader, int column) =>
        new(reader.GetGuid(column), reader.GetString(column + 1), reader.GetInt32(column + 2), reader.GetFieldValue<byte[]>(column + 3));
}
