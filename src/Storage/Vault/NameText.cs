using System.Text;

namespace GridActors.Storage.Vault;

/// <summary>
/// A name as it is searched: full width, case, dots between the parts of a minority's name, and spaces make no difference. A rare character
/// outside the basic plane is one character.
/// </summary>
public sealed class NameText
{
    const string Dots = "\u00b7\u2022\u2027\u2219\u22c5\u30fb.";

    readonly List<Rune> _runes = [];

    /// <summary>Where its parts begin, which dots and spaces separate.</summary>
    readonly List<int> _parts = [];

    NameText(string text)
    {
        var isBegun = false;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || (rune.IsBmp && Dots.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                isBegun = false;
                continue;
            }
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format)
                continue;
            if (!isBegun)
                _parts.Add(_runes.Count);
            isBegun = true;
            _runes.Add(Rune.ToLowerInvariant(rune));
        }
    }

    public IReadOnlyList<Rune> Runes => _runes;
    public IReadOnlyList<int> Parts => _parts;

    /// <summary>Whether it is nothing but letters of the Latin alphabet and digits, e.g. initials that somebody typed.</summary>
    public bool IsLetters => _runes.TrueForAll(Pinyin.IsLetter);

    public static NameText Of(string text) => new(IsWellFormed(text) ? text : "");

    /// <summary>
    /// Whether a name is one that somebody looks for: what was typed is in it, or is the beginning of the initials of its parts. Characters
    /// and initials may be mixed, as in 张sf for 张三丰.
    /// </summary>
    public static bool Matches(string name, string typed)
    {
        var (where, what) = (Of(name), Of(typed));
        if (what._runes.Count == 0)
            return false;
        var starts = what.IsLetters ? where._parts : Enumerable.Range(0, where._runes.Count);
        return starts.Any(start => where.HasAt(start, what._runes));
    }

    bool HasAt(int start, List<Rune> typed)
    {
        var at = start;
        foreach (var rune in typed)
        {
            // A character without a known reading has no initial, so whoever types initials leaves it out.
            while (Pinyin.IsLetter(rune) && at < _runes.Count && Pinyin.InitialsOf(_runes[at]).Length == 0)
                at++;
            if (at == _runes.Count || !IsTypedAs(_runes[at], rune))
                return false;
            at++;
        }
        return true;
    }

    static bool IsTypedAs(Rune rune, Rune typed) =>
        rune == typed || (Pinyin.IsLetter(typed) && Pinyin.InitialsOf(rune).Contains((char)typed.Value, StringComparison.Ordinal));

    /// <summary>Half of a surrogate pair can't be normalised.</summary>
    static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0; )
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[length..];
        }
        return true;
    }
}
