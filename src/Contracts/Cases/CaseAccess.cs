using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>Who may see a case.</summary>
public static class CaseAccess
{
    /// <summary>Those it concerns, and those whose posts read where it is; a confidential case only those it concerns.</summary>
    /// <param name="reads">Whether a post of the person may read at the place of the case.</param>
    public static bool MaySee(CaseView view, PersonId person, bool reads) =>
        view.Reporter == person || view.Claimant == person || view.OfferedTo.Contains(person) || (reads && !view.Confidential);
}
