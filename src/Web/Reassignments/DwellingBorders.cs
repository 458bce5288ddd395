using GridActors.Domain.Packs;
using GridActors.Storage.Households;
using GridActors.Storage.Places;
using GridActors.Storage.Reassignments;
using GridActors.Web.Areas;

namespace GridActors.Web.Reassignments;

/// <summary>Finds households whose dwelling lies within the border of another area than theirs, because borders were drawn anew.</summary>
public sealed class DwellingBorders(ReassignmentQueries queries, PlaceQueries places, AreaMaps maps)
{
    /// <summary>Where dwellings are is sealed, and opened for so many at a time.</summary>
    const int OpenedAtOnce = 1000;

    /// <returns>How many households of each area they are; areas without any aren't named.</returns>
    public async Task<IReadOnlyDictionary<AreaNode, int>> Beyond(
        LoadedPack pack,
        IReadOnlyList<AreaNode> areas,
        CancellationToken cancellationToken
    )
    {
        var beyond = new Dictionary<AreaNode, int>();
        if (pack.Pack.BoundariesAreSchematic)
            return beyond;
        foreach (var some in (await queries.Dwellings([.. areas.Select(a => a.Id.Key)], cancellationToken)).Chunk(OpenedAtOnce))
        {
            var opened = await Open(some.Select(d => d.Place), cancellationToken);
            foreach (var (area, place, households) in some)
                if (pack.Areas.TryGetValue(area.Code, out var own) && Elsewhere(pack, own, opened.GetValueOrDefault(place)) is not null)
                    beyond[own] = beyond.GetValueOrDefault(own) + households;
        }
        return beyond;
    }

    /// <returns>The other areas within which dwellings lie, by their households; those that lie where they belong aren't named.</returns>
    public async Task<IReadOnlyDictionary<Guid, AreaNode>> Of(
        LoadedPack pack,
        IReadOnlyList<HouseholdRow> households,
        CancellationToken cancellationToken
    )
    {
        var within = new Dictionary<Guid, AreaNode>();
        if (pack.Pack.BoundariesAreSchematic)
            return within;
        var opened = await Open(households.Select(h => h.Place).OfType<Guid>(), cancellationToken);
        foreach (var household in households)
            if (
                household.Place is { } place
                && Elsewhere(pack, pack.Areas.GetValueOrDefault(household.Area.Code), opened.GetValueOrDefault(place)) is { } other
            )
                within.Add(household.Id, other);
        return within;
    }

    async Task<IReadOnlyDictionary<Guid, PlaceRow>> Open(IEnumerable<Guid> dwellings, CancellationToken cancellationToken) =>
        (await places.Of([.. dwellings.Distinct()], cancellationToken)).ToDictionary(p => p.Id);

    AreaNode? Elsewhere(LoadedPack pack, AreaNode? own, PlaceRow? dwelling) =>
        dwelling?.Position is { } position ? maps.Elsewhere(pack, own, position) : null;
}
