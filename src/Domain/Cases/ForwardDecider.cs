using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>The rules of handovers to other systems: who may, to which, and what an answer does (docs/cases.md).</summary>
public static class ForwardDecider
{
    internal static Decision Forward(CaseView view, ForwardCase command, DecisionContext context)
    {
        if (MayForward(view, context.Permissions) is { } code)
            return Decision.Reject(code);
        return context.System is { } system
            ? Decision.Accept(new CaseForwarded(system.Id, command.Reason, MessageOf(view.Id, command.Operation), system.Answer))
            : Decision.Reject(SystemNotAllowed);
    }

    internal static Decision Recall(CaseView view, RecallCase command, DecisionContext context) =>
        MayRecall(view, command.By, context.Permissions) is { } code
            ? Decision.Reject(code)
            : Decision.Accept(new CaseRecalled(command.Reason));

    /// <summary>
    /// What the other system solved is resolved. What it refused goes on with the claimant. An answer that nobody waits for any more is
    /// recorded, so that nothing the other system said is lost.
    /// </summary>
    internal static Decision Answer(CaseView view, AnswerForward command)
    {
        CaseForward? answered = null;
        foreach (var forward in view.Forwards)
            if (forward.Message == command.Message && forward.System == command.System)
                answered = forward;
        if (answered is null)
            return Decision.Reject(NotFound);
        var isAwaited = answered.State == ForwardState.Waiting;
        if (view.Version >= CaseDecider.MaxSteps && (!isAwaited || command.Answer == ForwardAnswer.Progress))
            return Decision.Reject(TooManySteps);
        var e = new CaseForwardAnswered(command.System, command.Message, command.Answer, command.Text, !isAwaited);
        return isAwaited && command.Answer == ForwardAnswer.Solved
            ? Decision.Accept(e, new CaseResolved(command.Text, []))
            : Decision.Accept(e);
    }

    internal static CaseSteps Allowed(CaseView view, PersonId person, PermissionSet permissions, LoadedPack? pack)
    {
        var mayForward = pack?.CategoryOf(view.Category)?.ForwardTo is { IsEmpty: false } && MayForward(view, permissions) is null;
        return (mayForward ? CaseSteps.Forwarded : CaseSteps.None)
            | (MayRecall(view, person, permissions) is null ? CaseSteps.Recalled : CaseSteps.None);
    }

    /// <summary>Somebody has claimed it: who goes on with it when the other system refuses.</summary>
    static string? MayForward(CaseView view, PermissionSet permissions)
    {
        if (view.Status is not (CaseStatus.Claimed or CaseStatus.OnSite))
            return WrongStatus;
        if (!permissions.Has(Permission.Forward))
            return NotPermitted;
        if (view.OpenForward is not null)
            return AlreadyForwarded;
        return view.Version >= CaseDecider.MaxSteps ? TooManySteps : null;
    }

    static string? MayRecall(CaseView view, PersonId by, PermissionSet permissions)
    {
        if (view.OpenForward is null)
            return NotForwarded;
        return view.Claimant == by || permissions.Has(Permission.Forward) ? null : NotPermitted;
    }

    /// <summary>It follows from the operation, so that a repeat has the same message.</summary>
    static Guid MessageOf(Guid id, Guid operation) => OperationIds.OfCreated(id.ToString("N"), operation.ToString("N"));
}
