using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>The rules of climbing and of being sent back (docs/cases.md); <see cref="CaseDecider"/> has those of the other steps.</summary>
static class LadderDecider
{
    public static Decision Escalate(CaseView view, EscalateCase command, DecisionContext context)
    {
        if (MayEscalate(view, command.By, context.Permissions) is { } code)
            return Decision.Reject(code);
        if (view.Version >= CaseDecider.MaxSteps)
            return Decision.Reject(TooManySteps);
        return context.Up is { } up ? Decision.Accept(Climb(view, up, null, command.Reason)) : Decision.Reject(NoHigherLevel);
    }

    public static Decision SendBack(CaseView view, SendCaseBack command, DecisionContext context)
    {
        if (MaySendBack(view, command.By) is { } code)
            return Decision.Reject(code);
        if (view.Version >= CaseDecider.MaxSteps)
            return Decision.Reject(TooManySteps);
        var down = context.Down ?? new(null, view.OfferedTo, StepClocks.None);
        return Decision.Accept(new CaseSentBack(view.Level!, down.Level, command.Reason, down.Recipients, down.Clocks));
    }

    /// <summary>Which of the two steps would be accepted. It is asked for every answer, so it makes no events.</summary>
    public static CaseSteps Allowed(CaseView view, PersonId person, PermissionSet permissions, LoadedPack? pack, DateTimeOffset at)
    {
        if (view.Version >= CaseDecider.MaxSteps)
            return CaseSteps.None;
        var canClimb = pack is not null && MayEscalate(view, person, permissions) is null && CaseLadder.CanClimb(pack, view, at);
        return (canClimb ? CaseSteps.Escalated : CaseSteps.None)
            | (MaySendBack(view, person) is null ? CaseSteps.SentBack : CaseSteps.None);
    }

    /// <param name="breached">The clock that makes it climb; null for a decision.</param>
    public static CaseEscalated Climb(CaseView view, LadderMove up, ClockName? breached, string reason) =>
        new(view.Level, up.Level!, breached, reason, up.Recipients, up.Vacant, up.KeepsClaim, up.Clocks);

    /// <returns>Null when the person may let the case climb, if there is a level above; otherwise why they may not.</returns>
    public static string? MayEscalate(CaseView view, PersonId person, PermissionSet permissions)
    {
        if (!IsInProgress(view))
            return WrongStatus;
        return view.Claimant == person || permissions.Has(Permission.Assign) ? null : NotPermitted;
    }

    /// <returns>Null when the person has the case on the level where it stands, and may send it back; otherwise why they may not.</returns>
    public static string? MaySendBack(CaseView view, PersonId person)
    {
        if (!IsInProgress(view))
            return WrongStatus;
        if (view.Level is null)
            return NotEscalated;
        var has = view.Claimant is { } claimant ? claimant == person : view.OfferedTo.Contains(person);
        return has ? null : NotPermitted;
    }

    public static bool IsInProgress(CaseView view) => view.Status is CaseStatus.Offered or CaseStatus.Claimed or CaseStatus.OnSite;
}
