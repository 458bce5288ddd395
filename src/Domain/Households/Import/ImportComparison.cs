using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Domain.Identifiers;
using static GridActors.Domain.Households.Import.ImportErrors;

namespace GridActors.Domain.Households.Import;

/// <summary>
/// Compares the households of a sheet with those that are registered. Somebody is the same by the number of a certificate, or in one
/// household by the name. Where that isn't certain nothing is done, and somebody looks: two records of one person are hard to find later,
/// and two people in one record harder.
/// </summary>
/// <param name="newId">Gives the id of a household or resident that will be registered.</param>
public sealed class ImportComparison(HouseholdRules rules, KnownHouseholds known, Func<Guid> newId)
{
    readonly Dictionary<string, int> _lines = [];

    public GroupResult Compare(ImportGroup group)
    {
        var rows = group.Rows.Select(NotTwice).ToArray();
        var household = Find(group, rows);
        var matches = new ResidentView?[rows.Length];
        if (household is not null && IsAnother(household, group, rows))
            rows = [.. rows.Select(r => r.Wrong(OtherHousehold))];
        else
            for (var i = 0; i < rows.Length; i++)
                if (rows[i].Errors.IsEmpty)
                    (rows[i], matches[i]) = Match(rows[i], household, matches);
        rows = WithHead(rows, household, matches);
        return household is null ? Create(group, rows) : Change(group, household, rows, matches);
    }

    /// <summary>One person twice in a file is a mistake of the file.</summary>
    ImportRow NotTwice(ImportRow row)
    {
        if (row.IdNumber.Length == 0)
            return row;
        var number = IdentifierRules.ForSearch(row.IdNumber);
        if (_lines.TryAdd(number, row.Line))
            return row;
        return row.Wrong(TwiceInFile, other: _lines[number]);
    }

    HouseholdView? Find(ImportGroup group, ImportRow[] rows) =>
        rows.Select(r => known.ByIdNumber(r.IdNumber)?.Household)
            .OfType<HouseholdView>()
            .CountBy(h => h.Id)
            .OrderByDescending(c => c.Value)
            .Select(c => (Guid?)c.Key)
            .FirstOrDefault()
            is { } id
            ? rows.Select(r => known.ByIdNumber(r.IdNumber)?.Household).First(h => h?.Id == id)
            : known.ByNumber(group.Area, group.Fields.GetValueOrDefault("number", "")) ?? known.ByAddress(group);

    /// <summary>The number of a household was given to another one: nobody in the sheet is registered in it.</summary>
    static bool IsAnother(HouseholdView household, ImportGroup group, ImportRow[] rows) =>
        household.Area.Code != group.Area
        || !rows.Any(row =>
            household.Living.Any(r =>
                KnownHouseholds.Value(r, StandardFields.Name) == row.Name
                || IsSameNumber(KnownHouseholds.Value(r, StandardFields.IdNumber), row.IdNumber)
            )
        );

    (ImportRow Row, ResidentView? Resident) Match(ImportRow row, HouseholdView? household, ResidentView?[] taken)
    {
        if (known.ByIdNumber(row.IdNumber) is { } found)
        {
            if (found.Household.Id != household?.Id)
                return (row.Wrong(InOtherHousehold), null);
            return KnownHouseholds.Value(found.Resident, StandardFields.Name) == row.Name
                ? (row, found.Resident)
                : (row.Wrong(OtherName), null);
        }
        var sameName =
            household
                ?.Living.Where(r => KnownHouseholds.Value(r, StandardFields.Name) == row.Name && !taken.Contains(r) && MayBe(r, row))
                .ToList()
            ?? [];
        if (sameName.Count == 1)
        {
            var hasOther = KnownHouseholds.Value(sameName[0], StandardFields.IdNumber).Length > 0 && row.IdNumber.Length > 0;
            return hasOther ? (row.Wrong(OtherNumber), null) : (row, sameName[0]);
        }
        var fields = row.Resident.SetItems(row.Derived.Where(d => !row.Resident.ContainsKey(d.Key)));
        var namesake = known
            .Namesakes(row.Name)
            .Any(n => n.Household.Id != household?.Id && SamePerson.Compare(n.Resident.Fields, fields) is not null);
        return sameName.Count > 1 || namesake ? (row.Wrong(MaybeSame), null) : (row, null);
    }

    static bool MayBe(ResidentView resident, ImportRow row) =>
        KnownHouseholds.Value(resident, StandardFields.BirthDate) is var born
        && (born.Length == 0 || row.BirthDate.Length == 0 || born == row.BirthDate);

    /// <summary>A head is changed by a step of its own, because that says what the former one becomes.</summary>
    static ImportRow[] WithHead(ImportRow[] rows, HouseholdView? household, ResidentView?[] matches)
    {
        if (household is null)
        {
            return rows.Any(r => r.IsHead) ? Waiting(rows) : [.. rows.Select(r => r.Wrong(NoHead))];
        }
        if (household.Head is not { } head)
            return rows;
        return
        [
            .. rows.Select(
                (r, i) =>
                {
                    var becomes = r.IsHead && matches[i]?.Id != head.Id;
                    var ceases = matches[i]?.Id == head.Id && r.Relation is not null && !r.IsHead;
                    return r.Errors.IsEmpty && (becomes || ceases) ? r.Wrong(OtherHead) : r;
                }
            ),
        ];
    }

    /// <summary>Without its head a new household isn't registered, and so not its other residents.</summary>
    static ImportRow[] Waiting(ImportRow[] rows) =>
        rows.Any(r => r.IsHead && r.Errors.IsEmpty) ? rows : [.. rows.Select(r => r.Errors.IsEmpty ? r.Wrong(HouseholdWrong) : r)];

    GroupResult Create(ImportGroup group, ImportRow[] rows)
    {
        rows = [.. rows.Select(r => r.Errors.IsEmpty && r.IsHead ? Complete(r, rules.Household, group.Fields) : r)];
        rows = [.. rows.Select(r => r.Errors.IsEmpty ? Complete(r, rules.Resident, r.Resident.AddRange(r.Derived)) : r)];
        rows = Waiting(rows);
        var good = rows.Where(r => r.Errors.IsEmpty).ToList();
        var plan =
            good.Count == 0
                ? null
                : new HouseholdPlan(newId(), group.Area, 0, Added(group.Fields), [.. good.OrderBy(r => !r.IsHead).Select(New)]);
        return new(group.Number, plan, [.. rows.Select(r => Result(r, isNew: true, []))]);
    }

    GroupResult Change(ImportGroup group, HouseholdView household, ImportRow[] rows, ResidentView?[] matches)
    {
        var residents = ImmutableArray.CreateBuilder<ResidentPlan>();
        var results = ImmutableArray.CreateBuilder<RowResult>();
        var isAnyGood = false;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (row.Errors.IsEmpty && matches[i] is null)
                row = Complete(row, rules.Resident, row.Resident.AddRange(row.Derived));
            var plan =
                !row.Errors.IsEmpty ? null
                : matches[i] is { } resident ? RowChanges.Of(resident, row, newId)
                : New(row);
            if (plan is not null)
                residents.Add(plan);
            isAnyGood |= row.Errors.IsEmpty;
            results.Add(Result(row, matches[i] is null, plan is null ? [] : RowChanges.Names(plan)));
        }
        var fields = isAnyGood ? RowChanges.Of(household.Fields, group.Fields) : ImmutableSortedDictionary<string, Change<string?>>.Empty;
        if (!fields.IsEmpty)
            Note(results, [.. fields.Keys.Select(f => $"household.{f}")]);
        var isNothing = fields.IsEmpty && residents.Count == 0;
        return new(
            group.Number,
            isNothing ? null : new(household.Id, group.Area, household.Version, fields, residents.ToImmutable()),
            results.ToImmutable()
        );
    }

    /// <summary>A change of the household is told with its first row that is good.</summary>
    static void Note(ImmutableArray<RowResult>.Builder results, ImmutableArray<string> changed)
    {
        for (var i = 0; i < results.Count; i++)
            if (results[i].Reasons.IsEmpty)
            {
                var state = results[i].State == RowState.Unchanged ? RowState.Changed : results[i].State;
                results[i] = results[i] with { State = state, Changed = changed.AddRange(results[i].Changed) };
                return;
            }
    }

    static ImportRow Complete(ImportRow row, ImmutableArray<FieldRule> fields, ImmutableSortedDictionary<string, string> values)
    {
        foreach (var field in fields)
            if (field.Required && !values.ContainsKey(field.Id))
                row = row.Wrong(ValueErrors.Required, field.Name);
        return row;
    }

    ResidentPlan New(ImportRow row) =>
        new(
            newId(),
            true,
            new(ResidentKind.Registered, row.Kind ?? ResidentKind.Registered),
            row.Relation is null ? null : new(null, row.Relation),
            Added(row.Resident.AddRange(row.Derived)),
            row.Groups.IsEmpty ? null : new([], row.Groups),
            row.Certificates.IsEmpty ? null : new([], [.. row.Certificates.Select(c => new Certificate(newId(), c.Kind, c.ExpiresOn))]),
            row.Tags.IsEmpty ? null : new([], row.Tags)
        );

    static ImmutableSortedDictionary<string, Change<string?>> Added(ImmutableSortedDictionary<string, string> fields) =>
        fields.ToImmutableSortedDictionary(f => f.Key, f => new Change<string?>(null, f.Value), StringComparer.Ordinal);

    static RowResult Result(ImportRow row, bool isNew, ImmutableArray<string> changed)
    {
        var state =
            row.Errors.IsEmpty
                ? (
                    isNew ? RowState.New
                    : changed.IsEmpty ? RowState.Unchanged
                    : RowState.Changed
                )
            : row.Errors.All(e => IsDoubt(e.Code)) ? RowState.Doubtful
            : RowState.Wrong;
        return new(row, state, isNew ? [] : changed, row.Errors);
    }

    static bool IsSameNumber(string known, string written) =>
        known.Length > 0 && written.Length > 0 && IdentifierRules.ForSearch(known) == IdentifierRules.ForSearch(written);
}
