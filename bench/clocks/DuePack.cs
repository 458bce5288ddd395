using GridActors.Harness;

namespace GridActors.Clocks;

/// <summary>A copy of a real pack in which every case must be claimed within two minutes.</summary>
static class DuePack
{
    public const int MinutesToRespond = 2;

    /// <returns>The folder of the copy.</returns>
    public static string Make(string parent) =>
        CopiedPack.Make(parent, line => line.Replace("clocks: {", $"clocks: {{respond: {MinutesToRespond}m, ", StringComparison.Ordinal));
}
