
namespace GridActors.Domain.Packs.Files;

/// <summary>
/// Whom the rules of a pack reach from an area. Answers for the tree as the pack has it; a running deployment, where posts are filled and
/// emptied and areas move, asks its area grains. For one thread.
/// </summary>
public sealed class Reach
{
    readonly Dictionary<string, int> _index;
    readonly int[] _parents;
    readonly int[] _depths;
    readonly Dictionary<string, int> _levels;
    readonly Dictionary<string, Dictionary<int, List<string>>> _holders = [];
    readonly int[] _leaves;
    readonly Dictionary<(string Post, string? At), string?[]> _found = [];
    readonly string[] _codes;

    public Reach(Pack pack)
        : this(pack.Levels.Select(l => l.Id), pack.Areas, pack.Holdings)
    {
    }

    internal Reach(IEnumerable<string> levels, IReadOnlyList<Area> areas, IEnumerable<PostHolding> holdings)
    {
        _levels = levels.Select((id, depth) => (id, depth)).ToDictionary();
        _codes = [.. areas.Select(a => a.Code)];
        _index = areas.Select((a, i) => (a.Code, i)).ToDictionary();
        _parents = [.. areas.Select(a => a.Parent is null ? -1 : _index[a.Parent])];
        _depths = [.. areas.Select(a => _levels[a.Level])];
        var isParent = new bool[areas.Count];
        foreach (var parent in _parents.Where(p => p >= 0)) isParent[parent] = true;
        _leaves = [.. Enumerable.Range(0, areas.Count).Where(i => !isParent[i])];
        Leaves = [.. _leaves.Select(i => _codes[i])];
        foreach (var holding in holdings)
        {
            if (!_holders.TryGetValue(holding.Post, out var places)) _holders[holding.Post] = places = [];
            var area = _index[holding.Area];
            if (!places.TryGetValue(area, out var people)) places[area] = people = [];
            people.Add(holding.Person);
        }
    }

    /// <summary>The areas nothing lies below.</summary>
    public IReadOnlyList<string> Leaves { get; }

    /// <summary>The area whose holders the rule reaches from a place, or null when the post is vacant all the way up.</summary>
    public string? Area(string from, string post, string? at) => Found(post, at)[_index[from]];

    /// <summary>The people the rule reaches from a place; none when the post is vacant all the way up.</summary>
    public IReadOnlyList<string> People(string from, string post, string? at) =>
        Area(from, post, at) is { } area ? _holders[post][_index[area]] : [];

    /// <summary>The leaves from which the rule reaches nobody.</summary>
    internal List<string> VacantLeaves(string post, string? at)
    {
        var found = Found(post, at);
        return [.. _leaves.Where(i => found[i] is null).Select(i => _codes[i])];
    }

    /// <summary>The areas, at every level, from which none of the rules reaches anybody.</summary>
    internal List<string> Vacant(IEnumerable<RecipientRule> rules)
    {
        var found = rules.Select(r => Found(r.Post, r.At)).ToList();
        return [.. _codes.Where((_, i) => found.TrueForAll(f => f[i] is null))];
    }

    string?[] Found(string post, string? at)
    {
        if (!_found.TryGetValue((post, at), out var found)) _found[(post, at)] = found = FindAll(post, at);
        return found;
    }

    // One pass down the tree answers for every area: the nearest holder is the area's own, or its parent's nearest.
    string?[] FindAll(string post, string? at)
    {
        var nearest = new string?[_codes.Length];
        var found = new string?[_codes.Length];
        if (!_holders.TryGetValue(post, out var places)) return found;
        int? start = at is null ? null : _levels[at];
        for (var i = 0; i < _codes.Length; i++)
        {
            var parent = _parents[i];
            nearest[i] = places.ContainsKey(i) ? _codes[i] : parent < 0 ? null : nearest[parent];
            // Below the starting level the parent's answer holds. A place above it has no area to start from, and finds nobody.
            if (start is null || start == _depths[i]) found[i] = nearest[i];
            else if (parent >= 0) found[i] = found[parent];
        }
        return found;
    }
}
