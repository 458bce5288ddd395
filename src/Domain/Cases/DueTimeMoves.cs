using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Cases;

/// <summary>How many open cases another calendar would move, and what would become of what was promised in each.</summary>
public sealed class DueTimeMoves
{
    public int Cases { get; private set; }
    public int Earlier { get; private set; }
    public int Later { get; private set; }

    /// <summary>How many would be overdue at once that aren't now.</summary>
    public int Overdue { get; private set; }

    public void Add(CaseState state, WorkingTime time, DateTimeOffset at)
    {
        Cases++;
        var before = state.Case!;
        if (!ClockMoves.IsOutdated(before, time))
            return;
        var replanned = CaseClockRules.Plan(state, new CaseReplanned(), time, at);
        var after = CaseState.Evolve(state, replanned, new(before.Id, at, before.UpdatedBy, Guid.Empty)).Case!;
        // The next due time alone would hide a later one that moves.
        var moved = before
            .Clocks.Zip(after.Clocks)
            .Where(pair => pair.First.IsPromise)
            .Select(pair => pair.Second.DueAt.CompareTo(pair.First.DueAt))
            .ToList();
        if (moved.Any(difference => difference < 0))
            Earlier++;
        if (moved.Any(difference => difference > 0))
            Later++;
        if (before.Urgency != Urgency.Overdue && after.DueAt <= at)
            Overdue++;
    }
}
