namespace GridActors.Harness;

/// <summary>
/// A pack as the measurements need it. It is read from the pack's files, so that the preparation doesn't warm up the service.
/// </summary>
/// <param name="Leaves">Areas without children in which somebody may report.</param>
sealed record County(string Folder, string Root, IReadOnlyList<Leaf> Leaves, int Areas)
{
    public static County Liling() => Read(Path.Combine(MeasuredService.Home, "packs", "liling"), "grid-worker");

    /// <param name="post">The post whose holders report.</param>
    public static County Read(string folder, string post)
    {
        var areas = Rows(folder, "areas.csv").Select(r => (Code: r[0], Parent: r[3])).ToList();
        var inner = areas.Select(a => a.Parent).ToHashSet();
        var reporters = Rows(folder, "posts.csv").Where(r => r[1] == post).ToLookup(r => r[0], r => r[2]);
        return new(
            folder,
            areas.First(a => a.Parent.Length == 0).Code,
            [
                .. areas
                    .Where(a => !inner.Contains(a.Code) && reporters.Contains(a.Code))
                    .Select(a => new Leaf(a.Code, reporters[a.Code].First())),
            ],
            areas.Count
        );
    }

    static IEnumerable<string[]> Rows(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(l => l.Split(','));
}

readonly record struct Leaf(string Area, string Reporter);
