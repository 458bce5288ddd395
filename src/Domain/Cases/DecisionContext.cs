using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Cases;

/// <summary>What a decision needs to know from outside the case.</summary>
/// <param name="Permissions">What the posts of the one who acts permit where the case is.</param>
/// <param name="Recipients">
/// For a report or a transfer: who it will be offered to. For a release, a reopening, a return or a reoffer: whom the pack names now.
/// </param>
/// <param name="Number">For a report: its register number.</param>
/// <param name="RecipientExists">For a handover: whether the person it goes to is in the pack and holds a post.</param>
/// <param name="IsEntitled">For a handover or a transfer: whether those it goes to may receive it, if it is confidential.</param>
/// <param name="ClaimStands">For a reoffer or a return: whether its claimant still holds a post for it.</param>
/// <param name="Successor">For a reoffer: who takes over from a claimant who holds no post for it any more; null for nobody.</param>
/// <param name="At">When the command is decided.</param>
/// <param name="Plan">For a report: the clocks that its category promises. For any other step: what the case was promised.</param>
/// <param name="Approvers">
/// For a request for time: who is asked. For a reoffer: who is asked now, where there is a request. The default where it isn't known.
/// </param>
/// <param name="IsOutdated">For a replan: whether the calendar makes a clock due at another time.</param>
/// <param name="MayApprove">Whether the one who acts may approve what the claimant asks for.</param>
/// <param name="Up">For an escalation, a return or a clock: where the case climbs to; null where it doesn't climb.</param>
/// <param name="Supervision">For a supervision notice, also one that a clock issues: its number and term; null for none.</param>
/// <param name="ClosedByAnother">For a closing or a return: whether who solved the case may not check it.</param>
/// <param name="MaxReturns">For a return: how often the case can be returned; 0 for no limit.</param>
/// <param name="ReopenUntil">For a reopening: until when the closed case can be reopened; null for always.</param>
/// <param name="Main">For a merge: the case to merge it into; null when it can't be.</param>
/// <param name="ExplanationIsFinal">For a return: whether an explained case can't be returned.</param>
/// <param name="System">For a handover to another system: the system; null where the catalogue doesn't let the case go there.</param>
/// <param name="Consultation">For a consultation that may be called: its number, its parties and its terms.</param>
/// <param name="HoldsPost">For a task that is finished: whether the one who acts holds the post now that it was given to.</param>
/// <param name="ActsForClaimant">Whether the one who acts is the deputy of a claimant who is on leave.</param>
/// <param name="LedgerArea">For a case that is put on a ledger: whose ledger it is; null where there is none.</param>
/// <param name="Link">For a link: the other case; null when the two can't be linked.</param>
/// <param name="Mediation">For a solution: what its mediation has to say; null where the category isn't settled by mediation.</param>
/// <param name="TasksOfLeavers">For a reoffer: who owns the tasks now of people who have left; the default where there are none.</param>
/// <param name="Down">For a case that is sent back: where it goes.</param>
public readonly record struct DecisionContext(
    PermissionSet Permissions,
    ImmutableArray<PersonId> Recipients = default,
    string Number = "",
    bool Confidential = false,
    bool RecipientExists = true,
    bool IsEntitled = true,
    bool ClaimStands = true,
    DateTimeOffset At = default,
    CasePlan? Plan = null,
    ImmutableArray<PersonId> Approvers = default,
    bool MayApprove = false,
    bool IsOutdated = false,
    LadderMove? Up = null,
    LadderMove? Down = null,
    SupervisionTerms? Supervision = null,
    bool ClosedByAnother = false,
    int MaxReturns = 0,
    bool ExplanationIsFinal = false,
    DateTimeOffset? ReopenUntil = null,
    OtherSystem? System = null,
    ConsultationTerms? Consultation = null,
    bool HoldsPost = false,
    bool ActsForClaimant = false,
    AreaId? LedgerArea = null,
    MainCase? Main = null,
    PersonId? Successor = null,
    MediationTerms? Mediation = null,
    LinkedCase? Link = null,
    ImmutableArray<TaskOwners> TasksOfLeavers = default
);

/// <summary>Events, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct Decision(ImmutableArray<CaseEvent> Events, string? Rejection)
{
    public static Decision Accept(params ImmutableArray<CaseEvent> events) => new(events, null);

    public static Decision Reject(string code) => new([], code);
}
