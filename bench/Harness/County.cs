namespace GridActors.Harness;

/// <summary>What a measurement knows of a pack: read from its files, so that preparing doesn't load the service.</summary>
/// <param name="Leaves">Areas without children that have somebody who may report there.</param>
sealed record County(string Folder, string Root, IReadOnlyList<Leaf> Leaves, int Areas)
{
    public static County Liling() => Read(Path.Combine(MeasuredService.Home, "packs", "liling"), "grid-worker");

    /// <param name="post">Whose holder reports.</param>
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
