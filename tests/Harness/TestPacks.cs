using System.Globalization;
using System.Text;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Harness;

/// <summary>The packs of tests/packs, and copies of them under ids of their own.</summary>
public static class TestPacks
{
    static int Made;

    /// <summary>The folder of the clone.</summary>
    public static string Repository { get; } = FindRepository();

    public static string Folder { get; } = Path.Combine(Repository, "tests", "packs");

    /// <summary>The real county, as it is published.</summary>
    public static Pack Liling => LilingPack.Value;

    public static Pack Qinghe { get; } = Read(Path.Combine(Folder, "qinghe"));
    public static Pack Baihe { get; } = Read(Path.Combine(Folder, "baihe"));

    /// <summary>Copies a pack under a new id, so that its boards count only what one test does.</summary>
    public static Pack Fresh()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"q{Interlocked.Increment(ref Made)}-{Guid.NewGuid():N}")[..20];
        return Qinghe with { Id = id, Digest = id, Demo = [], Sources = [] };
    }

    /// <summary>The same as it is read from files, which the console can edit.</summary>
    /// <param name="change">Changes the text of each file.</param>
    public static Pack FromFiles(string id, Func<string, string, string>? change = null)
    {
        var sources = Qinghe.Sources.Select(file =>
        {
            var text = Encoding.UTF8.GetString(file.Content.Span);
            text = file.Name == "pack.yaml" ? text.Replace("id: qinghe\n", $"id: {id}\n", StringComparison.Ordinal) : text;
            return new PackSource(file.Name, Encoding.UTF8.GetBytes(change?.Invoke(file.Name, text) ?? text));
        });
        var result = PackReader.Read(id, [.. sources]);
        return result.Pack ?? throw new InvalidOperationException(string.Join("; ", result.Errors));
    }

    /// <summary>A real place of <c>packs</c>, as it is published.</summary>
    public static Pack Published(string id) => Read(Path.Combine(Repository, "packs", id));

    static readonly Lazy<Pack> LilingPack = new(() => Published("liling"));

    static Pack Read(string folder)
    {
        var result = PackReader.Read(folder);
        return result.Pack ?? throw new InvalidOperationException($"{folder} isn't sound: {string.Join("; ", result.Errors)}");
    }

    static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
