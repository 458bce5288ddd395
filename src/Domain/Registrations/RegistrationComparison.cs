using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;

namespace GridActors.Domain.Registrations;

/// <summary>
/// Compares an application with the ledger as an import compares the rows of a sheet: what is new, changed or unchanged, and who may be
/// registered already.
/// </summary>
public static class RegistrationComparison
{
    /// <param name="known">The households that whoever decides may read.</param>
    /// <returns>What becomes of it, and the household that is there already; null for a new one.</returns>
    public static (GroupResult Result, Guid? Known) Of(RegistrationView view, HouseholdRules rules, IReadOnlyList<HouseholdView> known)
    {
        var rows = view.Residents.Select((r, i) => Row(r, i, view)).OrderBy(r => !r.IsHead).ToImmutableArray();
        var ids = Ids(view);
        var registered = new KnownHouseholds(known);
        var group = new ImportGroup(0, view.Area.Code, view.Fields, rows);
        var result = new ImportComparison(rules, registered, ids.Dequeue).Compare(group);
        var same = rows.Select(r => registered.ByIdNumber(r.IdNumber)?.Household).FirstOrDefault(h => h is not null);
        var household = result.Plan is { IsNew: true } ? null : same ?? registered.ByAddress(group);
        return (result, household?.Id);
    }

    /// <summary>Ids that follow from the application's own, so that confirming it twice registers nobody twice.</summary>
    static Queue<Guid> Ids(RegistrationView view) =>
        new(Enumerable.Range(0, 2 * RegistrationDecider.MaxResidents + 2).Select(i => Numbered(view.Id, i)));

    static Guid Numbered(Guid id, int number) => OperationIds.OfCreated(id.ToString("N"), $"registration {number}");

    static ImportRow Row(NewResident resident, int index, RegistrationView view) =>
        new(0, index + 1)
        {
            Area = view.Area.Code,
            Household = view.Fields,
            Resident = resident.Fields,
            Kind = resident.Kind,
            Relation = resident.Relation,
        };
}
