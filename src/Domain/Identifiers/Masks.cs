using System.Text;
using System.Text.RegularExpressions;
using GridActors.Domain.Households;

namespace GridActors.Domain.Identifiers;

/// <summary>
/// Personal values as they are shown to whoever has no reason to see them in full. A mask never fails: what it doesn't know it hides.
/// Masking a masked value changes nothing.
/// </summary>
public static partial class Masks
{
    /// <summary>Stands for a part, or the whole, of which not even the length is told.</summary>
    public const string Hidden = "****";

    public static string Of(FieldType type, string value) =>
        value.Length == 0
            ? ""
            : type switch
            {
                FieldType.Name => Name(value),
                FieldType.Phone => Phone(value),
                FieldType.Identifier => Identifier(value),
                FieldType.Plate => Plate(value),
                FieldType.Address => Address(value),
                FieldType.Date => Date(value),
                _ => Hidden,
            };

    /// <summary>
    /// 张三丰 becomes 张*丰, 张三 becomes 张*, 欧阳修 becomes 欧阳*. Of a name with dots or in letters each part keeps its first character,
    /// because which part is the family's differs.
    /// </summary>
    public static string Name(string name)
    {
        var text = PersonNames.Normalise(name);
        if (text.Length == 0)
            return "";
        var runes = text.EnumerateRunes().ToArray();
        if (text.AsSpan().IndexOfAny('·', ' ') >= 0 || PersonNames.IsLetters(runes[0]))
            return Parts(runes);
        if (runes.Length == 1)
            return "*";
        var surname = PersonNames.SurnameLength(runes);
        var keepsLast = runes.Length - surname > 1;
        return Kept(runes, surname, keepsLast ? 1 : 0);
    }

    /// <summary>The surname alone, for records that must not tell more: 张三丰 becomes 张*.</summary>
    public static string Surname(string name)
    {
        var text = name.Trim();
        if (text.Length == 0)
            return "";
        var runes = text.EnumerateRunes().ToArray();
        return string.Concat(runes.Take(PersonNames.SurnameLength(runes))) + "*";
    }

    /// <summary>138****5678; of numbers too short for that, the last four digits or nothing.</summary>
    public static string Phone(string phone)
    {
        var extension = phone.IndexOf('-', StringComparison.Ordinal);
        var runes = (extension < 0 ? phone : phone[..extension]).EnumerateRunes().ToArray();
        var first = phone[0] == '+' ? 4 : 3;
        if (runes.Length >= first + 8)
            return Ends(runes, first, 4);
        return runes.Length > 6 ? Ends(runes, 0, 4) : Hidden;
    }

    /// <summary>110105********002X; of short numbers, as those of passports, two characters at each end.</summary>
    public static string Identifier(string number)
    {
        var runes = number.EnumerateRunes().ToArray();
        return runes.Length switch
        {
            >= 15 => Kept(runes, 6, 4),
            >= 7 => Kept(runes, 2, 2),
            _ => Kept(runes, Math.Min(1, runes.Length - 1), 0),
        };
    }

    /// <summary>湘B***45.</summary>
    public static string Plate(string plate)
    {
        var runes = plate.EnumerateRunes().ToArray();
        return runes.Length > 5 ? Kept(runes, 2, 2) : Hidden;
    }

    /// <summary>
    /// Down to the road, the village or the estate: 醴陵市车站路12号3栋502 becomes 醴陵市车站路****. Without one of them nothing is kept.
    /// </summary>
    public static string Address(string address)
    {
        var number = FirstNumber().Match(address);
        var beforeNumbers = number.Success ? address[..number.Index] : address;
        return UpToRoad().Match(beforeNumbers).Value + Hidden;
    }

    /// <summary>The year: 1949-**-**.</summary>
    public static string Date(string date) => IsoDate().IsMatch(date) ? $"{date[..4]}-**-**" : Hidden;

    static string Parts(Rune[] name)
    {
        if (name.Length == 1)
            return "*";
        var masked = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            // A part of one character would be told whole; only the first one may be, because others follow.
            var isFirstOfPart = i == 0 || (IsGap(name[i - 1]) && i + 1 < name.Length && !IsGap(name[i + 1]));
            masked.Append(IsGap(name[i]) || isFirstOfPart ? name[i].ToString() : "*");
        }
        return masked.ToString();

        static bool IsGap(Rune rune) => rune.Value is '·' or ' ';
    }

    /// <summary>A star for each character that is hidden.</summary>
    static string Kept(Rune[] runes, int first, int last) =>
        $"{string.Concat(runes[..first])}{new string('*', runes.Length - first - last)}{string.Concat(runes[^last..])}";

    static string Ends(Rune[] runes, int first, int last) => $"{string.Concat(runes[..first])}{Hidden}{string.Concat(runes[^last..])}";

    /// <summary>Digits, letters of buildings, or Chinese numerals before what is counted.</summary>
    [GeneratedRegex(@"[\p{Nd}A-Za-zＡ-Ｚａ-ｚ*＊]|[甲乙丙丁一二三四五六七八九十百零〇两]+(?=[号组栋幢座单室楼层排队户门])")]
    private static partial Regex FirstNumber();

    [GeneratedRegex(@"^.*(大道|国道|省道|路|街道|街|巷|弄|胡同|镇|乡|村|屯|庄|社区|小区|新区|区|县|市|省|州|盟|旗)")]
    private static partial Regex UpToRoad();

    [GeneratedRegex(@"^[0-9]{4}-([0-9]{2}-[0-9]{2}|\*\*-\*\*)\z")]
    private static partial Regex IsoDate();
}
