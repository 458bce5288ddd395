using System.Text.RegularExpressions;

namespace GridActors.Web.WorkerDays;

/// <summary>
/// The QR codes that are put up: on a door, with the id of a dwelling (docs/households.md), and at a station, with the code of its area.
/// They can be photographed, so they are weaker evidence than a position.
/// </summary>
static partial class FieldCodes
{
    [GeneratedRegex("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}")]
    private static partial Regex IdPattern();

    [GeneratedRegex("station=(?<area>[0-9A-Za-z-]{1,24})")]
    private static partial Regex StationPattern();

    public static Guid? IdIn(string text) => IdPattern().Match(text) is { Success: true } match ? Guid.Parse(match.Value) : null;

    /// <summary>The code of the area whose station it is; null where it is no station's.</summary>
    public static string? StationIn(string? text) =>
        text is not null && StationPattern().Match(text) is { Success: true } match ? match.Groups["area"].Value : null;
}
