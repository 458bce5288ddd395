using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>A pack was loaded, or a shift or the office hours have begun or ended, and not all its cases follow yet.</summary>
/// <param name="IsLoaded">It was loaded. Otherwise only cases that nobody has claimed can go to other people.</param>
/// <param name="Replans">Clocks run by another calendar or other office hours than those by which the open ones are planned.</param>
public sealed record PackChange(string Pack, string Digest, DateTimeOffset LoadedAt, bool Replans, bool IsLoaded, DateTimeOffset? ShiftAt);

/// <summary>Which packs have changed, or who is on duty, since their cases were offered to those who have them by the pack.</summary>
public sealed class PackChanges(NpgsqlDataSource source)
{
    const string WorkingTime = "jsonb_build_array(document->'timeZone', document->'workSchedule')";

    /// <param name="ahead">
    /// How far the service's time is ahead of the database's, which says which shift has begun, so that all silos agree.
    /// </param>
    public async Task<IReadOnlyList<PackChange>> Pending(TimeSpan ahead, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select id, digest, loaded_at, planned_by is distinct from {WorkingTime}, followed_at is distinct from loaded_at, shift_at
            from pack where followed_at is distinct from loaded_at or shift_at <= now() + $1 order by id
            """
        );
        command.Bind(Parameters.Of(ahead));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<PackChange>();
        while (await reader.ReadAsync(cancellationToken))
            changes.Add(
                new(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetFieldValue<DateTimeOffset>(2),
                    reader.GetBoolean(3),
                    reader.GetBoolean(4),
                    reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5)
                )
            );
        return changes;
    }

    /// <summary>Makes sure that one process at a time works on a pack. When that process dies, the lock is free.</summary>
    /// <returns>The lock, until it is disposed of; null when another process has it.</returns>
    public Task<IAsyncDisposable?> TryLock(string pack, CancellationToken cancellationToken) =>
        ExclusiveWork.TryBegin(source, "cases of " + pack, cancellationToken);

    /// <summary>All cases follow this load of the pack. Nothing is marked if the pack was loaded again meanwhile.</summary>
    /// <param name="shiftAt">When they can next go to other people because time passes.</param>
    public async Task MarkFollowed(PackChange change, DateTimeOffset? shiftAt, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"update pack set followed_at = loaded_at, planned_by = {WorkingTime}, shift_at = $3 where id = $1 and loaded_at = $2"
        );
        command.Bind(Parameters.Of(change.Pack), Parameters.Of(change.LoadedAt), Parameters.Of(shiftAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
