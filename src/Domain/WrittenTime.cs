using System.Globalization;
using System.Text.RegularExpressions;

namespace GridActors.Domain;

/// <summary>A moment as people and programs write it: RFC 3339 with its offset. The seconds can be left out.</summary>
public static partial class WrittenTime
{
    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Rfc3339();

    /// <returns>False for anything that could be read in two ways, and for days and hours that don't exist.</returns>
    public static bool TryParse(string text, out DateTimeOffset at)
    {
        at = default;
        return Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text.ToUpperInvariant(), CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
    }

    /// <summary>With its offset, and no more decimals of the second than there are.</summary>
    public static string Write(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
