using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;

namespace GridActors.Storage.Areas;

/// <summary>Reads what a starting area shows.</summary>
public sealed class AreaReader(AreaQueries queries, HouseholdCountQueries households, DutyCountQueries duty, TaskCountQueries tasks)
    : BatchReader<AreaRequest, AreaContent>
{
    protected override async Task<IReadOnlyList<AreaContent>> Query(
        IReadOnlyList<AreaRequest> requests,
        CancellationToken cancellationToken
    )
    {
        var own = await queries.Own(requests, cancellationToken);
        var children = await queries.Children(requests, cancellationToken);
        var tickers = await queries.Tickers([.. requests.Select(r => r.Area)], cancellationToken);
        var counted = await Households(requests, cancellationToken);
        var onDuty = await Duty(requests, cancellationToken);
        var sent = await Tasks(requests, cancellationToken);
        return
        [
            .. requests.Select(
                (r, i) =>
                    new AreaContent(
                        own[i],
                        counted.GetValueOrDefault(r.Area.Id),
                        onDuty.GetValueOrDefault(r.Area.Id),
                        sent.GetValueOrDefault(r.Area.Id),
                        WithTasks(r, WithDuty(r, WithHouseholds(r, children[i], counted), onDuty), sent),
                        tickers[i]
                    )
            ),
        ];
    }

    /// <summary>Several areas of a batch may lie below each other: each area is counted once.</summary>
    Task<IReadOnlyDictionary<AreaId, HouseholdCounts>> Households(IReadOnlyList<AreaRequest> requests, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<AreaNode, HouseholdMoments>();
        foreach (var request in requests)
            if (request.Households is { } moments)
                foreach (var area in request.Area.Downwards())
                    wanted[area] = moments;
        return households.Own([.. wanted.Select(w => (w.Key, w.Value))], cancellationToken);
    }

    Task<IReadOnlyDictionary<AreaId, DutyCounts>> Duty(IReadOnlyList<AreaRequest> requests, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<AreaNode, DutyMoments>();
        foreach (var request in requests)
        foreach (var area in request.Area.Downwards())
            wanted[area] = request.Duty;
        return duty.Own([.. wanted.Select(w => (w.Key, w.Value))], cancellationToken);
    }

    static IReadOnlyDictionary<AreaId, AreaCounts> WithDuty(
        AreaRequest request,
        IReadOnlyDictionary<AreaId, AreaCounts> children,
        IReadOnlyDictionary<AreaId, DutyCounts> counted
    )
    {
        if (counted.Count == 0)
            return children;
        var all = new Dictionary<AreaId, AreaCounts>(children);
        foreach (var child in request.Area.Children)
            if (DutyCountQueries.Sum(counted, child) is var sum && sum != default)
                all[child.Id] = all.GetValueOrDefault(child.Id) with { Duty = sum };
        return all;
    }

    /// <summary>As <see cref="Households"/>.</summary>
    Task<IReadOnlyDictionary<AreaId, TaskCounts>> Tasks(IReadOnlyList<AreaRequest> requests, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<AreaNode, DateTimeOffset>();
        foreach (var request in requests)
        foreach (var area in request.Area.Downwards())
            wanted[area] = request.Today;
        return tasks.Own([.. wanted.Select(w => (w.Key, w.Value))], cancellationToken);
    }

    static IReadOnlyDictionary<AreaId, AreaCounts> WithTasks(
        AreaRequest request,
        IReadOnlyDictionary<AreaId, AreaCounts> children,
        IReadOnlyDictionary<AreaId, TaskCounts> counted
    )
    {
        if (counted.Count == 0)
            return children;
        var all = new Dictionary<AreaId, AreaCounts>(children);
        foreach (var child in request.Area.Children)
            if (TaskCountQueries.Sum(counted, child) is var sum && sum != default)
                all[child.Id] = all.GetValueOrDefault(child.Id) with { Tasks = sum };
        return all;
    }

    static IReadOnlyDictionary<AreaId, AreaCounts> WithHouseholds(
        AreaRequest request,
        IReadOnlyDictionary<AreaId, AreaCounts> children,
        IReadOnlyDictionary<AreaId, HouseholdCounts> counted
    )
    {
        if (request.Households is null)
            return children;
        var all = new Dictionary<AreaId, AreaCounts>(children);
        foreach (var child in request.Area.Children)
            if (HouseholdCountQueries.Sum(counted, child) is var sum && sum != default)
                all[child.Id] = all.GetValueOrDefault(child.Id) with { Households = sum };
        return all;
    }
}
