using GridActors.Contracts.Households;
using GridActors.Domain.Identifiers;

namespace GridActors.Domain.Households.Import;

/// <summary>The households that are registered where an import goes, found by what a sheet can say of them.</summary>
public sealed class KnownHouseholds
{
    static readonly List<(HouseholdView, ResidentView)> Nobody = [];

    readonly Dictionary<string, (HouseholdView Household, ResidentView Resident)> _byIdNumber = [];
    readonly Dictionary<string, List<(HouseholdView Household, ResidentView Resident)>> _byName = [];
    readonly Dictionary<(string Area, string Number), HouseholdView> _byNumber = [];
    readonly Dictionary<(string Area, string Address, string Head), HouseholdView> _byAddress = [];

    /// <param name="households">In clear. Those without residents who live there are passed over.</param>
    public KnownHouseholds(IEnumerable<HouseholdView> households)
    {
        foreach (var household in households)
        {
            if (household.Status != HouseholdStatus.Living)
                continue;
            var area = household.Area.Code;
            if (household.Fields.TryGetValue("number", out var number))
                _byNumber.TryAdd((area, number), household);
            if (household.Head is { } head)
                _byAddress.TryAdd((area, Address(household.Fields), Value(head, StandardFields.Name)), household);
            foreach (var resident in household.Living)
            {
                if (Value(resident, StandardFields.IdNumber) is { Length: > 0 } idNumber)
                    _byIdNumber.TryAdd(IdentifierRules.ForSearch(idNumber), (household, resident));
                var key = Value(resident, StandardFields.Name);
                if (!_byName.TryGetValue(key, out var namesakes))
                    _byName[key] = namesakes = [];
                namesakes.Add((household, resident));
            }
        }
    }

    public (HouseholdView Household, ResidentView Resident)? ByIdNumber(string idNumber) =>
        idNumber.Length > 0 && _byIdNumber.TryGetValue(IdentifierRules.ForSearch(idNumber), out var found) ? found : null;

    /// <summary>Residents with the same name.</summary>
    public IReadOnlyList<(HouseholdView Household, ResidentView Resident)> Namesakes(string name) =>
        _byName.GetValueOrDefault(name, Nobody);

    public HouseholdView? ByNumber(string area, string number) => number.Length > 0 ? _byNumber.GetValueOrDefault((area, number)) : null;

    public HouseholdView? ByAddress(ImportGroup group) =>
        group.Head is { } head && Address(group.Fields) is { Length: > 1 } address
            ? _byAddress.GetValueOrDefault((group.Area, address, head.Name))
            : null;

    public static string Value(ResidentView resident, string field) => resident.Fields.GetValueOrDefault(field, "");

    static string Address(IReadOnlyDictionary<string, string> fields) =>
        $"{fields.GetValueOrDefault(StandardFields.Address, "")}\n{fields.GetValueOrDefault(StandardFields.Door, "")}";
}
