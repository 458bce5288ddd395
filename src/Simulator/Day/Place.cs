using System.Collections.Concurrent;
using System.Collections.Immutable;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Day;

/// <summary>One pack as the API shows it, read when first needed and kept.</summary>
sealed class Place(Session start, People people, CatalogueView catalogue, FieldTime time)
{
    readonly ConcurrentDictionary<string, Lazy<Task<List<AreaView>>>> _children = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Lazy<Task<List<PostHolder>>>> _people = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, Outline>>>> _outlines = new(StringComparer.Ordinal);

    // Which posts may report is learned from the people who sign in.
    readonly ConcurrentDictionary<string, bool> _mayReport = new(StringComparer.Ordinal);

    public Session Centre => start;
    public People People => people;
    public CatalogueView Catalogue => catalogue;
    public FieldTime Time => time;
    public string Id => start.Me.Pack.Id;

    /// <summary>For what households are visited; empty where nobody visits any.</summary>
    public ImmutableArray<PurposeView> Purposes => catalogue.Field is { Purposes: { IsDefault: false } purposes } ? purposes : [];

    /// <summary>A way down from the top to an area without children; the last of the path is the grid.</summary>
    public async Task<List<AreaView>> Walk(Random random, CancellationToken cancellationToken)
    {
        var path = new List<AreaView>();
        var code = start.Home;
        while (true)
        {
            var children = await Cached(_children, code, c => start.Children(c, cancellationToken), cancellationToken);
            if (children.Count == 0)
                return path;
            var child = children[random.Next(children.Count)];
            path.Add(child);
            if (child.Children == 0)
                return path;
            code = child.Code;
        }
    }

    /// <summary>
    /// A person of the grid who may report; if there is none, one of the areas above it; if there is none, the operations centre's.
    /// </summary>
    public async Task<Session> Reporter(List<AreaView> path, Random random, CancellationToken cancellationToken)
    {
        foreach (var area in Enumerable.Reverse(path))
        {
            var holders = await Cached(_people, area.Code, c => start.People(c, cancellationToken), cancellationToken);
            var candidates = holders.Where(h => _mayReport.GetValueOrDefault(h.Post, true)).ToArray();
            random.Shuffle(candidates);
            foreach (var holder in candidates)
            {
                if (await people.Find(holder.Person, cancellationToken) is not { } session)
                    continue;
                foreach (var post in session.Me.Posts)
                    _mayReport[post.Post] = post.Permits("report");
                if (session.Me.Posts.Any(p => p.Area == area.Code && p.Permits("report")))
                    return session;
            }
        }
        return start;
    }

    /// <summary>A point inside the grid; null when the pack has no shape for it.</summary>
    public async Task<Position?> Point(List<AreaView> path, Random random, CancellationToken cancellationToken) =>
        (await OutlineOf(path, cancellationToken))?.PointInside(random);

    /// <summary>The shape of the grid; null when the pack has none.</summary>
    public async Task<Outline?> OutlineOf(List<AreaView> path, CancellationToken cancellationToken)
    {
        if (path.Count == 0)
            return null;
        var parent = path.Count > 1 ? path[^2].Code : start.Home;
        var outlines = await Cached(_outlines, parent, c => Outlines(c, cancellationToken), cancellationToken);
        return outlines.GetValueOrDefault(path[^1].Code);
    }

    async Task<IReadOnlyDictionary<string, Outline>> Outlines(string code, CancellationToken cancellationToken) =>
        Outline.All((await start.Map(code, cancellationToken)).Value);

    static async Task<T> Cached<T>(
        ConcurrentDictionary<string, Lazy<Task<T>>> kept,
        string code,
        Func<string, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        var entry = kept.GetOrAdd(code, c => new Lazy<Task<T>>(() => read(c)));
        try
        {
            return await entry.Value.WaitAsync(cancellationToken);
        }
        catch
        {
            // The failure isn't kept, so that the next call tries again.
            kept.TryRemove(new KeyValuePair<string, Lazy<Task<T>>>(code, entry));
            throw;
        }
    }
}
