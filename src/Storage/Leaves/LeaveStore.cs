using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using GridActors.Storage.Time;
using Npgsql;

namespace GridActors.Storage.Leaves;

/// <summary>A leave with who entered it, and who ended it before its time.</summary>
public sealed record EnteredLeave(Leave Leave, PersonId By, DateTimeOffset At, PersonId? EndedBy);

/// <summary>Keeps who is on leave. Every process reads it with the packs (<see cref="Packs.PackLoader"/>).</summary>
public sealed class LeaveStore(NpgsqlDataSource source, AccessJournal journal, ServiceTime clock)
{
    const string Columns = "id, person, begins_at, ends_at, deputy, entered_by, entered_at, ended_by";

    /// <returns>The code of the refusal; null when the leave was entered.</returns>
    public async Task<string?> Enter(LoadedPack pack, PersonEntry by, string address, Leave leave, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Lock(connection, pack.Pack.Id, cancellationToken);
        var others = await Read(
            connection,
            $"select {Columns} from leave where pack = $1 and ends_at > $2",
            [Parameters.Of(pack.Pack.Id), Parameters.Of(clock.GetUtcNow())],
            cancellationToken
        );
        if (others.Any(o => o.Leave.Id == leave.Id))
            return null; // The same call again.
        if (LeaveRules.Check(pack, by, leave, [.. others.Select(o => o.Leave)]) is { } code)
            return code;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            new(
                """
                insert into leave (id, pack, person, begins_at, ends_at, deputy, entered_by, entered_at, follow_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $4)
                on conflict (id) do nothing
                """
            )
            {
                Parameters =
                {
                    Parameters.Of(leave.Id),
                    Parameters.Of(pack.Pack.Id),
                    Parameters.Of(leave.Person.Key),
                    Parameters.Of(leave.From),
                    Parameters.Of(leave.To),
                    Parameters.Of(leave.Deputy?.Key),
                    Parameters.Of(by.Id.Key),
                    Parameters.Of(clock.GetUtcNow()),
                },
            }
        );
        batch.BatchCommands.Add(Notice(pack.Pack.Id));
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.LeaveEntered, by.Id, address, Subject: leave.Person.Id)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Ends a leave now, or cancels one that hasn't begun.</summary>
    /// <returns>False when it is over already.</returns>
    public async Task<bool> End(LoadedPack pack, Guid id, PersonId by, string address, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Lock(connection, pack.Pack.Id, cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            update leave set ends_at = greatest(begins_at, $2), ended_by = $3, follow_at = case when begins_at < $2 then $2 end
            where id = $1 and ends_at > greatest(begins_at, $2) returning person
            """,
            connection
        );
        command.Bind(Parameters.Of(id), Parameters.Of(clock.GetUtcNow()), Parameters.Of(by.Key));
        if (await command.ExecuteScalarAsync(cancellationToken) is not string person)
            return false;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Notice(pack.Pack.Id));
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.LeaveEnded, by, address, Subject: new PersonId(person).Id)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The leave of a pack's people that isn't long over; what begins last comes first.</summary>
    public async Task<IReadOnlyList<EnteredLeave>> Of(string pack, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await Read(
            connection,
            $"select {Columns} from leave where pack = $1 and ends_at > $2 order by begins_at desc, id desc",
            [Parameters.Of(pack), Parameters.Of(clock.GetUtcNow() - LeaveList.KeptFor)],
            cancellationToken
        );
    }

    internal static async Task<IReadOnlyList<Leave>> All(
        NpgsqlConnection connection,
        DateTimeOffset endingAfter,
        CancellationToken cancellationToken
    )
    {
        var all = await Read(
            connection,
            $"select {Columns} from leave where ends_at > $1 or follow_at is not null",
            [Parameters.Of(endingAfter)],
            cancellationToken
        );
        return [.. all.Select(l => l.Leave)];
    }

    /// <summary>Leaves are checked against each other, so they are entered one after the other.</summary>
    static async Task Lock(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('leave ' || $1))", connection);
        command.Bind(Parameters.Of(pack));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The packs are read again by every process, and with them who is on leave.</summary>
    static NpgsqlBatchCommand Notice(string pack) => new("select pg_notify('packs', $1)") { Parameters = { Parameters.Of(pack) } };

    static async Task<IReadOnlyList<EnteredLeave>> Read(
        NpgsqlConnection connection,
        string sql,
        NpgsqlParameter[] parameters,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Bind(parameters);
        var leaves = new List<EnteredLeave>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            leaves.Add(
                new(
                    new(
                        reader.GetGuid(0),
                        new(reader.GetString(1)),
                        reader.GetFieldValue<DateTimeOffset>(2),
                        reader.GetFieldValue<DateTimeOffset>(3),
                        Person(4)
                    ),
                    new(reader.GetString(5)),
                    reader.GetFieldValue<DateTimeOffset>(6),
                    Person(7)
                )
            );
        return leaves;

        PersonId? Person(int column) => reader.IsDBNull(column) ? null : new PersonId(reader.GetString(column));
    }
}
