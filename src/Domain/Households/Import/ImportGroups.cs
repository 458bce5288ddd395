using System.Collections.Immutable;

namespace GridActors.Domain.Households.Import;

/// <summary>The rows of a file that are one household, its head first unless it is wrong which one is.</summary>
/// <param name="Area">The code of its area; empty when it isn't known.</param>
/// <param name="Fields">The household's own fields; of each the first that a row has.</param>
public sealed record ImportGroup(int Number, string Area, ImmutableSortedDictionary<string, string> Fields, ImmutableArray<ImportRow> Rows)
{
    public ImportRow? Head => Rows.FirstOrDefault(r => r.IsHead);
}

/// <summary>
/// Puts the rows of a file together to households: by the household's number; without one by the head's name and the address; without
/// those a head begins a new household, and who follows belongs to it.
/// </summary>
public static class ImportGroups
{
    /// <param name="rows">In the order of the file.</param>
    /// <param name="area">The area of rows that name none; null when they must.</param>
    public static IReadOnlyList<ImportGroup> Of(IEnumerable<ImportRow> rows, string? area)
    {
        var groups = new List<List<ImportRow>>();
        var byKey = new Dictionary<(string, string, string), List<ImportRow>>();
        List<ImportRow>? current = null;
        foreach (var row in rows)
        {
            current = Find(row);
            current.Add(row);
        }
        return [.. groups.Select((g, i) => Group(i, g, area))];

        List<ImportRow> Find(ImportRow row)
        {
            // Often only the first line of a household has its area, its number, its head's name or its address.
            if (row.IsLoose)
                return New();
            if (row.Number.Length > 0)
                return row.Area is null && current?[0].Number == row.Number ? current : Keyed((row.Area ?? "", row.Number, ""));
            if (current is not null && row.Sheet == current[0].Sheet && Continues(current, row))
                return current;
            if (row.HeadName.Length > 0)
                return Keyed((row.Area ?? "", row.HeadName, row.Household.GetValueOrDefault(StandardFields.Address, "") + "\n"));
            return New();
        }

        List<ImportRow> Keyed((string, string, string) key) => byKey.TryGetValue(key, out var group) ? group : byKey[key] = New();

        List<ImportRow> New()
        {
            var group = new List<ImportRow>();
            groups.Add(group);
            return group;
        }
    }

    static bool Continues(List<ImportRow> group, ImportRow row)
    {
        if (row.IsHead)
            return false;
        var first = group[0];
        var address = row.Household.GetValueOrDefault(StandardFields.Address, "");
        return (row.HeadName.Length == 0 || row.HeadName == first.HeadName || row.HeadName == group.Find(r => r.IsHead)?.Name)
            && (address.Length == 0 || address == first.Household.GetValueOrDefault(StandardFields.Address))
            && (row.Area is null || row.Area == first.Area);
    }

    static ImportGroup Group(int number, List<ImportRow> rows, string? area)
    {
        WithHead(rows);
        var fields = Facts.None;
        foreach (var row in rows)
        foreach (var (id, value) in row.Household)
            if (!fields.ContainsKey(id))
                fields = fields.Add(id, value);
        var where = rows.Select(r => r.Area).FirstOrDefault(a => a is not null) ?? area;
        if (where is null)
            Mark(rows, r => !r.Errors.Any(e => IsAboutArea(e.Code)), ImportErrors.NoArea);
        if (rows.Count > HouseholdDecider.MaxResidents)
            Mark(rows, _ => true, ImportErrors.TooManyResidents);
        return new(number, where ?? "", fields, [.. rows]);
    }

    static bool IsAboutArea(string code) => code is ImportErrors.UnknownArea or ImportErrors.SeveralAreas;

    /// <summary>A household of one has that one as its head; in others a row may be the head by its name alone.</summary>
    static void WithHead(List<ImportRow> rows)
    {
        if (!rows.Exists(r => r.IsHead))
        {
            var at = rows.Count == 1 && !rows[0].IsLoose ? 0 : rows.FindIndex(r => r.HeadName.Length > 0 && r.HeadName == r.Name);
            if (at >= 0 && rows[at].Relation is null)
                rows[at] = rows[at] with { Relation = HouseholdRules.HeadRelation };
        }
        var first = rows.FindIndex(r => r.IsHead);
        for (var i = first + 1; first >= 0 && i < rows.Count; i++)
            if (rows[i].IsHead)
                rows[i] = rows[i].Wrong(ImportErrors.TwoHeads, other: rows[first].Line);
    }

    static void Mark(List<ImportRow> rows, Func<ImportRow, bool> which, string code)
    {
        for (var i = 0; i < rows.Count; i++)
            if (which(rows[i]))
                rows[i] = rows[i].Wrong(code);
    }
}
