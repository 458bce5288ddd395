using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Domain.Places;
using GridActors.Storage.Places;

namespace GridActors.Grains.Places;

/// <summary>
/// Finds what the decision about a command needs from outside the place. Whoever may do something with the households of its area may do
/// so with it.
/// </summary>
public sealed class PlaceContexts(IPacks packs, PlaceQueries queries)
{
    /// <param name="view">Null for a place that isn't there yet.</param>
    /// <returns>Null when this process doesn't have the area's pack.</returns>
    /// <exception cref="System.Data.Common.DbException">The database, which knows the other places, is unavailable.</exception>
    public async ValueTask<PlaceContext?> For(PlaceView? view, PlaceCommand command, CancellationToken cancellationToken)
    {
        if ((view?.Area ?? (command as CreatePlace)?.Area) is not { } area)
            return new(false, false, false, null, false);
        if (packs.Current.PackOf(area) is null)
            return null;
        var access = Access(area, command.By);
        var parent = command switch
        {
            CreatePlace create => create.Parent,
            CorrectPlace correct => correct.Parent,
            MovePlace move => move.Parent,
            ReopenPlace => view?.Parent,
            _ => null,
        };
        return new(
            access.MaySee,
            access.MayEdit,
            command is MovePlace { Area: var to } && Access(to, command.By).MayEdit,
            parent is { } id && id != Guid.Empty ? await queries.Find(id, cancellationToken) : null,
            command is ClosePlace && view is not null && await queries.IsOccupied(view.Id, cancellationToken)
        );
    }

    public HouseholdAccess Access(AreaId area, PersonId person) =>
        packs.Current.PackOf(area) is { } pack ? HouseholdAccess.Of(pack, person, area, null) : HouseholdAccess.None;
}
