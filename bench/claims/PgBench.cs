using System.Globalization;
using System.Text.RegularExpressions;
using GridActors.Harness;
using Npgsql;

namespace GridActors.Claims;

/// <summary>
/// The reference: <c>pgbench</c> on the same server with the same settings, on copies of the tables with the same indexes and as many rows.
/// For every claim it does the update and the insert that the service does, in one transaction a claim.
/// </summary>
sealed partial class PgBench : IAsyncDisposable
{
    public const string Transaction = """
        \set n :client_id * :each + :first + :i
        \set i :i + 1
        begin;
        UPDATE;
        insert into pgbench.pgbench_journal (stream, sequence, kind, at, by, area, operation, data, status)
            values ('case/' || md5(:n::text), 2, VALUES);
        commit;
        """;

    public const string Statement = """
        \set n :client_id * :each + :first + :i
        \set i :i + 1
        with claimed as (UPDATE returning 1)
        insert into pgbench.pgbench_journal (stream, sequence, kind, at, by, area, operation, data, status)
            select 'case/' || md5(:n::text), 3, VALUES from claimed;
        """;

    const int Clients = 32;
    const string Update = """
        update pgbench.pgbench_case_file set status = 2, outcome = 0, claimant = 'PERSON', claimed_at = now(), resolved_at = null,
        closed_at = null, updated_at = now(), updated_by = 'PERSON', last_step = 1, version = 2 where id = md5(:n::text)::uuid
        """;
    const string Values = "'case.claimed/1', now(), 'PERSON', 'AREA', md5(:n::text)::uuid, 'DATA', 2";

    readonly MeasuredService _service;
    readonly NpgsqlConnection _connection;
    readonly string _folder;
    readonly int _rows;

    PgBench(MeasuredService service, NpgsqlConnection connection, string folder, int rows) =>
        (_service, _connection, _folder, _rows) = (service, connection, folder, rows);

    public static async Task<PgBench> Prepare(MeasuredService service, string folder, int rows, CancellationToken cancellationToken)
    {
        var connection = await service.Connect(cancellationToken);
        var pgbench = new PgBench(service, connection, folder, rows);
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
            if (await pgbench.Ask<string>($"show {setting}", cancellationToken) is var value and not "on")
                throw new BenchException($"{setting} is {value}: nothing here would be durable.");
        await pgbench.Execute("create schema pgbench", cancellationToken);
        await pgbench.Copy("case_file", cancellationToken);
        await pgbench.Copy("journal", cancellationToken);
        await pgbench.Execute(
            """
            create temporary table numbered as select row_number() over (order by reported_at) - 1 as n, id as case_id from case_file;
            insert into pgbench.pgbench_case_file
                select md5(n::text)::uuid, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome,
                    claimant, claimed_at, resolved_at, closed_at, updated_at, updated_by, last_step, version, offered_to, department, rating
                from numbered join case_file on id = case_id order by n;
            insert into pgbench.pgbench_journal (stream, sequence, kind, at, by, area, operation, data, status)
                select 'case/' || md5(n::text), sequence, kind, at, by, area, operation, data, status
                from numbered join journal on stream = 'case/' || replace(case_id::text, '-', '') order by n;
            vacuum analyze pgbench.pgbench_case_file; vacuum analyze pgbench.pgbench_journal;
            vacuum analyze case_file; vacuum analyze journal; vacuum analyze inbox_item;
            checkpoint
            """,
            cancellationToken
        );
        var filled = await pgbench.Ask<long>("select count(*) from pgbench.pgbench_journal", cancellationToken);
        return filled == rows ? pgbench : throw new BenchException($"The journal's copy has {filled:N0} rows instead of {rows:N0}.");
    }

    /// <returns>Transactions a second.</returns>
    public async Task<double> Run(string script, int round, int rounds, CancellationToken cancellationToken)
    {
        var each = _rows / rounds / Clients;
        var file = Path.Combine(_folder, "claim.sql");
        var text = script
            .Replace("UPDATE", Update.ReplaceLineEndings(" "), StringComparison.Ordinal)
            .Replace("VALUES", Values, StringComparison.Ordinal)
            .Replace("PERSON", "liling/ll-t002-enforcement", StringComparison.Ordinal)
            .Replace("AREA", "liling/430281002007001", StringComparison.Ordinal)
            .Replace("DATA", "{}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text + "\n", cancellationToken);
        var database = _service.Database;
        string[] arguments =
        [
            "-n",
            "-M",
            "prepared",
            "-c",
            Text(Clients),
            "-j",
            "2",
            "-t",
            Text(each),
            "-D",
            "i=0",
            "-D",
            $"each={each}",
            "-D",
            $"first={round * (_rows / rounds)}",
            "-f",
            file,
            "-h",
            database.SocketFolder,
            "-p",
            "5432",
            "-U",
            PrivateDatabase.User,
            PrivateDatabase.User,
        ];
        var output = await Tool.Run(
            Find(),
            arguments,
            new Dictionary<string, string> { ["PGPASSWORD"] = database.Password },
            TimeSpan.FromMinutes(5),
            cancellationToken
        );
        if (!output.Contains($"number of transactions actually processed: {Clients * each}/", StringComparison.Ordinal))
            throw new BenchException($"pgbench didn't do all:\n{output}");
        return double.Parse(PerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Checks that every claim which the service acknowledged is in its tables once.</summary>
    /// <param name="unanswered">How many claims may have been under way when a round ended.</param>
    public async Task Check(long claims, int unanswered, CancellationToken cancellationToken)
    {
        var events = await Ask<long>("select count(*) from journal where kind like 'case.claimed/%'", cancellationToken);
        var rows = await Ask<long>("select count(*) from case_file where status = 2 and claimant is not null", cancellationToken);
        if (events < claims || events > claims + unanswered || rows != events)
            throw new BenchException($"{claims:N0} claims were acknowledged; the journal has {events:N0} and the read table {rows:N0}.");
    }

    /// <summary>
    /// Removes the reference's tables. Otherwise the server would still vacuum and write them out while the service is measured.
    /// </summary>
    public Task Leave(CancellationToken cancellationToken) => Execute("drop schema pgbench cascade; checkpoint", cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    async Task Copy(string table, CancellationToken cancellationToken)
    {
        var options = await Ask<string>(
            $"""
            select coalesce('with (' || array_to_string(reloptions, ', ') || ')', '')
            from pg_class where oid = 'public.{table}'::regclass
            """,
            cancellationToken
        );
        await Execute($"create table pgbench.pgbench_{table} (like public.{table} including all) {options}", cancellationToken);
    }

    async Task Execute(string statements, CancellationToken cancellationToken)
    {
        // The statements are sent one by one, because several in one call are a transaction, in which vacuum can't run.
        foreach (var statement in statements.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = new NpgsqlCommand(statement, _connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    async Task<T> Ask<T>(string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, _connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>pgbench is in the folder of the server's programs, which Debian doesn't put into the path.</summary>
    static string Find() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order().LastOrDefault() ?? "pgbench"
            : "pgbench";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^tps = ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex PerSecond();
}
