using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>The formats that names and codes of a pack must have.</summary>
static partial class Formats
{
    public const int MaxNameLength = 60;
    const int MaxDelayDays = 30;

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z")]
    private static partial Regex PersonIdPattern();

    [GeneratedRegex(@"^[0-9A-Za-z-]{1,24}\z")]
    private static partial Regex AreaCodePattern();

    [GeneratedRegex(@"^[A-Z]{2,4}\z")]
    private static partial Regex RegisterPrefixPattern();

    // 4.30281E+11, 4.3e17, 4E+5, 430281.0 and 430,281,001. What is left of a code is lost, so it can't be mended.
    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?[eE]\+[0-9]+|[0-9]+\.[0-9]+[eE][0-9]+|[0-9]+\.0*|[0-9]{1,3}(,[0-9]{3})+)\z")]
    private static partial Regex SpreadsheetNumberPattern();

    /// <summary>A spreadsheet writes TRUE and FALSE. Null when the text is neither true nor false.</summary>
    public static bool? Flag(string text) => bool.TryParse(text, out var flag) ? flag : null;

    /// <summary>In characters as people count them, not in the two units that some take in memory.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    public static string? SpreadsheetNumber(string text) =>
        SpreadsheetNumberPattern().IsMatch(text)
            ? $"\"{text}\" is a code that a spreadsheet turned into a number; keep the column as text"
            : null;

    public static string? Id(string text) =>
        text.Length is > 0 and <= 40 && Kebab().IsMatch(text)
            ? null
            : $"\"{text}\" must be lower-case letters, digits and single hyphens, 40 at most";

    public static string? PersonId(string text) =>
        SpreadsheetNumber(text)
        ?? (PersonIdPattern().IsMatch(text) ? null : $"\"{text}\" must be 1 to 40 lower-case letters, digits and hyphens");

    /// <summary>Null when the text is no number of days.</summary>
    public static int? Days(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MaxDelayDays ? days : null;

    public static string? DelayDays(string text) =>
        Days(text) is null ? $"\"{text}\" must be a whole number of days, 0 to {MaxDelayDays}" : null;

    public static string? RegisterPrefix(string text) =>
        RegisterPrefixPattern().IsMatch(text) ? null : $"\"{text}\" must be two to four capital letters";

    public static string? Name(string text) =>
        text switch
        {
            "" => "must not be empty",
            _ when Length(text) is > MaxNameLength and var length => $"has {length} characters; {MaxNameLength} are allowed",
            _ when text.Any(char.IsControl) => "contains a control character",
            _ when text.EnumerateRunes().All(IsInvisible) => "has no visible character",
            _ => null,
        };

    static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned;

    public static string? TimeZone(string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId && WorkingTime.Knows(text)
            ? null
            : $"\"{text}\" is no IANA time zone; Asia/Shanghai is one";

    public static string? AreaCode(string text)
    {
        if (SpreadsheetNumber(text) is { } complaint)
            return complaint;
        if (!AreaCodePattern().IsMatch(text))
            return $"\"{text}\" must be 1 to 24 letters, digits and hyphens";
        return text.Length >= 6 && text.All(char.IsAsciiDigit) ? DivisionCode(text) : null;
    }

    /// <summary>
    /// Six digits or more are read as a statistical code: county 6, town 9, village 12, and anything a place appends below the village.
    /// </summary>
    static string? DivisionCode(string text)
    {
        if (text.Length is 7 or 8 or 10 or 11)
            return $"{text} has {text.Length} digits; a division code has 6, 9 or 12, and more below the village";
        if (text.Length >= 9 && int.Parse(text.AsSpan(6, 3), provider: null) >= 600)
            return $"{text} is no division code: the town's digits 7 to 9 go up to 599; a code of your own needs a letter or a hyphen";
        if (text.Length >= 12 && int.Parse(text.AsSpan(9, 3), provider: null) >= 600)
            return $"{text} is no division code: the village's digits 10 to 12 go up to 599; a code of your own needs a letter or a hyphen";
        return null;
    }
}
