using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Cases;

/// <summary>How pauses, extensions and a changed calendar move clocks that run (docs/clocks.md).</summary>
public static class ClockMoves
{
    /// <summary>Whether the clocks stand still.</summary>
    public static bool IsPaused(CaseView view) => CaseClockRules.Current(view.Clocks, ClockName.Pause) is { IsOpen: true };

    /// <summary>A pause stops what was promised, and the time that a level of the ladder has. What ran out already stays so.</summary>
    public static bool CanPause(CaseClock clock) =>
        (clock.IsPromise || clock.Name == ClockName.Step) && clock.State is ClockState.Running or ClockState.Warned;

    /// <summary>An extension moves the solution, and the reply that is owed by the same time.</summary>
    public static bool CanExtend(CaseClock clock) => clock is { IsOpen: true, Name: ClockName.Solve or ClockName.Reply };

    /// <summary>All that a run's due time depends on but the calendar.</summary>
    /// <param name="until">Until when a pause that isn't over counts; null to leave it out.</param>
    public static ClockRun RunOf(CaseClock clock, Term term, DateTimeOffset? until = null)
    {
        var changes = clock.Changes ?? ClockChanges.None;
        var pauses = changes.Pauses.Select(p => new Pause(p.From, p.To));
        if (changes.PausedAt is { } from && until is { } to)
            pauses = pauses.Append(new(from, to));
        return new(clock.StartedAt, term)
        {
            Pauses = [.. pauses],
            Extensions = [.. changes.Extensions.Select(e => Term.Parse(e)).OfType<Term>()],
        };
    }

    /// <summary>The clocks that a step moves, and their times by the calendar as it is known now; the default when it moves none.</summary>
    internal static ImmutableArray<MovedClock> Of(
        CaseEvent e,
        CasePlan plan,
        ImmutableArray<CaseClock> clocks,
        WorkingTime time,
        DateTimeOffset at
    )
    {
        if (e is not (CaseResumed or CaseExtended or CaseReplanned))
            return default;
        ImmutableArray<MovedClock>.Builder? moved = null;
        foreach (var clock in clocks)
        {
            if (!IsMoved(e, clock) || Term.Parse(clock.Term) is not { } term)
                continue;
            var run = RunOf(clock, term, at);
            if (e is CaseExtended extended)
                run = run with { Extensions = run.Extensions.Add(extended.Term) };
            var due = time.Due(run);
            // The warning keeps the term that the catalogue had when the case was reported. Only the plan stores it.
            var warnAt = plan.Clocks.Of(clock.Name) is { } planned ? CaseClockRules.WarnAt(planned, due, time) : null;
            var next = new MovedClock(clock.Name, due.At.ToUniversalTime(), warnAt, due.Provisional);
            if (e is CaseReplanned && next.DueAt == clock.DueAt && next.Provisional == clock.Provisional)
                continue;
            (moved ??= ImmutableArray.CreateBuilder<MovedClock>()).Add(next);
        }
        return moved?.ToImmutable() ?? default;
    }

    /// <summary>Whether another calendar makes an open clock or an open task due at another time, or certain.</summary>
    public static bool IsOutdated(CaseView view, WorkingTime time) =>
        !Of(new CaseReplanned(), CasePlan.None, view.Clocks, time, DateTimeOffset.MinValue).IsDefault
        || !TaskDecider.Moved(view, time).IsDefault;

    internal static ImmutableArray<CaseClock> After(ImmutableArray<CaseClock> clocks, CaseEvent e, DateTimeOffset at)
    {
        if (e is not (CasePaused or CaseResumed or CaseExtended or CaseReplanned))
            return clocks;
        var next = clocks.ToBuilder();
        for (var i = 0; i < next.Count; i++)
        {
            var clock = next[i];
            if (e is CasePaused && CanPause(clock))
                next[i] = clock with { State = ClockState.Paused, Changes = (clock.Changes ?? ClockChanges.None) with { PausedAt = at } };
            else if (IsMoved(e, clock))
                next[i] = Moved(clock, e, at);
        }
        return next.ToImmutable();
    }

    static CaseClock Moved(CaseClock clock, CaseEvent e, DateTimeOffset at)
    {
        var changes = clock.Changes ?? ClockChanges.None;
        if (e is CaseResumed)
            changes = changes with { PausedAt = null, Pauses = changes.Pauses.Add(new(changes.PausedAt ?? at, at)) };
        if (e is CaseExtended extended)
            changes = changes with { Extensions = changes.Extensions.Add(extended.Term.ToString()) };
        var next = clock with { Changes = e is CaseReplanned ? clock.Changes : changes };
        MovedClock? moved = null;
        if (!e.Moved.IsDefault)
            foreach (var m in e.Moved)
                if (m.Clock == clock.Name)
                    moved = m;
        if (moved is not null)
            next = next with { DueAt = moved.DueAt, WarnAt = moved.WarnAt, Provisional = moved.Provisional };
        else if (e is CaseReplanned)
            return clock;
        // It stands still as long as the case is paused.
        if (clock.State == ClockState.Paused && e is not CaseResumed)
            return next;
        if (next.DueAt > at)
            return next with { State = next.WarnAt <= at ? ClockState.Warned : ClockState.Running, BreachedAt = null };
        // The moment has passed: the clock's own step will say so, unless it did already.
        return clock.State == ClockState.Breached ? next : next with { State = ClockState.Running };
    }

    static bool IsMoved(CaseEvent e, CaseClock clock) =>
        e switch
        {
            CaseResumed => clock.State == ClockState.Paused,
            CaseExtended => CanExtend(clock),
            CaseReplanned => clock is { IsOpen: true, State: not ClockState.Paused } && DependsOnCalendar(clock),
            _ => false,
        };

    /// <summary>Minutes and hours run on without a stop. Their extensions may count working days.</summary>
    static bool DependsOnCalendar(CaseClock clock) => clock.Term.Contains('w', StringComparison.Ordinal) || clock.Changes is not null;
}
