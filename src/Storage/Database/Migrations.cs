using System.Data;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>
/// The numbered SQL files of <c>Migrations/</c>, applied in order at start, under an advisory lock. A file that has landed is never edited:
/// its checksum is kept with its number. The first line <c>-- compatible</c> says that the version before can run on the changed database,
/// so that its processes may restart in the middle of an upgrade.
/// </summary>
public static class Migrations
{
    const long Lock = 0x47726964416374; // "GridAct"

    /// <returns>The numbers of the migrations applied now.</returns>
    /// <exception cref="InvalidOperationException">
    /// The database was written by a later version of the service, or a migration was edited after it had been applied.
    /// </exception>
    public static async Task<IReadOnlyList<int>> Apply(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await Execute(connection, $"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await Execute(
                connection,
                """
                create table if not exists migration (
                    number integer primary key, name text not null, applied_at timestamptz not null default now());
                alter table migration add column if not exists checksum text;
                alter table migration add column if not exists compatible boolean not null default false
                """,
                cancellationToken
            );
            var known = Known();
            var applied = await Applied(connection, cancellationToken);
            await RefuseLater(connection, known, cancellationToken);
            foreach (var migration in known.Where(m => applied.ContainsKey(m.Number)))
                await Check(connection, migration, applied[migration.Number], cancellationToken);

            var done = new List<int>();
            foreach (var migration in known.Where(m => !applied.ContainsKey(m.Number)))
            {
                await Apply(connection, migration, cancellationToken);
                done.Add(migration.Number);
            }
            return done;
        }
        finally
        {
            // If the connection broke, the server has released the lock already.
            if (connection.State == ConnectionState.Open)
                await Execute(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>A later version may have applied migrations that this version can work with, and no others.</summary>
    static async Task RefuseLater(NpgsqlConnection connection, List<Migration> known, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select max(number) from migration where not compatible and number <> all($1)",
            connection
        );
        command.Bind(Parameters.Integers(known, m => m.Number));
        if (await command.ExecuteScalarAsync(cancellationToken) is int later)
            throw new InvalidOperationException(
                $"The database has migration {later}, which this version of the service doesn't know: "
                    + "start the version that wrote it, or a later one."
            );
    }

    /// <summary>Stores the checksums of migrations that were applied before checksums were kept.</summary>
    static async Task Check(NpgsqlConnection connection, Migration migration, string? checksum, CancellationToken cancellationToken)
    {
        if (checksum == migration.Checksum)
            return;
        if (checksum is not null)
            throw new InvalidOperationException(
                $"Migration {migration.Name} was edited after this database had applied it: "
                    + "restore the file as it was, and put the change into a new migration."
            );
        await Execute(
            connection,
            "update migration set checksum = $1 where number = $2",
            cancellationToken,
            Parameters.Of(migration.Checksum),
            Parameters.Of(migration.Number)
        );
    }

    static async Task Apply(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, migration.Sql, cancellationToken);
        await Execute(
            connection,
            "insert into migration (number, name, checksum, compatible) values ($1, $2, $3, $4)",
            cancellationToken,
            Parameters.Of(migration.Number),
            Parameters.Of(migration.Name),
            Parameters.Of(migration.Checksum),
            Parameters.Of(migration.IsCompatible)
        );
        await transaction.CommitAsync(cancellationToken);
    }

    static List<Migration> Known()
    {
        const string Marker = ".Migrations.";
        var assembly = typeof(Migrations).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.Contains(Marker, StringComparison.Ordinal))
                .Select(n => new Migration(n[(n.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..], Read(assembly, n)))
                .OrderBy(m => m.Number),
        ];
    }

    static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    /// <summary>The checksums of the applied migrations by number; null where none was kept.</summary>
    static async Task<Dictionary<int, string?>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number, checksum from migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string?>();
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetString(1));
        return applied;
    }

    static async Task Execute(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        // No timeout: a migration of large tables takes long.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Bind(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    sealed record Migration(string Name, string Sql)
    {
        /// <summary>
        /// The first line of a migration that the version before can live with, because it adds what that version doesn't need and takes
        /// nothing away.
        /// </summary>
        const string Marker = "-- compatible";

        public bool IsCompatible { get; } = Sql.StartsWith(Marker, StringComparison.Ordinal);
        public int Number { get; } = int.Parse(Name.AsSpan(0, 4), CultureInfo.InvariantCulture);

        /// <summary>The checksum of the text with LF line ends, so that a checkout with CRLF has the same one.</summary>
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
    }
}
