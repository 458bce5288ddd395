using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Domain.Rotas;

namespace GridActors.Domain.Cases;

/// <summary>Why somebody has a case.</summary>
public enum ReasonKind
{
    /// <summary>A rule of the category names their post.</summary>
    Category,

    /// <summary>The case was transferred to their department.</summary>
    Department,

    /// <summary>It climbed to their level.</summary>
    Ladder,

    /// <summary>All posts that the category or the department names are vacant, so the next level up has it.</summary>
    NextLevel,

    /// <summary>The rules find nobody, so it went to the pack's fallback post.</summary>
    Fallback,

    /// <summary>Somebody handed it to them.</summary>
    HandedOver,

    /// <summary>They held a post for it when it was offered, and the pack says something else by now.</summary>
    Earlier,
}

/// <param name="Post">The post by which they have it; null where no post is the reason.</param>
/// <param name="Area">The area for which they hold the post.</param>
/// <param name="VacantAt">The area below in which nobody holds the post, so that it went up; null where none is vacant.</param>
public sealed record RecipientReason(ReasonKind Kind, Post? Post = null, AreaNode? Area = null, AreaNode? VacantAt = null)
{
    /// <summary>The rule of the category by which they have it; null where no rule is the reason.</summary>
    public RecipientRule? Rule { get; init; }

    /// <summary>The rota by which they are on duty for <see cref="Area"/>, and have it without a post.</summary>
    public Rota? OnDuty { get; init; }

    /// <summary>The rota of the rule, when nobody was on duty by it, so that the holders of the post have it.</summary>
    public Rota? Unmanned { get; init; }

    /// <summary>The leave of the one for whom they stand in: the reason is that person's. Null when it is their own.</summary>
    public Leave? StandsInDuring { get; init; }
}

/// <summary>Answers "why did I get this?" by the same rules by which a case finds its recipients.</summary>
public static class RecipientReasons
{
    /// <param name="at">When: it says who is on leave, and has a deputy.</param>
    public static RecipientReason Of(LoadedPack pack, CaseView view, PersonId person, DateTimeOffset at)
    {
        var own = ByPosts(pack, view, person, at);
        if (own.Kind != ReasonKind.Earlier || pack.Leaves.IsEmpty)
            return own;
        var routed = RoutedCase.Of(view);
        var recipients = CaseRouting.Recipients(pack, routed, at);
        IEnumerable<PersonId> named = recipients;
        if (view.Claimant is { } claimant)
            named = named.Append(claimant);
        return Deputies.LeaveOfOne(pack, routed, named, person, at) is { } leave
            ? ByPosts(pack, view with { OfferedTo = recipients }, leave.Person, at) with
            {
                StandsInDuring = leave,
            }
            : own;
    }

    static RecipientReason ByPosts(LoadedPack pack, CaseView view, PersonId person, DateTimeOffset at)
    {
        if (!view.OfferedTo.Contains(person))
            return new(ReasonKind.HandedOver);
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } area || pack.CategoryOf(view.Category) is not { } category)
            return new(ReasonKind.Earlier);
        return ByLadder(pack, view, category, area, person) ?? ByRules(pack, view, category, area, person, at) ?? new(ReasonKind.Earlier);
    }

    static RecipientReason? ByLadder(LoadedPack pack, CaseView view, Category category, AreaNode area, PersonId person)
    {
        if (view.Level is not { } level || pack.DepthOf(level) is not { } depth)
            return null;
        foreach (var step in CaseLadder.Of(pack, category, view.Confidential))
            if (pack.DepthOf(step.Level) <= depth && area.AtLevel(step.Level) is { } at && at.HasHolder(step.Posts))
            {
                var vacant = step.Level == level ? null : area.AtLevel(level);
                return HeldBy(person, step, at) is { } post ? new(ReasonKind.Ladder, post, at, vacant) : null;
            }
        return null;
    }

    static RecipientReason? ByRules(LoadedPack pack, CaseView view, Category category, AreaNode area, PersonId person, DateTimeOffset at)
    {
        if (view.Department is { } id && pack.Departments.TryGetValue(id, out var department))
            return LoadedPack.NearestHolders(department.Post, department.At, area).Count > 0
                ? ByPost(pack, person, ReasonKind.Department, department.Post, department.At, area)
                : ByNextLevel(pack, category, area, person, department.At);
        // First as the rules are now; who was offered it at another time has it by the rule of that time.
        var reason = ByRule(pack, category, area, person, at) ?? ByRule(pack, category, area, person, null);
        if (reason is not null)
            return reason;
        return pack.NearestHolders(category, area, at).Any() ? null : ByNextLevel(pack, category, area, person, null);
    }

    /// <summary>Where nobody is found: the next level up has it, or the pack's fallback post.</summary>
    static RecipientReason? ByNextLevel(LoadedPack pack, Category category, AreaNode area, PersonId person, string? from) =>
        pack.NextLevel(category, area, from) is var (step, at) && HeldBy(person, step, at) is { } post
            ? new(ReasonKind.NextLevel, post, at)
            : ByFallback(pack, person);

    static RecipientReason? ByRule(LoadedPack pack, Category category, AreaNode area, PersonId person, DateTimeOffset? at)
    {
        foreach (var rule in category.Recipients)
            if (pack.Applies(rule, area, at) && ByRule(pack, rule, area, person, at) is { } reason)
                return reason with { Rule = rule };
        return null;
    }

    static RecipientReason? ByRule(LoadedPack pack, RecipientRule rule, AreaNode area, PersonId person, DateTimeOffset? at)
    {
        if (pack.Pack.Rotas.FirstOrDefault(r => r.Id == rule.Rota) is not { } rota)
            return ByPost(pack, person, ReasonKind.Category, rule.Post, rule.At, area);
        var start = rule.At is null ? area : area.AtLevel(rule.At);
        var dutyArea = at is { } moment
            ? pack.Duty.NearestArea(rota.Id, rule.At, area, moment)
            : start?.Upwards().FirstOrDefault(a => pack.Duty.Of(rota.Id, a).Any(s => s.Person == person.Id));
        if (dutyArea is null)
            return ByPost(pack, person, ReasonKind.Category, rule.Post, rule.At, area) is { } reason
                ? reason with
                {
                    Unmanned = rota,
                }
                : null;
        return at is null || pack.Duty.OnDuty(rota.Id, dutyArea, at.Value).Contains(person)
            ? new(ReasonKind.Category, null, dutyArea) { OnDuty = rota }
            : null;
    }

    static RecipientReason? ByPost(LoadedPack pack, PersonId person, ReasonKind kind, string post, string? at, AreaNode place)
    {
        if (pack.Pack.Posts.FirstOrDefault(p => p.Id == post) is not { } found)
            return null;
        AreaNode? vacantAt = null;
        for (var node = at is null ? place : place.AtLevel(at); node is not null; node = node.Parent)
        {
            if (node.HasHolder(post))
                return node.Holders.Contains((found, person)) ? new(kind, found, node, vacantAt) : null;
            if (found.Levels.Contains(node.Level.Id))
                vacantAt ??= node;
        }
        return null;
    }

    static RecipientReason? ByFallback(LoadedPack pack, PersonId person)
    {
        var held = pack.Root.Holders.FirstOrDefault(h => h.Post.Id == pack.Pack.FallbackPost && h.Person == person);
        return held.Post is { } post ? new(ReasonKind.Fallback, post, pack.Root) : null;
    }

    static Post? HeldBy(PersonId person, LadderStep step, AreaNode at) =>
        at.Holders.FirstOrDefault(h => h.Person == person && step.Posts.Contains(h.Post.Id)).Post;
}
