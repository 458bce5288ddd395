using GridActors.Contracts.Packs;

namespace GridActors.Silo.Packs;

/// <summary>
/// Whom the rules of a pack reach from an area. Answers for the tree as the pack has it; a running deployment, where posts are filled and
/// emptied and areas move, asks its area grains.
/// </summary>
public sealed class Reach
{
    readonly Dictionary<string, int> _index;
    readonly int[] _parents;
    readonly int[] _depths;
    readonly Dictionary<string, int> _levels;
    readonly Dictionary<(string Area, string Post), List<string>> _holders = [];
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
        Leaves = [.. areas.Where((_, i) => !isParent[i]).Select(a => a.Code)];
        foreach (var holding in holdings)
        {
            var key = (holding.Area, holding.Post);
            if (!_holders.TryGetValue(key, out var people)) _holders[key] = people = [];
            people.Add(holding.Person);
        }
    }

    /// <summary>The areas nothing lies below.</summary>
    public IReadOnlyList<string> Leaves { get; }

    /// <summary>The area whose holders the rule reaches from a place, or null when the post is vacant all the way up.</summary>
    public string? Area(string from, string post, string? at)
    {
        if (!_found.TryGetValue((post, at), out var found)) _found[(post, at)] = found = FindAll(post, at);
        return found[_index[from]];
    }

    /// <summary>The people the rule reaches from a place; none when the post is vacant all the way up.</summary>
    public IReadOnlyList<string> People(string from, string post, string? at) =>
        Area(from, post, at) is { } area ? _holders[(area, post)] : [];

    // One pass down the tree answers for every area: the nearest holder is the area's own, or its parent's nearest.
    string?[] FindAll(string post, string? at)
    {
        var nearest = new string?[_codes.Length];
        var found = new string?[_codes.Length];
        int? start = at is null ? null : _levels[at];
        for (var i = 0; i < _codes.Length; i++)
        {
            var parent = _parents[i];
            nearest[i] = _holders.ContainsKey((_codes[i], post)) ? _codes[i] : parent < 0 ? null : nearest[parent];
            // Below the starting level the parent's answer holds. A place above it starts from itself.
            found[i] = start < _depths[i] && parent >= 0 ? found[parent] : nearest[i];
        }
        return found;
    }
}
