using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>
/// The rules of merging duplicates (docs/cases.md). Two cases take part, and each decides for itself: first the duplicate, then the main
/// case, and from then on the duplicate follows. A case is merged into an earlier one alone, so no two can wait for each other.
/// </summary>
public static class MergeDecider
{
    internal static Decision Merge(CaseView view, MergeCase command, DecisionContext context)
    {
        if (MayMerge(view, context.Permissions) is { } code)
            return Decision.Reject(code);
        return context.Main is { } main ? Decision.Accept(new CaseMerged(main, command.Reason)) : Decision.Reject(NotMergeable);
    }

    /// <summary>Nothing is refused here: the duplicate has decided already.</summary>
    internal static Decision Join(CaseView view, JoinDuplicate command) =>
        view.Duplicates.Any(d => d.Id == command.Duplicate)
            ? Decision.Accept()
            : Decision.Accept(new CaseDuplicateJoined(new(command.Duplicate, command.Number)));

    /// <summary>News of an earlier version may come later, and a case that was opened again for itself doesn't follow any more.</summary>
    internal static Decision Follow(CaseView view, FollowMain command)
    {
        var isNews =
            view.MergedInto is { } main && main.Id == command.Main && command.Version > main.Version && command.Status != main.Status;
        return isNews
            ? Decision.Accept(
                new CaseMainStepped(view.MergedInto! with { Status = command.Status, Version = command.Version }, command.Outcome)
            )
            : Decision.Accept();
    }

    internal static CaseSteps Allowed(CaseView view, PermissionSet permissions) =>
        MayMerge(view, permissions) is null ? CaseSteps.Merged : CaseSteps.None;

    /// <summary>Whether a case can be merged into another one.</summary>
    /// <param name="permissions">What the posts of the person who merges them permit where the other one is.</param>
    /// <param name="sees">Whether that person may see the other one.</param>
    public static bool CanBeMain(CaseView view, ICaseSummary main, PermissionSet permissions, bool sees) =>
        sees
        && permissions.Has(Permission.Close)
        && main.Area.Pack == view.Area.Pack
        && main.Status is not (CaseStatus.Closed or CaseStatus.Merged)
        && IsEarlier(main, view)
        // A confidential case isn't merged with an open one, because more people may see the open one.
        && main.Confidential == view.Confidential
        && (!view.Confidential || main.Category == view.Category);

    /// <summary>Whether a case was reported before another one. No two cases are both before each other.</summary>
    public static bool IsEarlier(ICaseSummary one, ICaseSummary than) => (one.ReportedAt, one.Id).CompareTo((than.ReportedAt, than.Id)) < 0;

    static string? MayMerge(CaseView view, PermissionSet permissions)
    {
        if (!LadderDecider.IsInProgress(view))
            return WrongStatus;
        if (!permissions.Has(Permission.Close))
            return NotPermitted;
        // While a consultation or a task is open, somebody still works for this case.
        return view.OpenConsultation is null && view.Tasked.IsEmpty ? null : NotMergeable;
    }
}
