using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Areas;

/// <summary>Counts the to-dos of tasks with SQL, by the area they are in.</summary>
public sealed class TaskCountQueries(NpgsqlDataSource source) : AreaCountQueries<DateTimeOffset, TaskCounts>
{
    public override async Task<IReadOnlyDictionary<AreaId, TaskCounts>> Own(
        IReadOnlyCollection<(AreaNode Area, DateTimeOffset Moments)> areas,
        CancellationToken cancellationToken
    )
    {
        var counts = new Dictionary<AreaId, TaskCounts>();
        if (areas.Count == 0)
            return counts;
        (AreaId Area, AreaId CountedAt, DateTimeOffset Today)[] wanted =
        [
            .. areas.SelectMany(a => a.Area.WithFormer.Select(area => (area, a.Area.Id, a.Moments))),
        ];
        await using var command = source.CreateCommand(
            """
            select w.counted_at, o.open, o.late, d.done from unnest($1, $2, $3) as w (area, counted_at, today)
            cross join lateral (
                select count(*)::integer as open, count(*) filter (where late)::integer as late
                from field_task_target where area = w.area and status = 0) o
            cross join lateral (
                select count(*)::integer as done from field_task_target where area = w.area and status = 1 and at >= w.today) d
            where o.open + d.done > 0
            """
        );
        command.Bind(
            Parameters.Texts(wanted, w => w.Area.Key),
            Parameters.Texts(wanted, w => w.CountedAt.Key),
            Parameters.Times(wanted, w => w.Today)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var area = new AreaId(reader.GetString(0));
            counts[area] =
                counts.GetValueOrDefault(area)
                + new TaskCounts
                {
                    Open = reader.GetInt32(1),
                    Late = reader.GetInt32(2),
                    DoneToday = reader.GetInt32(3),
                };
        }
        return counts;
    }

    /// <summary>The figures of every area of a pack with everything below it, for comparison with its board.</summary>
    public async Task<IReadOnlyDictionary<AreaId, TaskCounts>> All(LoadedPack pack, DateOnly day, CancellationToken cancellationToken)
    {
        var today = pack.Start(day);
        var own = await Own([.. pack.Areas.Values.Select(a => (a, today))], cancellationToken);
        return pack.Areas.Values.ToDictionary(a => a.Id, a => Sum(own, a));
    }

    public static TaskCounts Sum(IReadOnlyDictionary<AreaId, TaskCounts> own, AreaNode area)
    {
        var sum = own.GetValueOrDefault(area.Id);
        foreach (var child in area.Children)
            sum += Sum(own, child);
        return sum;
    }
}
