using System.Collections.Concurrent;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;
using GridActors.Web.Sessions;

namespace GridActors.Web.Inbox;

/// <summary>What fell due while the service was down, in one sentence instead of an alarm for each clock.</summary>
/// <param name="From">When the first of these clocks was due.</param>
/// <param name="Until">When the service had caught up.</param>
/// <param name="Cases">How many cases of the pack became overdue then and still are; confidential ones aren't counted.</param>
/// <param name="Yours">How many of them you have claimed or could claim.</param>
public sealed record OutageJson(DateTimeOffset From, DateTimeOffset Until, int Cases, int Yours);

/// <summary>
/// Tells people of the last outage until they have read their inbox, for a day at most. Everybody comes back at once after an outage, so
/// what is the same for all is read once in a few seconds.
/// </summary>
public sealed class OutageSummaries(ClockOutages outages, ServiceTime clock)
{
    static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(3);
    static readonly TimeSpan ToldFor = TimeSpan.FromDays(1);

    readonly ConcurrentDictionary<string, (long At, Task<(ClockOutage? Last, int Cases)> Reading)> _known = new();

    /// <returns>Null when there is nothing to tell.</returns>
    public async Task<OutageJson?> Of(Caller caller, DateTimeOffset seenAt, CancellationToken cancellationToken)
    {
        var (last, cases) = await Known(caller.Pack);
        if (last is not { } outage || cases == 0 || outage.Until <= seenAt || outage.Until < clock.GetUtcNow() - ToldFor)
            return null;
        return new(outage.From, outage.Until, cases, await outages.CountOf(caller.Id, outage, cancellationToken));
    }

    Task<(ClockOutage? Last, int Cases)> Known(LoadedPack pack)
    {
        var isFresh = _known.TryGetValue(pack.Pack.Id, out var known) && clock.GetElapsedTime(known.At) < MaxAge;
        if (isFresh && !known.Reading.IsFaulted)
            return known.Reading;
        var reading = Read(pack);
        _known[pack.Pack.Id] = (clock.GetTimestamp(), reading);
        return reading;
    }

    async Task<(ClockOutage? Last, int Cases)> Read(LoadedPack pack)
    {
        var last = await outages.Last(CancellationToken.None);
        var isOld = last is not { } outage || outage.Until < clock.GetUtcNow() - ToldFor;
        return (last, isOld ? 0 : await outages.Count(pack, last!.Value, CancellationToken.None));
    }
}
