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

/// <summary>Messages to other systems and to groups: <c>outbox</c>. Its times are the database's, so that all processes agree.</summary>
public sealed class Outbox(NpgsqlDataSource source)
{
    /// <summary>So many notices of a robot go into one message at most: more than ever fall due between two turns.</summary>
    const int MaxTogether = 20_000;

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
        return await ReadDue(command, cancellationToken);
    }

    static async Task<IReadOnlyList<DueMessage>> ReadDue(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var due = new List<DueMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            due.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2)));
        return due;
    }

    /// <summary>
    /// Takes all messages to a robot that are due, when it is its turn, so that they go out as one; nothing while it isn't. What passed
    /// during an outage is taken together, when no more of it has come for a while.
    /// </summary>
    /// <param name="interval">How long after this turn the next one comes, in whichever process.</param>
    public async Task<IReadOnlyList<DueMessage>> TakeTurn(
        string pack,
        string robot,
        TimeSpan interval,
        TimeSpan hold,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            with due as (
                select id from outbox q where q.pack = $1 and q.target = $2 and q.state = 0 and q.next_at <= now()
                    and (q.kind <> '{RobotMessages.LateKind}' or not exists (select from outbox l where l.pack = $1 and l.target = $2
                        and l.state = 0 and l.attempts = 0 and l.kind = '{RobotMessages.LateKind}' and l.next_at > now()))),
            turn as (
                insert into robot_turn as t (pack, robot, next_at) select $1, $3, now() + $4 where exists (select from due)
                on conflict (pack, robot) do update set next_at = excluded.next_at where t.next_at <= now() returning 1),
            mine as (
                select id from outbox where id in (select id from due) and state = 0 and next_at <= now() and exists (select from turn)
                order by position limit {MaxTogether} for update skip locked)
            update outbox o set next_at = now() + $5, attempts = attempts + 1, attempted_at = now()
            from mine where o.id = mine.id returning o.id, o.body, o.attempts
            """
        );
        command.Bind(
            Parameters.Of(pack),
            Parameters.Of(RobotMessages.TargetOf(robot)),
            Parameters.Of(robot),
            Parameters.Of(interval),
            Parameters.Of(hold)
        );
        return await ReadDue(command, cancellationToken);
    }

    /// <summary>Lets a robot rest that has sent too much.</summary>
    public Task Rest(string pack, string robot, TimeSpan wait, CancellationToken cancellationToken) =>
        Execute(
            "update robot_turn set next_at = greatest(next_at, now() + $3) where pack = $1 and robot = $2",
            cancellationToken,
            Parameters.Of(pack),
            Parameters.Of(robot),
            Parameters.Of(wait)
        );

    public Task Sent(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        Execute("update outbox set state = 1, sent_at = now(), error = null where id = any($1)", cancellationToken, Of(ids));

    /// <summary>The attempt failed, and the next one comes after a while.</summary>
    public Task Postpone(IReadOnlyList<Guid> ids, TimeSpan wait, string error, CancellationToken cancellationToken) =>
        Execute(
            "update outbox set next_at = now() + $2, error = $3 where id = any($1) and state = 0",
            cancellationToken,
            Of(ids),
            Parameters.Of(wait),
            Parameters.Of(error)
        );

    /// <summary>Nothing was sent: the attempt doesn't count.</summary>
    public Task Return(IReadOnlyList<Guid> ids, TimeSpan wait, CancellationToken cancellationToken) =>
        Execute(
            "update outbox set next_at = now() + $2, attempts = greatest(attempts - 1, 0) where id = any($1) and state = 0",
            cancellationToken,
            Of(ids),
            Parameters.Of(wait)
        );

    /// <summary>There is no further attempt.</summary>
    public Task GiveUp(IReadOnlyList<Guid> ids, string error, CancellationToken cancellationToken) =>
        Execute(
            "update outbox set state = 2, error = $2 where id = any($1) and state = 0",
            cancellationToken,
            Of(ids),
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

    /// <summary>
    /// Deletes what was sent longer ago. What failed stays until somebody has sent it; but after so long no group wants to read what
    /// was due soon once.
    /// </summary>
    public Task Sweep(TimeSpan kept, CancellationToken cancellationToken) =>
        Execute(
            $"""
            delete from outbox where (state = 1 and sent_at < now() - $1)
                or (state <> 1 and starts_with(target, '{RobotMessages.TargetOf("")}') and next_at < now() - $1)
            """,
            cancellationToken,
            Parameters.Of(kept)
        );

    /// <summary>The messages of a pack, the newest first.</summary>
    /// <param name="state">Only those that stand so; null for all.</param>
    /// <param name="toRobots">Only those to robots of group chats, or only those to other systems; null for both.</param>
    /// <param name="before">The time and the id of the last message of the page before.</param>
    public async Task<IReadOnlyList<OutboxRow>> List(
        string pack,
        PersonId viewer,
        MessageState? state,
        bool? toRobots,
        (DateTimeOffset At, Guid Id)? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select o.id, o.target, o.kind, c.id, c.number, o.state, o.created_at, o.attempts, o.attempted_at, o.next_at, o.sent_at, o.error
            from outbox o left join case_file c on c.id = o.case_id
                and (not c.confidential or c.reporter = $2 or c.claimant = $2 or $2 = any(c.offered_to))
            where o.pack = $1 and ($3::smallint is null or o.state = $3)
                and ($4::timestamptz is null or (o.created_at, o.id) < ($4, $5))
                and ($7::boolean is null or starts_with(o.target, '{RobotMessages.TargetOf("")}') = $7)
            order by o.created_at desc, o.id desc limit $6
            """
        );
        command.Bind(
            Parameters.Of(pack),
            Parameters.Of(viewer.Key),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Smallint, Value = state is { } s ? (short)s : DBNull.Value },
            Parameters.Of(before?.At),
            Parameters.Of(before?.Id ?? Guid.Empty),
            Parameters.Of(limit),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean, Value = (object?)toRobots ?? DBNull.Value }
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

    static NpgsqlParameter Of(IReadOnlyList<Guid> ids) => Parameters.Uuids(ids, id => id);

    async Task Execute(string statement, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(statement);
        command.Bind(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
