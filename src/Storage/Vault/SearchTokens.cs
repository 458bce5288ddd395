using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GridActors.Storage.Vault;

/// <summary>What an exact token is of.</summary>
public enum TokenKind
{
    Identifier,
    Phone,

    /// <summary>The last four digits of a phone number.</summary>
    PhoneTail,
    Plate,
    Door,

    /// <summary>What residents who may be one person have in common.</summary>
    Likeness,
}

/// <summary>
/// Keyed tokens (HMAC-SHA-256) by which sealed values are found in the database. They are the pack's own: without its search key nobody can
/// tell which value a token is of. What they find has to be opened and compared (<see cref="NameText.Matches"/>), because tokens of names
/// are short.
/// </summary>
public sealed class SearchTokens
{
    const int ExactLength = 16;

    /// <summary>Initials that somebody types further aren't in the tokens, only compared.</summary>
    const int MaxInitials = 4;

    /// <summary>A name of characters that can all be read in many ways has no more, so that it has few tokens all the same.</summary>
    const int MaxReadings = 32;

    // What a token is of goes before the text, so that no two kinds have a token in common. Exact kinds are below 100.
    const byte Character = 100;
    const byte Pair = 101;
    const byte Initials = 102;

    /// <summary>
    /// Names share their characters and initials, so that most tokens of a name were made before. A token takes a microsecond, and a name
    /// has ten.
    /// </summary>
    const int RememberedAtMost = 50_000;

    readonly byte[] _key;
    readonly ConcurrentDictionary<(byte Kind, string Text), int> _remembered = new();
    int _rememberedCount;

    internal SearchTokens(byte[] key) => _key = key;

    /// <param name="normalised">Each value has one way of being written: digits without spaces, letters in upper case.</param>
    public byte[] Exact(TokenKind kind, string normalised) => Hash((byte)kind, normalised)[..ExactLength];

    /// <summary>
    /// The distinct tokens of a name: its characters, its pairs of neighbours, and how the initials of its pinyin begin. Whoever can be
    /// read in several ways has the initials of each.
    /// </summary>
    public int[] OfName(string name)
    {
        var text = NameText.Of(name);
        var tokens = new HashSet<int>();
        var runes = text.Runes;
        for (var i = 0; i < runes.Count; i++)
        {
            if (Pinyin.IsLetter(runes[i]))
                continue;
            tokens.Add(Short(Character, runes[i].ToString()));
            if (i + 1 < runes.Count && !Pinyin.IsLetter(runes[i + 1]))
                tokens.Add(Short(Pair, $"{runes[i]}{runes[i + 1]}"));
        }
        foreach (var part in text.Parts)
        foreach (var initials in InitialsFrom(runes, part))
            tokens.Add(Short(Initials, initials));
        return [.. tokens];
    }

    /// <summary>
    /// The tokens that a name must all have so that it can match what somebody typed: characters of it, or initials. Empty when that is too
    /// little to look for.
    /// </summary>
    public int[] OfNameQuery(string typed)
    {
        var text = NameText.Of(typed);
        var runes = text.Runes;
        if (runes.Count == 0)
            return [];
        if (text.IsLetters)
            return [Short(Initials, string.Concat(runes.Take(MaxInitials)))];
        var tokens = new HashSet<int>();
        for (var i = 0; i < runes.Count; i++)
        {
            if (Pinyin.IsLetter(runes[i]))
                continue;
            var hasNext = i + 1 < runes.Count && !Pinyin.IsLetter(runes[i + 1]);
            var hasPrevious = i > 0 && !Pinyin.IsLetter(runes[i - 1]);
            if (hasNext)
                tokens.Add(Short(Pair, $"{runes[i]}{runes[i + 1]}"));
            else if (!hasPrevious)
                tokens.Add(Short(Character, runes[i].ToString()));
        }
        return [.. tokens];
    }

    /// <summary>
    /// How the initials from a part of a name on begin: two and more letters; one letter where there is nothing after it, as in a name of
    /// one character.
    /// </summary>
    static IEnumerable<string> InitialsFrom(IReadOnlyList<Rune> runes, int start)
    {
        string[] readings = [""];
        for (var i = start; i < runes.Count; i++)
        {
            var letters = Pinyin.InitialsOf(runes[i]);
            if (letters.Length == 0)
                continue;
            readings = [.. readings.SelectMany(r => letters.Select(l => r + l)).Take(MaxReadings)];
            if (readings[0].Length > 1)
                foreach (var reading in readings)
                    yield return reading;
            if (readings[0].Length == MaxInitials)
                yield break;
        }
        if (readings[0].Length == 1)
            foreach (var reading in readings)
                yield return reading;
    }

    int Short(byte kind, string text)
    {
        if (_remembered.TryGetValue((kind, text), out var known))
            return known;
        var token = HashShort(kind, text);
        if (Volatile.Read(ref _rememberedCount) < RememberedAtMost && _remembered.TryAdd((kind, text), token))
            Interlocked.Increment(ref _rememberedCount);
        return token;
    }

    int HashShort(byte kind, string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(kind, text, hash);
        return (hash[0] << 16) | (hash[1] << 8) | hash[2];
    }

    byte[] Hash(byte kind, string text)
    {
        var hash = new byte[HMACSHA256.HashSizeInBytes];
        Hash(kind, text, hash);
        return hash;
    }

    void Hash(byte kind, string text, Span<byte> hash)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Span<byte> message = length < 256 ? stackalloc byte[1 + length] : new byte[1 + length];
        message[0] = kind;
        Encoding.UTF8.GetBytes(text, message[1..]);
        HMACSHA256.HashData(_key, message, hash);
    }
}
