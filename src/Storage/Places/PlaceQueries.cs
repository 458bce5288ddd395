using GridActors.Contracts.Areas;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Domain.Places;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Places;

/// <summary>Reads lists of places, searches them, and counts them. Rows are opened before they are answered.</summary>
public sealed class PlaceQueries(NpgsqlDataSource source, PlaceSealer sealer, SubjectKeys subjects)
{
    /// <summary>So many rows that have the tokens of a search are opened and compared: more than anybody looks through.</summary>
    const int MaxCandidates = 500;

    /// <summary>A place ($1) with what belongs to it: a building has units, and a unit has dwellings.</summary>
    internal const string Below = """
        with recursive below (id) as (select $1::uuid union all select p.id from place p join below b on p.parent = b.id)
        """;

    const string Select = """
        select p.id, p.area, p.kind, p.type, p.parent, p.status, p.version, p.fields, p.created_at, p.visited_at,
            (select count(*) from household h where h.place = p.id and h.status = 0 and h.area = p.area)::integer,
            (select count(*) from place c where c.parent = p.id and c.status = 0)::integer,
            u.id, u.kind, u.fields, b.id, b.kind, b.fields
        from place p left join place u on u.id = p.parent and u.area = p.area left join place b on b.id = u.parent and b.area = p.area
        """;

    /// <summary>What decisions need to know of a place; null when there is none.</summary>
    public async ValueTask<PlaceNode?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select area, kind, status, exists (select from place c where c.parent = p.id and c.status = 0 and c.kind in (1, 2))
            from place p where id = $1
            """
        );
        command.Bind(Parameters.Of(id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var isInUse = (PlaceStatus)reader.GetInt16(2) == PlaceStatus.InUse;
        return new(new(reader.GetString(0)), (PlaceKind)reader.GetInt16(1), isInUse, reader.GetBoolean(3));
    }

    /// <summary>Whether a household lives in a place, or in what belongs to it.</summary>
    public async ValueTask<bool> IsOccupied(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"{Below} select exists (select from below b join household h on h.place = b.id where h.status = 0)"
        );
        command.Bind(Parameters.Of(id));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>What belongs to a place and hasn't followed it yet, each with what it must do: into its area, go, or come back.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Step)>> Behind(PlaceView parent, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select id, case when area <> $2 then 'area' when $3 then 'gone' else 'back' end from place
            where parent = $1 and (area <> $2 or ($3 and status = 0) or (not $3 and status = 2))
            """
        );
        command.Bind(Parameters.Of(parent.Id), Parameters.Of(parent.Area.Key), Parameters.Of(!parent.IsInUse));
        var behind = new List<(Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            behind.Add((reader.GetGuid(0), reader.GetString(1)));
        return behind;
    }

    /// <summary>A page of places in the order in which they were registered.</summary>
    public Task<IReadOnlyList<PlaceRow>> List(PlaceFilter filter, CancellationToken cancellationToken) =>
        Read(
            $"""
            {Select} where {Filtered} and ($8::timestamptz is null or (p.created_at, p.id) > ($8, $9))
            order by p.created_at, p.id limit $10
            """,
            [
                .. Values(filter),
                Parameters.Of(filter.After?.At),
                Parameters.Of(filter.After?.Id ?? Guid.Empty),
                Parameters.Of(filter.Limit),
            ],
            cancellationToken
        );

    /// <summary>The places that have what was typed: a name or a part of it, initials, a door, a credit code.</summary>
    public async Task<IReadOnlyList<PlaceRow>> Search(PlaceFilter filter, string pack, string text, CancellationToken cancellationToken)
    {
        var (names, exact) = sealer.QueryOf(pack, text);
        var rows = await Read(
            $"""
            {Select} where {Filtered} and (p.tokens && $8 or (cardinality($9) > 0 and p.name_tokens @> $9))
            order by p.created_at, p.id limit $10
            """,
            [
                .. Values(filter),
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = exact },
                Parameters.Of(names),
                Parameters.Of(MaxCandidates),
            ],
            cancellationToken
        );
        return [.. rows.Where(r => PlaceSealer.Matches(r.Fields, text)).Take(filter.Limit)];
    }

    /// <summary>Places by their ids, in no order.</summary>
    public Task<IReadOnlyList<PlaceRow>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Read($"{Select} where p.id = any($1)", [Parameters.Uuids([.. ids], i => i)], cancellationToken);

    /// <summary>What belongs to a place and is in use, at any depth.</summary>
    public Task<IReadOnlyList<PlaceRow>> Contents(Guid id, int limit, CancellationToken cancellationToken) =>
        Read(
            $"{Below} {Select} join below w on w.id = p.id where p.id <> $1 and p.status = 0 order by p.created_at, p.id limit $2",
            [Parameters.Of(id), Parameters.Of(limit)],
            cancellationToken
        );

    /// <summary>Counts what is known of an area and everything below it; nothing has to be opened for it.</summary>
    public async Task<PlaceSummary> Summarize(
        string pack,
        int left,
        int right,
        IReadOnlyList<VisitCutoff> cutoffs,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select p.kind, p.type, count(*)::integer,
                count(*) filter (where not exists (select from household h where h.place = p.id and h.status = 0))::integer,
                count(*) filter (where p.visited_at is null and t.type is not null or p.visited_at < t.since)::integer
            from place p join area a on a.key = p.area left join unnest($4, $5) as t (type, since) on t.type = p.type
            where a.pack = $1 and a.lft between $2 and $3 and p.status = 0 group by p.kind, p.type
            """
        );
        command.Bind(
            Parameters.Of(pack),
            Parameters.Of(left),
            Parameters.Of(right),
            Parameters.Texts(cutoffs, c => c.Type),
            Parameters.Times(cutoffs, c => c.VisitedSince)
        );
        var kinds = new Dictionary<PlaceKind, int>();
        var keyPlaces = new Dictionary<string, (int, int)>();
        var empty = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (kind, count) = ((PlaceKind)reader.GetInt16(0), reader.GetInt32(2));
            kinds[kind] = kinds.GetValueOrDefault(kind) + count;
            if (kind == PlaceKind.Dwelling)
                empty += reader.GetInt32(3);
            if (kind == PlaceKind.KeyPlace && !reader.IsDBNull(1))
                keyPlaces[reader.GetString(1)] = (count, reader.GetInt32(4));
        }
        return new(kinds, empty, keyPlaces);
    }

    /// <summary>The parameters $1 to $7.</summary>
    const string Filtered = """
        p.area = any($1) and (p.status = 0) = not $2 and ($3::integer is null or p.kind = $3) and ($4::text is null or p.type = $4)
            and ($5::uuid is null or p.parent = $5)
            and ($6::text[] is null or exists (select from unnest($6, $7::timestamptz[]) as t (type, since)
                where t.type = p.type and (p.visited_at is null or p.visited_at < t.since)))
        """;

    static IEnumerable<NpgsqlParameter> Values(PlaceFilter filter) =>
        [
            Parameters.Texts(filter.Areas, a => a),
            Parameters.Of(filter.IsGone),
            new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = filter.Kind is { } kind ? (int)kind : DBNull.Value },
            Parameters.Of(filter.Type),
            new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = filter.Parent is { } parent ? parent : DBNull.Value },
            filter.Overdue is { } overdue
                ? Parameters.Texts(overdue, c => c.Type)
                : new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = DBNull.Value },
            Parameters.Times(filter.Overdue ?? [], c => c.VisitedSince),
        ];

    async Task<IReadOnlyList<PlaceRow>> Read(string sql, IEnumerable<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.Bind([.. parameters]);
        var rows = new List<(PlaceRow Row, byte[] Fields, List<(Guid Id, PlaceKind Kind, byte[] Fields)> Path)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                rows.Add((ReadRow(reader), reader.GetFieldValue<byte[]>(7), ReadPath(reader)));
        var keys = await subjects.OfRows(
            [.. rows.SelectMany(r => r.Path.Select(p => p.Id).Prepend(r.Row.Id)).Distinct()],
            cancellationToken
        );
        return
        [
            .. rows.Select(r =>
                r.Row with
                {
                    Fields = sealer.Open(keys.GetValueOrDefault(r.Row.Id), r.Fields),
                    Path = [.. r.Path.Select(p => new PlaceOnPath(p.Id, p.Kind, sealer.Open(keys.GetValueOrDefault(p.Id), p.Fields)))],
                }
            ),
        ];
    }

    static PlaceRow ReadRow(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            new AreaId(r.GetString(1)),
            (PlaceKind)r.GetInt16(2),
            r.IsDBNull(3) ? null : r.GetString(3),
            r.IsDBNull(4) ? null : r.GetGuid(4),
            (PlaceStatus)r.GetInt16(5),
            r.GetInt32(6),
            Facts.None,
            r.GetFieldValue<DateTimeOffset>(8),
            r.IsDBNull(9) ? null : r.GetFieldValue<DateTimeOffset>(9),
            r.GetInt32(10),
            r.GetInt32(11),
            []
        );

    static List<(Guid Id, PlaceKind Kind, byte[] Fields)> ReadPath(NpgsqlDataReader r)
    {
        var path = new List<(Guid, PlaceKind, byte[])>();
        foreach (var first in new[] { 15, 12 })
            if (!r.IsDBNull(first))
                path.Add((r.GetGuid(first), (PlaceKind)r.GetInt16(first + 1), r.GetFieldValue<byte[]>(first + 2)));
        return path;
    }
}
