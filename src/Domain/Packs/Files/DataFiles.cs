namespace GridActors.Domain.Packs.Files;

/// <summary>
/// Data that packs share. It is in a folder of <c>data</c> beside the pack; where there is no such folder, the program's own is taken.
/// </summary>
static class DataFiles
{
    /// <summary>Every file that a pack can use, in a fixed order.</summary>
    public static IEnumerable<(string Name, string Path)> Of(string pack, string folder, string pattern)
    {
        var beside = Path.Combine(pack, "..", "data", folder);
        return Directory.Exists(beside) ? FilesOf(beside, folder, pattern) : OfProgram(folder, pattern);
    }

    /// <summary>Those that the program brings along.</summary>
    public static IEnumerable<(string Name, string Path)> OfProgram(string folder, string pattern)
    {
        var root = Path.Combine(AppContext.BaseDirectory, folder);
        return Directory.Exists(root) ? FilesOf(root, folder, pattern) : [];
    }

    static IEnumerable<(string Name, string Path)> FilesOf(string root, string folder, string pattern) =>
        Directory
            .EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Select(file => (Name: $"{folder}/{Path.GetRelativePath(root, file).Replace('\\', '/')}", file))
            .OrderBy(f => f.Name, StringComparer.Ordinal);
}
