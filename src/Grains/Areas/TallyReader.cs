using GridActors.Domain.Areas;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;

namespace GridActors.Grains.Areas;

/// <summary>Fills a tally from the read tables.</summary>
public sealed class TallyReader(AreaQueries queries)
{
    /// <summary>Cases that were closed this recently are read too, so that a late note doesn't count them again.</summary>
    static readonly TimeSpan ClosedSince = TimeSpan.FromMinutes(2);

    public async Task<AreaTally> Load(AreaNode node, LoadedPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tally = new AreaTally(pack.Day);
        await Count(tally, node, pack, now, cancellationToken);
        var (start, end) = (pack.Start(tally.Day), pack.Start(tally.Day.AddDays(1)));
        tally.ResetChildren(tally.Day, await queries.Children(node, start, end, cancellationToken));
        tally.ResetTicker(await queries.Ticker(node, cancellationToken));
        return tally;
    }

    /// <summary>Counts the area's own cases.</summary>
    public async Task Count(AreaTally tally, AreaNode node, LoadedPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = pack.Day(now);
        var (start, end) = (pack.Start(day), pack.Start(day.AddDays(1)));
        var (own, cases) = await queries.Own(node, start, end, now - ClosedSince, cancellationToken);
        tally.Recount(day, own, cases, now);
    }
}
