using System.Collections.Concurrent;
using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using GridActors.Storage.Consultations;
using GridActors.Storage.Time;
using GridActors.Web.Cases;
using GridActors.Web.Consultations;

namespace GridActors.Web.Areas;

/// <summary>
/// The statistics under a board. They are counted once for everybody who asks within a few seconds, and for a few areas at a time, because
/// the queries are expensive.
/// </summary>
public sealed class Statistics(StatisticsQueries queries, ConsultationQueries consultations, ServiceTime clock) : IDisposable
{
    static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);
    const int MaxConcurrentCounts = 3;
    const int MaxWaiting = 10;
    const int MaxCategories = 12;

    readonly ConcurrentDictionary<AreaId, (long At, Task<StatisticsJson> Counting)> _known = new();
    readonly SemaphoreSlim _gate = new(MaxConcurrentCounts);

    public Task<StatisticsJson> Of(AreaNode area, LoadedPack pack)
    {
        if (_known.TryGetValue(area.Id, out var known) && clock.GetElapsedTime(known.At) < MaxAge && !known.Counting.IsFaulted)
            return known.Counting;
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
            var categories = await queries.ByCategory(area, CancellationToken.None);
            return new(
                today,
                await queries.ByHour(area, pack, today, CancellationToken.None),
                await queries.ByDay(area, pack, today, CancellationToken.None),
                [.. categories.Take(MaxCategories).Select(c => CategoryCountJson.Of(c, pack))],
                ClassCountJson.Of(categories, pack),
                [
                    .. (await queries.Waiting(area, MaxWaiting, CancellationToken.None)).Select(r =>
                        CaseSummaryJson.Of(r, pack, clock.GetUtcNow())
                    ),
                ],
                await Consultations(area, pack, today.Year),
                await Mediations(area, pack, today.Year)
            );
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <returns>Null where the place has no consultations.</returns>
    async Task<ConsultationFiguresJson?> Consultations(AreaNode area, LoadedPack pack, int year)
    {
        if (pack.Pack.Consultation.Parties.IsEmpty)
            return null;
        var (from, to) = (pack.Start(new(year, 1, 1)), pack.Start(new(year + 1, 1, 1)));
        var counts = await consultations.Count(area, from, to, CancellationToken.None);
        var figures = counts.Select(c => ConsultationCountJson.Of(c, pack)).ToList();
        return new(year, figures[0], figures[1..]);
    }

    /// <returns>Null where the place has no category that is settled by mediation.</returns>
    async Task<MediationFiguresJson?> Mediations(AreaNode area, LoadedPack pack, int year)
    {
        if (!pack.Pack.Categories.Any(c => c.Mediation))
            return null;
        var counts = await queries.Mediations(area, pack.Start(new(year, 1, 1)), pack.Start(new(year + 1, 1, 1)), CancellationToken.None);
        // From the top down, as the pack names its levels.
        var levels = pack.Pack.Levels.Join(
            counts,
            l => l.Id,
            c => c.Level,
            (l, c) => new MediationCountJson(l.Id, l.Name, l.NameEn, c.Mediated, c.Agreed)
        );
        return new(year, [.. levels]);
    }

    public void Dispose() => _gate.Dispose();
}
