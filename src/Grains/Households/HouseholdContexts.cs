using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Domain.Places;
using GridActors.Storage.Households;
using GridActors.Storage.Places;

namespace GridActors.Grains.Households;

/// <summary>Finds what the decision about a command needs from outside the household: who asks, and what they may do there.</summary>
public sealed class HouseholdContexts(IPacks packs, HouseholdQueries queries, PlaceQueries places)
{
    /// <param name="view">Null for a household that isn't there yet.</param>
    /// <returns>Null when this process doesn't have the area's pack.</returns>
    /// <exception cref="System.Data.Common.DbException">The database, which knows where another household is, is unavailable.</exception>
    public async ValueTask<HouseholdContext?> For(
        HouseholdView? view,
        HouseholdCommand command,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var area = view?.Area ?? (command as CreateHousehold)?.Area;
        if (area is not { } place)
            return new(false, false, false, false, default);
        if (packs.Current.Pack(place.Pack) is not { } pack)
            return null;
        // The service erases what was kept long enough, and carries households along with their areas. No call of the API is made in its
        // name.
        var isService = command.By == PersonId.Service(place.Pack);
        var access = HouseholdAccess.Of(pack, command.By, place, view?.Worker);
        return new(
            access.MaySee || isService,
            access.MayEdit || (isService && command is ReassignHousehold),
            await MayEditTarget(command, cancellationToken),
            isService || (pack.StandIn(place.Code) is { } node && pack.Person(command.By)?.Over(node).Has(Permission.Administer) == true),
            pack.Day(at),
            isService ? [] : HiddenGroups(pack, command.By, place),
            await IsHome(place, command, cancellationToken)
        );
    }

    static ImmutableArray<string> HiddenGroups(LoadedPack pack, PersonId person, AreaId area) =>
        pack.Pack.Households is { } rules && pack.StandIn(area.Code) is { } node
            ? [.. rules.Groups.Where(g => !pack.MayReadGroup(person, node, g.Id)).Select(g => g.Id)]
            : [];

    public HouseholdAccess Access(HouseholdView view, PersonId person) =>
        packs.Current.Pack(view.Area.Pack) is { } pack ? HouseholdAccess.Of(pack, person, view.Area, view.Worker) : HouseholdAccess.None;

    /// <summary>Whether a household can live in the place that a command names; true when it names none.</summary>
    async ValueTask<bool> IsHome(AreaId area, HouseholdCommand command, CancellationToken cancellationToken)
    {
        var (home, where) = command switch
        {
            CreateHousehold create => (create.Place, create.Area),
            CorrectHousehold correct => (correct.Place, area),
            MoveHousehold move => (move.Place, move.Area),
            _ => (null, area),
        };
        if (home is not { } id || id == Guid.Empty)
            return true;
        return await places.Find(id, cancellationToken) is { } found && PlaceDecider.IsHome(found, where);
    }

    async ValueTask<bool> MayEditTarget(HouseholdCommand command, CancellationToken cancellationToken)
    {
        AreaId? target = command switch
        {
            MoveHousehold move => move.Area,
            ReassignHousehold reassign => reassign.To,
            MoveResidents { NewIn: { } area } => area,
            MoveResidents move => await queries.OpenArea(move.To, cancellationToken),
            MergeResident merge => await queries.OpenArea(merge.IntoHousehold, cancellationToken),
            MergeHousehold merge => await queries.OpenArea(merge.Into, cancellationToken),
            _ => null,
        };
        return target is { } to
            && packs.Current.Pack(to.Pack) is { } pack
            && (
                HouseholdAccess.Of(pack, command.By, to, null) is { MayEdit: true }
                || (command is ReassignHousehold && command.By == PersonId.Service(to.Pack) && pack.StandIn(to.Code) is not null)
            );
    }
}
