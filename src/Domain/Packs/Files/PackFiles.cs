using System.Security.Cryptography;
using System.Text;

namespace GridActors.Domain.Packs.Files;

/// <summary>The bytes of a pack's files, read once: the digest and the content can't come from two versions.</summary>
sealed class PackFiles
{
    public const string Pack = "pack.yaml";
    public const string Areas = "areas.csv";
    public const string People = "people.csv";
    public const string Posts = "posts.csv";
    public const string Catalogue = "catalogue.yaml";
    public const string Boundaries = "boundaries.geojson";

    /// <summary>In the order they are read, hashed and complained about.</summary>
    public static readonly string[] Names = [Pack, Areas, People, Posts, Catalogue, Boundaries];

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Dictionary<string, byte[]> _bytes = [];

    PackFiles(string digest) => Digest = digest;

    public string Digest { get; private set; }

    public static PackFiles Read(string folder, PackErrors errors)
    {
        var files = new PackFiles("");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                if (name != Boundaries)
                    errors.Add(name, 0, "the file is missing");
                continue;
            }
            byte[] bytes;
            try
            {
                bytes = File.ReadAllBytes(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                errors.Add(name, 0, $"the file can't be read: {e.Message}");
                continue;
            }
            // Name and length go in too: content moved from one file to another is another pack.
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
            if (IsText(name, bytes, errors))
                files._bytes[name] = bytes;
        }
        files.Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return files;
    }

    /// <summary>The file's text without a byte order mark, or null when it is absent or already found unreadable.</summary>
    public string? Text(string name) => _bytes.TryGetValue(name, out var bytes) ? Strict.GetString(WithoutMark(bytes)) : null;

    public ReadOnlySpan<byte> Bytes(string name) => _bytes.TryGetValue(name, out var bytes) ? WithoutMark(bytes) : default;

    /// <summary>Spreadsheets put a mark in front of UTF-8 and end lines with CRLF; both are welcome. Other encodings are not.</summary>
    static ReadOnlySpan<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;

    static bool IsText(string name, byte[] bytes, PackErrors errors)
    {
        var text = WithoutMark(bytes);
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            errors.Add(name, 0, "the file is empty");
            return false;
        }
        try
        {
            Strict.GetCharCount(text);
            return true;
        }
        catch (DecoderFallbackException e)
        {
            var at = Math.Clamp(e.Index, 0, text.Length);
            errors.Add(
                name,
                1 + text[..at].Count((byte)'\n'),
                "the text is not UTF-8; save the file as UTF-8 (a Chinese spreadsheet saves GBK unless told otherwise)"
            );
            return false;
        }
    }
}
