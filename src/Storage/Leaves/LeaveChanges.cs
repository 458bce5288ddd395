using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Leaves;

/// <summary>A leave has begun or ended, and not all cases follow it yet.</summary>
/// <param name="At">When it began or ended.</param>
public sealed record LeaveChange(Leave Leave, DateTimeOffset At);

/// <summary>Which leaves have begun or ended since cases were offered to those who are there.</summary>
public sealed class LeaveChanges(NpgsqlDataSource source)
{
    /// <param name="ahead">
    /// How far the service's time is ahead of the database's, which says what has come, so that all silos agree.
    /// </param>
    public async Task<IReadOnlyList<LeaveChange>> Pending(TimeSpan ahead, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select id, person, begins_at, ends_at, deputy, follow_at from leave where follow_at <= now() + $1 order by follow_at limit 1000
            """
        );
        command.Bind(Parameters.Of(ahead));
        var changes = new List<LeaveChange>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            changes.Add(
                new(
                    new(
                        reader.GetGuid(0),
                        new(reader.GetString(1)),
                        reader.GetFieldValue<DateTimeOffset>(2),
                        reader.GetFieldValue<DateTimeOffset>(3),
                        reader.IsDBNull(4) ? null : new PersonId(reader.GetString(4))
                    ),
                    reader.GetFieldValue<DateTimeOffset>(5)
                )
            );
        return changes;
    }

    /// <returns>The lock, until it is disposed of; null when another process has it.</returns>
    public Task<IAsyncDisposable?> TryLock(CancellationToken cancellationToken) =>
        ExclusiveWork.TryBegin(source, "cases of leaves", cancellationToken);

    /// <summary>
    /// All cases follow: what began waits for its end, and what ended for nothing. Nothing is marked if it changed meanwhile.
    /// </summary>
    public async Task MarkFollowed(LeaveChange change, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "update leave set follow_at = case when follow_at < ends_at then ends_at end where id = $1 and follow_at = $2"
        );
        command.Bind(Parameters.Of(change.Leave.Id), Parameters.Of(change.At));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
