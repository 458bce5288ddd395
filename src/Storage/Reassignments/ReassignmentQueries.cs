using System.Text.Json;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.Reassignments;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Reassignments;

/// <summary>A reassignment in a list.</summary>
/// <param name="LeftOut">Who isn't where the last step meant them to be.</param>
public sealed record ListedReassignment(
    Guid Id,
    AreaId Area,
    PersonId By,
    DateTimeOffset At,
    ReassignmentStatus Status,
    int Total,
    int Done,
    IReadOnlyList<ReassignmentCount> Parts,
    IReadOnlyList<Guid> LeftOut,
    DateTimeOffset? AppliedAt,
    DateTimeOffset? UndoneAt,
    PersonId? UndoneBy
);

/// <summary>A dwelling in which households of an area live.</summary>
/// <param name="MovedTo">The other area that it went to without them; null when it didn't.</param>
public sealed record LivedIn(AreaId Area, Guid Place, AreaId? MovedTo, int Households);

/// <summary>Reads reassignments, and which households are where.</summary>
public sealed class ReassignmentQueries(NpgsqlDataSource source)
{
    const string Columns =
        "r.id, r.area, r.by, r.at, r.status, r.total, r.done, r.parts::text, r.left_out, r.applied_at, r.undone_at, r.undone_by";

    /// <summary>Those whose households still move, the oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> Running(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select id from reassignment where status in (0, 2) order by at");
        return await Ids(command, cancellationToken);
    }

    /// <summary>Those of some areas or of one person, the newest first.</summary>
    /// <param name="areas">Keys.</param>
    public async Task<IReadOnlyList<ListedReassignment>> List(
        PersonId person,
        IReadOnlyList<string> areas,
        (DateTimeOffset At, Guid Id)? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {Columns} from reassignment r
            where r.pack = $1 and (r.area = any($2) or r.by = $3) and ($4::timestamptz is null or (r.at, r.id) < ($4, $5))
            order by r.at desc, r.id desc limit $6
            """
        );
        command.Bind(
            Parameters.Of(person.Pack),
            Parameters.Texts(areas, a => a),
            Parameters.Of(person.Key),
            Parameters.Of(before?.At),
            Parameters.Of(before?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        return await Read(command, cancellationToken);
    }

    /// <returns>Null when there is none.</returns>
    public async Task<ListedReassignment?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from reassignment r where r.id = $1");
        command.Bind(Parameters.Of(id));
        return (await Read(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>How many households are in each of some areas; areas without any aren't named.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Count(IReadOnlyList<string> areas, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select area, count(*)::integer from household where area = any($1) group by area");
        command.Bind(Parameters.Texts(areas, a => a));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<string, int>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(reader.GetString(0), reader.GetInt32(1));
        return counts;
    }

    /// <summary>In which dwellings households of some areas live.</summary>
    public async Task<IReadOnlyList<LivedIn>> Dwellings(IReadOnlyList<string> areas, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select h.area, h.place, case when p.moved_from = h.area and p.area <> h.area then p.area end, count(*)::integer
            from household h join place p on p.id = h.place
            where h.area = any($1) and h.status = 0
            group by h.area, p.id, h.place
            """
        );
        command.Bind(Parameters.Texts(areas, a => a));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var dwellings = new List<LivedIn>();
        while (await reader.ReadAsync(cancellationToken))
            dwellings.Add(
                new(
                    new(reader.GetString(0)),
                    reader.GetGuid(1),
                    reader.IsDBNull(2) ? null : new AreaId(reader.GetString(2)),
                    reader.GetInt32(3)
                )
            );
        return dwellings;
    }

    /// <summary>The areas to which the dwellings of households went without them; others aren't named.</summary>
    public async Task<IReadOnlyDictionary<Guid, AreaId>> LeftBehind(IReadOnlyList<Guid> households, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select h.id, p.area from household h join place p on p.id = h.place
            where h.id = any($1) and p.moved_from = h.area and p.area <> h.area
            """
        );
        return await ReadAreas(command, households, cancellationToken);
    }

    /// <summary>The households of an area, also those where nobody lives any more, in the order in which they were registered.</summary>
    public async Task<IReadOnlyList<Guid>> In(AreaId area, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select id from household where area = $1 order by created_at, id limit $2");
        command.Bind(Parameters.Of(area.Key), Parameters.Of(limit));
        return await Ids(command, cancellationToken);
    }

    /// <summary>Where households are; one that isn't there isn't named.</summary>
    public async Task<IReadOnlyDictionary<Guid, AreaId>> AreasOf(IReadOnlyList<Guid> households, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select id, area from household where id = any($1)");
        return await ReadAreas(command, households, cancellationToken);
    }

    static async Task<IReadOnlyDictionary<Guid, AreaId>> ReadAreas(
        NpgsqlCommand command,
        IReadOnlyList<Guid> households,
        CancellationToken cancellationToken
    )
    {
        command.Bind(Parameters.Uuids(households, h => h));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var areas = new Dictionary<Guid, AreaId>();
        while (await reader.ReadAsync(cancellationToken))
            areas.Add(reader.GetGuid(0), new(reader.GetString(1)));
        return areas;
    }

    static async Task<IReadOnlyList<Guid>> Ids(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    static async Task<IReadOnlyList<ListedReassignment>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<ListedReassignment>();
        while (await r.ReadAsync(cancellationToken))
            found.Add(
                new(
                    r.GetGuid(0),
                    new(r.GetString(1)),
                    new(r.GetString(2)),
                    r.GetFieldValue<DateTimeOffset>(3),
                    (ReassignmentStatus)r.GetInt16(4),
                    r.GetInt32(5),
                    r.GetInt32(6),
                    JsonSerializer.Deserialize<ReassignmentCount[]>(r.GetString(7), ReassignmentTable.Json)!,
                    r.GetFieldValue<Guid[]>(8),
                    r.IsDBNull(9) ? null : r.GetFieldValue<DateTimeOffset>(9),
                    r.IsDBNull(10) ? null : r.GetFieldValue<DateTimeOffset>(10),
                    r.IsDBNull(11) ? null : new PersonId(r.GetString(11))
                )
            );
        return found;
    }
}
