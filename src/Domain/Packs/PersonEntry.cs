using GridActors.Contracts.People;

namespace GridActors.Domain.Packs;

/// <summary>A person and the posts they hold. Made by <see cref="LoadedPack.Build"/>, and never changed afterwards.</summary>
public sealed class PersonEntry
{
    readonly List<(Post Post, AreaNode Area)> _posts = [];

    public required PersonId Id { get; init; }
    public required string Name { get; init; }
    public IReadOnlyList<(Post Post, AreaNode Area)> Posts => _posts;

    /// <summary>The topmost area of the person's posts, where their boards and lists begin; null without a post.</summary>
    public AreaNode? Home => _posts.OrderBy(p => p.Area.Upwards().Count()).Select(p => p.Area).FirstOrDefault();

    /// <summary>One of the person's posts asks for a second factor.</summary>
    public bool NeedsSecondFactor => _posts.Any(p => p.Post.SecondFactor);

    /// <summary>What the person's posts permit in an area: those held there or above it.</summary>
    public PermissionSet Over(AreaNode area)
    {
        var set = PermissionSet.None;
        foreach (var (post, held) in _posts)
            if (held.Contains(area))
                set |= PermissionSet.Of(post.May);
        return set;
    }

    /// <summary>The post in whose name the person acts in an area: the one held nearest to it.</summary>
    public (Post Post, AreaNode Area)? PostOver(AreaNode area)
    {
        (Post Post, AreaNode Area)? nearest = null;
        foreach (var held in _posts)
            if (held.Area.Contains(area) && (nearest is null || nearest.Value.Area.Contains(held.Area)))
                nearest = held;
        return nearest;
    }

    /// <summary>A wall screen as somebody who may read in its area, and nothing else. No pack lists it.</summary>
    public static PersonEntry OfKiosk(PersonId id, string name, AreaNode area)
    {
        var kiosk = new PersonEntry { Id = id, Name = name };
        kiosk.Add(KioskPost, area);
        return kiosk;
    }

    static readonly Post KioskPost = new("_kiosk", "看板大屏", "Wall screen", [], [Permission.Read]);

    internal void Add(Post post, AreaNode area) => _posts.Add((post, area));
}
