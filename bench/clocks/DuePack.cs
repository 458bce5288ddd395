using GridActors.Harness;

namespace GridActors.Clocks;

/// <summary>A copy of a real pack in which every case must be claimed within two minutes.</summary>
static class DuePack
{
    public const int MinutesToRespond = 2;

    /// <returns>The folder of the copy.</returns>
    public static string Make(string parent)
    {
        var from = Path.Combine(MeasuredService.Home, "packs", "liling");
        var to = Path.Combine(parent, "packs", "liling");
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        var catalogue = Path.Combine(to, "catalogue.yaml");
        var text = File.ReadAllText(catalogue);
        File.WriteAllText(catalogue, text.Replace("clocks: {", $"clocks: {{respond: {MinutesToRespond}m, ", StringComparison.Ordinal));
        return to;
    }
}
