namespace GridActors.Cluster.Tests;

/// <summary>A copy of the test packs, whose files a test changes.</summary>
sealed class CopiedPacks : IDisposable
{
    public CopiedPacks()
    {
        foreach (var file in Directory.GetFiles(TestPacks.Folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Folder, Path.GetRelativePath(TestPacks.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("gridactors-packs-").FullName;

    public string Qinghe => Path.Combine(Folder, "qinghe");

    /// <summary>Changes the lines of a file of the pack Qinghe.</summary>
    public void Change(string file, Func<string, string> line)
    {
        var path = Path.Combine(Qinghe, file);
        File.WriteAllLines(path, [.. File.ReadAllLines(path).Select(line)]);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
