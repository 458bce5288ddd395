using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Inbox;

/// <summary>Why an open case is in a person's inbox.</summary>
public static class InboxRoles
{
    public static InboxRole Of(PersonId owner, CaseView view) =>
        Of(owner, view.Status, view.Claimant, view.OfferedTo, view.Reporter, view.Request?.Approvers ?? []);

    public static InboxRole Of(
        PersonId owner,
        CaseStatus status,
        PersonId? claimant,
        IReadOnlyList<PersonId> offeredTo,
        PersonId reporter,
        IReadOnlyList<PersonId> approvers
    )
    {
        if (status == CaseStatus.Closed)
            return InboxRole.Gone;
        if (approvers.Contains(owner))
            return InboxRole.Deciding;
        if (claimant == owner)
            return InboxRole.Mine;
        if (offeredTo.Contains(owner))
            return status == CaseStatus.Offered ? InboxRole.Offered : InboxRole.Watching;
        return reporter == owner ? InboxRole.Reported : InboxRole.Gone;
    }
}
