using System.Collections.Concurrent;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The packs of the repository, each read once.</summary>
static class PublishedPacks
{
    static readonly ConcurrentDictionary<string, Lazy<Pack>> Kept = new();

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory
            .GetFiles(PackFolders.Packs, "pack.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f))!)
            .Order(StringComparer.Ordinal),
    ];

    public static Pack Of(string id) => Kept.GetOrAdd(id, i => new(() => Read(i))).Value;

    public static Pack Read(string id)
    {
        var result = PackReader.Read(PackFolders.Of(id));
        Assert.Empty(result.Errors);
        return result.Pack!;
    }
}
