using GridActors.Contracts.People;

namespace GridActors.Domain.Packs;

/// <summary>Who is linked to the households of an area, and who may know of a special group.</summary>
public sealed partial class LoadedPack
{
    /// <summary>The areas that the pack no longer has.</summary>
    public IEnumerable<FormerArea> FormerAreas => _formerAreas.Values;

    /// <summary>An area that the pack no longer has; null for any other one.</summary>
    public FormerArea? Former(string code) => _formerAreas.GetValueOrDefault(code);

    /// <summary>
    /// Whose posts decide about the households of an area: the area, or the one that stands for it when it is gone; null for an area that
    /// the pack never had.
    /// </summary>
    public AreaNode? StandIn(string code) => Areas.GetValueOrDefault(code) ?? Former(code)?.StandIn;

    /// <summary>
    /// Whether a person is linked to the households of an area: they hold a linked post there, or in the nearest area above that has a
    /// holder of it.
    /// </summary>
    public bool IsLinked(AreaNode area, PersonId person)
    {
        foreach (var post in Pack.Households?.LinkedPosts ?? [])
            if (NearestHolders(post, null, area).Contains(person))
                return true;
        return false;
    }

    /// <summary>The areas to whose households a person is linked, in the order of the tree; each once.</summary>
    public IReadOnlyList<AreaNode> LinkedTo(PersonId person)
    {
        if (Pack.Households is not { } rules || Person(person) is not { } entry)
            return [];
        var areas = new HashSet<AreaNode>();
        foreach (var (post, held) in entry.Posts)
            if (rules.LinkedPosts.Contains(post.Id))
                AddWithoutOwnHolder(held, post.Id, areas);
        return [.. areas.OrderBy(a => a.Left)];
    }

    /// <summary>
    /// Whether a person may know who in an area is in a special group: they may read households there, and, where the group names posts,
    /// hold one of them there or above.
    /// </summary>
    public bool MayReadGroup(PersonId person, AreaNode area, string group) =>
        Pack.Households?.Group(group) is { } rule
        && Person(person) is { } entry
        && entry.Over(area).Has(Permission.ReadHouseholds)
        && (rule.ReadBy.IsEmpty || entry.Posts.Any(held => rule.ReadBy.Contains(held.Post.Id) && held.Area.Contains(area)));

    /// <summary>The area and those below it, except where an area below has holders of the post itself.</summary>
    static void AddWithoutOwnHolder(AreaNode area, string post, HashSet<AreaNode> areas)
    {
        areas.Add(area);
        foreach (var child in area.Children)
            if (!child.HasHolder(post))
                AddWithoutOwnHolder(child, post, areas);
    }
}
