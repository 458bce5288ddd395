using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Domain.Packs;

/// <summary>One area in its place in the tree.</summary>
public sealed class AreaNode
{
    public required AreaId Id { get; init; }
    public required string Name { get; init; }
    public required Level Level { get; init; }
    public required string Kind { get; init; }
    public required bool Generated { get; init; }
    public required AreaNode? Parent { get; init; }

    /// <summary>Everything below lies between these two: nested sets, as stored.</summary>
    public required int Left { get; init; }
    public required int Right { get; init; }

    /// <summary>In the order of the pack.</summary>
    public IReadOnlyList<AreaNode> Children => _children;

    /// <summary>Who holds which post for this very area.</summary>
    public IReadOnlyList<(Post Post, PersonId Person)> Holders => _holders;

    readonly List<AreaNode> _children = [];
    readonly List<(Post, PersonId)> _holders = [];

    public required string Code { get; init; }

    /// <summary>True for the area itself and everything below it. Both are of one pack: the numbers of another tree say nothing.</summary>
    public bool Contains(AreaNode other) => Left <= other.Left && other.Right <= Right;

    /// <summary>From the area itself up to the root.</summary>
    public IEnumerable<AreaNode> Upwards()
    {
        for (var node = this; node is not null; node = node.Parent) yield return node;
    }

    internal void Add(AreaNode child) => _children.Add(child);
    internal void Add(Post post, PersonId person) => _holders.Add((post, person));
}

/// <summary>A person and the posts held.</summary>
public sealed class PersonEntry
{
    public required PersonId Id { get; init; }
    public required string Name { get; init; }
    public IReadOnlyList<(Post Post, AreaNode Area)> Posts => _posts;

    readonly List<(Post Post, AreaNode Area)> _posts = [];

    /// <summary>The topmost area of the person's posts, where their boards and lists begin; null without a post.</summary>
    public AreaNode? Home => _posts.OrderBy(p => p.Area.Upwards().Count()).Select(p => p.Area).FirstOrDefault();

    /// <summary>What the person's posts permit in an area: those held there or above it.</summary>
    public PermissionSet Over(AreaNode area)
    {
        var set = PermissionSet.None;
        foreach (var (post, held) in _posts)
            if (held.Contains(area)) set |= PermissionSet.Of(post.May);
        return set;
    }

    /// <summary>The post in whose name the person acts in an area: the one held nearest to it.</summary>
    public (Post Post, AreaNode Area)? PostOver(AreaNode area)
    {
        (Post Post, AreaNode Area)? nearest = null;
        foreach (var held in _posts)
            if (held.Area.Contains(area) && (nearest is null || nearest.Value.Area.Contains(held.Area))) nearest = held;
        return nearest;
    }

    internal void Add(Post post, AreaNode area) => _posts.Add((post, area));
}

/// <summary>A set of permissions.</summary>
public readonly record struct PermissionSet(int Bits)
{
    public static PermissionSet None => default;

    public static PermissionSet Of(IEnumerable<Permission> permissions) => new(permissions.Aggregate(0, (bits, p) => bits | 1 << (int)p));

    public bool Has(Permission permission) => (Bits & 1 << (int)permission) != 0;

    public static PermissionSet operator |(PermissionSet a, PermissionSet b) => new(a.Bits | b.Bits);
}
