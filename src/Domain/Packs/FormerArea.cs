using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GridActors.Domain.Packs;

/// <summary>An area that the pack no longer has, while households may still be registered there.</summary>
/// <param name="StandIn">
/// Where its households are listed, counted and worked on until they have moved: its only successor, the lowest area that has all its
/// successors, or the nearest area above it that is still there.
/// </param>
/// <param name="Successors">The areas of the pack that were made of it.</param>
public sealed record FormerArea(string Code, string Name, AreaNode StandIn, ImmutableArray<AreaNode> Successors)
{
    /// <summary>The one area that its households go to; null when somebody has to decide.</summary>
    public AreaNode? OnlySuccessor => Successors is [var one] ? one : null;

    /// <summary>Finds out which areas stand for those that are gone, and tells these areas.</summary>
    internal static FrozenDictionary<string, FormerArea> Resolve(Pack pack, IReadOnlyDictionary<string, AreaNode> areas)
    {
        var gone = pack.FormerAreas.Where(a => !areas.ContainsKey(a.Code)).ToDictionary(a => a.Code);
        var resolved = gone.Values.Select(a => Of(a, gone, areas)).ToFrozenDictionary(a => a.Code);
        foreach (var area in pack.FormerAreas)
            if (resolved.GetValueOrDefault(area.Code) is { } former)
                former.StandIn.AddFormer(new(pack.Id, area.Code));
        return resolved;
    }

    static FormerArea Of(Area area, Dictionary<string, Area> gone, IReadOnlyDictionary<string, AreaNode> areas)
    {
        var successors = new HashSet<AreaNode>();
        AddSuccessors(area.Code, gone, areas, successors, []);
        var standIn = successors.Count > 0 ? Common(successors) : Above(area, gone, areas);
        return new(area.Code, area.Name, standIn, [.. successors.OrderBy(s => s.Left)]);
    }

    /// <summary>A successor may be gone itself by now: then its own successors count.</summary>
    static void AddSuccessors(
        string code,
        Dictionary<string, Area> gone,
        IReadOnlyDictionary<string, AreaNode> areas,
        HashSet<AreaNode> found,
        HashSet<string> seen
    )
    {
        if (!seen.Add(code))
            return;
        foreach (var node in areas.Values)
            if (node.Predecessors.Contains(code))
                found.Add(node);
        foreach (var later in gone.Values)
            if (later.Predecessors.Contains(code))
                AddSuccessors(later.Code, gone, areas, found, seen);
    }

    static AreaNode Common(IReadOnlyCollection<AreaNode> nodes) => nodes.First().Upwards().First(above => nodes.All(above.Contains));

    static AreaNode Above(Area area, Dictionary<string, Area> gone, IReadOnlyDictionary<string, AreaNode> areas)
    {
        var seen = new HashSet<string>();
        for (var parent = area.Parent; parent is not null && seen.Add(parent); parent = gone.GetValueOrDefault(parent)?.Parent)
            if (areas.TryGetValue(parent, out var node))
                return node;
        return areas.Values.First(a => a.Parent is null);
    }
}
