using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Households;

namespace GridActors.Domain.Households.Forms;

/// <summary>
/// A form that the place must hand in again and again (一表通), made from the ledger instead of being collected once more. A pack describes
/// it in <c>forms.yaml</c> (docs/packs.md).
/// </summary>
/// <param name="RowsBy">The level of the tree of which each area is a row of counts; null for a list of residents.</param>
/// <param name="Where">Who is counted or listed at all.</param>
public sealed record FormRule(
    string Id,
    string Name,
    string NameEn,
    string? RowsBy,
    FormCondition Where,
    ImmutableArray<FormColumn> Columns
)
{
    [JsonIgnore]
    public bool IsList => RowsBy is null;
}

/// <param name="Value">What a list shows: a field, <c>household.</c> and a field, or a <see cref="FormValues"/>; null in counts.</param>
/// <param name="Where">Whom the column of counts counts, of those whom the form counts.</param>
public sealed record FormColumn(string Name, string NameEn, string? Value, FormCondition Where);

/// <summary>What a list can show beside fields.</summary>
public static class FormValues
{
    public const string Area = "area";
    public const string Age = "age";
    public const string Kind = "kind";
    public const string Relation = "relation";
    public const string Groups = "groups";

    /// <summary>When the certificate lapses that the form's condition names.</summary>
    public const string Expires = "expires";

    public const string HouseholdPrefix = "household.";

    public static ImmutableArray<string> All { get; } = [Area, Age, Kind, Relation, Groups, Expires];
}

/// <summary>Within which time a certificate lapses, or has lapsed.</summary>
public enum FormPeriod
{
    Month,
    Quarter,
    Year,
}

/// <summary>Who is meant. What is null or empty doesn't matter; whoever it is about has to meet all the rest.</summary>
public sealed record FormCondition
{
    public static FormCondition Everybody { get; } = new();

    public ResidentKind? Kind { get; init; }
    public string? Group { get; init; }

    /// <summary>In whole years, on the day on which the form is made. Whose date of birth isn't known has no age.</summary>
    public int? AgeFrom { get; init; }

    /// <summary>The last age that is included.</summary>
    public int? AgeTo { get; init; }

    /// <summary>They hold such a certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>It lapses within this month, quarter or year, or has lapsed.</summary>
    public FormPeriod? Lapses { get; init; }

    /// <summary>A field of the resident, and the code that it has.</summary>
    public string? Field { get; init; }
    public string? Is { get; init; }

    /// <param name="mayKnow">Whether somebody may know who is in a special group.</param>
    public bool Matches(ResidentView resident, DateOnly today, Func<string, bool> mayKnow)
    {
        if (Kind is { } kind && resident.Kind != kind)
            return false;
        if (Group is { } group && !(resident.Groups.Contains(group) && mayKnow(group)))
            return false;
        if (AgeFrom is not null || AgeTo is not null)
        {
            if (Ages.Of(resident.Fields, today) is not { } age || age < (AgeFrom ?? 0) || age > (AgeTo ?? int.MaxValue))
                return false;
        }
        if (Field is { } field && resident.Fields.GetValueOrDefault(field) != Is)
            return false;
        return Certificate is not { } certificate
            || resident.Certificates.Any(c => c.Kind == certificate && (Lapses is not { } period || c.ExpiresOn <= EndOf(period, today)));
    }

    /// <summary>The last day of the period in which a day is.</summary>
    public static DateOnly EndOf(FormPeriod period, DateOnly day) =>
        period switch
        {
            FormPeriod.Month => new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1),
            FormPeriod.Quarter => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1).AddMonths(3).AddDays(-1),
            _ => new DateOnly(day.Year, 12, 31),
        };
}
