using System.Collections.Immutable;
using GridActors.Contracts.Households;

namespace GridActors.Domain.Households.Forms;

/// <summary>Out of which households a row or a cell of a form was made, and how old their facts are.</summary>
public sealed record FormSource(int Households, int Residents, DateTimeOffset? OldestCheck, DateTimeOffset? LatestCheck)
{
    public static FormSource None { get; } = new(0, 0, null, null);

    /// <param name="residents">How many of the household.</param>
    public FormSource With(HouseholdView household, int residents) =>
        new(
            Households + 1,
            Residents + residents,
            OldestCheck is { } oldest && oldest < household.CheckedAt ? oldest : household.CheckedAt,
            LatestCheck is { } latest && latest > household.CheckedAt ? latest : household.CheckedAt
        );
}

/// <summary>One row of counts, which households are added to one by one.</summary>
public sealed class FormCounts(FormRule form, DateOnly today)
{
    readonly FormSource[] _cells = [.. form.Columns.Select(_ => FormSource.None)];

    /// <summary>All households of the row: also who isn't counted was looked at.</summary>
    public FormSource Source { get; private set; } = FormSource.None;

    /// <summary>By column, whom the cell counts and in which households they live.</summary>
    public IReadOnlyList<FormSource> Cells => _cells;

    public void Add(HouseholdView household, Func<string, bool> mayKnow)
    {
        var living = household.Living.ToImmutableArray();
        Source = Source.With(household, living.Length);
        var counted = living.Where(r => form.Where.Matches(r, today, mayKnow)).ToImmutableArray();
        for (var i = 0; i < _cells.Length; i++)
            if (counted.Count(r => form.Columns[i].Where.Matches(r, today, mayKnow)) is > 0 and var residents)
                _cells[i] = _cells[i].With(household, residents);
    }
}
