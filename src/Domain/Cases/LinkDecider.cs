using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>
/// The rules of links (docs/cases.md). Two cases take part: the one on which somebody links them decides, and tells the other one, which
/// has nothing to decide any more.
/// </summary>
public static class LinkDecider
{
    internal static Decision Link(CaseView view, LinkCase command, DecisionContext context)
    {
        if (MayLink(view, command.By, context.Permissions) is { } code)
            return Decision.Reject(code);
        if (context.Link is not { } other)
            return Decision.Reject(NotLinkable);
        return IsLinked(view, other.Id) ? Decision.Accept() : Decision.Accept(new CaseLinked(other, command.Reason));
    }

    /// <summary>Both may have been linked with each other at the same moment: then it is there already.</summary>
    internal static Decision Add(CaseView view, AddLink command) =>
        IsLinked(view, command.To.Id) ? Decision.Accept() : Decision.Accept(new CaseLinkAdded(command.To, command.Reason));

    internal static CaseSteps Allowed(CaseView view, PersonId person, PermissionSet permissions) =>
        MayLink(view, person, permissions) is null ? CaseSteps.Linked : CaseSteps.None;

    internal static CaseView After(CaseView view, CaseEvent e, EventContext context) =>
        e switch
        {
            CaseLinked x => With(view, new(x.To.Id, x.To.Number, context.At, context.By, x.Reason, IsMadeHere: true)),
            CaseLinkAdded x => With(view, new(x.To.Id, x.To.Number, context.At, context.By, x.Reason, IsMadeHere: false)),
            _ => view,
        };

    /// <summary>Whether a case can be linked with another one.</summary>
    /// <param name="person">Who links them.</param>
    /// <param name="permissions">What the posts of that person permit where the other case is.</param>
    /// <param name="sees">Whether that person may see the other case.</param>
    public static bool CanBeLinked(CaseView view, ICaseSummary other, PersonId person, PermissionSet permissions, bool sees) =>
        sees
        && (other.Claimant == person || permissions.Has(Permission.Assign))
        && other.Id != view.Id
        && other.Area.Pack == view.Area.Pack
        && !other.Confidential
        && other.Version < CaseDecider.MaxSteps;

    static bool IsLinked(CaseView view, Guid other)
    {
        foreach (var link in view.Links)
            if (link.Id == other)
                return true;
        return false;
    }

    static CaseView With(CaseView view, CaseLink link) => view with { Links = view.Links.Add(link) };

    static string? MayLink(CaseView view, PersonId person, PermissionSet permissions)
    {
        if (view.Claimant != person && !permissions.Has(Permission.Assign))
            return NotPermitted;
        // Each case tells the number of the other one to everybody who sees it, and nobody else may learn that a confidential one exists.
        if (view.Confidential)
            return NotLinkable;
        return view.Version >= CaseDecider.MaxSteps ? TooManySteps : null;
    }
}
