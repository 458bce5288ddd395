using System.Globalization;
using System.Reflection;
using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>The numbered SQL files of <c>Migrations/</c>, applied in order at start, under an advisory lock. A file that has landed is never edited.</summary>
public static class Migrations
{
    const long Lock = 0x47726964416374; // "GridAct"

    /// <returns>The numbers of the migrations applied now.</returns>
    /// <exception cref="InvalidOperationException">The database was written by a later version of the service.</exception>
    public static async Task<IReadOnlyList<int>> ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var known = Known();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await Execute(connection, $"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await Execute(connection, "create table if not exists migration (number integer primary key, name text not null, applied_at timestamptz not null default now())", cancellationToken);
            var applied = await Applied(connection, cancellationToken);
            if (applied.Except(known.Select(m => m.Number)).Any())
                throw new InvalidOperationException($"The database has migration {applied.Max()}, which this version of the service doesn't know: start the version that wrote it, or a later one.");

            var done = new List<int>();
            foreach (var (number, name, sql) in known.Where(m => !applied.Contains(m.Number)))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await Execute(connection, sql, cancellationToken);
                await using (var record = new NpgsqlCommand("insert into migration (number, name) values ($1, $2)", connection))
                {
                    record.Parameters.Add(new() { Value = number });
                    record.Parameters.Add(new() { Value = name });
                    await record.ExecuteNonQueryAsync(cancellationToken);
                }
                await transaction.CommitAsync(cancellationToken);
                done.Add(number);
            }
            return done;
        }
        finally
        {
            // The lock of a connection that broke went with it.
            if (connection.State == System.Data.ConnectionState.Open) await Execute(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    static List<(int Number, string Name, string Sql)> Known()
    {
        var assembly = typeof(Migrations).Assembly;
        const string Marker = ".Migrations.";
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.Contains(Marker, StringComparison.Ordinal))
            .Select(n =>
            {
                var name = n[(n.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..];
                return (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, Read(assembly, n));
            })
            .OrderBy(m => m.Item1)];
    }

    static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    static async Task<HashSet<int>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number from migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var numbers = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken)) numbers.Add(reader.GetInt32(0));
        return numbers;
    }

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
