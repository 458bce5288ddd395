using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Cases;

/// <summary>With whom a case lies. The numbers aren't stored.</summary>
public enum HoldKind
{
    /// <summary>With its recipients, of whom nobody has claimed it.</summary>
    Waiting,

    /// <summary>With its claimant.</summary>
    Working,

    /// <summary>With its claimant, while the clocks stand still.</summary>
    Paused,

    /// <summary>With those who may close it.</summary>
    Settled,

    /// <summary>With another system, whose answer its claimant waits for.</summary>
    Elsewhere,
}

/// <param name="Claimant">Who worked on it; for a settled case, who settled it. Null while it waited to be claimed.</param>
/// <param name="OfferedTo">Who could claim it.</param>
/// <param name="Minutes">The whole minutes of office time.</param>
public sealed record CaseHold(
    HoldKind Kind,
    PersonId? Claimant,
    ImmutableArray<PersonId> OfferedTo,
    DateTimeOffset From,
    DateTimeOffset To,
    long Minutes
);

/// <summary>Who held a case for how much working time, so that the minutes of all add up to the whole.</summary>
public static class CaseHolds
{
    /// <param name="events">All of the case's, in order.</param>
    /// <param name="until">Until when an open case counts.</param>
    public static ImmutableArray<CaseHold> Of(
        IEnumerable<(CaseEvent Event, EventContext Context)> events,
        DateTimeOffset until,
        WorkingTime time
    )
    {
        var (state, holds) = (CaseState.Initial, new List<CaseHold>());
        foreach (var (e, context) in events)
        {
            state = CaseState.Evolve(state, e, context);
            var next = HoldOf(state.Case!, context.At);
            var open = holds is [.., { To: var to } last] && to == DateTimeOffset.MaxValue ? last : null;
            if (open is not null && next is not null && IsSame(open, next))
                continue;
            if (open is not null)
                holds[^1] = open with { To = context.At };
            if (next is not null)
                holds.Add(next);
        }
        if (holds is [.., { To: var end } running] && end == DateTimeOffset.MaxValue)
            holds[^1] = running with { To = until > running.From ? until : running.From };
        var minutes = MinutesOf(holds, time);
        return [.. holds.Select((hold, i) => hold with { Minutes = minutes[i] })];
    }

    /// <summary>Rounded together, so that they add up. While a case is closed nobody has it, and that time belongs to none.</summary>
    static long[] MinutesOf(List<CaseHold> holds, WorkingTime time)
    {
        var shares = time.Minutes([.. holds.SelectMany(h => new[] { h.From, h.To })]);
        return [.. holds.Select((_, i) => shares[i * 2])];
    }

    /// <returns>Null for a closed case, and for one that is handled with another.</returns>
    static CaseHold? HoldOf(CaseView view, DateTimeOffset at)
    {
        HoldKind? kind = view.Status switch
        {
            CaseStatus.Closed or CaseStatus.Merged => null,
            CaseStatus.Offered => HoldKind.Waiting,
            CaseStatus.Resolved or CaseStatus.Explained => HoldKind.Settled,
            _ when ClockMoves.IsPaused(view) => HoldKind.Paused,
            _ => view.OpenForward is null ? HoldKind.Working : HoldKind.Elsewhere,
        };
        return kind is { } known ? new(known, view.Claimant, view.OfferedTo, at, DateTimeOffset.MaxValue, 0) : null;
    }

    static bool IsSame(CaseHold one, CaseHold other) =>
        one.Kind == other.Kind && one.Claimant == other.Claimant && CaseRouting.AreSame(one.OfferedTo, other.OfferedTo);
}
