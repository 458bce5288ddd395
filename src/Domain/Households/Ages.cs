using System.Collections.Immutable;
using System.Globalization;

namespace GridActors.Domain.Households;

/// <summary>How old residents are.</summary>
public static class Ages
{
    /// <returns>In whole years; null when the date of birth isn't known.</returns>
    public static int? Of(ImmutableSortedDictionary<string, string> fields, DateOnly today)
    {
        var text = fields.GetValueOrDefault(StandardFields.BirthDate);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born))
            return null;
        var age = today.Year - born.Year;
        return born.AddYears(age) > today ? age - 1 : age;
    }
}
