using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridActors.Domain.Households.Import;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Households.Import;

/// <summary>What has become of a plan. The numbers are stored.</summary>
public enum PlanState : short
{
    Planned = 0,
    Applied = 1,

    /// <summary>Somebody changed the household after the dry run.</summary>
    Stale = 2,
    Undone = 3,
}

/// <summary>A row of an import as it is kept: sealed, because names and what is wrong with them are personal.</summary>
public sealed record StoredRow(
    int Number,
    RowState State,
    int Sheet,
    int Line,
    string Name,
    string Household,
    ImmutableArray<string> Changed,
    ImmutableArray<RowError> Reasons
);

/// <summary>The rows and plans of imports, in <c>household_import_row</c> and <c>household_import_plan</c>.</summary>
public sealed class ImportRows(NpgsqlDataSource source, Vault.Vault vault, HouseholdImports imports)
{
    const string InRow = "import-row";
    const string InPlan = "import-plan";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    sealed record Body(int S, int L, string N, string H, ImmutableArray<string> C, ImmutableArray<RowError> R);

    /// <summary>Writes the outcome of a dry run, in place of that of one which was interrupted.</summary>
    public async Task Save(Guid import, IReadOnlyList<GroupResult> groups, CancellationToken cancellationToken)
    {
        var key = await imports.Key(import, cancellationToken);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (
            var clear = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("delete from household_import_row where import = $1") { Parameters = { Parameters.Of(import) } },
                    new("delete from household_import_plan where import = $1") { Parameters = { Parameters.Of(import) } },
                },
            }
        )
            await clear.ExecuteNonQueryAsync(cancellationToken);
        await SaveRows(connection, import, key, groups, cancellationToken);
        await SavePlans(connection, import, key, groups, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    async Task SaveRows(
        NpgsqlConnection connection,
        Guid import,
        SubjectKey key,
        IReadOnlyList<GroupResult> groups,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy household_import_row (import, number, household, state, body) from stdin (format binary)",
            cancellationToken
        );
        var rows = groups.SelectMany(g => g.Rows.Select(r => (g.Number, Result: r))).OrderBy(r => (r.Result.Row.Sheet, r.Result.Row.Line));
        foreach (var (number, (group, result)) in rows.Index())
        {
            var row = result.Row;
            var body = new Body(row.Sheet, row.Line, row.Name, row.Number, result.Changed, result.Reasons);
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(import, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(group, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync((short)result.State, NpgsqlDbType.Smallint, cancellationToken);
            await writer.WriteAsync(Seal(key, InRow, body), NpgsqlDbType.Bytea, cancellationToken);
        }
        await writer.CompleteAsync(cancellationToken);
    }

    async Task SavePlans(
        NpgsqlConnection connection,
        Guid import,
        SubjectKey key,
        IReadOnlyList<GroupResult> groups,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy household_import_plan (import, number, body) from stdin (format binary)",
            cancellationToken
        );
        foreach (var group in groups)
        {
            if (group.Plan is not { } plan)
                continue;
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(import, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(group.Number, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(Seal(key, InPlan, plan), NpgsqlDbType.Bytea, cancellationToken);
        }
        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>The rows after one, in the order of the file.</summary>
    /// <param name="states">Null for all.</param>
    public async Task<IReadOnlyList<StoredRow>> Page(
        Guid import,
        IReadOnlyList<RowState>? states,
        int after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var key = await imports.Key(import, cancellationToken);
        await using var command = source.CreateCommand(
            """
            select number, state, body from household_import_row
            where import = $1 and number > $2 and ($3::smallint[] is null or state = any($3)) order by number limit $4
            """
        );
        command.Bind(
            Parameters.Of(import),
            Parameters.Of(after),
            states is null
                ? new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint, Value = DBNull.Value }
                : Parameters.Smallints(states, s => (short)s),
            Parameters.Of(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var body = Open<Body>(key, InRow, reader.GetFieldValue<byte[]>(2));
            rows.Add(new(reader.GetInt32(0), (RowState)reader.GetInt16(1), body.S, body.L, body.N, body.H, body.C, body.R));
        }
        return rows;
    }

    /// <summary>Plans in a state, in the order of the file.</summary>
    public async Task<IReadOnlyList<(int Number, HouseholdPlan Plan)>> Plans(
        Guid import,
        PlanState state,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var key = await imports.Key(import, cancellationToken);
        await using var command = source.CreateCommand(
            "select number, body from household_import_plan where import = $1 and state = $2 order by number limit $3"
        );
        command.Bind(Parameters.Of(import), Parameters.Of((int)state), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var plans = new List<(int, HouseholdPlan)>();
        while (await reader.ReadAsync(cancellationToken))
            plans.Add((reader.GetInt32(0), Open<HouseholdPlan>(key, InPlan, reader.GetFieldValue<byte[]>(1))));
        return plans;
    }

    /// <summary>Notes what has become of plans. The rows of those that were not applied become doubtful, with the reason.</summary>
    public async Task Note(Guid import, IReadOnlyList<(int Number, PlanState State)> plans, CancellationToken cancellationToken)
    {
        await using (
            var command = source.CreateCommand(
                """
                update household_import_plan p set state = n.state from unnest($2, $3) as n (number, state)
                where p.import = $1 and p.number = n.number
                """
            )
        )
        {
            command.Bind(
                Parameters.Of(import),
                Parameters.Integers(plans, p => p.Number),
                Parameters.Smallints(plans, p => (short)p.State)
            );
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        var stale = plans.Where(p => p.State == PlanState.Stale).Select(p => p.Number).ToList();
        if (stale.Count > 0)
            await MarkStale(import, stale, cancellationToken);
    }

    async Task MarkStale(Guid import, IReadOnlyList<int> groups, CancellationToken cancellationToken)
    {
        var key = await imports.Key(import, cancellationToken);
        var rows = new List<(int Number, byte[] Body)>();
        await using (
            var select = source.CreateCommand(
                "select number, body from household_import_row where import = $1 and household = any($2) and state in (0, 1)"
            )
        )
        {
            select.Bind(Parameters.Of(import), Parameters.Integers(groups, g => g));
            await using var reader = await select.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var body = Open<Body>(key, InRow, reader.GetFieldValue<byte[]>(1));
                var marked = body with { C = [], R = [new("", ImportErrors.ChangedMeanwhile)] };
                rows.Add((reader.GetInt32(0), Seal(key, InRow, marked)));
            }
        }
        await using var update = source.CreateCommand(
            """
            update household_import_row r set state = 3, body = n.body from unnest($2, $3) as n (number, body)
            where r.import = $1 and r.number = n.number
            """
        );
        update.Bind(Parameters.Of(import), Parameters.Integers(rows, r => r.Number), Parameters.Bytes(rows, r => r.Body));
        await update.ExecuteNonQueryAsync(cancellationToken);
    }

    byte[] Seal<T>(SubjectKey key, string use, T value) => vault.Seal(key, use, JsonSerializer.SerializeToUtf8Bytes(value, Json));

    T Open<T>(SubjectKey key, string use, byte[] value) => JsonSerializer.Deserialize<T>(vault.Open(key, use, value), Json)!;
}
