using GridActors.Domain.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using GridActors.Storage.Time;

namespace GridActors.Grains.Areas;

/// <summary>Fills a tally from the read tables.</summary>
public sealed class TallyReader(
    AreaReader reader,
    AreaQueries queries,
    HouseholdCountQueries households,
    DutyCountQueries duty,
    TaskCountQueries tasks,
    ServiceTime time
)
{
    /// <summary>Counts figures of the area itself that aren't its cases.</summary>
    /// <returns>False when the figures are the same as before.</returns>
    public delegate Task<bool> Count(AreaTally tally, AreaNode node, LoadedPack pack, CancellationToken cancellationToken);

    /// <summary>Cases that were closed this recently are read too, so that a late note doesn't count them again.</summary>
    static readonly TimeSpan ClosedSince = TimeSpan.FromMinutes(2);

    public async Task<AreaTally> Load(AreaNode node, LoadedPack pack, DateTimeOffset now)
    {
        var tally = new AreaTally(pack.Day, time.Pace);
        var day = pack.Day(now);
        var content = await reader.Read(Request(node, pack, day, now));
        tally.Recount(day, content.Own.Counts, content.Own.Cases, now);
        tally.SetHouseholds(content.Households);
        tally.SetDuty(content.Duty);
        tally.SetTasks(content.Tasks);
        tally.ResetChildren(day, content.Children);
        tally.ResetTicker(content.Ticker);
        return tally;
    }

    /// <summary>Counts the area's own cases.</summary>
    public async Task CountCases(AreaTally tally, AreaNode node, LoadedPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = pack.Day(now);
        var own = (await queries.Own([Request(node, pack, day, now)], cancellationToken))[0];
        tally.Recount(day, own.Counts, own.Cases, now);
    }

    /// <summary>Counts the area's own households.</summary>
    /// <returns>False when the figures are the same as before.</returns>
    public async Task<bool> CountHouseholds(AreaTally tally, AreaNode node, LoadedPack pack, CancellationToken cancellationToken)
    {
        if (HouseholdMoments.Of(pack, tally.Day) is not { } moments)
            return tally.SetHouseholds(default);
        return tally.SetHouseholds(await households.Read((node, moments)).WaitAsync(cancellationToken));
    }

    /// <summary>Counts the area's own workers, and whom they must visit.</summary>
    /// <returns>False when the figures are the same as before.</returns>
    public async Task<bool> CountDuty(AreaTally tally, AreaNode node, LoadedPack pack, CancellationToken cancellationToken) =>
        tally.SetDuty(await duty.Read((node, DutyMoments.Of(pack, tally.Day))).WaitAsync(cancellationToken));

    /// <summary>Counts the area's own to-dos.</summary>
    /// <returns>False when the figures are the same as before.</returns>
    public async Task<bool> CountTasks(AreaTally tally, AreaNode node, LoadedPack pack, CancellationToken cancellationToken) =>
        tally.SetTasks(await tasks.Read((node, pack.Start(tally.Day))).WaitAsync(cancellationToken));

    AreaRequest Request(AreaNode node, LoadedPack pack, DateOnly day, DateTimeOffset now) =>
        new(
            node,
            pack.Start(day),
            pack.Start(day.AddDays(1)),
            now - ClosedSince * time.Pace,
            pack.ConfidentialBefore(day),
            HouseholdMoments.Of(pack, day),
            DutyMoments.Of(pack, day)
        );
}
