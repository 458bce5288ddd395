using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Areas;

/// <summary>Counts workers, what they did and whom they must visit with SQL, by the area they are counted in.</summary>
public sealed class DutyCountQueries(NpgsqlDataSource source) : AreaCountQueries<DutyMoments, DutyCounts>
{
    /// <summary>
    /// Kinds: 1 signs in, 2 out, 3 pauses, 4 resumes, 5 begins a patrol, 6 ends it, 7 checks in, 8 at a checkpoint, 9 visits. Whoever
    /// signed in or began to walk, and didn't sign out since, is on duty, as <c>DutyStates</c> says.
    /// </summary>
    const string Count = """
        select w.counted_at, d.on_duty, d.on_patrol, r.check_ins, r.visits, r.patrols, v.due, v.done
        from unnest($1, $2, $3, $4, $5, $6) as w (area, counted_at, pack, day, week_begins, week_ends)
        cross join lateral (
            select count(*) filter (where s.is_on)::integer as on_duty,
                count(*) filter (where s.is_on and s.walks and not s.pauses)::integer as on_patrol
            from worker_day wd cross join lateral (
                select coalesce((select k.kind <> 2 from field_record k
                        where k.person = wd.person and k.day = wd.day and k.kind in (1, 2, 5)
                        order by k.at desc, k.sequence desc limit 1), false) as is_on,
                    coalesce((select k.kind = 5 from field_record k where k.person = wd.person and k.day = wd.day and k.kind in (2, 5, 6)
                        order by k.at desc, k.sequence desc limit 1), false) as walks,
                    coalesce((select k.kind = 3 from field_record k
                        where k.person = wd.person and k.day = wd.day and k.kind in (1, 2, 3, 4, 5)
                        order by k.at desc, k.sequence desc limit 1), false) as pauses) s
            where wd.area = w.area and wd.day >= w.day - 1 and wd.day <= w.day and wd.closed_at is null) d
        cross join lateral (
            select count(*) filter (where kind in (1, 2, 7, 8))::integer as check_ins,
                coalesce(sum(greatest(cardinality(households), 1)) filter (where kind = 9), 0)::integer as visits,
                count(*) filter (where kind = 5)::integer as patrols
            from field_record where area = w.area and day = w.day) r
        cross join lateral (
            select count(*) filter (where h.visited_at >= w.week_begins or h.visited_at is null
                    or h.visited_at + e.every < w.week_ends)::integer as due,
                count(*) filter (where h.visited_at >= w.week_begins)::integer as done
            from household h cross join lateral (
                select min(g.every::interval) as every from unnest($7, $8, $9) as g (pack, id, every)
                where g.pack = w.pack and g.id = any(h.groups)) e
            where h.area = w.area and h.status = 0 and h.groups <> '{}' and e.every is not null) v
        where d.on_duty + r.check_ins + r.visits + r.patrols + v.due > 0
        """;

    public override async Task<IReadOnlyDictionary<AreaId, DutyCounts>> Own(
        IReadOnlyCollection<(AreaNode Area, DutyMoments Moments)> areas,
        CancellationToken cancellationToken
    )
    {
        var counts = new Dictionary<AreaId, DutyCounts>();
        if (areas.Count == 0)
            return counts;
        (AreaId Area, AreaId CountedAt, DutyMoments Moments)[] wanted =
        [
            .. areas.SelectMany(a => a.Area.WithFormer.Select(area => (area, a.Area.Id, a.Moments))),
        ];
        (string Pack, string Group, string Every)[] groups =
        [
            .. areas.Select(a => a.Moments).DistinctBy(m => m.Pack).SelectMany(m => m.VisitEvery.Select(g => (m.Pack, g.Group, g.Every))),
        ];
        await using var command = source.CreateCommand(Count);
        command.Bind(
            Parameters.Texts(wanted, w => w.Area.Key),
            Parameters.Texts(wanted, w => w.CountedAt.Key),
            Parameters.Texts(wanted, w => w.Moments.Pack),
            Parameters.Dates(wanted, w => w.Moments.Day),
            Parameters.Times(wanted, w => w.Moments.WeekBegins),
            Parameters.Times(wanted, w => w.Moments.WeekEnds),
            Parameters.Texts(groups, g => g.Pack),
            Parameters.Texts(groups, g => g.Group),
            Parameters.Texts(groups, g => g.Every)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var area = new AreaId(reader.GetString(0));
            counts[area] = counts.GetValueOrDefault(area) + Read(reader);
        }
        return counts;
    }

    /// <summary>The figures of every area of a pack with everything below it, for comparison with its board.</summary>
    public async Task<IReadOnlyDictionary<AreaId, DutyCounts>> All(LoadedPack pack, DateOnly day, CancellationToken cancellationToken)
    {
        var moments = DutyMoments.Of(pack, day);
        var own = await Own([.. pack.Areas.Values.Select(a => (a, moments))], cancellationToken);
        return pack.Areas.Values.ToDictionary(a => a.Id, a => Sum(own, a));
    }

    public static DutyCounts Sum(IReadOnlyDictionary<AreaId, DutyCounts> own, AreaNode area)
    {
        var sum = own.GetValueOrDefault(area.Id);
        foreach (var child in area.Children)
            sum += Sum(own, child);
        return sum;
    }

    /// <summary>
    /// The areas of records that came within a time (the first moment excluded, the last included), and of who sent them.
    /// </summary>
    public async Task<IReadOnlyList<AreaId>> AreasOf(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with sent as materialized (
                select distinct person, day, area from field_record where received_at > $1 and received_at <= $2)
            select area from sent union select d.area from sent s join worker_day d on d.person = s.person and d.day = s.day
            """
        );
        command.Bind(Parameters.Of(after), Parameters.Of(until));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var areas = new List<AreaId>();
        while (await reader.ReadAsync(cancellationToken))
            areas.Add(new(reader.GetString(0)));
        return areas;
    }

    static DutyCounts Read(NpgsqlDataReader reader) =>
        new()
        {
            OnDuty = reader.GetInt32(1),
            OnPatrol = reader.GetInt32(2),
            CheckInsToday = reader.GetInt32(3),
            VisitsToday = reader.GetInt32(4),
            PatrolsToday = reader.GetInt32(5),
            VisitsDue = reader.GetInt32(6),
            VisitsDone = reader.GetInt32(7),
        };
}
