using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Cases;

/// <summary>What a step does to a clock.</summary>
public enum ClockEffect
{
    None,

    /// <summary>A run begins. A run that is under way ends.</summary>
    Start,

    /// <summary>A run begins, unless one is under way.</summary>
    StartUnlessOpen,

    /// <summary>What the clock waited for has happened.</summary>
    Meet,

    /// <summary>What the clock waited for isn't expected any more.</summary>
    Cancel,
}

/// <summary>When a case wants to be called for one of its clocks.</summary>
public readonly record struct ClockMoment(ClockName Clock, DateTimeOffset At);

/// <summary>
/// Which step starts, meets and cancels which clock. It is the table of docs/clocks.md. A clock starts when the case is registered, never
/// when somebody accepts it. A comment, a handover and progress don't move what was promised.
/// </summary>
public static class CaseClockRules
{
    /// <summary>How many runs a case keeps as a record. A case that goes back and forth for ever doesn't grow for ever.</summary>
    const int MaxRuns = 40;

    static readonly ClockName[] Clocks = Enum.GetValues<ClockName>();

    public static ClockEffect Effect(CaseEvent e, ClockName clock, CasePlan plan) =>
        (e, clock) switch
        {
            (CaseReported or CaseReopened, ClockName.Respond or ClockName.OnSite or ClockName.Solve or ClockName.Reply) =>
                ClockEffect.Start,
            // Only the solution is promised again, because the claimant has responded and been on site already.
            (CaseReturned, ClockName.Solve or ClockName.Reply or ClockName.Idle) => ClockEffect.Start,
            (CaseReopened or CaseReturned, ClockName.Close) => ClockEffect.Cancel,
            (CaseReopened or CaseReturned or CaseEscalated or CaseSentBack, ClockName.Step) => plan.Of(clock) is null
                ? ClockEffect.Cancel
                : ClockEffect.Start,

            (CaseClaimed or CaseHandedOver, ClockName.Respond) => ClockEffect.Meet,
            // The idle clock measures how long a claimant shows no work, so a new claim and each sign of work start it again.
            (CaseClaimed or CaseHandedOver or CaseReachedOnSite or CaseProgressed, ClockName.Idle) => ClockEffect.Start,
            (CaseReachedOnSite, ClockName.OnSite) => ClockEffect.Meet,

            (CaseReleased or CaseLapsed or CaseTransferred or CaseReoffered { ReleasedFrom: not null }, ClockName.Idle) =>
                ClockEffect.Cancel,
            (CaseReleased or CaseLapsed or CaseReoffered { ReleasedFrom: not null }, ClockName.Respond) => ClockEffect.StartUnlessOpen,
            // Climbing starts no promise again: a case that is late stays late on every level.
            (CaseEscalated { KeepsClaim: false } or CaseSentBack, ClockName.Idle) => ClockEffect.Cancel,
            (CaseEscalated { KeepsClaim: false } or CaseSentBack, ClockName.Respond) => ClockEffect.StartUnlessOpen,
            (CaseTransferred, ClockName.Step) => ClockEffect.Cancel,
            (CaseSupervised, ClockName.Answer) => ClockEffect.Start,
            (CaseSupervisionAnswered, ClockName.Answer) => ClockEffect.Meet,
            (CaseConsultationCalled, ClockName.Opinion) => ClockEffect.Start,
            (CaseOpinionGiven { IsLast: true }, ClockName.Opinion) => ClockEffect.Meet,
            (CaseConsultationDecided, ClockName.Opinion) => ClockEffect.Cancel,
            (CaseTransferred, ClockName.Respond) => plan.Clocks.RestartOnTransfer ? ClockEffect.Start : ClockEffect.StartUnlessOpen,
            (CaseTransferred, ClockName.OnSite or ClockName.Solve or ClockName.Reply) when plan.Clocks.RestartOnTransfer =>
                ClockEffect.Start,

            (CaseResolved, ClockName.Respond or ClockName.OnSite or ClockName.Solve or ClockName.Reply) => ClockEffect.Meet,
            (CaseResolved or CaseExplained, ClockName.Step) => ClockEffect.Meet,
            (CaseExplained, ClockName.Respond or ClockName.Reply) => ClockEffect.Meet,
            (CaseExplained, ClockName.OnSite or ClockName.Solve) => ClockEffect.Cancel,
            (CaseResolved or CaseExplained, ClockName.Idle) => ClockEffect.Cancel,
            (CaseResolved or CaseExplained, ClockName.Close) => ClockEffect.Start,

            (CaseForwarded, ClockName.Forward) => ClockEffect.Start,
            // While the other system has the case, the claimant owes no sign of work.
            (CaseForwarded, ClockName.Idle) => ClockEffect.Cancel,
            (CaseForwardAnswered { IsLate: false, Answer: not ForwardAnswer.Progress }, ClockName.Forward) => ClockEffect.Meet,
            (CaseForwardAnswered { IsLate: false, Answer: ForwardAnswer.Refused } or CaseRecalled, ClockName.Idle) => ClockEffect.Start,
            (CaseRecalled or CaseReleased or CaseLapsed or CaseTransferred or CaseSentBack or CaseReopened, ClockName.Forward) =>
                ClockEffect.Cancel,
            (CaseEscalated { KeepsClaim: false } or CaseReoffered { ReleasedFrom: not null }, ClockName.Forward) => ClockEffect.Cancel,
            (CaseResolved or CaseExplained, ClockName.Forward) => ClockEffect.Cancel,

            (CasePaused, ClockName.Pause) => ClockEffect.Start,
            (CasePaused, ClockName.Idle) => ClockEffect.Cancel,
            (CaseResumed, ClockName.Pause) => ClockEffect.Meet,
            (CaseResumed, ClockName.Idle) => ClockEffect.Start,
            (CaseResolved or CaseExplained, ClockName.Pause) => ClockEffect.Cancel,

            (CaseClosed, ClockName.Close) => ClockEffect.Meet,
            (CaseClosed or CaseMerged, _) => ClockEffect.Cancel,
            _ => ClockEffect.None,
        };

    /// <summary>The event with the clocks that it starts and moves, and their times by the calendar as it is known now.</summary>
    public static CaseEvent Plan(CaseState before, CaseEvent e, WorkingTime time, DateTimeOffset at)
    {
        var plan = CasePlan.After(before.Plan, e);
        var clocks = before.Case?.Clocks ?? [];
        e = e switch
        {
            CaseReplanned x when before.Case is { } view => x with { Tasks = TaskDecider.Moved(view, time) },
            CaseMeetingDecided x => x with { Tasks = TaskDecider.Begin(x.Tasks, time, at) },
            CaseConsultationDecided x => x with { Tasks = TaskDecider.Begin(x.Tasks, time, at) },
            _ => e,
        };
        var (started, moved) = (Started(before, e, plan, time, at), ClockMoves.Of(e, plan, clocks, time, at));
        return started.IsDefault && moved.IsDefault ? e : e with { Started = started, Moved = moved };
    }

    static ImmutableArray<StartedClock> Started(CaseState before, CaseEvent e, CasePlan plan, WorkingTime time, DateTimeOffset at)
    {
        var clocks = before.Case?.Clocks ?? [];
        ImmutableArray<StartedClock>.Builder? started = null;
        foreach (var clock in Clocks)
        {
            if (plan.Of(clock) is not { } term || (clock == ClockName.Idle && before.Case is { } view && IsIdleHeld(view, e)))
                continue;
            var effect = Effect(e, clock, plan);
            if (effect == ClockEffect.Start || (effect == ClockEffect.StartUnlessOpen && Current(clocks, clock) is not { IsOpen: true }))
                (started ??= ImmutableArray.CreateBuilder<StartedClock>()).Add(Start(clock, term, time, at));
        }
        return started?.ToImmutable() ?? default;
    }

    /// <summary>
    /// Whether the claimant owes no sign of work after a step, because another system, or the end of a pause, is waited for.
    /// </summary>
    static bool IsIdleHeld(CaseView view, CaseEvent e)
    {
        var isPaused = e is not CaseResumed && ClockMoves.IsPaused(view);
        var isElsewhere = e is not (CaseForwardAnswered or CaseRecalled) && view.OpenForward is not null;
        return isPaused || isElsewhere;
    }

    /// <summary>The clocks of a case after a step.</summary>
    public static ImmutableArray<CaseClock> After(ImmutableArray<CaseClock> clocks, CaseEvent e, CasePlan plan, DateTimeOffset at)
    {
        if (clocks.IsEmpty && e.Started.IsDefaultOrEmpty)
            return clocks;
        if (e is CaseClockWarned warned)
            return With(clocks, warned.Clock, warned.DueAt, c => c with { State = ClockState.Warned });
        if (e is CaseClockBreached breached)
            return With(clocks, breached.Clock, breached.DueAt, c => c with { State = ClockState.Breached, BreachedAt = at });

        clocks = ClockMoves.After(clocks, e, at);
        ImmutableArray<CaseClock>.Builder? next = null;
        for (var i = 0; i < clocks.Length; i++)
        {
            if (!clocks[i].IsOpen || End(clocks[i], e, plan, at) is not { } ended)
                continue;
            (next ??= clocks.ToBuilder())[i] = ended;
        }
        if (e.Started.IsDefaultOrEmpty)
            return next?.ToImmutable() ?? clocks;
        next ??= clocks.ToBuilder();
        foreach (var started in e.Started)
        {
            // Every piece of work starts the idle clock again: only its last run says something.
            if (started.Clock == ClockName.Idle)
                next.RemoveAll(c => c.Name == ClockName.Idle);
            next.Add(
                new(
                    started.Clock,
                    // Interned to save memory: many cases share a few terms.
                    string.Intern(started.Term.ToString()),
                    at,
                    started.DueAt,
                    started.WarnAt,
                    started.Provisional,
                    ClockState.Running,
                    null,
                    null
                )
            );
        }
        while (next.Count > MaxRuns && next.FirstOrDefault(c => !c.IsOpen) is { } oldest)
            next.Remove(oldest);
        return next.ToImmutable();
    }

    /// <summary>The last run of a clock; null when there was none.</summary>
    public static CaseClock? Current(ImmutableArray<CaseClock> clocks, ClockName name)
    {
        for (var i = clocks.Length - 1; i >= 0; i--)
            if (clocks[i].Name == name)
                return clocks[i];
        return null;
    }

    /// <summary>When a run has its next moment; null when it has none.</summary>
    public static DateTimeOffset? NextMoment(CaseClock clock) =>
        clock.State switch
        {
            ClockState.Running => clock.WarnAt ?? clock.DueAt,
            ClockState.Warned => clock.DueAt,
            _ => null,
        };

    /// <summary>Whether a moment is the one when the running clock runs out.</summary>
    public static bool IsDue(ImmutableArray<CaseClock> clocks, ClockName name, DateTimeOffset moment) =>
        Current(clocks, name) is { State: ClockState.Running or ClockState.Warned } clock && moment >= clock.DueAt;

    /// <summary>The moment after another one of the same run; null when the run is over, or isn't the one that had that moment.</summary>
    public static DateTimeOffset? NextMoment(ImmutableArray<CaseClock> clocks, ClockName name, DateTimeOffset moment)
    {
        if (Current(clocks, name) is not { } clock || (clock.WarnAt != moment && clock.DueAt != moment))
            return null;
        var next = NextMoment(clock);
        return next > moment ? next : null;
    }

    /// <summary>The next moments of the runs that began, were moved or went on between two states of a case.</summary>
    public static ImmutableArray<ClockMoment> NewMoments(CaseView? before, CaseView now)
    {
        if (now.Clocks.IsEmpty || before?.Clocks == now.Clocks)
            return [];
        var moments = ImmutableArray.CreateBuilder<ClockMoment>();
        foreach (var clock in now.Clocks)
        {
            var known = before?.Clocks.FirstOrDefault(b => b.Name == clock.Name && b.StartedAt == clock.StartedAt);
            var isKnown = known is not null && known.DueAt == clock.DueAt && known.WarnAt == clock.WarnAt;
            if ((!isKnown || known!.State == ClockState.Paused) && NextMoment(clock) is { } moment)
                moments.Add(new(clock.Name, moment));
        }
        return moments.DrainToImmutable();
    }

    static CaseClock? End(CaseClock clock, CaseEvent e, CasePlan plan, DateTimeOffset at)
    {
        var isStartedAgain = e.Started is { IsDefaultOrEmpty: false } started && started.Any(s => s.Clock == clock.Name);
        return Effect(e, clock.Name, plan) switch
        {
            ClockEffect.Meet => clock with { State = ClockState.Met, EndedAt = at },
            ClockEffect.Cancel => clock with { State = ClockState.Cancelled, EndedAt = at },
            _ => isStartedAgain ? clock with { State = ClockState.Cancelled, EndedAt = at } : null,
        };
    }

    static StartedClock Start(ClockName clock, ClockTerm term, WorkingTime time, DateTimeOffset at)
    {
        var due = time.Due(at, term.Term);
        var warnAt = WarnAt(term, due, time);
        // A warning that would come at once says nothing.
        return new(clock, term.Term, due.At.ToUniversalTime(), warnAt > at ? warnAt : null, due.Provisional);
    }

    internal static DateTimeOffset? WarnAt(ClockTerm term, DueTime due, WorkingTime time) =>
        term.WarnBefore is { } before ? time.Before(due.At, before).ToUniversalTime() : null;

    static ImmutableArray<CaseClock> With(
        ImmutableArray<CaseClock> clocks,
        ClockName name,
        DateTimeOffset dueAt,
        Func<CaseClock, CaseClock> change
    )
    {
        for (var i = clocks.Length - 1; i >= 0; i--)
            if (clocks[i].Name == name && clocks[i].DueAt == dueAt && clocks[i].IsOpen)
                return clocks.SetItem(i, change(clocks[i]));
        return clocks;
    }
}
