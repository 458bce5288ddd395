using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Domain.Coverage;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Coverage;

/// <summary>How much of what must be visited in a week is due, overdue or done.</summary>
public readonly record struct VisitFigures(int Due, int Overdue, int Done)
{
    public static VisitFigures operator +(VisitFigures a, VisitFigures b) => new(a.Due + b.Due, a.Overdue + b.Overdue, a.Done + b.Done);
}

/// <summary>The figures of some areas: in parts of them, and by special group or type of key places.</summary>
public sealed record VisitCoverage(IReadOnlyDictionary<int, VisitFigures> Parts, IReadOnlyDictionary<string, VisitFigures> Kinds)
{
    public VisitFigures Total => Parts.Values.Aggregate(default(VisitFigures), (sum, part) => sum + part);
}

/// <summary>Counts with SQL what must be visited and looked at; nothing has to be opened for it.</summary>
public sealed class CoverageQueries(NpgsqlDataSource source)
{
    /// <summary>
    /// A household is in several groups, and counts once in a part: it is due when one of them says so. In the second half it counts with
    /// each of its groups.
    /// </summary>
    const string Households = """
        with rhythm as (select * from unnest($1, $2, $3) as t (id, due_before, overdue_before)),
        part as (select * from unnest($4, $5) as t (area, part)),
        must as (
            select h.id, p.part, r.id as kind, h.visited_at >= $6 as visited, h.visited_at is null or h.visited_at < r.due_before as due,
                h.visited_at is null or h.visited_at < r.overdue_before as overdue
            from part p join household h on h.area = p.area and h.status = 0 join rhythm r on r.id = any(h.groups))
        """;

    const string Places = """
        with rhythm as (select * from unnest($1, $2, $3) as t (id, due_before, overdue_before)),
        part as (select * from unnest($4, $5) as t (area, part)),
        must as (
            select l.id, p.part, r.id as kind, l.visited_at >= $6 as visited, l.visited_at is null or l.visited_at < r.due_before as due,
                l.visited_at is null or l.visited_at < r.overdue_before as overdue
            from part p join place l on l.area = p.area and l.status = 0 join rhythm r on r.id = l.type)
        """;

    const string Figures = """
        select part, null::text, count(*) filter (where due)::integer, count(*) filter (where overdue)::integer,
            count(*) filter (where visited and not due)::integer
        from (select part, bool_or(due) as due, bool_or(overdue) as overdue, bool_or(visited) as visited from must group by id, part) m
        group by part
        union all
        select null, kind, count(*) filter (where due)::integer, count(*) filter (where overdue)::integer,
            count(*) filter (where visited and not due)::integer
        from must group by kind
        """;

    /// <param name="areas">The areas with the parts as which they count.</param>
    public async Task<(VisitCoverage Households, VisitCoverage Places)> Count(
        VisitWeek week,
        IReadOnlyList<(AreaId Area, int Part)> areas,
        CancellationToken cancellationToken
    )
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(Households, week.Groups, week.Starts, areas));
        batch.BatchCommands.Add(Command(Places, week.Places, week.Starts, areas));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var households = await Read(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return (households, await Read(reader, cancellationToken));
    }

    static NpgsqlBatchCommand Command(
        string must,
        ImmutableArray<VisitRhythm> rhythms,
        DateTimeOffset starts,
        IReadOnlyList<(AreaId Area, int Part)> areas
    ) =>
        new($"{must} {Figures}")
        {
            Parameters =
            {
                Parameters.Texts(rhythms, r => r.Id),
                Parameters.Times(rhythms, r => r.DueBefore),
                Parameters.Times(rhythms, r => r.OverdueBefore),
                Parameters.Texts(areas, a => a.Area.Key),
                Parameters.Integers(areas, a => a.Part),
                Parameters.Of(starts),
            },
        };

    static async Task<VisitCoverage> Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<int, VisitFigures>();
        var kinds = new Dictionary<string, VisitFigures>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var figures = new VisitFigures(reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4));
            if (reader.IsDBNull(0))
                kinds[reader.GetString(1)] = figures;
            else
                parts[reader.GetInt32(0)] = figures;
        }
        return new(parts, kinds);
    }
}
