using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Outbox;

/// <param name="Attempt">Which attempt this is, from 1.</param>
public sealed record DueMessage(Guid Id, string Body, int Attempt);

/// <summary>Where a message stands. The numbers are stored.</summary>
public enum MessageState : byte
{
    Waiting = 0,
    Sent = 1,

    /// <summary>The last attempt of the schedule failed, or the receiver wants no more messages.</summary>
    Failed = 2,
}

/// <summary>A message as its list shows it.</summary>
/// <param name="Case">The case, and its number; null of a confidential case that doesn't concern the viewer.</param>
/// <param name="Error">A short code of why the last attempt failed; null when it didn't.</param>
public sealed record OutboxRow(
    Guid Id,
    string Target,
    string Kind,
    Guid? Case,
    string? Number,
    MessageState State,
    DateTimeOffset CreatedAt,
    int Attempts,
    DateTimeOffset? AttemptedAt,
    DateTimeOffset NextAt,
    DateTimeOffset? SentAt,
    string? Error
);

/// <summary>The messages to other systems: <c>outbox</c>. Its times are the database's, so that all processes agree.</summary>
public sealed class Outbox(NpgsqlDataSource source)
{
    /// <summary>
    /// Takes messages that are due, so that no other process takes them while this one sends them. What isn't settled by then is taken
    /// again, by any process. Of a case, only the first message to a receiver that isn't settled is taken, so that they arrive in order.
    /// </summary>
    public async Task<IReadOnlyList<DueMessage>> Take(
        string pack,
        string target,
        int limit,
        TimeSpan hold,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            update outbox o set next_at = now() + $4, attempts = attempts + 1, attempted_at = now()
            from (select id from outbox q where q.pack = $1 and q.target = $2 and q.state = 0 and q.next_at <= now()
                    and not exists (select from outbox p where p.case_id = q.case_id and p.target = q.target and p.state = 0
                        and p.position < q.position)
                order by q.next_at limit $3 for update skip locked) as due
            where o.id = due.id returning o.id, o.body, o.attempts
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(target), Parameters.Of(limit), Parameters.Of(hold));
        var due = new List<DueMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            due.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2)));
        return due;
    }

    public Task Sent(Guid id, CancellationToken cancellationToken) =>
        Execute("update outbox set state = 1, sent_at = now(), error = null where id = $1", cancellationToken, Parameters.Of(id));

    /// <summary>The attempt failed, and the next one comes after a while.</summary>
    public Task Postpone(Guid id, TimeSpan wait, string error, CancellationToken cancellationToken) =>
        Execute(
            "update outbox set next_at = now() + $2, error = $3 where id = $1 and state = 0",
            cancellationToken,
            Parameters.Of(id),
            Parameters.Of(wait),
            Parameters.Of(error)
        );

    /// <summary>Nothing was sent: the attempt doesn't count.</summary>
    public Task Return(Guid id, TimeSpan wait, CancellationToken cancellationToken) =>
        Execute(
            "update outbox set next_at = now() + $2, attempts = greatest(attempts - 1, 0) where id = $1 and state = 0",
            cancellationToken,
            Parameters.Of(id),
            Parameters.Of(wait)
        );

    /// <summary>There is no further attempt.</summary>
    public Task GiveUp(Guid id, string error, CancellationToken cancellationToken) =>
        Execute(
            "update outbox set state = 2, error = $2 where id = $1 and state = 0",
            cancellationToken,
            Parameters.Of(id),
            Parameters.Of(error)
        );

    /// <summary>Sends a message again from the beginning of the schedule, whatever became of it. The receiver knows it by its id.</summary>
    /// <returns>False when the pack has no such message.</returns>
    public async Task<bool> SendAgain(string pack, Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "update outbox set state = 0, next_at = now(), attempts = 0, sent_at = null where id = $1 and pack = $2"
        );
        command.Bind(Parameters.Of(id), Parameters.Of(pack));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Deletes what was sent longer ago. What failed stays until somebody has sent it.</summary>
    public Task Sweep(TimeSpan kept, CancellationToken cancellationToken) =>
        Execute("delete from outbox where state = 1 and sent_at < now() - $1", cancellationToken, Parameters.Of(kept));

    /// <summary>The messages of a pack, the newest first.</summary>
    /// <param name="state">Only those that stand so; null for all.</param>
    /// <param name="before">The time and the id of the last message of the page before.</param>
    public async Task<IReadOnlyList<OutboxRow>> List(
        string pack,
        PersonId viewer,
        MessageState? state,
        (DateTimeOffset At, Guid Id)? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select o.id, o.target, o.kind, c.id, c.number, o.state, o.created_at, o.attempts, o.attempted_at, o.next_at, o.sent_at, o.error
            from outbox o left join case_file c on c.id = o.case_id
                and (not c.confidential or c.reporter = $2 or c.claimant = $2 or $2 = any(c.offered_to))
            where o.pack = $1 and ($3::smallint is null or o.state = $3)
                and ($4::timestamptz is null or (o.created_at, o.id) < ($4, $5))
            order by o.created_at desc, o.id desc limit $6
            """
        );
        command.Bind(
            Parameters.Of(pack),
            Parameters.Of(viewer.Key),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Smallint, Value = state is { } s ? (short)s : DBNull.Value },
            Parameters.Of(before?.At),
            Parameters.Of(before?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(Read(reader));
        return rows;
    }

    static OutboxRow Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetString(1),
            r.GetString(2),
            r.IsDBNull(3) ? null : r.GetGuid(3),
            r.IsDBNull(4) ? null : r.GetString(4),
            (MessageState)r.GetInt16(5),
            r.GetFieldValue<DateTimeOffset>(6),
            r.GetInt32(7),
            r.IsDBNull(8) ? null : r.GetFieldValue<DateTimeOffset>(8),
            r.GetFieldValue<DateTimeOffset>(9),
            r.IsDBNull(10) ? null : r.GetFieldValue<DateTimeOffset>(10),
            r.IsDBNull(11) ? null : r.GetString(11)
        );

    async Task Execute(string statement, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(statement);
        command.Bind(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
