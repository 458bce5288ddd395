using System.Collections.Frozen;
using System.Text;

namespace GridActors.Storage.Vault;

/// <summary>The first letters of the pinyin of Chinese characters (pinyin/README.md says where they come from).</summary>
static class Pinyin
{
    static readonly Lazy<FrozenDictionary<int, string>> Initials = new(Read);

    /// <summary>Whether it is a lower-case letter of the Latin alphabet, or a digit, which are typed as they are.</summary>
    public static bool IsLetter(Rune rune) => rune.Value is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    /// <returns>Each letter with which a reading of it begins, or the letter that it is; empty when no reading is known.</returns>
    public static string InitialsOf(Rune rune) =>
        IsLetter(rune) ? rune.ToString() : Initials.Value.GetValueOrDefault(rune.Value, string.Empty);

    static FrozenDictionary<int, string> Read()
    {
        using var reader = new StreamReader(typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin-initials.txt")!);
        var initials = new Dictionary<int, string>(24_000);
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var letters = line[..space];
            foreach (var rune in line.AsSpan(space + 1).EnumerateRunes())
                initials[rune.Value] = letters;
        }
        return initials.ToFrozenDictionary();
    }
}
