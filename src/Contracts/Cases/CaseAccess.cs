using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>Who may see a case.</summary>
public static class CaseAccess
{
    /// <summary>
    /// People whom the case concerns may see it, also after it climbed away from them. Unless it is confidential, so may
    /// people whose posts may read in its area.
    /// </summary>
    /// <param name="reads">Whether a post of the person may read in the area of the case.</param>
    public static bool MaySee(CaseView view, PersonId person, bool reads) =>
        view.Reporter == person
        || view.Claimant == person
        || view.OfferedTo.Contains(person)
        || view.Request?.Approvers.Contains(person) == true
        || (reads && !view.Confidential)
        || (view.Ladder is { } ladder && ladder.Watchers.Contains(person))
        || (!view.Confidential && (IsConsulted(view, person) || HasTask(view, person)));

    /// <summary>Whoever was asked for an opinion sees what became of it.</summary>
    static bool IsConsulted(CaseView view, PersonId person)
    {
        foreach (var consultation in view.Consultations)
        foreach (var party in consultation.Parties)
            if (party.People.Contains(person))
                return true;
        return false;
    }

    static bool HasTask(CaseView view, PersonId person)
    {
        foreach (var task in view.Tasks)
            if (task.Assigned.Owners.Contains(person))
                return true;
        return false;
    }
}
