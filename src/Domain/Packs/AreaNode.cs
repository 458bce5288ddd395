using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Domain.Packs;

/// <summary>One area in its place in the tree. Made by <see cref="LoadedPack.Build"/>, and never changed afterwards.</summary>
public sealed class AreaNode
{
    readonly List<AreaNode> _children = [];
    readonly List<(Post Post, PersonId Person)> _holders = [];
    readonly List<AreaId> _former = [];

    public required AreaId Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Level Level { get; init; }
    public required string Kind { get; init; }
    public required bool Generated { get; init; }
    public required AreaNode? Parent { get; init; }

    /// <summary>The codes of the areas that this one was made of.</summary>
    public ImmutableArray<string> Predecessors { get; init; } = [];

    /// <summary>The area, and those that are gone for which it stands: whose households are listed and counted here.</summary>
    public IEnumerable<AreaId> WithFormer => _former.Prepend(Id);

    /// <summary>
    /// Whether boards of this area's level count confidential cases. Lower ones don't: where few people work, a figure would tell who
    /// reported.
    /// </summary>
    public required bool CountsConfidential { get; init; }

    /// <summary>The lowest area that counts a confidential case which happened here.</summary>
    public AreaNode ConfidentialArea => CountsConfidential || Parent is null ? this : Parent.ConfidentialArea;

    /// <summary>Nested sets: the numbers of all areas below lie between this area's two numbers. They are stored with the area.</summary>
    public int Left { get; internal set; }
    public int Right { get; internal set; }

    /// <summary>In the order of the pack.</summary>
    public IReadOnlyList<AreaNode> Children => _children;

    /// <summary>Who holds which post for this very area.</summary>
    public IReadOnlyList<(Post Post, PersonId Person)> Holders => _holders;

    /// <summary>True for the area itself and everything below it. Compare areas of one pack only: each pack numbers its own tree.</summary>
    public bool Contains(AreaNode other) => Left <= other.Left && other.Right <= Right;

    /// <summary>From the area itself up to the root.</summary>
    public IEnumerable<AreaNode> Upwards()
    {
        for (var node = this; node is not null; node = node.Parent)
            yield return node;
    }

    /// <summary>The area itself and everything below it.</summary>
    public IEnumerable<AreaNode> Downwards() => _children.SelectMany(child => child.Downwards()).Prepend(this);

    /// <summary>The area itself or the one above it that is of a level; null where there is none.</summary>
    public AreaNode? AtLevel(string level)
    {
        var node = this;
        while (node is not null && node.Level.Id != level)
            node = node.Parent;
        return node;
    }

    public bool HasHolder(string post)
    {
        foreach (var (held, _) in _holders)
            if (held.Id == post)
                return true;
        return false;
    }

    /// <summary>Whether somebody holds one of the posts here.</summary>
    public bool HasHolder(ImmutableArray<string> posts)
    {
        foreach (var post in posts)
            if (HasHolder(post))
                return true;
        return false;
    }

    /// <summary>Everybody who holds one of the posts here; each once.</summary>
    public ImmutableArray<PersonId> HoldersOf(ImmutableArray<string> posts) =>
        [.. _holders.Where(h => posts.Contains(h.Post.Id)).Select(h => h.Person).Distinct()];

    /// <summary>The areas whose confidential cases this one counts as its own.</summary>
    public IEnumerable<AreaNode> ConfidentialPlaces() => CountsConfidential ? [this, .. BelowWithoutCount()] : [];

    IEnumerable<AreaNode> BelowWithoutCount() =>
        _children.Where(c => !c.CountsConfidential).SelectMany(c => c.BelowWithoutCount().Prepend(c));

    internal void AddFormer(AreaId gone) => _former.Add(gone);

    internal void Add(AreaNode child) => _children.Add(child);

    internal void Add(Post post, PersonId person) => _holders.Add((post, person));
}
