using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Cases;

/// <summary>What decides to whom a case goes. A case's state has it, and so has its row in the read table.</summary>
/// <param name="Approvers">Whom the claimant asks for time; the default where there is no request.</param>
/// <param name="Department">The department it was transferred to; null when it wasn't.</param>
/// <param name="Level">The level to which it climbed; null while it stands below the ladder.</param>
/// <param name="Tasked">Who has an open task of it.</param>
public sealed record RoutedCase(
    Guid Id,
    int Version,
    CaseStatus Status,
    AreaId Area,
    string Category,
    string? Department,
    bool Confidential,
    ImmutableArray<PersonId> OfferedTo,
    PersonId? Claimant,
    ImmutableArray<PersonId> Approvers = default,
    string? Level = null,
    ImmutableArray<PersonId> Tasked = default
)
{
    public static RoutedCase Of(CaseView view) =>
        new(
            view.Id,
            view.Version,
            view.Status,
            view.Area,
            view.Category,
            view.Department,
            view.Confidential,
            view.OfferedTo,
            view.Claimant,
            view.Request?.Approvers ?? default,
            view.Level,
            view.Tasked
        );
}

/// <summary>To whom a case goes, and who may hold it, by the pack as it is now.</summary>
public static class CaseRouting
{
    /// <summary>
    /// Everybody whom the pack names for the case: by the level to which it climbed, by the department that it was transferred to, or by
    /// its category. A confidential case never falls to the fallback post.
    /// </summary>
    /// <param name="at">When, for rules that name times or duty rotas; null for everybody whom they name at any time.</param>
    public static ImmutableArray<PersonId> Recipients(LoadedPack pack, RoutedCase routed, DateTimeOffset? at)
    {
        if (pack.Areas.GetValueOrDefault(routed.Area.Code) is not { } area || pack.CategoryOf(routed.Category) is not { } category)
            return routed.OfferedTo;
        if (routed.Level is { } level && CaseLadder.HoldersFrom(pack, routed, category, level, area) is { IsEmpty: false } above)
            return above;
        var department = routed.Department is { } id ? pack.Departments.GetValueOrDefault(id) : null;
        if (!routed.Confidential)
            return department is null ? pack.Recipients(category, area, at) : pack.Recipients(department, category, area);
        var entitled = department is null ? [] : Entitled(pack, routed, department);
        if (entitled.IsEmpty)
            entitled = [.. pack.NearestHolders(category, area, at)];
        return entitled.IsEmpty ? routed.OfferedTo : entitled;
    }

    /// <summary>
    /// Who is offered the case when it is transferred to a department: for a confidential one, only those who hold a post that its category
    /// names.
    /// </summary>
    public static ImmutableArray<PersonId> Entitled(LoadedPack pack, RoutedCase routed, Department department)
    {
        if (pack.Areas.GetValueOrDefault(routed.Area.Code) is not { } area)
            return [];
        return routed.Confidential
            ? [.. LoadedPack.NearestHolders(department.Post, department.At, area).Distinct().Where(p => IsEntitled(pack, routed, p))]
            : pack.Recipients(department, pack.CategoryOf(routed.Category), area);
    }

    /// <summary>
    /// A confidential case may only go to somebody who holds a post that its category names, in its own ladder too, here or elsewhere.
    /// </summary>
    public static bool IsEntitled(LoadedPack pack, RoutedCase routed, PersonId person)
    {
        if (!routed.Confidential)
            return true;
        return pack.CategoryOf(routed.Category) is { } category
            && pack.Person(person) is { } entry
            && entry.Posts.Any(held =>
                category.Recipients.Any(r => r.Post == held.Post.Id) || category.Ladder?.Any(s => s.Posts.Contains(held.Post.Id)) == true
            );
    }

    /// <summary>
    /// Whether the claimant may keep the case. A person without a post can't hold a case. Somebody whom it was offered to holds it by a
    /// post and loses it with the post, unless another of their posts covers the place. Somebody it was handed to keeps it.
    /// </summary>
    public static bool ClaimStands(LoadedPack pack, RoutedCase routed)
    {
        if (routed.Claimant is not { } claimant)
            return true;
        if (pack.Person(claimant) is not { Posts.Count: > 0 } entry)
            return false;
        if (routed.Confidential)
            return IsEntitled(pack, routed, claimant);
        if (!routed.OfferedTo.Contains(claimant))
            return true;
        // Who claimed a case on duty keeps it when the shift is over.
        var named = Recipients(pack, routed, null);
        if (named.Contains(claimant) || Deputies.HasStoodIn(pack, claimant, named))
            return true;
        return pack.Areas.GetValueOrDefault(routed.Area.Code) is not { } area || entry.Over(area).Has(Permission.Read);
    }

    /// <summary>
    /// Who goes on with a case whose claimant gave up their post: the one who took over, or, when that one has left, too, who took over
    /// from them. Null where nobody did, or may have the case.
    /// </summary>
    public static PersonId? SuccessorOf(LoadedPack pack, RoutedCase routed) =>
        routed.Claimant is { } gone ? pack.SuccessorOf(gone, next => IsEntitled(pack, routed, next)) : null;

    /// <summary>Whether the pack names other people than those who have the case, so that it must be offered anew.</summary>
    /// <param name="at">When: it says who is on duty, and who is on leave and has a deputy.</param>
    public static bool IsOutdated(LoadedPack pack, RoutedCase routed, DateTimeOffset at) =>
        IsOfferedToOthers(pack, routed, at)
        || Lapses(routed.Status, ClaimStands(pack, routed))
        || HasTaskOfLeaver(pack, routed)
        || (!routed.Approvers.IsDefault && !AreSame(routed.Approvers, Deputies.Approvers(pack, routed, Approvers(pack, routed), at)));

    static bool HasTaskOfLeaver(LoadedPack pack, RoutedCase routed) =>
        routed is { Status: not CaseStatus.Closed, Tasked.IsDefault: false }
        && pack.Areas.ContainsKey(routed.Area.Code)
        && routed.Tasked.Any(p => pack.Person(p) is not { Posts.Count: > 0 });

    /// <summary>Whether others should have it. Once somebody has claimed it, it isn't offered again only because time passes.</summary>
    static bool IsOfferedToOthers(LoadedPack pack, RoutedCase routed, DateTimeOffset at)
    {
        if (AreSame(routed.OfferedTo, Deputies.Recipients(pack, routed, Recipients(pack, routed, at), at)))
            return false;
        if (routed.Status == CaseStatus.Offered || pack.CategoryOf(routed.Category)?.FollowsTime != true)
            return true;
        var atAnyTime = Deputies.Recipients(pack, routed, Recipients(pack, routed, null), at);
        var forClaimant = Deputies.Recipients(pack, routed, [], at);
        return !routed.OfferedTo.All(atAnyTime.Contains) || !forClaimant.All(routed.OfferedTo.Contains);
    }

    /// <summary>
    /// Who decides about a claimant's request for time: the holders of posts that may approve, in the nearest area above the claimant's
    /// that has any; for a claimant at the top, others there. A confidential case is shown to no further people: only those who hold a post
    /// that its category names are asked.
    /// </summary>
    public static ImmutableArray<PersonId> Approvers(LoadedPack pack, RoutedCase routed)
    {
        if (routed.Claimant is not { } claimant || pack.Areas.GetValueOrDefault(routed.Area.Code) is not { } area)
            return [];
        for (var node = Above(pack, claimant, area); node is not null; node = node.Parent)
        {
            ImmutableArray<PersonId> found =
            [
                .. node
                    .Holders.Where(h => h.Post.May.Contains(Permission.Approve) && h.Person != claimant)
                    .Select(h => h.Person)
                    .Distinct()
                    .Where(p => IsEntitled(pack, routed, p)),
            ];
            if (!found.IsEmpty)
                return found;
        }
        return [];
    }

    /// <summary>Whether a person may decide about the request of a case: at the level above the claimant's, or higher.</summary>
    public static bool MayApprove(LoadedPack pack, RoutedCase routed, PersonId person)
    {
        if (routed.Claimant is not { } claimant || person == claimant || !IsEntitled(pack, routed, person))
            return false;
        if (pack.Areas.GetValueOrDefault(routed.Area.Code) is not { } area || pack.Person(person) is not { } entry)
            return false;
        var above = Above(pack, claimant, area);
        return entry.Posts.Any(held => held.Post.May.Contains(Permission.Approve) && held.Area.Contains(above));
    }

    /// <summary>The area above the one for which a person works on a case; the root where there is none above.</summary>
    static AreaNode Above(LoadedPack pack, PersonId claimant, AreaNode area)
    {
        var own = pack.Person(claimant)?.PostOver(area)?.Area ?? area;
        return own.Parent ?? own;
    }

    /// <summary>Whether a claim ends. A case that is settled already keeps the name of who settled it.</summary>
    public static bool Lapses(CaseStatus status, bool claimStands) => status is CaseStatus.Claimed or CaseStatus.OnSite && !claimStands;

    public static bool AreSame(ImmutableArray<PersonId> a, ImmutableArray<PersonId> b) => a.Length == b.Length && a.All(p => b.Contains(p));
}
