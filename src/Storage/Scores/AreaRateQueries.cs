using GridActors.Contracts.Areas;
using GridActors.Domain.Scores;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Scores;

/// <summary>
/// Counts the cases of areas by which they are judged (CJ/T 292). Confidential cases aren't counted, and neither are those that were merged
/// into another one.
/// </summary>
public sealed class AreaRateQueries(NpgsqlDataSource source)
{
    static readonly string Statement = $"""
        with part as (select * from unnest($1, $2) as t (area, part)),
        reported as (
            select p.part, c.id, c.status from part p join case_file c on c.area = p.area
            where c.reported_at >= $3 and c.reported_at < $4 and not c.confidential),
        closed as (
            select p.part, c.rating, j.late, j.returned, j.extended
            from case_closed d join case_file c on c.id = d.case_id join part p on p.area = c.area
                cross join lateral (
                    select coalesce(bool_or(kind = 'case.clock-breached/1' and data ->> 'clock' <> 'close'), false) as late,
                        coalesce(bool_or(kind = 'case.returned/1'), false) as returned,
                        coalesce(bool_or(kind = 'case.extended/1'), false) as extended,
                        coalesce(bool_or(kind = 'case.merged/1'), false) as merged
                    from journal where stream = 'case/' || replace(c.id::text, '-', '')) j
            where d.closed_at >= $3 and d.closed_at < $4 and not c.confidential and not j.merged)
        select part, sum(reported)::integer, sum(settled)::integer, sum(closed)::integer, sum(on_time)::integer, sum(returned)::integer,
            sum(extended)::integer, sum(rated)::integer, sum(satisfied)::integer
        from (
            select part, count(*) as reported, count(*) filter (where status = 6) as settled, 0 as closed, 0 as on_time, 0 as returned,
                0 as extended, 0 as rated, 0 as satisfied
            from reported group by part
            union all
            select part, 0, 0, count(*), count(*) filter (where not late), count(*) filter (where returned),
                count(*) filter (where extended), count(rating), count(*) filter (where rating >= {ScoreCalculator.Satisfied})
            from closed group by part) r
        group by part
        """;

    /// <param name="areas">The areas with the parts as which they count.</param>
    public async Task<IReadOnlyDictionary<int, AreaRates>> Count(
        IReadOnlyList<(AreaId Area, int Part)> areas,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(Statement);
        command.Bind(
            Parameters.Texts(areas, a => a.Area.Key),
            Parameters.Integers(areas, a => a.Part),
            Parameters.Of((DateTimeOffset?)from),
            Parameters.Of((DateTimeOffset?)to)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rates = new Dictionary<int, AreaRates>();
        while (await reader.ReadAsync(cancellationToken))
            rates[reader.GetInt32(0)] = new(
                reader.GetInt32(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt32(4),
                reader.GetInt32(5),
                reader.GetInt32(6),
                reader.GetInt32(7),
                reader.GetInt32(8)
            );
        return rates;
    }
}
