using System.Collections.Immutable;
using GridActors.Contracts.Households;

namespace GridActors.Domain.Households.Import;

/// <summary>What would become of a row. The numbers are stored.</summary>
public enum RowState : short
{
    /// <summary>The resident isn't registered yet.</summary>
    New = 0,
    Changed = 1,
    Unchanged = 2,

    /// <summary>It may be somebody who is registered: somebody looks, and nothing is done.</summary>
    Doubtful = 3,
    Wrong = 4,
}

/// <param name="Changed">The fields that would have another value, with <c>household.</c> before those of the household.</param>
/// <param name="Reasons">Why nothing is done; empty when something is.</param>
public sealed record RowResult(ImportRow Row, RowState State, ImmutableArray<string> Changed, ImmutableArray<RowError> Reasons);

/// <summary>A value before and after an import.</summary>
public sealed record Change<T>(T Before, T After);

/// <summary>What is done to one resident.</summary>
/// <param name="IsNew">They are added, with the values after the import.</param>
/// <param name="Kind">Null when it stays, as with everything else.</param>
public sealed record ResidentPlan(
    Guid Id,
    bool IsNew,
    Change<ResidentKind>? Kind,
    Change<string?>? Relation,
    ImmutableSortedDictionary<string, Change<string?>> Fields,
    Change<ImmutableArray<string>>? Groups,
    Change<ImmutableArray<Certificate>>? Certificates,
    Change<ImmutableArray<string>>? Tags
);

/// <summary>What is done to one household. It says what was there before, so that it can be undone.</summary>
/// <param name="Version">Which version of the household was compared; 0 for a new one.</param>
public sealed record HouseholdPlan(
    Guid Household,
    string Area,
    int Version,
    ImmutableSortedDictionary<string, Change<string?>> Fields,
    ImmutableArray<ResidentPlan> Residents
)
{
    public bool IsNew => Version == 0;
}

/// <param name="Plan">Null when nothing is done.</param>
public sealed record GroupResult(int Number, HouseholdPlan? Plan, ImmutableArray<RowResult> Rows);
