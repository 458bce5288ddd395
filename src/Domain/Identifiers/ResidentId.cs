using System.Globalization;

namespace GridActors.Domain.Identifiers;

/// <summary>
/// The citizen's number of GB 11643: six digits of a division, the date of birth, three digits whose last is odd for men, and a check
/// character of ISO 7064 MOD 11-2. Numbers of 15 digits are older: the year has two digits, and nothing checks them. Residence permits of
/// people from Hong Kong, Macao and Taiwan, and of foreigners, are numbered the same way.
/// </summary>
/// <remarks>The division isn't looked up: those of 1984 are on certificates still, and many of them don't exist any more.</remarks>
public static class ResidentId
{
    const string CheckCharacters = "10X98765432";
    static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <param name="number">In the form of <see cref="NormalText.OfCode"/>.</param>
    /// <param name="today">No one is born after it; null when that isn't checked.</param>
    public static IdentifierCheck Check(string number, DateOnly? today = null)
    {
        // A letter is typed for the digit that looks like it.
        var text = number.Replace('O', '0').Replace('×', 'X').Replace("-", "", StringComparison.Ordinal);
        if (text.Contains('*', StringComparison.Ordinal))
            return Wrong(ValueErrors.Masked);
        if (IsRoundedForm(text))
            return Wrong(ValueErrors.NumberLost);
        if (text.Length is not (18 or 15))
            return Wrong(ValueErrors.IdentifierLength);
        var digits = text.Length == 18 ? 17 : 15;
        if (!text.AsSpan(0, digits).ContainsOnlyDigits() || (text.Length == 18 && !(char.IsAsciiDigit(text[17]) || text[17] == 'X')))
            return Wrong(ValueErrors.IdentifierCharacters);
        var isCheckWrong = text.Length == 18 && CheckCharacter(text) != text[17];
        // Excel keeps 15 digits of a number, and writes zeros for the rest.
        if (isCheckWrong && text.EndsWith("000", StringComparison.Ordinal))
            return Wrong(ValueErrors.NumberLost);
        if (BirthDate(text) is not { } born || born > today)
            return Wrong(ValueErrors.IdentifierBirthDate);
        if (isCheckWrong)
            return Wrong(ValueErrors.IdentifierCheckDigit);
        var isMan = (text[text.Length == 18 ? 16 : 14] - '0') % 2 == 1;
        return new(text, null, born, isMan ? "1" : "2");

        IdentifierCheck Wrong(string error) => new(text, error, null, null);
    }

    /// <summary>The number of 18 characters that belongs to an old one, so that both are found as the same person's.</summary>
    public static string InNewForm(string number)
    {
        if (number.Length != 15 || !number.AsSpan().ContainsOnlyDigits())
            return number;
        var text = $"{number[..6]}19{number[6..]}";
        return text + CheckCharacter(text);
    }

    static char CheckCharacter(string number)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
            sum += (number[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    static DateOnly? BirthDate(string number)
    {
        var date = number.Length == 18 ? number[6..14] : $"19{number[6..12]}";
        return
            DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) && born.Year >= 1800
            ? born
            : null;
    }

    /// <summary>4.30281E+17, as spreadsheets write a long number that they took for one.</summary>
    static bool IsRoundedForm(string text) => text.Contains("E+", StringComparison.Ordinal);

    static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
