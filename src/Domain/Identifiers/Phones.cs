using System.Text.RegularExpressions;

namespace GridActors.Domain.Identifiers;

/// <summary>
/// Telephone numbers: those of the mainland by their shape, those of other countries by their length. Which ranges are in use isn't
/// checked: new ones are given out every year, and a number that works must never be refused.
/// </summary>
public static partial class Phones
{
    /// <returns>
    /// Digits alone, with <c>+</c> and the country's code for other countries, and <c>-</c> before an extension; null for what is no
    /// number.
    /// </returns>
    public static string? Normalise(string phone)
    {
        var text = Punctuation().Replace(NormalText.OfCode(phone), "");
        if (text.StartsWith("00", StringComparison.Ordinal))
            text = $"+{text[2..]}";
        if (text.StartsWith("+86", StringComparison.Ordinal))
            text = Domestic(text[3..].TrimStart('-'));
        else if (MobileWithPrefix().Match(text) is { Success: true } prefixed)
            text = text[prefixed.Groups[1].Length..];
        var (number, extension) = Split(text);
        if (number.StartsWith('+'))
            return Foreign().IsMatch(number) ? number + extension : null;
        var digits = number.Replace("-", "", StringComparison.Ordinal);
        return Mobile().IsMatch(digits) ? (extension.Length == 0 ? digits : null)
            : Landline().IsMatch(digits) ? digits + extension
            : null;
    }

    /// <summary>The last four digits, by which people find a number that they remember in part.</summary>
    public static string Tail(string normalised)
    {
        var number = Split(normalised).Number;
        return number.Length < 4 ? number : number[^4..];
    }

    /// <summary>True for two numbers in one field, as many lists have them.</summary>
    public static bool AreSeveral(string phone)
    {
        var parts = phone.Split(['/', '、', ',', '，', ';', '；', ' ', '\n', '　'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && Array.TrueForAll(parts, p => Normalise(p) is not null);
    }

    /// <summary>The code of a city loses its zero after the country's.</summary>
    static string Domestic(string text) =>
        Mobile().IsMatch(text.Replace("-", "", StringComparison.Ordinal)) || text.StartsWith('0') ? text : $"0{text}";

    static (string Number, string Extension) Split(string text)
    {
        var match = Extension().Match(text);
        return match.Success ? (text[..match.Index], $"-{match.Groups[1].Value}") : (text, "");
    }

    [GeneratedRegex(@"[()（）\[\].·—–_]")]
    private static partial Regex Punctuation();

    /// <summary>The country's code without a sign, or the zero that was dialled before a mobile of another city.</summary>
    [GeneratedRegex(@"^(86-?|0)1[3-9][0-9-]{9,}\z")]
    private static partial Regex MobileWithPrefix();

    /// <summary>After a sign of its own, or as the third group of a number whose first is the code of a city.</summary>
    [GeneratedRegex(@"(?:转|分机|EXT\.?|X|#|(?<=^0[0-9]{2,3}-?[2-9][0-9]{6,7})-|(?<=^[2-9][0-9]{6,7})-)([0-9]{1,6})\z")]
    private static partial Regex Extension();

    [GeneratedRegex(@"^1[3-9][0-9]{9}\z")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^((0(10|2[0-9]))?[2-9][0-9]{7}|(0[3-9][0-9]{2})?[2-9][0-9]{6,7}|[48]00[0-9]{7})\z")]
    private static partial Regex Landline();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Foreign();
}
