using System.Collections.Immutable;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;

namespace GridActors.Web.Households;

/// <summary>A value as the caller sees it.</summary>
/// <param name="Masked">Parts of it are hidden; they are seen by a reveal.</param>
public sealed record FieldValueJson(string Value, bool Masked);

/// <summary>
/// How values are shown to one caller. Everything is masked but what the pack calls open; whoever is linked to the household sees name,
/// address and phone in full.
/// </summary>
readonly struct HouseholdMask(HouseholdRules rules, HouseholdAccess access)
{
    static readonly ImmutableArray<string> InFullForLinked =
    [
        StandardFields.Name,
        StandardFields.Address,
        StandardFields.Door,
        StandardFields.Phone,
        StandardFields.Owner,
        StandardFields.OwnerPhone,
        StandardFields.Landlord,
        StandardFields.LandlordPhone,
        StandardFields.Carer,
        StandardFields.CarerPhone,
    ];

    public SortedDictionary<string, FieldValueJson> Of(SubjectKind subject, ImmutableSortedDictionary<string, string> fields)
    {
        var shown = new SortedDictionary<string, FieldValueJson>(StringComparer.Ordinal);
        foreach (var (id, value) in fields)
            shown[id] = Of(subject, id, value);
        return shown;
    }

    /// <returns>Null when there is no value.</returns>
    public string? Text(SubjectKind subject, string id, ImmutableSortedDictionary<string, string> fields) =>
        fields.GetValueOrDefault(id) is { } value ? Of(subject, id, value).Value : null;

    /// <summary>
    /// The values of what the caller sees masked: what is shown anyway can't be revealed, and isn't recorded as if it were.
    /// </summary>
    /// <param name="only">Ids of fields; all when null or empty.</param>
    public Dictionary<string, string> Revealed(
        SubjectKind subject,
        ImmutableSortedDictionary<string, string> fields,
        IReadOnlyList<string>? only
    )
    {
        var revealed = new Dictionary<string, string>();
        foreach (var (id, value) in fields)
            if (!IsOpen(subject, id) && (only is not { Count: > 0 } || only.Contains(id)))
                revealed.Add(id, value);
        return revealed;
    }

    // A field that the pack no longer has may have been sensitive.
    bool IsOpen(SubjectKind subject, string id) =>
        rules.Field(subject, id)?.Protection == FieldProtection.Open || (access.IsLinked && InFullForLinked.Contains(id));

    FieldValueJson Of(SubjectKind subject, string id, string value)
    {
        var rule = rules.Field(subject, id);
        return IsOpen(subject, id) ? new(value, false) : new(rule is null ? Masks.Hidden : Masks.Of(rule.Type, value), true);
    }
}
