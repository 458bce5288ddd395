using System.Collections.Immutable;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Households;

/// <summary>Compares what a token found with what was typed, because several texts can share a short token.</summary>
static class HouseholdSearch
{
    /// <param name="fields">Those of a resident, opened.</param>
    public static bool Matches(ImmutableSortedDictionary<string, string> fields, string text)
    {
        if (fields.GetValueOrDefault(StandardFields.Name) is { } name && NameText.Matches(name, text))
            return true;
        if (fields.GetValueOrDefault(StandardFields.Phone) is { } phone)
            if (phone == Phones.Normalise(text) || (SearchText.IsPhoneTail(text) && phone.EndsWith(text, StringComparison.Ordinal)))
                return true;
        if (fields.GetValueOrDefault(StandardFields.IdNumber) is { } number)
            if (IdentifierRules.ForSearch(number) == IdentifierRules.ForSearch(text))
                return true;
        return fields.GetValueOrDefault(StandardFields.Plate) is { } plate && plate == Plates.Normalise(text);
    }
}
