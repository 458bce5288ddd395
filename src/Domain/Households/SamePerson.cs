using System.Collections.Immutable;
using GridActors.Domain.Identifiers;

namespace GridActors.Domain.Households;

/// <summary>By what two records may be of one person, the most certain first.</summary>
public enum Likeness
{
    /// <summary>The number of the certificate.</summary>
    Number,

    /// <summary>The name and the date of birth.</summary>
    BirthDate,

    /// <summary>The name and the phone.</summary>
    Phone,
}

/// <summary>
/// When two records may be of one person: the rule of imports, of registration and of the list of duplicates. It never says that they
/// are: two records of one person are hard to find later, and two people in one record harder.
/// </summary>
public static class SamePerson
{
    /// <returns>Null when nothing says that they are the same, or two numbers say that they aren't.</returns>
    public static Likeness? Compare(ImmutableSortedDictionary<string, string> one, ImmutableSortedDictionary<string, string> other)
    {
        var (number, otherNumber) = (Value(one, StandardFields.IdNumber), Value(other, StandardFields.IdNumber));
        if (number.Length > 0 && otherNumber.Length > 0)
            return IdentifierRules.ForSearch(number) == IdentifierRules.ForSearch(otherNumber) ? Likeness.Number : null;
        if (!IsSame(one, other, StandardFields.Name))
            return null;
        var (born, otherBorn) = (Value(one, StandardFields.BirthDate), Value(other, StandardFields.BirthDate));
        if (born.Length > 0 && otherBorn.Length > 0)
            return born == otherBorn ? Likeness.BirthDate : null;
        return IsSame(one, other, StandardFields.Phone) ? Likeness.Phone : null;
    }

    /// <summary>What somebody can be like others by: records with no text in common aren't like each other.</summary>
    public static IEnumerable<(Likeness By, string Text)> Texts(ImmutableSortedDictionary<string, string> fields)
    {
        if (Value(fields, StandardFields.IdNumber) is { Length: > 0 } number)
            yield return (Likeness.Number, IdentifierRules.ForSearch(number));
        var name = Value(fields, StandardFields.Name);
        if (Value(fields, StandardFields.BirthDate) is { Length: > 0 } born)
            yield return (Likeness.BirthDate, $"{name}\n{born}");
        if (Value(fields, StandardFields.Phone) is { Length: > 0 } phone)
            yield return (Likeness.Phone, $"{name}\n{phone}");
    }

    static bool IsSame(ImmutableSortedDictionary<string, string> one, ImmutableSortedDictionary<string, string> other, string field) =>
        Value(one, field) is { Length: > 0 } value && value == Value(other, field);

    static string Value(ImmutableSortedDictionary<string, string> fields, string field) => fields.GetValueOrDefault(field, "");
}
