using GridActors.Contracts.People;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Households.Import;

/// <summary>The imports that people have asked for, in the table <c>household_import</c>.</summary>
public sealed class HouseholdImports(NpgsqlDataSource source, Vault.Vault vault, SubjectKeys keys)
{
    /// <summary>How often a step is begun. A process that stops in the middle counts too.</summary>
    const int MaxAttempts = 5;

    const string Columns = "id, person, area, asked_at, state, done, total, refusal, counts, applied_at";
    const string Running = "(0, 1, 3, 5)";
    const string InFile = "import-file";

    /// <returns>False when the person has as many already as one may have, or has this one.</returns>
    public async Task<bool> Add(
        Guid id,
        PersonId by,
        string area,
        byte[] file,
        DateTimeOffset at,
        int maxOfPerson,
        CancellationToken cancellationToken
    )
    {
        var key = vault.NewKey(by.Pack, id);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var add = new NpgsqlCommand(
            """
            insert into household_import (id, pack, area, person, asked_at, file)
            select $1, $2, $3, $4, $5, $6 where (select count(*) from household_import where person = $4) < $7
            on conflict do nothing
            """,
            connection
        );
        add.Bind(
            Parameters.Of(id),
            Parameters.Of(by.Pack),
            Parameters.Of(area),
            Parameters.Of(by.Key),
            Parameters.Of(at),
            Parameters.Of(vault.Seal(key, InFile, file)),
            Parameters.Of(maxOfPerson)
        );
        if (await add.ExecuteNonQueryAsync(cancellationToken) == 0)
            return false;
        await using var insert = new NpgsqlCommand(
            "insert into subject_key (subject, pack, version, wrapped) values ($1, $2, $3, $4)",
            connection
        );
        insert.Bind(Parameters.Of(key.Subject), Parameters.Of(key.Pack), Parameters.Of(key.DataKeyVersion), Parameters.Of(key.Wrapped));
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>A person's imports, the newest first.</summary>
    public async Task<IReadOnlyList<ImportJob>> Of(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select {Columns} from household_import where person = $1 order by asked_at desc, id"
        );
        command.Bind(Parameters.Of(person.Key));
        return await Read(command, cancellationToken);
    }

    /// <returns>Null when there is no such import of this person.</returns>
    public async Task<ImportJob?> Find(Guid id, PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from household_import where id = $1 and person = $2");
        command.Bind(Parameters.Of(id), Parameters.Of(person.Key));
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The file as it was sent.</summary>
    public async Task<byte[]> File(Guid id, CancellationToken cancellationToken)
    {
        var key = await Key(id, cancellationToken);
        await using var command = source.CreateCommand("select file from household_import where id = $1");
        command.Bind(Parameters.Of(id));
        return vault.Open(key, InFile, (byte[])(await command.ExecuteScalarAsync(cancellationToken))!)!;
    }

    internal async Task<SubjectKey> Key(Guid id, CancellationToken cancellationToken) => (await keys.Of([id], cancellationToken))[id];

    /// <summary>Makes sure that one import at a time is worked on, in all processes together.</summary>
    /// <returns>The turn, until it is disposed of; null when somebody else has it, or nothing waits.</returns>
    public async Task<IAsyncDisposable?> TryTurn(CancellationToken cancellationToken)
    {
        await using (var waiting = source.CreateCommand($"select exists (select from household_import where state in {Running})"))
            if (await waiting.ExecuteScalarAsync(cancellationToken) is not true)
                return null;
        return await ExclusiveWork.TryBegin(source, "household-imports", cancellationToken);
    }

    /// <summary>Begins or carries on the one that waits longest. Only whoever has the turn may call it.</summary>
    public async Task<ImportJob?> Begin(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"update household_import set state = 8 where state in {Running} and attempts >= {MaxAttempts}"),
                new(
                    $"""
                    update household_import set state = greatest(state, 1), attempts = attempts + 1
                    where id = (select id from household_import where state in {Running} order by asked_at limit 1)
                    returning {Columns}
                    """
                ),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    /// <summary>Lets what was looked at be applied, or what was applied be undone.</summary>
    /// <param name="appliedAfter">What was applied earlier isn't undone any more.</param>
    /// <returns>False when the import isn't so far, or is too old.</returns>
    public async Task<bool> Start(
        Guid id,
        ImportState from,
        ImportState to,
        DateTimeOffset appliedAfter,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            update household_import set state = $3, attempts = 0, done = 0,
                total = (select count(*)::integer from household_import_plan p where p.import = id and p.state = $5)
            where id = $1 and state = $2 and (applied_at is null or applied_at > $4)
            """
        );
        command.Bind(
            Parameters.Of(id),
            Parameters.Of((int)from),
            Parameters.Of((int)to),
            Parameters.Of(appliedAfter),
            Parameters.Of(to == ImportState.Undoing ? (int)PlanState.Applied : (int)PlanState.Planned)
        );
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <returns>False when the import was deleted meanwhile.</returns>
    public async Task<bool> NoteProgress(Guid id, int done, int total, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update household_import set done = $2, total = $3 where id = $1");
        command.Bind(Parameters.Of(id), Parameters.Of(done), Parameters.Of(total));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task Refuse(Guid id, string code, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update household_import set state = 7, refusal = $2 where id = $1");
        command.Bind(Parameters.Of(id), Parameters.Of(code));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The step that was worked on is over.</summary>
    /// <param name="state"><see cref="ImportState.Checked"/>, <see cref="ImportState.Applied"/>, or another.</param>
    public async Task Finish(Guid id, ImportState state, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update household_import set state = $2, attempts = 0, done = coalesce(total, 0),
                applied_at = case when $2 = 4 then $3 else applied_at end,
                counts = (
                    select array_agg((select count(*)::integer from household_import_row r where r.import = $1 and r.state = s) order by s)
                    from generate_series(0, 4) s)
            where id = $1
            """
        );
        command.Bind(Parameters.Of(id), Parameters.Of((int)state), Parameters.Of(at));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets an import. What it has done stays done.</summary>
    public async Task<bool> Delete(Guid id, PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with deleted as (delete from household_import where id = $1 and person = $2 and state not in (3, 5) returning id)
            delete from subject_key k using deleted d where k.subject = d.id
            """
        );
        command.Bind(Parameters.Of(id), Parameters.Of(person.Key));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task DeleteOlder(DateTimeOffset than, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with deleted as (
                delete from household_import
                where asked_at < $1 and coalesce(applied_at, asked_at) < $1 and state not in (3, 5) returning id)
            delete from subject_key k using deleted d where k.subject = d.id
            """
        );
        command.Bind(Parameters.Of(than));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task<IReadOnlyList<ImportJob>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<ImportJob>();
        while (await reader.ReadAsync(cancellationToken))
            jobs.Add(Read(reader));
        return jobs;
    }

    static ImportJob Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            new(r.GetString(1)),
            r.GetString(2),
            r.GetFieldValue<DateTimeOffset>(3),
            (ImportState)r.GetInt16(4),
            r.GetInt32(5),
            r.IsDBNull(6) ? null : r.GetInt32(6),
            r.IsDBNull(7) ? null : r.GetString(7),
            r.GetFieldValue<int[]>(8),
            r.IsDBNull(9) ? null : r.GetFieldValue<DateTimeOffset>(9)
        );
}
