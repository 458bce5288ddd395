using System.Text;
using System.Text.RegularExpressions;

namespace GridActors.Domain.Identifiers;

/// <summary>
/// What people type into forms and spreadsheets, in one form: an input method writes letters and digits in full width, and text that is
/// pasted brings unseen characters and several kinds of spaces.
/// </summary>
public static partial class NormalText
{
    /// <summary>
    /// The text as it is kept: letters and digits in half width, spaces as one plain space, none at the ends. Chinese punctuation stays,
    /// because an address is written with it. Empty when nothing shows, or when the text can't be shown.
    /// </summary>
    public static string Of(string text)
    {
        if (!WrittenText.CanBeShown(text))
            return "";
        var half = string.Create(
            text.Length,
            text,
            (span, full) =>
            {
                for (var i = 0; i < full.Length; i++)
                    span[i] = full[i] is (>= '０' and <= '９') or (>= 'Ａ' and <= 'Ｚ') or (>= 'ａ' and <= 'ｚ')
                        ? (char)(full[i] - 0xFEE0)
                        : full[i];
            }
        );
        return WrittenText.Clean(Spaces().Replace(half, " "));
    }

    /// <summary>
    /// A number or a code without spaces and line breaks, in Unicode's compatible form and in capitals, so that all ways to type it are
    /// the same.
    /// </summary>
    public static string OfCode(string text) =>
        WrittenText.CanBeShown(text)
            ? Spaces().Replace(WrittenText.Clean(text.Normalize(NormalizationForm.FormKC)), "").ToUpperInvariant()
            : "";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
