using Npgsql;

namespace GridActors.Harness;

/// <summary>
/// Counts a pack's cases with SQL that differs from the service's: it goes up the tree by the parents' codes. Confidential cases count on
/// the boards of towns and above, as they do in a pack that says nothing else, and after the pack's delay.
/// </summary>
public static class BoardCounts
{
    /// <param name="clock">The service's clock, which says what is today; null for the machine's.</param>
    public static async Task<Dictionary<string, Counts>> Of(NpgsqlDataSource data, string pack, TimeProvider? clock = null)
    {
        await using var command = data.CreateCommand(
            """
            with recursive up (code, above) as (
                select code, code from area where pack = $1
                union all select up.code, a.parent from up join area a on a.pack = $1 and a.code = up.above where a.parent is not null)
            select up.above, count(c.id)::int, count(c.id) filter (where c.status <> 6)::int, count(c.id) filter (where c.status = 1)::int,
                count(c.id) filter (where c.status in (2, 3))::int, count(c.id) filter (where c.status in (4, 5))::int,
                count(c.id) filter (where c.status = 6)::int, count(c.id) filter (where c.outcome = 2)::int,
                count(c.id) filter (where
                    (c.reported_at at time zone 'Asia/Shanghai')::date = ($2 at time zone 'Asia/Shanghai')::date)::int,
                count(c.id) filter (where c.status = 6
                    and (c.closed_at at time zone 'Asia/Shanghai')::date = ($2 at time zone 'Asia/Shanghai')::date)::int,
                count(c.id) filter (where c.urgency = 2)::int, count(c.id) filter (where c.urgency = 1)::int,
                count(c.id) filter (where c.status <> 6 and c.level is not null)::int,
                count(c.id) filter (where c.status < 6 and c.id in (select case_id from supervision where answered_at is null))::int
            from up join area shown on shown.pack = $1 and shown.code = up.above
            cross join (select coalesce((document ->> 'confidentialDelayDays')::int, 0) as delay from pack where id = $1) as p
            left join case_file c on c.area = $1 || '/' || up.code
                and (not c.confidential or (
                    (shown.parent is null or shown.level in ('city', 'district', 'town'))
                    and (p.delay = 0
                        or (c.reported_at at time zone 'Asia/Shanghai')::date < ($2 at time zone 'Asia/Shanghai')::date - p.delay)))
            group by up.above
            """
        );
        command.Parameters.Add(new() { Value = pack });
        command.Parameters.Add(new() { Value = (clock ?? TimeProvider.System).GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync();
        var counts = new Dictionary<string, Counts>();
        while (await reader.ReadAsync())
            counts[reader.GetString(0)] = new(
                reader.GetInt32(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt32(4),
                reader.GetInt32(5),
                reader.GetInt32(10),
                reader.GetInt32(6),
                reader.GetInt32(7),
                reader.GetInt32(8),
                reader.GetInt32(9),
                reader.GetInt32(11),
                reader.GetInt32(12),
                reader.GetInt32(13)
            );
        return counts;
    }

    /// <summary>Waits until every board of the pack, and every figure a board shows of its children, is what SQL counts.</summary>
    /// <param name="clock">The service's clock; null for the machine's.</param>
    public static Task BoardsEqual(NpgsqlDataSource data, Client reader, TimeProvider? clock = null) =>
        Eventually.Holds(async () =>
        {
            var counted = await Of(data, reader.Pack, clock);
            foreach (var (code, counts) in counted)
            {
                var board = await reader.Board(code);
                Compare(code, board.Counts, counts);
                foreach (var child in board.Children)
                    Compare($"{child.Code} on the board of {code}", child.Counts, counted[child.Code]);
            }
        });

    /// <summary>Waits until the service itself finds every board equal to its cases and every case equal to its journal.</summary>
    public static Task Verified(Client administrator) =>
        Eventually.Is(
            async () => (await administrator.Post("/api/admin/verify")).Expect(200).As<Verification>(),
            v => v.Differences.Count + v.Divergent.Count == 0
        );

    static void Compare(string what, Counts shown, Counts counted)
    {
        if (shown != counted)
            throw new InvalidOperationException($"{what}: shown {shown}, counted {counted}.");
    }
}
