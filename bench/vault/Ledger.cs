using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridActors.Storage.Vault;
using Npgsql;
using NpgsqlTypes;
using KeyVault = GridActors.Storage.Vault.Vault;

namespace GridActors.Sealing;

/// <summary>
/// Households in the tables of the service, sealed, or in copies of these tables as the service would have them if nothing were encrypted:
/// JSON in the place of sealed JSON, and names and numbers with the indexes of PostgreSQL in the place of tokens.
/// </summary>
/// <param name="vault">Null for the clear ones.</param>
sealed class Ledger(NpgsqlDataSource source, string area, SubjectKeys subjects, KeyVault? vault)
{
    const string Pack = "bench";

    /// <summary>
    /// What the rows of residents are found by. As with tokens, new entries go into the index of names at once, because each search would
    /// read those of a list one by one.
    /// </summary>
    const string Clear = """
        create table clear_household (like household including all);
        alter table clear_household drop column tokens;
        create table clear_resident (like resident including all);
        alter table clear_resident drop column name_tokens, drop column tokens, add column name text, add column phone text,
            add column number text;
        create index on clear_resident using gin (name gin_trgm_ops) with (fastupdate = off);
        create index on clear_resident (phone);
        create index on clear_resident (number);
        """;

    /// <summary>What a list reads of a household.</summary>
    const string Columns = """
        h.fields, r.fields, h.id, h.head, h.area, h.place, h.worker, h.status, h.version, h.residents, h.groups, h.expires_on, h.created_at,
        h.checked_at, h.visited_at,
        (select count(*) from household_case hc join case_file c on c.id = hc.case_id
            where hc.household = h.id and c.status < 6 and not c.confidential)
        """;
    const int ColumnCount = 16;

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task MakeClearTables(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Clear);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Writes households in one transaction: an event, a row and the rows of residents for each, and the keys when sealed.
    /// </summary>
    public async Task Write(IReadOnlyList<Household> households, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        var keys = vault is null ? [] : households.SelectMany(h => h.All).ToDictionary(s => s.Id, s => vault.NewKey(Pack, s.Id));
        WriteEvents(batch, households, keys);
        WriteHouseholds(batch, households, keys);
        WriteResidents(batch, [.. households.SelectMany(h => h.Residents.Select(r => (h, r)))], keys);
        if (vault is not null)
            new SubjectKeyTable().Write(batch, [NewSubjects.Of([.. keys.Values])]);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all households with their heads, opened and parsed, as the list of an area does.</summary>
    public Task<int> ReadHouseholds(CancellationToken cancellationToken) =>
        Read($"select {Columns} from {Table("household")} h {Head} where h.area = $1 order by h.created_at, h.id", [], cancellationToken);

    /// <summary>Reads the residents in whose names a character is, opened and parsed, each with the household, as a search does.</summary>
    public Task<int> Search(string character, CancellationToken cancellationToken) =>
        Read(
            $"""
            select {Columns}, p.fields, p.id, p.kind, p.status, p.groups
            from {Table("resident")} p join {Table("household")} h on h.id = p.household {Head}
            where p.area = $1 and p.{(vault is null ? "name like $2" : "name_tokens @> $2")}
            """,
            [vault is null ? new() { Value = $"%{character}%" } : new() { Value = vault.Tokens(Pack).OfNameQuery(character) }],
            cancellationToken
        );

    string Head => $"left join {Table("resident")} r on r.id = h.head";

    string Table(string name) => vault is null ? $"clear_{name}" : name;

    /// <returns>How many fields there are.</returns>
    async Task<int> Read(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = area });
        command.Parameters.AddRange(parameters);
        var values = new List<(Guid Subject, string Use, byte[] Value)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
            {
                values.Add((reader.GetGuid(2), "household", reader.GetFieldValue<byte[]>(0)));
                values.Add((reader.GetGuid(3), "resident", reader.GetFieldValue<byte[]>(1)));
                if (reader.FieldCount > ColumnCount)
                    values.Add((reader.GetGuid(ColumnCount + 1), "resident", reader.GetFieldValue<byte[]>(ColumnCount)));
                for (var column = 4; column < ColumnCount; column++)
                    reader.GetValue(column);
            }
        var keys = vault is null ? null : await subjects.OfRows([.. values.Select(v => v.Subject).Distinct()], cancellationToken);
        var fields = 0;
        foreach (var (subject, use, value) in values)
        {
            var clear = vault is null ? value : vault.Open(keys!.GetValueOrDefault(subject), use, value);
            fields += JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(clear, Json)!.Count;
        }
        return fields;
    }

    byte[] Seal(Subject subject, string use, Dictionary<Guid, SubjectKey> keys)
    {
        var clear = JsonSerializer.SerializeToUtf8Bytes(subject.Fields, Json);
        return vault is null ? clear : vault.Seal(keys[subject.Id], use, clear);
    }

    void WriteEvents(NpgsqlBatch batch, IReadOnlyList<Household> rows, Dictionary<Guid, SubjectKey> keys) =>
        Add(
            batch,
            """
            insert into journal (stream, sequence, kind, at, by, area, operation, data, status)
            select stream, 1, 'household.created/1', now(), 'bench/worker', $3, operation, data::jsonb, 0
            from unnest($1, $2, $4) as t (stream, operation, data)
            """,
            Array(rows, h => $"{(vault is null ? "clear" : "household")}/{h.Self.Id:N}", NpgsqlDbType.Text),
            Array(rows, _ => Guid.NewGuid(), NpgsqlDbType.Uuid),
            new() { Value = area },
            Array(rows, h => Event(h, keys), NpgsqlDbType.Text)
        );

    string Event(Household household, Dictionary<Guid, SubjectKey> keys) =>
        vault is null
            ? JsonSerializer.Serialize(household.All.Select(s => new { subject = s.Id, fields = s.Fields }), Json)
            : JsonSerializer.Serialize(household.All.Select(s => new { subject = s.Id, @sealed = Seal(s, "event", keys) }), Json);

    void WriteHouseholds(NpgsqlBatch batch, IReadOnlyList<Household> rows, Dictionary<Guid, SubjectKey> keys)
    {
        List<NpgsqlParameter> parameters =
        [
            Array(rows, h => h.Self.Id, NpgsqlDbType.Uuid),
            new() { Value = area },
            Array(rows, h => Seal(h.Self, "household", keys), NpgsqlDbType.Bytea),
            Array(rows, h => h.Residents[0].Id, NpgsqlDbType.Uuid),
            Array(rows, h => (short)h.Residents.Count, NpgsqlDbType.Smallint),
        ];
        const string Columns = "id, area, status, version, fields, head, residents, groups, created_at, updated_at, checked_at";
        const string Values = "id, $2, 0, 1, fields, head, residents, '{}', now(), now(), now()";
        if (vault is null)
        {
            var from = "unnest($1, $3, $4, $5) as t (id, fields, head, residents)";
            Add(batch, $"insert into clear_household ({Columns}) select {Values} from {from}", [.. parameters]);
            return;
        }
        var tokens = vault.Tokens(Pack);
        parameters.Add(Arrays(rows, h => Hex(Exact(tokens, h.Self, ("door", TokenKind.Door)))));
        var sealedFrom = "unnest($1, $3, $4, $5, $6) as t (id, fields, head, residents, tokens)";
        Add(batch, $"insert into household ({Columns}, tokens) select {Values}, tokens::bytea[] from {sealedFrom}", [.. parameters]);
    }

    void WriteResidents(NpgsqlBatch batch, IReadOnlyList<(Household Household, Subject Self)> rows, Dictionary<Guid, SubjectKey> keys)
    {
        List<NpgsqlParameter> parameters =
        [
            Array(rows, r => r.Self.Id, NpgsqlDbType.Uuid),
            Array(rows, r => r.Household.Self.Id, NpgsqlDbType.Uuid),
            new() { Value = area },
            Array(rows, r => Seal(r.Self, "resident", keys), NpgsqlDbType.Bytea),
        ];
        const string Columns = "id, household, area, kind, status, relation, groups, tags, fields, erased";
        const string Values = "id, household, $3, 0, 0, '02', '{}', '{}', fields, false";
        if (vault is null)
        {
            parameters.AddRange(new[] { "name", "phone", "idNumber" }.Select(f => Array(rows, r => r.Self.Fields[f], NpgsqlDbType.Text)));
            var from = "unnest($1, $2, $4, $5, $6, $7) as t (id, household, fields, name, phone, number)";
            Add(
                batch,
                $"insert into clear_resident ({Columns}, name, phone, number) select {Values}, name, phone, number from {from}",
                [.. parameters]
            );
            return;
        }
        var tokens = vault.Tokens(Pack);
        parameters.Add(Arrays(rows, r => tokens.OfName(r.Self.Fields["name"]).Select(t => $"{t}")));
        parameters.Add(Arrays(rows, r => Hex(Exact(tokens, r.Self, ("phone", TokenKind.PhoneTail), ("idNumber", TokenKind.Identifier)))));
        var sealedFrom = "unnest($1, $2, $4, $5, $6) as t (id, household, fields, name_tokens, tokens)";
        Add(
            batch,
            $"""
            insert into resident ({Columns}, name_tokens, tokens) select {Values}, name_tokens::integer[], tokens::bytea[] from {sealedFrom}
            """,
            [.. parameters]
        );
    }

    /// <summary>The tokens of some fields, and that of the phone as a whole.</summary>
    static IEnumerable<byte[]> Exact(SearchTokens tokens, Subject subject, params (string Field, TokenKind Kind)[] fields) =>
        fields
            .Select(f => tokens.Exact(f.Kind, f.Kind == TokenKind.PhoneTail ? subject.Fields[f.Field][^4..] : subject.Fields[f.Field]))
            .Append(tokens.Exact(TokenKind.Phone, subject.Fields["phone"]));

    static IEnumerable<string> Hex(IEnumerable<byte[]> tokens) => tokens.Select(t => $"\"\\\\x{Convert.ToHexString(t)}\"");

    static NpgsqlParameter Array<T, TValue>(IReadOnlyList<T> rows, Func<T, TValue> value, NpgsqlDbType type) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = rows.Select(value).ToArray() };

    /// <summary>An array for each row, as a literal.</summary>
    static NpgsqlParameter Arrays<T>(IReadOnlyList<T> rows, Func<T, IEnumerable<string>> elements) =>
        Array(rows, r => "{" + string.Join(',', elements(r)) + "}", NpgsqlDbType.Text);

    static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }
}
