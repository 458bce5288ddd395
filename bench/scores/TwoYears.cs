using GridActors.Harness;
using Npgsql;

namespace GridActors.Scores;

/// <summary>
/// What the workers of 醴陵 did in two years, in the published numbers, written to the tables: a phone may send nothing that is older than
/// 92 days.
/// </summary>
static class TwoYears
{
    public const int Visits = 680_276;
    public const int Cases = 82_513;

    /// <summary>A visit in seven is a service done at the door, which is about the 99,407 that were published.</summary>
    static readonly string[] Statements =
    [
        """
            create temp table worker as
            select row_number() over (order by p.key) as n, p.key as person, h.area
            from holding h join person p on p.key = h.person where h.post = 'grid-worker'
            """,
        $"""
            insert into field_record (person, id, pack, area, day, kind, device_at, at, received_at, device, sequence, grade, reasons, late,
                households, photos, data)
            select w.person, gen_random_uuid(), 'liling', w.area, v.at::date, 9, v.at, v.at, v.at, 'bench', 1, 1, '{"{}"}', false,
                array[gen_random_uuid()], '{"{}"}', jsonb_build_object('purpose', case when i % 7 = 0 then 'service' else 'routine' end)
            from generate_series(1, {Visits}) i
                cross join lateral (select now() - (i % 730) * interval '1 day' - (i % 300) * interval '1 minute' as at) v
                join worker w on w.n = 1 + i % (select count(*) from worker)
            """,
        """
            insert into field_record (person, id, pack, area, day, kind, device_at, at, received_at, device, sequence, grade, reasons, late,
                households, photos, data)
            select w.person, gen_random_uuid(), 'liling', w.area, s.at::date, k, s.at, s.at, s.at, 'bench', k, 1, '{}', false, '{}', '{}',
            '{}'
            from worker w, generate_series(0, 729) d cross join lateral (select now() - d * interval '1 day' as at) s, unnest(array[1, 5]) k
            where d % 7 < 5
            """,
        $"""
            create temp table done as
            select i, gen_random_uuid() as id, w.person, r.person as reporter, w.area, now() - (i % 730) * interval '1 day' as at
            from generate_series(1, {Cases}) i join worker w on w.n = 1 + i % (select count(*) from worker)
                join worker r on r.n = 1 + (i * 7 + 3) % (select count(*) from worker)
            """,
        """
            insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome,
                claimant, claimed_at, closed_at, updated_at, updated_by, last_step, version, offered_to, rating)
            select id, 'LL' || i, area, 'bench', '测试', '', false, reporter, at, 6, 1, person, at, at + interval '20 hours', at, person, 1,
                5, '{}', 1 + i % 5
            from done
            """,
        """
            insert into journal (stream, sequence, kind, at, by, area, operation, data, status)
            select 'case/' || replace(id::text, '-', ''), s,
                case s when 1 then 'case.reported/2' when 2 then 'case.claimed/1'
                    when 3 then case when i % 9 = 0 then 'case.clock-breached/1' else 'case.progressed/1' end
                    when 4 then case when i % 11 = 0 then 'case.returned/1' else 'case.resolved/2' end else 'case.closed/1' end,
                at + s * interval '1 hour', person, area, gen_random_uuid(), '{"clock": "solve"}', 1
            from done, generate_series(1, 5) s
            """,
        "analyze",
    ];

    /// <returns>How many workers there are.</returns>
    public static async Task<long> Write(MeasuredService service, CancellationToken cancellationToken)
    {
        await using var connection = await service.Connect(cancellationToken);
        foreach (var statement in Statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        await using var count = new NpgsqlCommand("select count(*) from worker", connection);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Has the month of today closed now, and waits until it is.</summary>
    /// <returns>How many workers have a closed month.</returns>
    public static async Task<long> Close(MeasuredService service, CancellationToken cancellationToken)
    {
        await using var connection = await service.Connect(cancellationToken);
        await using (var begin = new NpgsqlCommand("update score_period set call_at = now()", connection))
            await begin.ExecuteNonQueryAsync(cancellationToken);
        await using var closed = new NpgsqlCommand("select exists (select from score_period where closed_at is not null)", connection);
        while (!(bool)(await closed.ExecuteScalarAsync(cancellationToken))!)
            await Task.Delay(20, cancellationToken);
        await using var count = new NpgsqlCommand("select count(*) from score_month", connection);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }
}
