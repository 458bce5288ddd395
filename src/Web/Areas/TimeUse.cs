using System.Collections.Concurrent;
using GridActors.Contracts.Areas;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;

namespace GridActors.Web.Areas;

/// <summary>Where the working time of an area's cases goes.</summary>
/// <param name="At">When it was counted; it is counted anew every few minutes.</param>
/// <param name="Open">Of the open cases that were reported first.</param>
/// <param name="Closed">Of the cases that were closed last, within the last 30 days.</param>
public sealed record TimeUseJson(DateTimeOffset At, TimeSharesJson Open, TimeSharesJson Closed);

/// <param name="Cases">How many cases were counted; <paramref name="IsAll"/> says whether there are no more.</param>
/// <param name="Minutes">Of office time, which those of the shares add up to.</param>
public sealed record TimeSharesJson(int Cases, bool IsAll, long Minutes, IReadOnlyList<TimeShareJson> Shares);

/// <param name="State"><c>waiting</c>, <c>working</c>, <c>paused</c>, <c>settled</c> or <c>elsewhere</c>, as for one case.</param>
/// <param name="Post">The post of those who worked on the cases.</param>
/// <param name="Level">The level of that post; for cases that waited, of the nearest post that they were offered to.</param>
/// <param name="Cases">How many cases lay there.</param>
public sealed record TimeShareJson(
    string State,
    string? Post,
    string? PostName,
    string? PostNameEn,
    string? Level,
    string? LevelName,
    string? LevelNameEn,
    int Cases,
    long Minutes
)
{
    public static TimeShareJson Of(HoldShare share, LoadedPack pack)
    {
        var post = pack.Pack.Posts.FirstOrDefault(p => p.Id == share.Post);
        var level = share.Level is { } id ? pack.LevelOf(id) : null;
        return new(
            ApiNames.Of(share.Kind),
            post?.Id,
            post?.Name,
            post?.NameEn,
            level?.Id,
            level?.Name,
            level?.NameEn,
            share.Cases,
            share.Minutes
        );
    }
}

/// <summary>
/// Counts where time goes from the events of a bounded number of cases, once for everybody who asks within some minutes, and for one area
/// at a time.
/// </summary>
public sealed class TimeUse(HeldCases cases, ServiceTime clock) : IDisposable
{
    static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    static readonly TimeSpan Closed = TimeSpan.FromDays(30);
    const int MaxCases = 300;

    /// <summary>Older ones are dropped when there are more, so that nobody fills the memory by asking for every area.</summary>
    const int MaxKnown = 200;

    readonly ConcurrentDictionary<AreaId, (long At, Task<TimeUseJson> Counting)> _known = new();
    readonly SemaphoreSlim _gate = new(1);

    public Task<TimeUseJson> Of(AreaNode area, LoadedPack pack)
    {
        if (_known.TryGetValue(area.Id, out var known) && clock.GetElapsedTime(known.At) < MaxAge && !known.Counting.IsFaulted)
            return known.Counting;
        if (_known.Count >= MaxKnown)
            foreach (var (id, old) in _known)
                if (clock.GetElapsedTime(old.At) >= MaxAge || _known.Count >= MaxKnown * 2)
                    _known.TryRemove(id, out _);
        var counting = Count(area, pack);
        _known[area.Id] = (clock.GetTimestamp(), counting);
        return counting;
    }

    async Task<TimeUseJson> Count(AreaNode area, LoadedPack pack)
    {
        await _gate.WaitAsync();
        try
        {
            var now = clock.GetUtcNow();
            var held = await cases.Of(area, MaxCases, now - Closed, CancellationToken.None);
            return new(now, Shares(held.Where(c => c.IsOpen), pack, now), Shares(held.Where(c => !c.IsOpen), pack, now));
        }
        finally
        {
            _gate.Release();
        }
    }

    static TimeSharesJson Shares(IEnumerable<HeldCase> cases, LoadedPack pack, DateTimeOffset now)
    {
        var held = cases.Select(c => (pack.Areas.GetValueOrDefault(c.Area.Code), CaseHolds.Of(c.Events, now, pack.WorkingTime))).ToList();
        var shares = HoldShares.Of(held, pack);
        return new(held.Count, held.Count < MaxCases, shares.Sum(s => s.Minutes), [.. shares.Select(s => TimeShareJson.Of(s, pack))]);
    }

    public void Dispose() => _gate.Dispose();
}
