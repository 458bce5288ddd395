using System.Text;

namespace GridActors.Domain.Households;

/// <summary>Texts as searches compare them.</summary>
public static class SearchText
{
    /// <summary>People are asked for the last four digits of a phone.</summary>
    public const int PhoneTailLength = 4;

    public static bool IsPhoneTail(string text) => text.Length == PhoneTailLength && text.All(char.IsAsciiDigit);

    /// <summary>In one form of Unicode, without spaces, dots of names (·) and hyphens, and in small letters.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune))
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
        return folded.ToString();
    }
}
