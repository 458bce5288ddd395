namespace GridActors.Harness;

/// <summary>Copies of the real pack Liling with another catalogue.</summary>
static class CopiedPack
{
    /// <param name="line">What stands in the place of a line of the catalogue; null for nothing.</param>
    /// <returns>The folder of the copy.</returns>
    public static string Make(string parent, Func<string, string?> line)
    {
        var from = Path.Combine(MeasuredService.Home, "packs", "liling");
        var to = Path.Combine(parent, "packs", "liling");
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        var catalogue = Path.Combine(to, "catalogue.yaml");
        File.WriteAllLines(catalogue, File.ReadAllLines(catalogue).Select(line).OfType<string>());
        return to;
    }

    /// <summary>Without clocks, and without what follows from clocks.</summary>
    public static string WithoutClocks(string parent)
    {
        string[] left = ["    clocks:", "ladder:", "  - {level:", "supervision:"];
        return Make(parent, line => left.Any(l => line.StartsWith(l, StringComparison.Ordinal)) ? null : line);
    }
}
