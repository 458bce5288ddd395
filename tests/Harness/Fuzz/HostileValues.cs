using System.Globalization;
using System.Text;

namespace GridActors.Harness.Fuzz;

/// <summary>Values that programs stumble over. Everything follows from the random numbers given, so that a seed repeats a run.</summary>
static class HostileValues
{
    static readonly string[] Texts =
    [
        "",
        " ",
        "\0",
        "\u200b\u2060",
        "\ud800",
        "\udfff",
        "a\ud83d",
        "😀",
        "𠮷野家",
        "e\u0301\u0301\u0301",
        "神\ufa19",
        "\u202ereversed\u202c",
        "\ufeff",
        "\uffff",
        "İıſK",
        "ＦＵＬＬ　ｗｉｄｔｈ",
        "%",
        "%_\\",
        "%00",
        "%c3%28",
        "'; drop table journal; --",
        "\"><script>alert(1)</script>",
        "{{7*7}}${7*7}",
        "../../../../etc/passwd",
        "..",
        ".",
        "/",
        "//",
        "a/b",
        "null",
        "undefined",
        "NaN",
        "true",
        "-1",
        "1e400",
        "0x10",
        "9223372036854775808",
        "me",
        "open",
        "\r\nX-Injected: 1",
        "\t\v\f",
        "=cmd|' /C calc'!A0",
        "-",
        "，。、",
        "مرحبا",
        "00000000000000000000000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ];

    static readonly string[] Numbers =
    [
        "0",
        "-0",
        "1",
        "-1",
        "200",
        "201",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "1e308",
        "1e400",
        "-1e-400",
        "0.1",
        "113.5",
        "1E2",
        "123456789012345678901234567890123456789012345678901234567890",
    ];

    static readonly string[] Times =
    [
        "2026-11-25T10:00:00+08:00",
        "2026-11-25T10:00:00Z",
        "2026-11-25",
        "11/25/2026",
        "10:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.9999999-14:00",
        "2026-02-30T00:00:00Z",
        "2026-11-25T25:00:00Z",
        "2026-11-25T10:00:00+99:00",
        "-0001-01-01T00:00:00Z",
        "1700000000",
    ];

    public static T Any<T>(this Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    public static bool Chance(this Random random, double of) => random.NextDouble() < of;

    public static string Text(Random random) =>
        random.Next(8) switch
        {
            0 => Letters(random, random.Next(40)),
            1 => new string(
                random.Any(new[] { 'a', '镇', '\u0301', '\0' }),
                random.Any(new[] { 59, 61, 100, 101, 127, 129, 2001, 10_000 })
            ),
            2 => string.Concat(Enumerable.Repeat("𠮷", random.Any(new[] { 51, 61, 1001 }))),
            3 => random.Any(Texts) + random.Any(Texts),
            _ => random.Any(Texts),
        };

    /// <summary>A valid Unicode text or not: any sixteen-bit units.</summary>
    static string Letters(Random random, int length)
    {
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
            text.Append((char)random.Next(random.Any(new[] { 0x80, 0x3000, 0x10000 })));
        return text.ToString();
    }

    public static string Number(Random random) =>
        random.Chance(0.5) ? random.Any(Numbers) : (random.NextDouble() * 400 - 200).ToString(CultureInfo.InvariantCulture);

    public static string Time(Random random) => random.Chance(0.7) ? random.Any(Times) : Text(random);

    /// <summary>Any JSON value but the one that is expected.</summary>
    public static string Json(Random random) =>
        random.Next(12) switch
        {
            0 => "null",
            1 => "true",
            2 => Number(random),
            3 => "[]",
            4 => "{}",
            5 => "[[[[1]]]]",
            6 => Nested(random, '[', ']'),
            7 => Nested(random, '{', '}'),
            8 => "{\"\":{\"\":[]}}",
            _ => JsonText(Text(random), random),
        };

    /// <summary>A JSON text. Half of a surrogate pair can be written only as an escape, other characters either way.</summary>
    public static string JsonText(string text, Random random)
    {
        var escapesAll = random.Chance(0.1);
        var json = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair && !escapesAll)
                json.Append(c).Append(text[++i]);
            else if (escapesAll || c is '"' or '\\' or < ' ' || char.IsSurrogate(c))
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                json.Append(c);
        }
        return json.Append('"').ToString();
    }

    static string Nested(Random random, char open, char close)
    {
        var depth = random.Any(new[] { 30, 63, 64, 65, 1000, 20_000 });
        return open == '['
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string(close, depth);
    }
}
