using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.SubjectRequests;
using GridActors.Domain.Households;

namespace GridActors.Domain.SubjectRequests;

/// <summary>What the decision about a command needs from outside the request.</summary>
/// <param name="MaySee">Whether the person may see the household.</param>
/// <param name="MayEdit">Whether they may change what is known of it.</param>
/// <param name="MayErase">Whether they may destroy what is known of somebody.</param>
/// <param name="IsResident">For a new request: whether the resident is one of the household, and isn't erased.</param>
/// <param name="DueAt">For a new request: until when it must be answered.</param>
public sealed record SubjectRequestContext(bool MaySee, bool MayEdit, bool MayErase, bool IsResident, DateTimeOffset DueAt);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct SubjectRequestOutcome(SubjectRequestEvent? Event, string? Rejection)
{
    public static SubjectRequestOutcome Accept(SubjectRequestEvent? e = null) => new(e, null);

    public static SubjectRequestOutcome Reject(string code) => new(null, code);
}

/// <summary>The rules of requests of residents about what is kept of them (docs/households.md).</summary>
public static class SubjectRequestDecider
{
    public static SubjectRequestOutcome Decide(SubjectRequestState state, SubjectRequestCommand command, SubjectRequestContext context)
    {
        foreach (var earlier in state.Operations)
        {
            if (earlier == command.Operation)
                return SubjectRequestOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return SubjectRequestOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state.HasUnknown)
            return SubjectRequestOutcome.Reject(CaseRejections.NewerVersion);
        if (!context.MaySee)
            return SubjectRequestOutcome.Reject(CaseRejections.NotFound);
        if (!context.MayEdit && !context.MayErase)
            return SubjectRequestOutcome.Reject(CaseRejections.NotPermitted);
        return (command, state.View) switch
        {
            (OpenSubjectRequest open, null) => Open(open, context),
            (OpenSubjectRequest, _) => SubjectRequestOutcome.Reject(CaseRejections.KeyReused),
            (_, null) => SubjectRequestOutcome.Reject(CaseRejections.NotFound),
            (DecideSubjectRequest decide, { } view) => Decide(view, decide, context),
            (CarryOutSubjectRequest carryOut, { } view) => CarryOut(view, carryOut),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    static SubjectRequestOutcome Open(OpenSubjectRequest command, SubjectRequestContext context)
    {
        if (!context.IsResident)
            return SubjectRequestOutcome.Reject(HouseholdRejections.NotAResident);
        var facts = Facts.None.Add(SubjectRequestOpened.Asker, command.Asker).Add(SubjectRequestOpened.Wanted, command.Wanted);
        return SubjectRequestOutcome.Accept(
            new SubjectRequestOpened(
                command.Area,
                command.Household,
                command.Resident,
                command.Kind,
                command.Check,
                Facts.Of(command.Resident, facts),
                context.DueAt
            )
        );
    }

    /// <summary>Whether something is deleted is for whoever may erase it to decide.</summary>
    static SubjectRequestOutcome Decide(SubjectRequestView view, DecideSubjectRequest command, SubjectRequestContext context)
    {
        if (view.Status != SubjectRequestStatus.Open)
            return SubjectRequestOutcome.Reject(CaseRejections.WrongStatus);
        if (view.Kind == SubjectRequestKind.Deletion && !context.MayErase)
            return SubjectRequestOutcome.Reject(CaseRejections.NotPermitted);
        return SubjectRequestOutcome.Accept(new SubjectRequestDecided(command.Outcome, Facts.OfText(view.Resident, command.Reason)));
    }

    /// <summary>What the household does for it is decided there; the event follows when it is done.</summary>
    static SubjectRequestOutcome CarryOut(SubjectRequestView view, CarryOutSubjectRequest command)
    {
        if (view.Status is not (SubjectRequestStatus.Granted or SubjectRequestStatus.PartlyGranted))
            return SubjectRequestOutcome.Reject(CaseRejections.WrongStatus);
        var fits = (view.Kind, command.Step) switch
        {
            (SubjectRequestKind.Access, null) => true,
            (SubjectRequestKind.Correction, CorrectResident x) => x.Resident == view.Resident,
            // What the law has kept stays, and the rest is emptied.
            (SubjectRequestKind.Deletion, CorrectResident x) => x.Resident == view.Resident,
            (SubjectRequestKind.Deletion, EraseResident x) => x.Resident == view.Resident && view.Status == SubjectRequestStatus.Granted,
            _ => false,
        };
        return fits
            ? SubjectRequestOutcome.Accept(new SubjectRequestCarriedOut(null))
            : SubjectRequestOutcome.Reject(CaseRejections.WrongStatus);
    }
}
