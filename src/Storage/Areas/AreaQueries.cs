using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Areas;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Areas;

/// <summary>Counts cases with SQL. Every board must show the same figures.</summary>
public sealed class AreaQueries(NpgsqlDataSource source, JournalTail tail)
{
    // The order is that of ReadCounts. Nothing is overdue, because cases have no deadlines yet. $1 and $2 are the bounds of the pack's day.
    const string Counts = """
        count(*), count(*) filter (where c.status = 1), count(*) filter (where c.status in (2, 3)),
        count(*) filter (where c.status in (4, 5)), 0::bigint, count(*) filter (where c.status = 6), count(*) filter (where c.outcome = 2),
        count(*) filter (where c.reported_at >= $1 and c.reported_at < $2),
        count(*) filter (where c.status = 6 and c.closed_at >= $1 and c.closed_at < $2)
        """;

    // How much of the journal a starting board searches for recent steps. The limit keeps a start fast however long the journal is.
    const int TickerWindow = 4_000;

    /// <summary>An area's own cases: its figures, and by id the open ones and those changed since <paramref name="recently"/>.</summary>
    public async Task<(AreaCounts Counts, IReadOnlyList<CountedCase> Cases)> Own(
        AreaNode area,
        DateTimeOffset today,
        DateTimeOffset tomorrow,
        DateTimeOffset recently,
        CancellationToken cancellationToken
    )
    {
        const string Listed = "filter (where c.status <> 6 or c.updated_at > $4)";
        // One statement, because a step between two of them would be in the counts and not in the list.
        await using var command = source.CreateCommand(
            $"""
            with own as materialized (
                select id, version, status, outcome, reported_at, closed_at, updated_at from case_file where area = $3)
            select {Counts}, array_agg(c.id) {Listed}, array_agg(c.version) {Listed}, array_agg(c.status) {Listed},
                array_agg(c.outcome) {Listed}
            from own c
            """
        );
        command.Bind(Parameters.Of(today), Parameters.Of(tomorrow), Parameters.Of(area.Id.Key), Parameters.Of(recently));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var counts = ReadCounts(reader, 0);
        if (reader.IsDBNull(9))
            return (counts, []);
        var (ids, versions) = (reader.GetFieldValue<Guid[]>(9), reader.GetFieldValue<int[]>(10));
        var (statuses, outcomes) = (reader.GetFieldValue<short[]>(11), reader.GetFieldValue<short[]>(12));
        return (counts, [.. ids.Select((id, i) => new CountedCase(id, versions[i], (CaseStatus)statuses[i], (CaseOutcome)outcomes[i]))]);
    }

    /// <summary>The figures of each child with everything below it; children without a case are left out.</summary>
    public async Task<IReadOnlyDictionary<AreaId, AreaCounts>> Children(
        AreaNode area,
        DateTimeOffset today,
        DateTimeOffset tomorrow,
        CancellationToken cancellationToken
    )
    {
        if (area.Children.Count == 0)
            return new Dictionary<AreaId, AreaCounts>();
        await using var command = source.CreateCommand(
            $"""
            select child.key, {Counts}
            from area child join area a on a.pack = child.pack and a.lft between child.lft and child.rgt join case_file c on c.area = a.key
            where child.pack = $3 and child.parent = $4 and child.active group by child.key
            """
        );
        command.Bind(Parameters.Of(today), Parameters.Of(tomorrow), Parameters.Of(area.Id.Pack), Parameters.Of(area.Code));
        return await ReadAll(command, cancellationToken);
    }

    /// <summary>The figures of every area of a pack with everything below it, for comparison with its board.</summary>
    public async Task<IReadOnlyDictionary<AreaId, AreaCounts>> All(
        LoadedPack pack,
        DateTimeOffset today,
        DateTimeOffset tomorrow,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select up.key, {Counts}
            from case_file c join area a on a.key = c.area join area up on up.pack = a.pack and up.lft <= a.lft and up.rgt >= a.rgt
            where a.pack = $3 group by up.key
            """
        );
        command.Bind(Parameters.Of(today), Parameters.Of(tomorrow), Parameters.Of(pack.Pack.Id));
        return await ReadAll(command, cancellationToken);
    }

    /// <summary>The latest steps at and below an area, newest first.</summary>
    public async Task<IReadOnlyList<TickerItem>> Ticker(AreaNode area, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with recent as materialized (select * from journal where position > $1 and stream like 'case/%')
            select j.at, j.kind, j.data, j.status, c.id, j.sequence, c.number, c.area, c.category, c.title, j.by
            from recent j join area a on a.key = j.area join case_file c on c.id = substr(j.stream, 6)::uuid
            where a.pack = $2 and a.lft between $3 and $4 and not c.confidential
            order by j.position desc limit $5
            """
        );
        var last = await tail.LastPosition(cancellationToken);
        command.Bind(
            Parameters.Of(last - TickerWindow),
            Parameters.Of(area.Id.Pack),
            Parameters.Of(area.Left),
            Parameters.Of(area.Right),
            Parameters.Of(Board.TickerLength)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<TickerItem>();
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(
                new()
                {
                    At = reader.GetFieldValue<DateTimeOffset>(0),
                    Step = CaseEventJson.Read(reader.GetString(1), reader.GetString(2)).Step,
                    Status = (CaseStatus)reader.GetInt16(3),
                    Case = reader.GetGuid(4),
                    Version = reader.GetInt32(5),
                    Number = reader.GetString(6),
                    Area = new(reader.GetString(7)),
                    Category = reader.GetString(8),
                    Title = reader.GetString(9),
                    By = new PersonId(reader.GetString(10)),
                }
            );
        }
        return items;
    }

    static async Task<IReadOnlyDictionary<AreaId, AreaCounts>> ReadAll(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<AreaId, AreaCounts>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(new(reader.GetString(0)), ReadCounts(reader, 1));
        return counts;
    }

    static AreaCounts ReadCounts(NpgsqlDataReader r, int first) =>
        new()
        {
            Reported = Int(r, first),
            Unclaimed = Int(r, first + 1),
            Claimed = Int(r, first + 2),
            Resolved = Int(r, first + 3),
            Overdue = Int(r, first + 4),
            Closed = Int(r, first + 5),
            Explained = Int(r, first + 6),
            ReportedToday = Int(r, first + 7),
            ClosedToday = Int(r, first + 8),
        };

    static int Int(NpgsqlDataReader r, int column) => (int)r.GetInt64(column);
}
