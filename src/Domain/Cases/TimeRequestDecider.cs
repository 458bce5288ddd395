using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>The rules of pauses and extensions: the claimant asks, somebody above decides, and the catalogue sets the limits.</summary>
static class TimeRequestDecider
{
    public static Decision AskForPause(CaseView view, AskForPause command, DecisionContext context)
    {
        if (MayAsk(view, command.By) is { } code)
            return Decision.Reject(code);
        var clocks = context.Plan?.Clocks ?? CategoryClocks.None;
        var paused = view.Clocks.Where(ClockMoves.CanPause).ToList();
        var isAllowed = clocks.Pause is not null && paused.Count > 0 && !ClockMoves.IsPaused(view);
        if (!isAllowed || paused.Max(c => c.Changes?.Pauses.Length ?? 0) >= Math.Max(1, clocks.MaxPauses))
            return Decision.Reject(NotAllowedByCatalogue);
        return context.Approvers is { IsDefault: false, IsEmpty: true }
            ? Decision.Reject(NoApprover)
            : Decision.Accept(new CasePauseAsked(command.Reason, command.Photos, Approvers(context)));
    }

    public static Decision AskForExtension(CaseView view, AskForExtension command, DecisionContext context)
    {
        if (MayAsk(view, command.By) is { } code)
            return Decision.Reject(code);
        var clocks = context.Plan?.Clocks ?? CategoryClocks.None;
        // What ran out can't be extended any more.
        var extended = view.Clocks.Where(c => ClockMoves.CanExtend(c) && c.State != ClockState.Breached).ToList();
        if (clocks.Extension is not { } longest || extended.Count == 0)
            return Decision.Reject(NotAllowedByCatalogue);
        // To find out whether the step can be taken at all, it is tried without a term.
        var asked = command.Term.Length == 0 ? longest : Term.Parse(command.Term);
        var isTooLong = asked is not { } term || term.Unit != longest.Unit || term.Count > longest.Count;
        if (isTooLong || extended.Max(c => c.Changes?.Extensions.Length ?? 0) >= Math.Max(1, clocks.MaxExtensions))
            return Decision.Reject(NotAllowedByCatalogue);
        return context.Approvers is { IsDefault: false, IsEmpty: true }
            ? Decision.Reject(NoApprover)
            : Decision.Accept(new CaseExtensionAsked(asked!.Value, command.Reason, Approvers(context)));
    }

    public static Decision Grant(CaseView view, GrantTime command, DecisionContext context)
    {
        if (MayDecide(view, command.By, context) is { } code)
            return Decision.Reject(code);
        return Decision.Accept(
            view.Request is { Kind: TimeRequestKind.Extension, Term: { } term }
                ? new CaseExtended(Term.Parse(term)!.Value, command.Text)
                : new CasePaused(command.Text)
        );
    }

    public static Decision Refuse(CaseView view, RefuseTime command, DecisionContext context) =>
        MayDecide(view, command.By, context) is { } code ? Decision.Reject(code) : Decision.Accept(new CaseRequestRefused(command.Reason));

    /// <summary>The claimant, and who may assign, end a pause early.</summary>
    public static Decision Resume(CaseView view, ResumeCase command, DecisionContext context)
    {
        if (!ClockMoves.IsPaused(view))
            return Decision.Reject(WrongStatus);
        if (view.Claimant != command.By && !context.Permissions.Has(Permission.Assign))
            return Decision.Reject(NotClaimant);
        return Decision.Accept(new CaseResumed());
    }

    /// <summary>A case that nobody works on any more isn't paused: what takes the claim away ends the pause first.</summary>
    public static Decision EndPause(CaseView view, Decision decision)
    {
        if (decision.Events.IsDefaultOrEmpty || !ClockMoves.IsPaused(view))
            return decision;
        var endsClaim = decision.Events.Any(e =>
            e
                is CaseReleased
                    or CaseTransferred
                    or CaseLapsed
                    or CaseSentBack
                    or CaseEscalated { KeepsClaim: false }
                    or CaseReoffered { ReleasedFrom: not null }
        );
        return endsClaim ? Decision.Accept(decision.Events.Insert(0, new CaseResumed())) : decision;
    }

    static ImmutableArray<PersonId> Approvers(DecisionContext context) => context.Approvers.IsDefault ? [] : context.Approvers;

    static string? MayAsk(CaseView view, PersonId by)
    {
        if (view.Status is not (CaseStatus.Claimed or CaseStatus.OnSite))
            return WrongStatus;
        if (view.Claimant != by)
            return NotClaimant;
        if (view.Version >= CaseDecider.MaxSteps)
            return TooManySteps;
        return view.Request is null ? null : RequestPending;
    }

    static string? MayDecide(CaseView view, PersonId by, DecisionContext context)
    {
        if (view.Request is not { } request)
            return WrongStatus;
        return by != request.By && context.MayApprove ? null : NotPermitted;
    }
}
