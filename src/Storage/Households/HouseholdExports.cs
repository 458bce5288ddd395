using System.Runtime.CompilerServices;
using GridActors.Contracts.People;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Households;

/// <summary>
/// The files of households that people have asked for, in the tables <c>household_export</c> and <c>household_export_part</c>. What is in a
/// file is sealed with a key of its own.
/// </summary>
public sealed class HouseholdExports(NpgsqlDataSource source, Vault.Vault vault, SubjectKeys keys)
{
    /// <summary>How often a file is begun. A process that stops in the middle counts too.</summary>
    const int MaxAttempts = 5;

    const string Columns = "id, person, area, is_english, purpose, fields, asked_at, state, written, total, name, bytes";

    /// <returns>False when the person has as many already as one may have, or has this one.</returns>
    public async Task<bool> Add(HouseholdExportJob job, int maxOfPerson, CancellationToken cancellationToken)
    {
        var key = vault.NewKey(job.By.Pack, job.Id);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var add = new NpgsqlCommand(
            """
            insert into household_export (id, pack, area, person, is_english, purpose, fields, asked_at)
            select $1, $2, $3, $4, $5, $6, $7, $8 where (select count(*) from household_export where person = $4) < $9
            on conflict do nothing
            """,
            connection
        );
        add.Bind(
            Parameters.Of(job.Id),
            Parameters.Of(job.By.Pack),
            Parameters.Of(job.Area),
            Parameters.Of(job.By.Key),
            Parameters.Of(job.IsEnglish),
            Parameters.Of(job.Purpose),
            Parameters.Texts(job.Fields, f => f),
            Parameters.Of(job.AskedAt),
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

    /// <summary>A person's files, the newest first.</summary>
    public async Task<IReadOnlyList<HouseholdExportJob>> Of(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select {Columns} from household_export where person = $1 order by asked_at desc, id"
        );
        command.Bind(Parameters.Of(person.Key));
        return await Read(command, cancellationToken);
    }

    /// <returns>Null when there is no such file of this person.</returns>
    public async Task<HouseholdExportJob?> Find(Guid id, PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from household_export where id = $1 and person = $2");
        command.Bind(Parameters.Of(id), Parameters.Of(person.Key));
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The content of a file, part by part.</summary>
    public async IAsyncEnumerable<byte[]> Content(Guid id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!(await keys.Of([id], cancellationToken)).TryGetValue(id, out var key))
            yield break;
        // One query a part: a slow reader then holds no connection.
        for (var number = 0; ; number++)
        {
            await using var command = source.CreateCommand("select bytes from household_export_part where export = $1 and number = $2");
            command.Bind(Parameters.Of(id), Parameters.Of(number));
            if (await command.ExecuteScalarAsync(cancellationToken) is not byte[] bytes)
                yield break;
            yield return vault.Open(key, InPart(number), bytes)!;
        }
    }

    public async Task<bool> Delete(Guid id, PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with deleted as (delete from household_export where id = $1 and person = $2 returning id)
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
            with deleted as (delete from household_export where asked_at < $1 returning id)
            delete from subject_key k using deleted d where k.subject = d.id
            """
        );
        command.Bind(Parameters.Of(than));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes sure that one file at a time is written, in all processes together, so that people who work don't notice.</summary>
    /// <returns>The turn, until it is disposed of; null when somebody else has it, or nothing waits.</returns>
    public async Task<IAsyncDisposable?> TryTurn(CancellationToken cancellationToken)
    {
        await using (var waiting = source.CreateCommand("select exists (select from household_export where state in (0, 1))"))
            if (await waiting.ExecuteScalarAsync(cancellationToken) is not true)
                return null;
        return await ExclusiveWork.TryBegin(source, "household-exports", cancellationToken);
    }

    /// <summary>Begins the file that waits longest, from its beginning. Only whoever has the turn may call it.</summary>
    public async Task<HouseholdExportJob?> Begin(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"update household_export set state = 3 where state in (0, 1) and attempts >= {MaxAttempts}"),
                new("delete from household_export_part p using household_export e where e.id = p.export and e.state in (1, 3)"),
                new(
                    $"""
                    update household_export set state = 1, attempts = attempts + 1, written = 0
                    where id = (select id from household_export where state in (0, 1) order by state desc, asked_at limit 1)
                    returning {Columns}
                    """
                ),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    public async Task AddPart(Guid id, int number, byte[] bytes, CancellationToken cancellationToken)
    {
        if (!(await keys.Of([id], cancellationToken)).TryGetValue(id, out var key))
            return; // It was deleted meanwhile.
        await using var command = source.CreateCommand(
            """
            insert into household_export_part (export, number, bytes)
            select $1, $2, $3 where exists (select from household_export where id = $1)
            """
        );
        command.Bind(Parameters.Of(id), Parameters.Of(number), Parameters.Of(vault.Seal(key, InPart(number), bytes)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>False when the file was deleted meanwhile.</returns>
    public async Task<bool> NoteProgress(Guid id, int written, int total, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update household_export set written = $2, total = $3 where id = $1");
        command.Bind(Parameters.Of(id), Parameters.Of(written), Parameters.Of(total));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task Finish(Guid id, string name, int written, long bytes, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "update household_export set state = 2, name = $2, written = $3, total = $3, bytes = $4 where id = $1"
        );
        command.Bind(Parameters.Of(id), Parameters.Of(name), Parameters.Of(written), Parameters.Of(bytes));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>It can't be written: the person may not read or reveal these households any more.</summary>
    public async Task Fail(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update household_export set state = 3 where id = $1");
        command.Bind(Parameters.Of(id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Parts are sealed for their place, so that none can be put where another one was.</summary>
    static string InPart(int number) => $"export-part-{number}";

    static async Task<IReadOnlyList<HouseholdExportJob>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<HouseholdExportJob>();
        while (await reader.ReadAsync(cancellationToken))
            jobs.Add(Read(reader));
        return jobs;
    }

    static HouseholdExportJob Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            new(r.GetString(1)),
            r.GetString(2),
            r.GetBoolean(3),
            r.IsDBNull(4) ? null : r.GetString(4),
            r.GetFieldValue<string[]>(5),
            r.GetFieldValue<DateTimeOffset>(6),
            (ExportState)r.GetInt16(7),
            r.GetInt32(8),
            r.IsDBNull(9) ? null : r.GetInt32(9),
            r.IsDBNull(10) ? null : r.GetString(10),
            r.IsDBNull(11) ? null : r.GetInt64(11)
        );
}
