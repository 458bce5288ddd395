using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>What a supervision notice needs that may be issued.</summary>
/// <param name="Number">Its register number.</param>
/// <param name="Answer">How soon an answer is owed; null when no term is set.</param>
public sealed record SupervisionTerms(string Number, ClockTerm? Answer);

/// <summary>The rules of supervision notices: who issues one, and who owes the answer (docs/cases.md).</summary>
public static class SupervisionDecider
{
    internal static Decision Supervise(CaseView view, SuperviseCase command, DecisionContext context)
    {
        if (MaySupervise(view, context.Permissions) is { } code)
            return Decision.Reject(code);
        return context.Supervision is { } terms
            ? Decision.Accept(new CaseSupervised(terms.Number, null, command.Reason, terms.Answer))
            : Decision.Reject(NotPermitted);
    }

    internal static Decision Answer(CaseView view, AnswerSupervision command)
    {
        if (MayAnswer(view, command.By) is { } code)
            return Decision.Reject(code);
        return Decision.Accept(new CaseSupervisionAnswered(view.OpenSupervision!.Number, command.Text));
    }

    /// <returns>Null when somebody with these permissions may issue a notice; otherwise why they may not.</returns>
    public static string? MaySupervise(CaseView view, PermissionSet permissions)
    {
        if (view.IsOver)
            return WrongStatus;
        if (!permissions.Has(Permission.Supervise))
            return NotPermitted;
        if (view.OpenSupervision is not null)
            return AlreadySupervised;
        return view.Version >= CaseDecider.MaxSteps ? TooManySteps : null;
    }

    /// <summary>Whether the breach of a clock issues a notice. One that waits for its answer is enough.</summary>
    public static bool IsIssuedBy(CaseView view, ClockName breached, SupervisionRule rule) =>
        rule.On.Contains(breached) && view.OpenSupervision is null && view.IsOpen;

    internal static CaseSteps Allowed(CaseView view, PersonId person, PermissionSet permissions) =>
        (MaySupervise(view, permissions) is null ? CaseSteps.Supervised : CaseSteps.None)
        | (MayAnswer(view, person) is null ? CaseSteps.SupervisionAnswered : CaseSteps.None);

    /// <summary>The claimant owes the answer; while there is none, those it is offered to.</summary>
    static string? MayAnswer(CaseView view, PersonId person)
    {
        if (view.IsOver)
            return WrongStatus;
        if (view.OpenSupervision is null)
            return NotSupervised;
        var owes = view.Claimant is { } claimant ? claimant == person : view.OfferedTo.Contains(person);
        return owes ? null : NotPermitted;
    }
}
