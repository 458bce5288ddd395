using System.Collections.Concurrent;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using GridActors.Web.Cases;

namespace GridActors.Web.Areas;

/// <summary>The lower part of the boards, counted once for all who look at an area within a few seconds, and a few areas at a time.</summary>
public sealed class Statistics(StatisticsQueries queries, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    const int AtOnce = 3;
    const int Waiting = 10;

    readonly ConcurrentDictionary<AreaId, (long At, Task<StatisticsJson> Counting)> _known = new();
    readonly SemaphoreSlim _gate = new(AtOnce);

    public Task<StatisticsJson> Of(AreaNode area, LoadedPack pack)
    {
        if (_known.TryGetValue(area.Id, out var known) && clock.GetElapsedTime(known.At) < Fresh && !known.Counting.IsFaulted) return known.Counting;
        var counting = Count(area, pack);
        _known[area.Id] = (clock.GetTimestamp(), counting);
        return counting;
    }

    async Task<StatisticsJson> Count(AreaNode area, LoadedPack pack)
    {
        await _gate.WaitAsync();
        try
        {
            var today = pack.Day(clock.GetUtcNow());
            return new(
                today,
                await queries.ByHour(area, pack, today, CancellationToken.None),
                await queries.ByDay(area, pack, today, CancellationToken.None),
                [.. (await queries.ByCategory(area, CancellationToken.None)).Select(c => CategoryCountJson.Of(c, pack))],
                [.. (await queries.Waiting(area, Waiting, CancellationToken.None)).Select(r => CaseSummaryJson.Of(r, pack))]);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
