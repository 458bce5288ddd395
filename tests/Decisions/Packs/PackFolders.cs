namespace GridActors.Decisions.Tests.Packs;

/// <summary>Where the repository's packs are.</summary>
static class PackFolders
{
    public static string Packs { get; } = Path.Combine(Root(AppContext.BaseDirectory), "packs");

    public static string Of(string pack) => Path.Combine(Packs, pack);

    static string Root(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"{from} is not inside the repository.");
    }
}

/// <summary>A temporary folder for one test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gridactors-packs-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
