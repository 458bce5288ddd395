using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>The rules of returned work: who checks a settled case may send it back to who settled it (docs/cases.md).</summary>
static class ReturnDecider
{
    public static Decision Return(CaseView view, ReturnCase command, DecisionContext context)
    {
        if (MayReturn(view, command.By, context) is { } code)
            return Decision.Reject(code);
        var returned = new CaseReturned(command.Reason);
        var isLast = view.Returns.Length + 1 == context.MaxReturns;
        // After the last allowed return the claim ends, even if the ladder keeps claims: this claimant didn't solve the case.
        if (isLast && context.Up is { } up)
            return Decision.Accept(
                returned,
                LadderDecider.Climb(view, up with { KeepsClaim = false }, null, command.Reason) with
                {
                    AfterReturns = true,
                }
            );
        return context.ClaimStands
            ? Decision.Accept(returned)
            : Decision.Accept(returned, new CaseReoffered(context.Recipients, view.Claimant));
    }

    /// <returns>Null when the person may return the case; otherwise why they may not.</returns>
    static string? MayReturn(CaseView view, PersonId person, DecisionContext context)
    {
        if (view.Status is not (CaseStatus.Resolved or CaseStatus.Explained))
            return WrongStatus;
        if (!context.Permissions.Has(Permission.Close))
            return NotPermitted;
        if (context.ClosedByAnother && view.Claimant == person)
            return NeedsAnother;
        if (context.ExplanationIsFinal && view.Status == CaseStatus.Explained)
            return ExplanationIsFinal;
        if (context.MaxReturns > 0 && view.Returns.Length >= context.MaxReturns)
            return ReturnedTooOften;
        return view.Version >= CaseDecider.MaxSteps ? TooManySteps : null;
    }
}
