using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Cases;

/// <summary>A move of a case on the ladder.</summary>
/// <param name="Level">Where it goes; null for those whom its category or its department names.</param>
/// <param name="Recipients">Who is offered it there.</param>
/// <param name="Clocks">The terms of that level.</param>
public sealed record LadderMove(string? Level, ImmutableArray<PersonId> Recipients, StepClocks Clocks)
{
    /// <summary>The levels that were passed over, because nobody holds a post of theirs.</summary>
    public ImmutableArray<string> Vacant { get; init; } = [];

    /// <summary>The claimant goes on with it.</summary>
    public bool KeepsClaim { get; init; }
}

/// <summary>How a case climbs from level to level, by the pack as it is now.</summary>
public static class CaseLadder
{
    /// <summary>The ladder of a case. A confidential one climbs by a ladder of its category alone, which names who may have it.</summary>
    public static ImmutableArray<LadderStep> Of(LoadedPack pack, Category category, bool confidential) =>
        confidential ? category.Ladder ?? [] : pack.LadderOf(category);

    /// <summary>
    /// The next level above at which somebody new gets the case. A vacant level is passed over, and so is one whose people have the case
    /// already.
    /// </summary>
    /// <param name="breached">The clock that ran out; null for a decision.</param>
    /// <returns>Null when there is no such level, or the case doesn't climb by that clock.</returns>
    public static LadderMove? Up(LoadedPack pack, RoutedCase routed, ClockName? breached = null)
    {
        if (Find(pack, routed, breached, out var area) is not { } ladder)
            return null;
        var vacant = ImmutableArray.CreateBuilder<string>();
        for (var i = ladder.First; i < ladder.Steps.Length; i++)
        {
            var step = ladder.Steps[i];
            if (area.AtLevel(step.Level) is not { } at)
                continue;
            if (!at.HasHolder(step.Posts))
                vacant.Add(step.Level);
            else if (HasOthers(step, at, routed.OfferedTo))
                return new(step.Level, at.HoldersOf(step.Posts), step.Clocks)
                {
                    Vacant = vacant.ToImmutable(),
                    KeepsClaim = step.KeepsClaim,
                };
        }
        return null;
    }

    /// <summary>Where a case is sent back to: the level from which it climbed, or one further down where that is vacant by now.</summary>
    public static LadderMove Down(LoadedPack pack, CaseView view, DateTimeOffset at)
    {
        var routed = RoutedCase.Of(view);
        var steps = Ladder(pack, view.Category, view.Confidential);
        var below = view.Ladder?.Below ?? [];
        for (var i = below.Length - 1; i >= 0; i--)
            if (steps.FirstOrDefault(s => s.Level == below[i]) is { } step && pack.Areas.GetValueOrDefault(view.Area.Code) is { } area)
                if (area.AtLevel(step.Level) is { } above && above.HoldersOf(step.Posts) is { IsEmpty: false } holders)
                    return new(step.Level, holders, step.Clocks);
        return new(null, CaseRouting.Recipients(pack, routed with { Level = null }, at), StepClocks.None);
    }

    /// <summary>
    /// Whether a decision could make the case climb. It is asked for every answer, so it makes no lists unless somebody is on leave.
    /// </summary>
    public static bool CanClimb(LoadedPack pack, CaseView view, DateTimeOffset at)
    {
        if (Ladder(pack, view.Category, view.Confidential) is not { IsEmpty: false } steps)
            return false;
        var routed = Deputies.WithAbsent(pack, RoutedCase.Of(view), at);
        if (Find(pack, routed, null, out var area) is not { } ladder)
            return false;
        for (var i = ladder.First; i < steps.Length; i++)
            if (area.AtLevel(steps[i].Level) is { } place && HasOthers(steps[i], place, routed.OfferedTo))
                return true;
        return false;
    }

    /// <summary>The steps of a case's ladder that there are where it happened, the lowest first.</summary>
    public static IEnumerable<(LadderStep Step, AreaNode At, bool IsVacant)> Steps(LoadedPack pack, CaseView view)
    {
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } area)
            yield break;
        foreach (var step in Ladder(pack, view.Category, view.Confidential))
            if (area.AtLevel(step.Level) is { } at)
                yield return (step, at, !at.HasHolder(step.Posts));
    }

    /// <summary>Who has a case at a level: the holders of its posts, or those of the next level up where all are vacant by now.</summary>
    public static ImmutableArray<PersonId> HoldersFrom(LoadedPack pack, RoutedCase routed, Category category, string level, AreaNode area)
    {
        if (pack.DepthOf(level) is not { } depth)
            return [];
        foreach (var step in Of(pack, category, routed.Confidential))
            if (
                pack.DepthOf(step.Level) <= depth
                && area.AtLevel(step.Level) is { } at
                && at.HoldersOf(step.Posts) is { IsEmpty: false } holders
            )
                return holders;
        return [];
    }

    static ImmutableArray<LadderStep> Ladder(LoadedPack pack, string category, bool confidential) =>
        pack.CategoryOf(category) is { } found ? Of(pack, found, confidential) : [];

    /// <summary>The ladder of a case, and its first step above where the case stands.</summary>
    static (ImmutableArray<LadderStep> Steps, int First)? Find(LoadedPack pack, RoutedCase routed, ClockName? breached, out AreaNode area)
    {
        area = pack.Areas.GetValueOrDefault(routed.Area.Code)!;
        if (area is null || pack.CategoryOf(routed.Category) is not { } category)
            return null;
        var steps = Of(pack, category, routed.Confidential);
        if (steps.IsEmpty)
            return null;
        var level = routed.Level is { } stands ? pack.DepthOf(stands) : null;
        var depth = level - 1 ?? DepthOfRules(pack, routed, category, area);
        for (var i = 0; i < steps.Length; i++)
        {
            if (pack.DepthOf(steps[i].Level) > depth || area.AtLevel(steps[i].Level) is not { } at)
                continue;
            if (at.HasHolder(steps[i].Posts) && !HasOthers(steps[i], at, routed.OfferedTo))
                continue;
            return breached is { } clock && !steps[i].ClimbsOn.Contains(clock) ? null : (steps, i);
        }
        return null;
    }

    /// <summary>The highest level at which the rules of the case's department or category find somebody: from there it climbs.</summary>
    static int DepthOfRules(LoadedPack pack, RoutedCase routed, Category category, AreaNode area)
    {
        if (routed.Department is { } id && pack.Departments.TryGetValue(id, out var department))
            return DepthOf(department.Post, department.At) ?? DepthOfNext(department.At);
        int? highest = null;
        foreach (var rule in category.Recipients)
            if (pack.Applies(rule, area, null) && DepthOf(rule.Post, rule.At) is { } depth && !(highest <= depth))
                highest = depth;
        // Nobody was found, so it went to the next level up, or to the root's fallback post.
        return highest ?? DepthOfNext(null);

        int DepthOfNext(string? from) => (pack.NextLevel(category, area, from) is var (_, at) ? pack.DepthOf(at.Level.Id) : null) ?? 0;

        int? DepthOf(string post, string? at) => LoadedPack.NearestArea(post, at, area) is { } found ? pack.DepthOf(found.Level.Id) : null;
    }

    static bool HasOthers(LadderStep step, AreaNode at, ImmutableArray<PersonId> than)
    {
        for (var i = 0; i < at.Holders.Count; i++)
            if (step.Posts.Contains(at.Holders[i].Post.Id) && !than.Contains(at.Holders[i].Person))
                return true;
        return false;
    }
}
