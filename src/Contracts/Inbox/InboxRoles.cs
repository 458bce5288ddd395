using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Inbox;

/// <summary>Why an open case is in a person's inbox.</summary>
public static class InboxRoles
{
    public static InboxRole Of(PersonId owner, CaseView view) =>
        Of(
            owner,
            view.Status,
            view.Claimant,
            view.OfferedTo,
            view.Reporter,
            view.Request?.Approvers ?? [],
            view.Ladder is { } ladder && ladder.Watchers.Contains(owner),
            view.Consulted,
            view.Tasked
        );

    /// <param name="approvers">Who is asked for time.</param>
    /// <param name="isWatcher">Whether the case climbed away from the owner, who goes on watching it.</param>
    /// <param name="consulted">Who owes an opinion.</param>
    /// <param name="tasked">Who has a task that isn't finished.</param>
    public static InboxRole Of(
        PersonId owner,
        CaseStatus status,
        PersonId? claimant,
        IReadOnlyList<PersonId> offeredTo,
        PersonId reporter,
        IReadOnlyList<PersonId> approvers,
        bool isWatcher,
        IReadOnlyList<PersonId> consulted,
        IReadOnlyList<PersonId> tasked
    )
    {
        if (status == CaseStatus.Closed)
            return InboxRole.Gone;
        if (status == CaseStatus.Merged)
            return reporter == owner ? InboxRole.Reported : InboxRole.Gone;
        if (approvers.Contains(owner))
            return InboxRole.Deciding;
        if (consulted.Contains(owner))
            return InboxRole.Consulted;
        if (claimant == owner)
            return InboxRole.Mine;
        var isOffered = offeredTo.Contains(owner);
        if (isOffered && status == CaseStatus.Offered)
            return InboxRole.Offered;
        if (tasked.Contains(owner))
            return InboxRole.Tasked;
        if (isOffered)
            return InboxRole.Watching;
        if (reporter == owner)
            return InboxRole.Reported;
        return isWatcher ? InboxRole.Watching : InboxRole.Gone;
    }
}
