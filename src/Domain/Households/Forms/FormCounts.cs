using GridActors.Contracts.Households;

namespace GridActors.Domain.Households.Forms;

/// <summary>Out of which households a row of a form was made, and how old their facts are.</summary>
public sealed record FormSource(int Households, int Residents, DateTimeOffset? OldestCheck, DateTimeOffset? LatestCheck)
{
    public static FormSource None { get; } = new(0, 0, null, null);

    public FormSource With(HouseholdView household) =>
        new(
            Households + 1,
            Residents + household.Living.Count(),
            OldestCheck is { } oldest && oldest < household.CheckedAt ? oldest : household.CheckedAt,
            LatestCheck is { } latest && latest > household.CheckedAt ? latest : household.CheckedAt
        );
}

/// <summary>One row of counts, which households are added to one by one.</summary>
public sealed class FormCounts(FormRule form, DateOnly today)
{
    readonly int[] _counts = new int[form.Columns.Length];

    public FormSource Source { get; private set; } = FormSource.None;
    public IReadOnlyList<int> Counts => _counts;

    public void Add(HouseholdView household, Func<string, bool> mayKnow)
    {
        Source = Source.With(household);
        foreach (var resident in household.Living)
        {
            if (!form.Where.Matches(resident, today, mayKnow))
                continue;
            for (var i = 0; i < _counts.Length; i++)
                if (form.Columns[i].Where.Matches(resident, today, mayKnow))
                    _counts[i]++;
        }
    }
}
