using System.Globalization;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Harness;

/// <summary>The packs of tests/packs, and copies of them under ids of their own.</summary>
public static class TestPacks
{
    static int s_count;

    public static string Folder { get; } = Path.Combine(Repository(), "tests", "packs");

    public static Pack Qinghe { get; } = Read("qinghe");
    public static Pack Baihe { get; } = Read("baihe");

    /// <summary>The same place under an id that nothing else uses: its boards count what one test does, and nothing else.</summary>
    public static Pack Fresh()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"q{Interlocked.Increment(ref s_count)}-{Guid.NewGuid():N}")[..20];
        return Qinghe with { Id = id, Digest = id, Demo = [] };
    }

    public static Pack Read(string name)
    {
        var result = PackReader.Read(Path.Combine(Folder, name));
        return result.Pack ?? throw new InvalidOperationException($"{name} isn't sound: {string.Join("; ", result.Errors)}");
    }

    static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
