using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Areas;

public sealed record HourCount(int Hour, int Reported, int Closed);

public sealed record DayCount(DateOnly Day, int Reported, int Closed);

public sealed record MediationCount(string Level, int Mediated, int Agreed);

/// <param name="DueSoon">Open cases of which a clock has warned, and none has run out.</param>
public sealed record CategoryCount(string Category, int Reported, int Open, int DueSoon, int Overdue);

/// <summary>The lower part of a board: today by hour, the last days, the categories.</summary>
public sealed class StatisticsQueries(NpgsqlDataSource source)
{
    const int Days = 14;

    const string InArea = "join area a on a.key = c.area where a.pack = $1 and a.lft between $2 and $3";
    const string Below = $"from case_file c {InArea}";

    // The cases that the area's board counts: those reported, and those closed, within a time.
    const string Counted = $"{InArea} and (not c.confidential or ($7 and c.reported_at < $8))";
    const string Reported = $"from case_file c {Counted} and c.reported_at >= $4 and c.reported_at < $5";
    const string Closed = $"from case_closed d join case_file c on c.id = d.case_id {Counted} and d.closed_at >= $4 and d.closed_at < $5";

    public async Task<IReadOnlyList<HourCount>> ByHour(AreaNode area, LoadedPack pack, DateOnly day, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select extract(hour from at at time zone $6)::int as hour,
                count(*) filter (where reported)::int, count(*) filter (where not reported)::int
            from (select c.reported_at as at, true as reported {Reported} union all select c.closed_at, false {Closed}) as t
            group by hour
            """
        );
        Bind(command, area, pack, day, day);
        var hours = new HourCount[24];
        for (var h = 0; h < hours.Length; h++)
            hours[h] = new(h, 0, 0);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            hours[reader.GetInt32(0)] = new(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
        return hours;
    }

    public async Task<IReadOnlyList<DayCount>> ByDay(AreaNode area, LoadedPack pack, DateOnly last, CancellationToken cancellationToken)
    {
        var first = last.AddDays(1 - Days);
        await using var command = source.CreateCommand(
            $"""
            select (at at time zone $6)::date as day, count(*) filter (where reported)::int, count(*) filter (where not reported)::int
            from (select c.reported_at as at, true as reported {Reported} union all select c.closed_at, false {Closed}) as t
            group by day
            """
        );
        Bind(command, area, pack, first, last);
        var days = Enumerable.Range(0, Days).Select(d => new DayCount(first.AddDays(d), 0, 0)).ToArray();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var day = reader.GetFieldValue<DateOnly>(0);
            days[day.DayNumber - first.DayNumber] = new(day, reader.GetInt32(1), reader.GetInt32(2));
        }
        return days;
    }

    /// <summary>Every category with a case, that with the most open ones first.</summary>
    public async Task<IReadOnlyList<CategoryCount>> ByCategory(AreaNode area, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select c.category, count(*)::int, (count(*) filter (where c.status not in (6, 7)))::int as open,
                (count(*) filter (where c.urgency = 1))::int, (count(*) filter (where c.urgency = 2))::int
            {Below} and not c.confidential group by c.category order by open desc, 2 desc
            """
        );
        command.Bind(Parameters.Of(area.Id.Pack), Parameters.Of(area.Left), Parameters.Of(area.Right));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var categories = new List<CategoryCount>();
        while (await reader.ReadAsync(cancellationToken))
            categories.Add(new(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4)));
        return categories;
    }

    /// <summary>The disputes that were settled by mediation within a time, by level, without confidential ones.</summary>
    public async Task<IReadOnlyList<MediationCount>> Mediations(
        AreaNode area,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select m.level, count(*)::int, (count(*) filter (where m.is_agreed))::int from mediation m join area a on a.key = m.area
            where a.pack = $1 and a.lft between $2 and $3 and m.settled_at >= $4 and m.settled_at < $5 and not m.confidential
            group by m.level
            """
        );
        command.Bind(
            Parameters.Of(area.Id.Pack),
            Parameters.Of(area.Left),
            Parameters.Of(area.Right),
            Parameters.Of(from),
            Parameters.Of(to)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<MediationCount>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(new(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2)));
        return counts;
    }

    /// <summary>Cases that nobody has claimed, the longest waiting first, without confidential ones.</summary>
    public async Task<IReadOnlyList<CaseRow>> Waiting(AreaNode area, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns} from case_open o join case_file c on c.id = o.case_id {InArea}
            and c.status = {(int)CaseStatus.Offered} and not c.confidential order by o.reported_at limit $4
            """
        );
        command.Bind(Parameters.Of(area.Id.Pack), Parameters.Of(area.Left), Parameters.Of(area.Right), Parameters.Of(limit));
        return await CaseQueries.Read(command, cancellationToken);
    }

    static void Bind(NpgsqlCommand command, AreaNode area, LoadedPack pack, DateOnly first, DateOnly last) =>
        command.Bind(
            Parameters.Of(area.Id.Pack),
            Parameters.Of(area.Left),
            Parameters.Of(area.Right),
            Parameters.Of(pack.Start(first)),
            Parameters.Of(pack.Start(last.AddDays(1))),
            Parameters.Of(pack.Pack.TimeZone),
            Parameters.Of(area.CountsConfidential),
            Parameters.Of(pack.ConfidentialBefore(last))
        );
}
