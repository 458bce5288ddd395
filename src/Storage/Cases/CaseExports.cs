using System.Runtime.CompilerServices;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>How far a file of cases is. The numbers are stored.</summary>
public enum ExportState : short
{
    Waiting = 0,

    /// <summary>A process writes it, or has died while it wrote it: then another one begins again.</summary>
    Running = 1,
    Done = 2,
    Failed = 3,
}

/// <summary>A file of cases that is written in the background.</summary>
/// <param name="Query">The query whose cases it has, as JSON.</param>
/// <param name="Total">How many cases it will have; null until they are counted.</param>
/// <param name="Name">The name and the size of the file; null until it is done.</param>
public sealed record ExportJob(
    Guid Id,
    PersonId By,
    string Query,
    string Format,
    bool IsEnglish,
    DateTimeOffset AskedAt,
    ExportState State,
    int Written,
    int? Total,
    string? Name,
    long? Bytes
);

/// <summary>The files of cases that people have asked for, in the tables <c>case_export</c> and <c>case_export_part</c>.</summary>
public sealed class CaseExports(NpgsqlDataSource source)
{
    /// <summary>How often a file is begun. A process that stops in the middle counts too.</summary>
    const int MaxAttempts = 5;

    const string Columns = "id, person, query, format, is_english, asked_at, state, written, total, name, bytes";

    /// <returns>False when the person has as many already as one may have, or has this one.</returns>
    public async Task<bool> Add(ExportJob job, int maxOfPerson, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            insert into case_export (id, person, query, format, is_english, asked_at)
            select $1, $2, $3::jsonb, $4, $5, $6 where (select count(*) from case_export where person = $2) < $7
            on conflict do nothing
            """
        );
        command.Bind(
            Parameters.Of(job.Id),
            Parameters.Of(job.By.Key),
            Parameters.Of(job.Query),
            Parameters.Of(job.Format),
            Parameters.Of(job.IsEnglish),
            Parameters.Of(job.AskedAt),
            Parameters.Of(maxOfPerson)
        );
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>A person's files, the newest first.</summary>
    public async Task<IReadOnlyList<ExportJob>> Of(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from case_export where person = $1 order by asked_at desc, id");
        command.Bind(Parameters.Of(person.Key));
        return await Read(command, cancellationToken);
    }

    /// <returns>Null when there is no such file of this person.</returns>
    public async Task<ExportJob?> Find(Guid id, PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from case_export where id = $1 and person = $2");
        command.Bind(Parameters.Of(id), Parameters.Of(person.Key));
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The content of a file, part by part.</summary>
    public async IAsyncEnumerable<byte[]> Content(Guid id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One query a part: a slow reader then holds no connection.
        for (var number = 0; ; number++)
        {
            await using var command = source.CreateCommand("select bytes from case_export_part where export = $1 and number = $2");
            command.Bind(Parameters.Of(id), Parameters.Of(number));
            if (await command.ExecuteScalarAsync(cancellationToken) is not byte[] bytes)
                yield break;
            yield return bytes;
        }
    }

    public async Task<bool> Delete(Guid id, PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from case_export where id = $1 and person = $2");
        command.Bind(Parameters.Of(id), Parameters.Of(person.Key));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task DeleteOlder(DateTimeOffset than, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from case_export where asked_at < $1");
        command.Bind(Parameters.Of(than));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Makes sure that one file at a time is written, in all processes together, so that people who work don't notice. When the process
    /// that writes dies, the turn is free again.
    /// </summary>
    /// <returns>The turn, until it is disposed of; null when somebody else has it, or nothing waits.</returns>
    public async Task<IAsyncDisposable?> TryTurn(CancellationToken cancellationToken)
    {
        await using (var waiting = source.CreateCommand("select exists (select from case_export where state in (0, 1))"))
            if (await waiting.ExecuteScalarAsync(cancellationToken) is not true)
                return null;
        return await ExclusiveWork.TryBegin(source, "exports", cancellationToken);
    }

    /// <summary>Begins the file that waits longest, from its beginning. Only whoever has the turn may call it.</summary>
    public async Task<ExportJob?> Begin(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"update case_export set state = 3 where state in (0, 1) and attempts >= {MaxAttempts}"),
                new("delete from case_export_part p using case_export e where e.id = p.export and e.state in (1, 3)"),
                new(
                    $"""
                    update case_export set state = 1, attempts = attempts + 1, written = 0
                    where id = (select id from case_export where state in (0, 1) order by state desc, asked_at limit 1)
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
        await using var command = source.CreateCommand("insert into case_export_part (export, number, bytes) values ($1, $2, $3)");
        command.Bind(Parameters.Of(id), Parameters.Of(number), Parameters.Of(bytes));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>False when the file was deleted meanwhile.</returns>
    public async Task<bool> NoteProgress(Guid id, int written, int total, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update case_export set written = $2, total = $3 where id = $1");
        command.Bind(Parameters.Of(id), Parameters.Of(written), Parameters.Of(total));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task Finish(Guid id, string name, int written, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update case_export set state = 2, name = $2, written = $3, total = $3,
                bytes = (select sum(length(bytes)) from case_export_part where export = $1)
            where id = $1
            """
        );
        command.Bind(Parameters.Of(id), Parameters.Of(name), Parameters.Of(written));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>It can't be written: the person may not read these cases any more.</summary>
    public async Task Fail(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update case_export set state = 3 where id = $1");
        command.Bind(Parameters.Of(id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task<IReadOnlyList<ExportJob>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<ExportJob>();
        while (await reader.ReadAsync(cancellationToken))
            jobs.Add(Read(reader));
        return jobs;
    }

    static ExportJob Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            new(r.GetString(1)),
            r.GetString(2),
            r.GetString(3),
            r.GetBoolean(4),
            r.GetFieldValue<DateTimeOffset>(5),
            (ExportState)r.GetInt16(6),
            r.GetInt32(7),
            r.IsDBNull(8) ? null : r.GetInt32(8),
            r.IsDBNull(9) ? null : r.GetString(9),
            r.IsDBNull(10) ? null : r.GetInt64(10)
        );
}
