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
    // Few cases are asked about, and an index has those alone.
    const string IsSupervised =
        "c.status not in (6, 7) and exists (select from supervision s where s.case_id = c.id and s.answered_at is null)";

    // The order is that of ReadCounts.
    const string Counts = $"""
        count(*), count(*) filter (where c.status = 1), count(*) filter (where c.status in (2, 3)),
        count(*) filter (where c.status in (4, 5)), count(*) filter (where c.urgency = 2), count(*) filter (where c.status = 6),
        count(*) filter (where c.outcome = 2),
        count(*) filter (where c.reported_at >= wanted.today and c.reported_at < wanted.tomorrow),
        count(*) filter (where c.status = 6 and c.closed_at >= wanted.today and c.closed_at < wanted.tomorrow),
        count(*) filter (where c.urgency = 1), count(*) filter (where c.level is not null and c.status <> 6),
        count(*) filter (where {IsSupervised})
        """;

    // How much of the journal starting boards search for recent steps. The limit keeps a start fast however long the journal is.
    const int TickerWindow = 4_000;

    /// <returns>
    /// The cases that each area counts as its own, in the order of the requests: those that happened in it, and the confidential ones of
    /// the areas below that must not count them.
    /// </returns>
    public async Task<IReadOnlyList<OwnCases>> Own(IReadOnlyList<AreaRequest> requests, CancellationToken cancellationToken)
    {
        const string Listed = "filter (where c.status <> 6 or c.updated_at > wanted.recently)";
        var places = requests
            .SelectMany((r, i) => r.Area.ConfidentialPlaces().Select(p => (Number: i + 1L, p.Id.Key, Before: r.ConfidentialBefore)))
            .ToList();
        // One statement, because a step between two of them would be in the counts and not in the list.
        await using var command = source.CreateCommand(
            $"""
            select wanted.number, {Counts}, array_agg(c.id) {Listed}, array_agg(c.version) {Listed}, array_agg(c.status) {Listed},
                array_agg(c.outcome) {Listed}, array_agg(c.urgency) {Listed}, array_agg(c.level is not null) {Listed},
                array_agg({IsSupervised}) {Listed}
            from unnest($1, $2, $3, $4) with ordinality as wanted (area, today, tomorrow, recently, number)
            join (
                select own.request, f.* from unnest($1) with ordinality as own (place, request)
                join case_file f on f.area = own.place and not f.confidential
                union all
                select lead.request, f.* from unnest($5, $6, $7) as lead (request, place, before)
                join case_file f on f.area = lead.place and f.confidential and f.reported_at < lead.before) as c
                on c.request = wanted.number
            group by wanted.number
            """
        );
        command.Bind(
            Parameters.Texts(requests, r => r.Area.Id.Key),
            Parameters.Times(requests, r => r.Today),
            Parameters.Times(requests, r => r.Tomorrow),
            Parameters.Times(requests, r => r.Recently),
            Parameters.Bigints(places, p => p.Number),
            Parameters.Texts(places, p => p.Key),
            Parameters.Times(places, p => p.Before)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var own = Enumerable.Repeat(OwnCases.None, requests.Count).ToArray();
        while (await reader.ReadAsync(cancellationToken))
            own[reader.GetInt64(0) - 1] = new(ReadCounts(reader, 1), reader.IsDBNull(13) ? [] : ReadCases(reader, 13));
        return own;
    }

    /// <returns>For each request the figures of the children with everything below them; those without a case are left out.</returns>
    public async Task<IReadOnlyList<IReadOnlyDictionary<AreaId, AreaCounts>>> Children(
        IReadOnlyList<AreaRequest> requests,
        CancellationToken cancellationToken
    )
    {
        var children = requests.Select(_ => new Dictionary<AreaId, AreaCounts>()).ToArray();
        if (requests.All(r => r.Area.Children.Count == 0))
            return children;
        await using var command = source.CreateCommand(
            $"""
            select wanted.number, child.key, {Counts}
            from unnest($1, $2, $3, $4, $6) with ordinality as wanted (pack, parent, today, tomorrow, before, number)
            join area child on child.pack = wanted.pack and child.parent = wanted.parent and child.active
            join area a on a.pack = child.pack and a.lft between child.lft and child.rgt
            join case_file c on c.area = a.key and (not c.confidential or (child.key = any($5) and c.reported_at < wanted.before))
            group by wanted.number, child.key
            """
        );
        command.Bind(
            Parameters.Texts(requests, r => r.Area.Id.Pack),
            Parameters.Texts(requests, r => r.Area.Code),
            Parameters.Times(requests, r => r.Today),
            Parameters.Times(requests, r => r.Tomorrow),
            Parameters.Texts([.. requests.SelectMany(r => r.Area.Children).Where(c => c.CountsConfidential)], c => c.Id.Key),
            Parameters.Times(requests, r => r.ConfidentialBefore)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            children[reader.GetInt64(0) - 1].Add(new(reader.GetString(1)), ReadCounts(reader, 2));
        return children;
    }

    /// <summary>The figures of every area of a pack with everything below it, for comparison with its board.</summary>
    public async Task<IReadOnlyDictionary<AreaId, AreaCounts>> All(LoadedPack pack, DateOnly day, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select up.key, {Counts}
            from (select $1, $2) as wanted (today, tomorrow), case_file c join area a on a.key = c.area
            join area up on up.pack = a.pack and up.lft <= a.lft and up.rgt >= a.rgt
            where a.pack = $3 and (not c.confidential or (up.key = any($4) and c.reported_at < $5)) group by up.key
            """
        );
        command.Bind(
            Parameters.Of(pack.Start(day)),
            Parameters.Of(pack.Start(day.AddDays(1))),
            Parameters.Of(pack.Pack.Id),
            Parameters.Texts([.. pack.Areas.Values.Where(a => a.CountsConfidential)], a => a.Id.Key),
            Parameters.Of(pack.ConfidentialBefore(day))
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<AreaId, AreaCounts>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(new(reader.GetString(0)), ReadCounts(reader, 1));
        return counts;
    }

    /// <returns>For each area the latest steps at and below it, newest first.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<TickerItem>>> Tickers(IReadOnlyList<AreaNode> areas, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with recent as materialized (
                select * from journal
                where position > $1 and stream like 'case/%'
                    and kind not in ('case.reoffered/1', 'case.clock-warned/1', 'case.main-stepped/1', 'case.link-added/1'))
            select j.at, j.kind, j.data, j.status, c.id, j.sequence, c.number, c.area, c.category, c.title, j.by, a.lft
            from recent j join area a on a.key = j.area join case_file c on c.id = substr(j.stream, 6)::uuid
            where not c.confidential and exists (
                select from unnest($2, $3, $4) as wanted (pack, lft, rgt)
                where a.pack = wanted.pack and a.lft between wanted.lft and wanted.rgt)
            order by j.position desc limit $5
            """
        );
        var last = await tail.LastPosition(cancellationToken);
        command.Bind(
            Parameters.Of(last - TickerWindow),
            Parameters.Texts(areas, a => a.Id.Pack),
            Parameters.Integers(areas, a => a.Left),
            Parameters.Integers(areas, a => a.Right),
            Parameters.Of(areas.Count == 1 ? Board.TickerLength : TickerWindow)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tickers = areas.Select(a => (a.Id.Pack, a.Left, a.Right, Items: new List<TickerItem>())).ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (pack, left) = (new AreaId(reader.GetString(7)).Pack, reader.GetInt32(11));
            TickerItem? item = null;
            foreach (var ticker in tickers)
            {
                if (ticker.Items.Count < Board.TickerLength && ticker.Left <= left && left <= ticker.Right && ticker.Pack == pack)
                    ticker.Items.Add(item ??= ReadItem(reader));
            }
        }
        return [.. tickers.Select(t => t.Items)];
    }

    static TickerItem ReadItem(NpgsqlDataReader r)
    {
        var e = CaseEventJson.Read(r.GetString(1), r.GetString(2), (CaseStatus)r.GetInt16(3));
        return new()
        {
            At = r.GetFieldValue<DateTimeOffset>(0),
            Step = e.Step,
            Status = (CaseStatus)r.GetInt16(3),
            Case = r.GetGuid(4),
            Version = r.GetInt32(5),
            Number = r.GetString(6),
            Area = new(r.GetString(7)),
            Category = r.GetString(8),
            Title = r.GetString(9),
            By = new PersonId(r.GetString(10)),
            Clock = e switch
            {
                CaseClockBreached x => x.Clock,
                CaseEscalated x => x.Breached,
                CaseSupervised x => x.Breached,
                _ => null,
            },
        };
    }

    static IReadOnlyList<CountedCase> ReadCases(NpgsqlDataReader r, int first)
    {
        var (ids, versions) = (r.GetFieldValue<Guid[]>(first), r.GetFieldValue<int[]>(first + 1));
        var (statuses, outcomes) = (r.GetFieldValue<short[]>(first + 2), r.GetFieldValue<short[]>(first + 3));
        var (urgencies, escalated) = (r.GetFieldValue<short[]>(first + 4), r.GetFieldValue<bool[]>(first + 5));
        var supervised = r.GetFieldValue<bool[]>(first + 6);
        return
        [
            .. ids.Select(
                (id, i) =>
                    new CountedCase(
                        id,
                        versions[i],
                        (CaseStatus)statuses[i],
                        (CaseOutcome)outcomes[i],
                        (Urgency)urgencies[i],
                        escalated[i],
                        supervised[i]
                    )
            ),
        ];
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
            DueSoon = Int(r, first + 9),
            Escalated = Int(r, first + 10),
            Supervised = Int(r, first + 11),
        };

    static int Int(NpgsqlDataReader r, int column) => (int)r.GetInt64(column);
}
