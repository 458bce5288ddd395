using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Households;

/// <summary>What somebody may do with the households of an area, or with one of them.</summary>
/// <param name="MaySee">They see them, masked.</param>
/// <param name="IsLinked">They are its worker, and see name, address and phone in clear.</param>
/// <param name="MayReveal">They may have masked values revealed.</param>
public readonly record struct HouseholdAccess(bool MaySee, bool MayEdit, bool IsLinked, bool MayReveal)
{
    public static HouseholdAccess None => default;

    /// <param name="worker">The one worker that the household is linked to; null for all who hold a linked post there.</param>
    public static HouseholdAccess Of(LoadedPack pack, PersonId person, AreaId area, PersonId? worker)
    {
        if (
            pack.Pack.Households is null
            || pack.Person(person) is not { } entry
            || area.Pack != pack.Pack.Id
            || pack.StandIn(area.Code) is not { } node
        )
            return None;
        var permissions = entry.Over(node);
        var maySee = permissions.Has(Permission.ReadHouseholds);
        var isLinked = maySee && (worker is { } one ? one == person : pack.IsLinked(node, person));
        return new(
            maySee,
            maySee && permissions.Has(Permission.EditHouseholds),
            isLinked,
            maySee && permissions.Has(Permission.RevealHouseholds)
        );
    }
}
