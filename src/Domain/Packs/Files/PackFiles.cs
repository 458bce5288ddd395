using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace GridActors.Domain.Packs.Files;

/// <summary>The bytes of a pack's files. They are read once, so that the digest and the content are of the same version.</summary>
sealed class PackFiles
{
    // The largest county of the country has a few megabytes.
    const int MaxBytes = 64 << 20;

    public const string Pack = "pack.yaml";
    public const string Areas = "areas.csv";
    public const string People = "people.csv";
    public const string Posts = "posts.csv";
    public const string Catalogue = "catalogue.yaml";
    public const string Duty = "duty.csv";
    public const string Households = "households.yaml";
    public const string Surveys = "surveys.yaml";
    public const string Tasks = "tasks.yaml";
    public const string Forms = "forms.yaml";
    public const string Field = "field.yaml";
    public const string Scores = "scores.yaml";
    public const string Boundaries = "boundaries.geojson";

    /// <summary>The fields and code lists of every place that keeps households; no file of the pack itself.</summary>
    public const string Standard = StandardFolder + "/standard.yaml";

    const string StandardFolder = "households";

    /// <summary>The order in which the files are read and hashed, and in which errors are reported.</summary>
    public static readonly string[] Names =
    [
        Pack,
        Areas,
        People,
        Posts,
        Catalogue,
        Duty,
        Households,
        Surveys,
        Tasks,
        Boundaries,
        Forms,
        Field,
        Scores,
    ];

    /// <summary>A pack can be without them.</summary>
    public static readonly string[] OptionalNames = [Duty, Households, Surveys, Tasks, Boundaries, Forms, Field, Scores];

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Dictionary<string, byte[]> _bytes = [];
    readonly List<PackSource> _sources = [];

    PackFiles(string digest) => Digest = digest;

    public string Digest { get; private set; }

    /// <summary>The pack's own files, as they were read.</summary>
    public ImmutableArray<PackSource> Sources => [.. _sources];

    /// <summary>The official calendars, as the place or the program has them.</summary>
    public CalendarFiles Calendars { get; } = new();

    public static PackFiles Read(string folder, PackErrors errors) => Read(folder, Names, errors);

    /// <summary>Reads some of the files. The digest is of these alone.</summary>
    public static PackFiles Read(string folder, IEnumerable<string> names, PackErrors errors)
    {
        var files = new PackFiles("");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                if (!OptionalNames.Contains(name))
                    errors.Add(name, 0, "the file is missing");
            }
            else if (Take(name, path, hash, errors) is { } bytes)
                files.Add(name, bytes, errors);
        }
        files.AddCalendars(DataFiles.Of(folder, CalendarFiles.Folder, CalendarFiles.Pattern), hash, errors);
        files.AddStandard(DataFiles.Of(folder, StandardFolder, "*.yaml"), hash, errors);
        files.Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return files;
    }

    /// <summary>Files that are kept elsewhere, with the program's own calendars.</summary>
    public static PackFiles Of(IReadOnlyCollection<PackSource> sources, PackErrors errors)
    {
        var files = new PackFiles("");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Names)
        {
            var source = sources.FirstOrDefault(s => s.Name == name);
            if (source is null && !OptionalNames.Contains(name))
                errors.Add(name, 0, "the file is missing");
            else if (source is not null && Take(name, source.Content.ToArray(), hash, errors) is { } bytes)
                files.Add(name, bytes, errors);
        }
        files.AddCalendars(DataFiles.OfProgram(CalendarFiles.Folder, CalendarFiles.Pattern), hash, errors);
        files.AddStandard(DataFiles.OfProgram(StandardFolder, "*.yaml"), hash, errors);
        files.Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return files;
    }

    void Add(string name, byte[] bytes, PackErrors errors)
    {
        _sources.Add(new(name, bytes));
        if (IsText(name, bytes, errors))
            _bytes[name] = bytes;
    }

    /// <summary>A year that is published changes every pack: its clocks have to be planned again.</summary>
    void AddCalendars(IEnumerable<(string Name, string Path)> calendars, IncrementalHash hash, PackErrors errors)
    {
        foreach (var (name, path) in calendars)
            if (Take(name, path, hash, errors) is { } bytes)
                Calendars.Add(name, bytes);
    }

    /// <summary>The standard belongs to packs that keep households alone, so that a change of it changes no other pack.</summary>
    void AddStandard(IEnumerable<(string Name, string Path)> standard, IncrementalHash hash, PackErrors errors)
    {
        if (!_bytes.ContainsKey(Households))
            return;
        foreach (var (name, path) in standard)
            if (Take(name, path, hash, errors) is { } bytes && IsText(name, bytes, errors))
                _bytes[name] = bytes;
    }

    static byte[]? Take(string name, string path, IncrementalHash hash, PackErrors errors)
    {
        byte[] bytes;
        try
        {
            using var file = File.OpenRead(path);
            bytes = Bounded(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(name, 0, $"the file can't be read: {e.Message}");
            return null;
        }
        return Take(name, bytes, hash, errors);
    }

    static byte[]? Take(string name, byte[] bytes, IncrementalHash hash, PackErrors errors)
    {
        if (bytes.Length > MaxBytes)
        {
            errors.Add(name, 0, $"the file has more than {MaxBytes >> 20} MB: this is no table of a county");
            return null;
        }
        // The digest includes names and lengths, so that it changes when content moves from one file to another.
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{bytes.Length}\n"));
        hash.AppendData(bytes);
        return bytes;
    }

    /// <summary>The file's text without a byte order mark; null when the file is missing, or was found to be unreadable.</summary>
    public string? Text(string name) => _bytes.TryGetValue(name, out var bytes) ? Strict.GetString(WithoutMark(bytes)) : null;

    public ReadOnlySpan<byte> Bytes(string name) => _bytes.TryGetValue(name, out var bytes) ? WithoutMark(bytes) : default;

    /// <summary>Spreadsheets write a byte order mark before UTF-8, and CRLF line ends. Both are accepted; other encodings aren't.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;

    static byte[] Bounded(FileStream file)
    {
        var bytes = new MemoryStream((int)Math.Min(file.Length, MaxBytes + 1));
        var chunk = new byte[64 * 1024];
        for (int read; bytes.Length <= MaxBytes && (read = file.Read(chunk)) > 0; )
            bytes.Write(chunk, 0, read);
        return bytes.ToArray();
    }

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
