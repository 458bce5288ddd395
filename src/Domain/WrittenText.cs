using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace GridActors.Domain;

/// <summary>
/// What people write: titles, names, reasons. Characters are counted as Unicode code points, so that 𠮷 is one, as its reader would say.
/// </summary>
public static class WrittenText
{
    /// <summary>
    /// Characters that show nothing and come in unseen with pasted text: of zero width, and those that turn the direction of what follows,
    /// with which a title could read as another one. Joiners are not among them: emoji are made with them.
    /// </summary>
    static readonly SearchValues<char> Unseen = SearchValues.Create(
        "\u00AD\u061C\u180E\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064"
            + "\u2066\u2067\u2068\u2069\uFEFF\uFFF9\uFFFA\uFFFB"
    );

    /// <summary>Letters and symbols that show nothing although Unicode doesn't call them formats or spaces.</summary>
    static readonly FrozenSet<int> Blank = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>
    /// The text in Unicode's composed form, without spaces at its ends, without unseen characters; empty when nothing shows.
    /// </summary>
    /// <param name="text">A text of which <see cref="CanBeShown"/> is true.</param>
    public static string Clean(string text)
    {
        var seen = text.AsSpan().IndexOfAny(Unseen) < 0 ? text : string.Concat(text.Where(c => !Unseen.Contains(c)));
        var clean = seen.Trim().Normalize(NormalizationForm.FormC);
        return clean.EnumerateRunes().Any(Shows) ? clean : "";
    }

    /// <summary>False when the text has control characters, half surrogate pairs, or code points that are no characters.</summary>
    public static bool CanBeShown(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done)
                return false;
            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t'))
                return false;
            if ((rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
                return false;
            rest = rest[length..];
        }
        return true;
    }

    /// <summary>How many characters the text has, as messages and limits count them.</summary>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }

    static bool Shows(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            )
        && !Blank.Contains(rune.Value)
        && rune.Value is not (>= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF);
}
