using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;
using GridActors.Domain.Reassignments;
using GridActors.Storage.Households;
using GridActors.Storage.Places;
using GridActors.Storage.Reassignments;
using GridActors.Web.Areas;

namespace GridActors.Web.Reassignments;

/// <summary>
/// Finds households whose dwelling isn't in their area: its building came to another one without it, or it lies within the border of
/// another one since borders were drawn anew.
/// </summary>
public sealed class DwellingAreas(ReassignmentQueries queries, PlaceQueries places, AreaMaps maps)
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
        foreach (var some in (await queries.Dwellings([.. areas.Select(a => a.Id.Key)], cancellationToken)).Chunk(OpenedAtOnce))
        {
            var opened = await Positions(pack, some.Where(d => d.MovedTo is null).Select(d => d.Place), cancellationToken);
            foreach (var dwelling in some)
                if (
                    pack.Areas.TryGetValue(dwelling.Area.Code, out var own)
                    && (Known(pack, dwelling.MovedTo) ?? Within(pack, own, opened.GetValueOrDefault(dwelling.Place))) is not null
                )
                    beyond[own] = beyond.GetValueOrDefault(own) + dwelling.Households;
        }
        return beyond;
    }

    /// <returns>Where households go whose dwelling isn't in their area; the others aren't named.</returns>
    public async Task<IReadOnlyDictionary<Guid, ProposedMove>> Of(
        LoadedPack pack,
        IReadOnlyList<HouseholdRow> households,
        CancellationToken cancellationToken
    )
    {
        var moves = new Dictionary<Guid, ProposedMove>();
        var moved = await queries.LeftBehind([.. households.Select(h => h.Id)], cancellationToken);
        var opened = await Positions(pack, households.Select(h => h.Place).OfType<Guid>(), cancellationToken);
        foreach (var household in households)
            if (moved.TryGetValue(household.Id, out var area) && Known(pack, area) is { } other)
                moves.Add(household.Id, new(other, ProposalReason.Dwelling));
            else if (
                household.Place is { } place
                && Within(pack, pack.Areas.GetValueOrDefault(household.Area.Code), opened.GetValueOrDefault(place)) is { } within
            )
                moves.Add(household.Id, new(within, ProposalReason.Border));
        return moves;
    }

    /// <returns>None where borders say nothing, so that no position has to be opened.</returns>
    async Task<IReadOnlyDictionary<Guid, PlaceRow>> Positions(
        LoadedPack pack,
        IEnumerable<Guid> dwellings,
        CancellationToken cancellationToken
    ) =>
        pack.Pack.BoundariesAreSchematic
            ? new Dictionary<Guid, PlaceRow>()
            : (await places.Of([.. dwellings.Distinct()], cancellationToken)).ToDictionary(p => p.Id);

    static AreaNode? Known(LoadedPack pack, AreaId? area) => area is { } id ? pack.Areas.GetValueOrDefault(id.Code) : null;

    AreaNode? Within(LoadedPack pack, AreaNode? own, PlaceRow? dwelling) =>
        dwelling?.Position is { } position ? maps.Elsewhere(pack, own, position) : null;
}
