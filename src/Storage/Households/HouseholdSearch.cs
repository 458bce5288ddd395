using System.Collections.Immutable;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Households;

/// <summary>Compares what a token found with what was typed, because several texts can share a short token.</summary>
static class HouseholdSearch
{
    /// <param name="resident">The resident's fields, opened.</param>
    /// <param name="household">Those of the household.</param>
    public static bool Matches(
        ImmutableSortedDictionary<string, string> resident,
        ImmutableSortedDictionary<string, string> household,
        string text
    )
    {
        if (resident.GetValueOrDefault(StandardFields.Name) is { } name && NameText.Matches(name, text))
            return true;
        if (HasPhone(resident, text) || HasPhone(household, text))
            return true;
        if (resident.GetValueOrDefault(StandardFields.IdNumber) is { } number)
            if (IdentifierRules.ForSearch(number) == IdentifierRules.ForSearch(text))
                return true;
        if (household.GetValueOrDefault(StandardFields.Door) is { } door && SearchText.Fold(door) == SearchText.Fold(text))
            return true;
        return resident.GetValueOrDefault(StandardFields.Plate) is { } plate && plate == Plates.Normalise(text);
    }

    static bool HasPhone(ImmutableSortedDictionary<string, string> fields, string text) =>
        fields.GetValueOrDefault(StandardFields.Phone) is { } phone
        && (phone == Phones.Normalise(text) || (SearchText.IsPhoneTail(text) && phone.EndsWith(text, StringComparison.Ordinal)));
}
