using System.Collections.Concurrent;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Replay;

/// <summary>The committed table from the city's request types to a pack's categories.</summary>
sealed class CategoryMap(IReadOnlyDictionary<string, string> codes)
{
    public IReadOnlyDictionary<string, string> Codes => codes;

    public static CategoryMap Read(string path)
    {
        using var text = TextFile.Open(path);
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in CsvFile.Read(text, path, "types and categories", "type", "category"))
            if (!codes.TryAdd(record["type"], record["category"]))
                throw record.Wrong($"type {record["type"]} stands twice");
        return new CategoryMap(codes);
    }
}

/// <summary>
/// The table applied to one pack's catalogue. Requests of a category that the pack doesn't have go to one fallback category that everybody
/// may see, and are counted.
/// </summary>
sealed class CategoryChoice
{
    readonly CategoryMap _map;
    readonly HashSet<string> _known;
    readonly ConcurrentDictionary<string, int> _replaced = new(StringComparer.Ordinal);

    public CategoryChoice(CategoryMap map, CatalogueView catalogue)
    {
        _map = map;
        _known = [.. catalogue.Categories.Select(c => c.Code)];
        var open = catalogue.Categories.Where(c => !c.Confidential).ToList();
        // When several categories are called "other", the shortest name is the most general one.
        Fallback =
            (open.Where(c => c.Name.Contains("其他", StringComparison.Ordinal)).MinBy(c => c.Name.Length) ?? open.FirstOrDefault())?.Code
            ?? throw new RefusedException("the catalogue has no category that isn't confidential");
    }

    public string Fallback { get; }

    /// <summary>The categories asked for and not found, with the number of requests that went to the fallback instead.</summary>
    public IReadOnlyDictionary<string, int> Replaced => _replaced;

    public string Of(string type)
    {
        var asked = _map.Codes.GetValueOrDefault(type, $"(no row for {type})");
        if (_known.Contains(asked))
            return asked;
        _replaced.AddOrUpdate(asked, 1, static (_, n) => n + 1);
        return Fallback;
    }
}
