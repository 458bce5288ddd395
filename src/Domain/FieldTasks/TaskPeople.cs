using System.Collections.Immutable;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;

namespace GridActors.Domain.FieldTasks;

/// <summary>
/// Who gets a to-do of a task, and who may do it: whoever holds the post when it is done, and whoever stands in for them.
/// </summary>
public static class TaskPeople
{
    /// <summary>Every to-do of a task that is sent to an area now.</summary>
    public static ImmutableArray<TargetKey> Targets(AreaNode root, TaskAudience audience)
    {
        var areas = root.Downwards()
            .Where(a => audience.Levels.IsEmpty ? a.HasHolder(audience.Posts) : audience.Levels.Contains(a.Level.Id));
        return audience.PerHolder
            ? [.. areas.SelectMany(a => Holders(a, audience).Select(p => new TargetKey(a.Code, p.Id)))]
            : [.. areas.Select(a => new TargetKey(a.Code))];
    }

    /// <summary>Who holds a post of the audience in an area; each once.</summary>
    public static IEnumerable<PersonId> Holders(AreaNode area, TaskAudience audience) =>
        area
            .Holders.Where(h => audience.Posts.IsEmpty ? h.Post.May.Contains(Permission.Report) : audience.Posts.Contains(h.Post.Id))
            .Select(h => h.Person)
            .Distinct();

    /// <summary>The to-do of an area that somebody may do; null for none. Their own comes first.</summary>
    /// <param name="targets">Those of the area.</param>
    public static TargetKey? Own(LoadedPack pack, TaskAudience audience, IEnumerable<TargetKey> targets, PersonId person, DateTimeOffset at)
    {
        TargetKey? found = null;
        foreach (var target in targets)
            if (target.Person == person.Id)
                return target;
            else if (found is null && MayDo(pack, audience, target, person, at))
                found = target;
        return found;
    }

    /// <summary>
    /// Where every holder has a to-do, it is that holder's or their deputy's, and once they don't hold the post any more, that of whoever
    /// holds it.
    /// </summary>
    public static bool MayDo(LoadedPack pack, TaskAudience audience, TargetKey target, PersonId person, DateTimeOffset at)
    {
        if (person.Pack != pack.Pack.Id || pack.StandIn(target.Area) is not { } area)
            return false;
        var holders = Holders(area, audience).ToList();
        var named = target.Person is { } id ? holders.Where(h => h.Id == id).ToList() : [];
        return (named.Count > 0 ? named : holders).Any(h => h == person || StandsIn(pack, h, person, at, []));
    }

    /// <summary>The areas in which somebody may have to-dos: those of their posts, and those of everybody for whom they stand in.</summary>
    public static IReadOnlyCollection<AreaNode> AreasOf(LoadedPack pack, PersonEntry person, DateTimeOffset at)
    {
        var areas = person.Posts.Select(p => p.Area).ToHashSet();
        foreach (var away in pack.Leaves.Away(at))
            if (away != person.Id && pack.Person(away) is { } absent && StandsIn(pack, away, person.Id, at, []))
                areas.UnionWith(absent.Posts.Select(p => p.Area));
        return areas;
    }

    /// <summary>A deputy who is away has a deputy, too.</summary>
    static bool StandsIn(LoadedPack pack, PersonId holder, PersonId person, DateTimeOffset at, HashSet<PersonId> seen)
    {
        if (!seen.Add(holder) || pack.Leaves.Of(holder, at) is not { } leave)
            return false;
        var deputies = Deputies.Of(pack, leave);
        return deputies.Contains(person) || deputies.Any(d => StandsIn(pack, d, person, at, seen));
    }
}
