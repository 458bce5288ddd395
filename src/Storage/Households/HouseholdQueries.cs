using System.Text;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Households;

/// <summary>Reads lists of households and residents, searches them, and counts them. Rows are opened before they are answered.</summary>
public sealed class HouseholdQueries(NpgsqlDataSource source, HouseholdSealer sealer, Vault.Vault vault, SubjectKeys subjects)
{
    /// <summary>A list's total is counted no further.</summary>
    public const int CountedAtMost = 10_000;

    /// <summary>So many rows that have the tokens of a search are opened and compared: more than anybody looks through.</summary>
    const int MaxCandidates = 500;

    const string Columns = """
        h.id, h.area, h.place, h.worker, h.status, h.version, h.fields, h.head, r.fields, h.residents, h.groups, h.expires_on, h.created_at,
        h.checked_at, h.visited_at,
        (select count(*) from household_case hc join case_file c on c.id = hc.case_id
            where hc.household = h.id and c.status < 6 and not c.confidential)
        """;

    const int ColumnCount = 16;

    const string Head = "left join resident r on r.id = h.head";

    /// <summary>Where a household is that isn't merged into another; null when there is none.</summary>
    public async ValueTask<AreaId?> OpenArea(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select area from household where id = $1 and status <> 2");
        command.Bind(Parameters.Of(id));
        return await command.ExecuteScalarAsync(cancellationToken) is string area ? new(area) : null;
    }

    /// <summary>
    /// The tokens of what somebody typed: a name or a part of it, initials, a number, a phone or its tail, a plate, a door.
    /// </summary>
    public SearchQuery QueryOf(string pack, string text)
    {
        var tokens = vault.Tokens(pack);
        var exact = new List<byte[]>
        {
            tokens.Exact(TokenKind.Door, SearchText.Fold(text)),
            tokens.Exact(TokenKind.Identifier, IdentifierRules.ForSearch(text)),
        };
        if (Phones.Normalise(text) is { } phone)
            exact.Add(tokens.Exact(TokenKind.Phone, phone));
        if (SearchText.IsPhoneTail(text))
            exact.Add(tokens.Exact(TokenKind.PhoneTail, text));
        if (Plates.Normalise(text) is { } plate)
            exact.Add(tokens.Exact(TokenKind.Plate, plate));
        return new(text, tokens.OfNameQuery(text), exact);
    }

    /// <summary>A page of households in the order in which they were registered, and, for the first page, how many there are.</summary>
    public async Task<(IReadOnlyList<HouseholdRow> Rows, int? Counted)> List(HouseholdFilter filter, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        var list = new Statement();
        list.Add($"select {Columns} from household h {Head}");
        Where(list, filter);
        if (filter.After is { } after)
            list.Add($" and (h.created_at, h.id) > ({list.Value(Parameters.Of(after.At))}, {list.Value(Parameters.Of(after.Id))})");
        list.Add($" order by h.created_at, h.id limit {list.Value(Parameters.Of(filter.Limit))}");
        batch.BatchCommands.Add(list.Command());
        if (filter.After is null)
        {
            var count = new Statement();
            count.Add("select count(*)::integer from (select 1 from household h");
            Where(count, filter);
            count.Add($" limit {count.Value(Parameters.Of(CountedAtMost + 1))}) n");
            batch.BatchCommands.Add(count.Command());
        }
        var rows = new List<SealedRow>();
        int? counted = null;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(ReadHousehold(reader));
            if (filter.After is null && await reader.NextResultAsync(cancellationToken) && await reader.ReadAsync(cancellationToken))
                counted = reader.GetInt32(0);
        }
        var keys = await subjects.OfRows([.. rows.SelectMany(r => r.Subjects)], cancellationToken);
        return ([.. rows.Select(r => r.Open(sealer, keys))], counted);
    }

    /// <summary>Who lives in the households of a filter beside their heads, in the order in which the households were registered.</summary>
    public async Task<IReadOnlyList<OtherResident>> Others(HouseholdFilter filter, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        var list = new Statement();
        list.Add(
            """
            select h.id, h.area, h.worker, r.id, r.fields from household h
            join resident r on r.household = h.id and r.status = 0 and not r.erased and r.id is distinct from h.head
            """
        );
        Where(list, filter);
        list.Add($" order by h.created_at, h.id, r.id limit {list.Value(Parameters.Of(filter.Limit))}");
        batch.BatchCommands.Add(list.Command());
        var rows = new List<(OtherResident Resident, byte[] Fields)>();
        await using (var r = await batch.ExecuteReaderAsync(cancellationToken))
            while (await r.ReadAsync(cancellationToken))
                rows.Add(
                    (
                        new(
                            r.GetGuid(0),
                            new(r.GetString(1)),
                            r.IsDBNull(2) ? null : new PersonId(r.GetString(2)),
                            r.GetGuid(3),
                            Facts.None
                        ),
                        r.GetFieldValue<byte[]>(4)
                    )
                );
        var keys = await subjects.OfRows([.. rows.Select(r => r.Resident.Id)], cancellationToken);
        return [.. rows.Select(r => r.Resident with { Fields = sealer.OpenResident(keys.GetValueOrDefault(r.Resident.Id), r.Fields) })];
    }

    /// <summary>Households by their ids, in no order.</summary>
    public async Task<IReadOnlyList<HouseholdRow>> Of(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from household h {Head} where h.id = any($1)");
        command.Bind(Parameters.Uuids(ids, i => i));
        var rows = new List<SealedRow>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(ReadHousehold(reader));
        var keys = await subjects.OfRows([.. rows.SelectMany(r => r.Subjects)], cancellationToken);
        return [.. rows.Select(r => r.Open(sealer, keys))];
    }

    /// <summary>
    /// The residents in some areas who have what was typed: a name or a part of it, initials, a number, a phone, a plate.
    /// </summary>
    public async Task<IReadOnlyList<FoundResident>> Search(
        IReadOnlyList<string> areas,
        SearchQuery query,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var statement = new Statement();
        var areaKeys = statement.Value(Parameters.Texts(areas, a => a));
        statement.Add(
            $"""
            select {Columns}, p.id, p.kind, p.status, p.fields, p.groups
            from (select s.id from resident s where s.area = any({areaKeys}) and not s.erased and ({Matches(statement, query, "s")})
                union select f.head from household f where f.area = any({areaKeys}) and f.tokens && {statement.Value(
                Exact(query)
            )}) as found
            join resident p on p.id = found.id join household h on h.id = p.household {Head}
            limit {statement.Value(Parameters.Of(MaxCandidates))}
            """
        );
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(statement.Command());
        var candidates = new List<(SealedRow Household, FoundResident Resident, byte[] Fields)>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
            {
                var household = ReadHousehold(reader);
                candidates.Add(
                    (
                        household,
                        new(
                            reader.GetGuid(ColumnCount),
                            (ResidentKind)reader.GetInt16(ColumnCount + 1),
                            (ResidentStatus)reader.GetInt16(ColumnCount + 2),
                            Facts.None,
                            reader.GetFieldValue<string[]>(ColumnCount + 4),
                            household.Row
                        ),
                        reader.GetFieldValue<byte[]>(ColumnCount + 3)
                    )
                );
            }
        var keys = await subjects.OfRows(
            [.. candidates.SelectMany(c => c.Household.Subjects.Append(c.Resident.Id)).Distinct()],
            cancellationToken
        );
        var found = new List<FoundResident>();
        foreach (var (sealedRow, resident, value) in candidates)
        {
            if (found.Count == limit)
                break;
            var fields = sealer.OpenResident(keys.GetValueOrDefault(resident.Id), value);
            var household = sealedRow.Open(sealer, keys);
            if (HouseholdSearch.Matches(fields, household.Fields, query.Text))
                found.Add(resident with { Fields = fields, Household = household });
        }
        return found;
    }

    /// <summary>How many residents of an area and everything below it are in each special group.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Groups(string pack, int left, int right, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select g, count(*)::integer from resident r join area a on a.key = r.area cross join unnest(r.groups) g
            where a.pack = $1 and a.lft between $2 and $3 and r.status = 0 group by g
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(left), Parameters.Of(right));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var groups = new Dictionary<string, int>();
        while (await reader.ReadAsync(cancellationToken))
            groups[reader.GetString(0)] = reader.GetInt32(1);
        return groups;
    }

    static void Where(Statement list, HouseholdFilter filter)
    {
        var areas = list.Value(Parameters.Texts(filter.Areas, a => a));
        if (filter.LinkedTo is { } person)
        {
            var key = list.Value(Parameters.Of(person.Key));
            list.Add($" where (h.area = any({areas}) and coalesce(h.worker, {key}) = {key} or h.worker = {key})");
        }
        else
            list.Add($" where h.area = any({areas})");
        if (filter.Status is { } status)
            list.Add($" and h.status = {list.Value(Parameters.Of((int)status))}");
        if (filter.Group is { } group)
            list.Add($" and h.groups @> array[{list.Value(Parameters.Of(group))}]");
        if (filter.Kind is { } kind)
        {
            var value = list.Value(Parameters.Of((int)kind));
            list.Add($" and exists (select from resident k where k.household = h.id and k.status = 0 and k.kind = {value})");
        }
        if (filter.CheckedBefore is { } before)
            list.Add($" and h.checked_at < {list.Value(Parameters.Of(before))}");
        if (filter.NeverVisited)
            list.Add(" and h.visited_at is null");
        if (filter.MustVisit is { } must)
        {
            var rhythms = $"unnest({list.Value(Parameters.Texts(must, m => m.Group))}, {list.Value(Parameters.Times(must, m => m.Since))})";
            list.Add(
                $" and exists (select from {rhythms} m (id, since) where m.id = any(h.groups) and coalesce(h.visited_at < m.since, true))"
            );
        }
        if (filter.ExpiresBy is { } day)
            list.Add($" and h.expires_on <= {list.Value(new() { NpgsqlDbType = NpgsqlDbType.Date, Value = day })}");
    }

    static string Matches(Statement statement, SearchQuery query, string table)
    {
        var exact = $"{table}.tokens && {statement.Value(Exact(query))}";
        return query.NameTokens.Length == 0
            ? exact
            : $"{exact} or {table}.name_tokens @> {statement.Value(Parameters.Of(query.NameTokens))}";
    }

    static NpgsqlParameter Exact(SearchQuery query) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = query.Exact.ToArray() };

    static SealedRow ReadHousehold(NpgsqlDataReader r) =>
        new(
            new(
                r.GetGuid(0),
                new(r.GetString(1)),
                r.IsDBNull(2) ? null : r.GetGuid(2),
                r.IsDBNull(3) ? null : new PersonId(r.GetString(3)),
                (HouseholdStatus)r.GetInt16(4),
                r.GetInt32(5),
                Facts.None,
                r.IsDBNull(7) ? null : r.GetGuid(7),
                Facts.None,
                r.GetInt16(9),
                r.GetFieldValue<string[]>(10),
                r.IsDBNull(11) ? null : r.GetFieldValue<DateOnly>(11),
                r.GetFieldValue<DateTimeOffset>(12),
                r.GetFieldValue<DateTimeOffset>(13),
                r.IsDBNull(14) ? null : r.GetFieldValue<DateTimeOffset>(14),
                (int)r.GetInt64(15)
            ),
            r.GetFieldValue<byte[]>(6),
            r.IsDBNull(8) ? [] : r.GetFieldValue<byte[]>(8)
        );

    /// <summary>A row whose fields, and those of its head, are still sealed.</summary>
    sealed record SealedRow(HouseholdRow Row, byte[] Fields, byte[] HeadFields)
    {
        public IEnumerable<Guid> Subjects => Row.Head is { } head ? [Row.Id, head] : [Row.Id];

        public HouseholdRow Open(HouseholdSealer sealer, IReadOnlyDictionary<Guid, SubjectKey> keys) =>
            Row with
            {
                Fields = sealer.OpenHousehold(keys.GetValueOrDefault(Row.Id), Fields),
                HeadFields = Row.Head is { } head ? sealer.OpenResident(keys.GetValueOrDefault(head), HeadFields) : Facts.None,
            };
    }

    /// <summary>A statement and its parameters, in the order in which they are named.</summary>
    sealed class Statement
    {
        readonly StringBuilder _sql = new();
        readonly List<NpgsqlParameter> _parameters = [];

        public void Add(string sql) => _sql.Append(sql);

        public string Value(NpgsqlParameter parameter)
        {
            _parameters.Add(parameter);
            return $"${_parameters.Count}";
        }

        public NpgsqlBatchCommand Command()
        {
            var command = new NpgsqlBatchCommand(_sql.ToString());
            foreach (var parameter in _parameters)
                command.Parameters.Add(parameter);
            return command;
        }
    }
}
