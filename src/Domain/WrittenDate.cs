using System.Globalization;
using System.Text.RegularExpressions;
using GridActors.Domain.Identifiers;

namespace GridActors.Domain;

/// <summary>A day as people and spreadsheets write it: year, month and day in this order, whatever stands between them.</summary>
public static partial class WrittenDate
{
    /// <summary>Spreadsheets count days from 1900, with a day too many before March of that year.</summary>
    const int MinSerial = 61;

    const int MaxSerial = 109_574; // 2199-12-31

    /// <returns>Null for what could be read in two ways, as 5/1/2026, and for days that don't exist.</returns>
    public static DateOnly? Read(string text)
    {
        var code = NormalText.OfCode(text);
        if (Serial().IsMatch(code))
            return OfSerial(int.Parse(code, CultureInfo.InvariantCulture));
        var match = Shape().Match(NormalText.Of(text).Replace('．', '.').Replace('／', '/').Replace('－', '-'));
        if (!match.Success)
            return null;
        var (year, month, day) = (Number(match.Groups["y"]), Number(match.Groups["m"]), Number(match.Groups["d"]));
        return year is >= 1800 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new(year, month, day)
            : null;

        static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>The day of a number that a spreadsheet shows as a date.</summary>
    public static DateOnly? OfSerial(double serial) =>
        serial is >= MinSerial and <= MaxSerial ? DateOnly.FromDateTime(DateTime.FromOADate(Math.Floor(serial))) : null;

    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{5}\z")]
    private static partial Regex Serial();

    [GeneratedRegex(
        @"^((?<y>[0-9]{4})\s?(-|/|\.|年)\s?(?<m>[0-9]{1,2})\s?(-|/|\.|月)\s?(?<d>[0-9]{1,2})\s?日?"
            + @"|(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2}))([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.0+)?)?)?\z"
    )]
    private static partial Regex Shape();
}
