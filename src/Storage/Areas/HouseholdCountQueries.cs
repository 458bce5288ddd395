using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Areas;

/// <summary>Counts households with SQL, by the area they are in. Nothing has to be opened for it.</summary>
public sealed class HouseholdCountQueries(NpgsqlDataSource source) : AreaCountQueries<HouseholdMoments, HouseholdCounts>
{
    public override async Task<IReadOnlyDictionary<AreaId, HouseholdCounts>> Own(
        IReadOnlyCollection<(AreaNode Area, HouseholdMoments Moments)> areas,
        CancellationToken cancellationToken
    )
    {
        var counts = new Dictionary<AreaId, HouseholdCounts>();
        if (areas.Count == 0)
            return counts;
        (AreaId Area, AreaId CountedAt, HouseholdMoments Moments)[] wanted =
        [
            .. areas.SelectMany(a => a.Area.WithFormer.Select(area => (area, a.Area.Id, a.Moments))),
        ];
        await using var command = source.CreateCommand(
            """
            select w.counted_at, h.households, r.residents, r.registered, r.migrant, r.absent, h.stale, h.never, c.lapsing
            from unnest($1, $2, $3, $4) as w (area, counted_at, checked_before, expires_by)
            cross join lateral (
                select count(*)::integer as households, count(*) filter (where checked_at < w.checked_before)::integer as stale,
                    count(*) filter (where visited_at is null)::integer as never
                from household where area = w.area and status = 0) h
            cross join lateral (
                select count(*)::integer as residents, count(*) filter (where kind = 0)::integer as registered,
                    count(*) filter (where kind = 1)::integer as migrant, count(*) filter (where kind = 2)::integer as absent
                from resident where area = w.area and status = 0) r
            cross join lateral (
                select count(*)::integer as lapsing from certificate where area = w.area and expires_on <= w.expires_by) c
            where h.households + r.residents + c.lapsing > 0
            """
        );
        command.Bind(
            Parameters.Texts(wanted, w => w.Area.Key),
            Parameters.Texts(wanted, w => w.CountedAt.Key),
            Parameters.Times(wanted, w => w.Moments.CheckedBefore),
            Parameters.Dates(wanted, w => w.Moments.ExpiresBy)
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
    public async Task<IReadOnlyDictionary<AreaId, HouseholdCounts>> All(LoadedPack pack, DateOnly day, CancellationToken cancellationToken)
    {
        if (HouseholdMoments.Of(pack, day) is not { } moments)
            return new Dictionary<AreaId, HouseholdCounts>();
        var own = await Own([.. pack.Areas.Values.Select(a => (a, moments))], cancellationToken);
        return pack.Areas.Values.ToDictionary(a => a.Id, a => Sum(own, a));
    }

    public static HouseholdCounts Sum(IReadOnlyDictionary<AreaId, HouseholdCounts> own, AreaNode area)
    {
        var sum = own.GetValueOrDefault(area.Id);
        foreach (var child in area.Children)
            sum += Sum(own, child);
        return sum;
    }

    static HouseholdCounts Read(NpgsqlDataReader reader) =>
        new()
        {
            Households = reader.GetInt32(1),
            Residents = reader.GetInt32(2),
            Registered = reader.GetInt32(3),
            Migrant = reader.GetInt32(4),
            Absent = reader.GetInt32(5),
            Stale = reader.GetInt32(6),
            NeverVisited = reader.GetInt32(7),
            CertificatesLapsing = reader.GetInt32(8),
        };
}
