using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>A pack was loaded, and not all its cases follow it yet.</summary>
/// <param name="Replans">Clocks run by another calendar or other office hours than those by which the open ones are planned.</param>
public sealed record PackChange(string Pack, string Digest, DateTimeOffset LoadedAt, bool Replans);

/// <summary>Which packs have changed since their cases were offered to the holders of their posts.</summary>
public sealed class PackChanges(NpgsqlDataSource source)
{
    const string WorkingTime = "jsonb_build_array(document->'timeZone', document->'workSchedule')";

    public async Task<IReadOnlyList<PackChange>> Pending(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select id, digest, loaded_at, planned_by is distinct from {WorkingTime} from pack
            where followed_at is distinct from loaded_at order by id
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<PackChange>();
        while (await reader.ReadAsync(cancellationToken))
            changes.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetBoolean(3)));
        return changes;
    }

    /// <summary>Makes sure that one process at a time works on a pack. When that process dies, the lock is free.</summary>
    /// <returns>The lock, until it is disposed of; null when another process has it.</returns>
    public Task<IAsyncDisposable?> TryLock(string pack, CancellationToken cancellationToken) =>
        ExclusiveWork.TryBegin(source, "cases of " + pack, cancellationToken);

    /// <summary>All cases follow this load of the pack. Nothing is marked if the pack was loaded again meanwhile.</summary>
    public async Task MarkFollowed(PackChange change, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"update pack set followed_at = loaded_at, planned_by = {WorkingTime} where id = $1 and loaded_at = $2"
        );
        command.Bind(Parameters.Of(change.Pack), Parameters.Of(change.LoadedAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
