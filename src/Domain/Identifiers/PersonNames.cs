using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GridActors.Domain.Identifiers;

/// <summary>Names of people: Chinese ones, those of minorities with a middle dot (买买提·吐尔逊), and those in letters.</summary>
public static partial class PersonNames
{
    /// <summary>The longest names that certificates carry have some 50 letters.</summary>
    public const int MaxLength = 70;

    /// <summary>The characters that stand for the middle dot on one keyboard or another.</summary>
    const string Dots = "\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65\u0387\u2E31";

    static readonly FrozenSet<string> CompoundSurnames = FrozenSet.Create(
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "夏侯",
        "轩辕",
        "端木",
        "南宫",
        "独孤",
        "呼延",
        "闻人",
        "申屠",
        "澹台",
        "赫连",
        "濮阳",
        "淳于",
        "钟离"
    );

    /// <summary>
    /// The name as it is kept: one kind of dot, no spaces between Chinese characters (张 三 is typed so that columns look even), one space
    /// between words in letters.
    /// </summary>
    public static string Normalise(string name)
    {
        var text = NormalText.Of(name);
        if (text.Length == 0)
            return "";
        text = string.Concat(text.Select(c => Dots.Contains(c, StringComparison.Ordinal) ? '·' : c));
        text = DotOfHan().Replace(text, "·");
        return SpaceBesideHan().Replace(text, "");
    }

    /// <summary>How many characters of a Chinese name without dots are its surname.</summary>
    internal static int SurnameLength(IReadOnlyList<Rune> name) =>
        name.Count > 2 && CompoundSurnames.Contains($"{name[0]}{name[1]}") ? 2 : 1;

    /// <summary>True for a name that somebody has masked, as exports do: 张*丰.</summary>
    public static bool IsMasked(string name) => name.AsSpan().IndexOfAny('*', '＊', '×') >= 0;

    internal static bool IsLetters(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter;

    /// <summary>A full stop between two characters that aren't of Latin letters stands for the dot.</summary>
    [GeneratedRegex(@"(?<=[^\x00-\x7F])\s*[.．。]\s*(?=[^\x00-\x7F])")]
    private static partial Regex DotOfHan();

    [GeneratedRegex(@"(?<=[^\x00-\u024F]) | (?=[^\x00-\u024F])")]
    private static partial Regex SpaceBesideHan();
}
