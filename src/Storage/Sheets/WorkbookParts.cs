using System.IO.Compression;
using System.Xml;
using GridActors.Domain.Sheets;

namespace GridActors.Storage.Sheets;

/// <summary>
/// Looks through the parts of an <c>.xlsx</c> before it is read: whether they unpack to more than anybody's sheet has, and which cells are
/// formulas, which the reader doesn't tell.
/// </summary>
sealed class WorkbookParts
{
    const int MaxParts = 2_000;
    const long MaxUnpacked = 256L * 1024 * 1024;

    /// <summary>These are held in memory by the reader.</summary>
    const long MaxTexts = 64L * 1024 * 1024;

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = true,
    };

    readonly Dictionary<string, HashSet<(int, int)>> _formulas = new(StringComparer.Ordinal);

    public static WorkbookParts None { get; } = new();

    public string? Refusal { get; private init; }

    /// <summary>By line from 1 and column from 0.</summary>
    public HashSet<(int Line, int Column)> FormulasOf(string sheet) => _formulas.GetValueOrDefault(sheet) ?? [];

    public static WorkbookParts Look(byte[] content, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        if (archive.Entries.Count > MaxParts || !Fits(archive, cancellationToken))
            return new() { Refusal = SheetRefusals.TooLarge };
        var parts = new WorkbookParts();
        foreach (var (name, path) in Sheets(archive))
            if (archive.GetEntry(path) is { } part && Formulas(part, cancellationToken) is { Count: > 0 } formulas)
                parts._formulas[name] = formulas;
        return parts;
    }

    /// <summary>What a part says of its own size isn't believed.</summary>
    static bool Fits(ZipArchive archive, CancellationToken cancellationToken)
    {
        var buffer = new byte[81_920];
        var total = 0L;
        foreach (var part in archive.Entries)
        {
            var most = part.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase) ? MaxTexts : MaxUnpacked;
            using var stream = part.Open();
            for (var size = 0L; ; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = stream.Read(buffer);
                if (read == 0)
                    break;
                (size, total) = (size + read, total + read);
                if (size > most || total > MaxUnpacked)
                    return false;
            }
        }
        return true;
    }

    /// <summary>The names of the sheets and their parts.</summary>
    static IEnumerable<(string Name, string Path)> Sheets(ZipArchive archive)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var relation in Elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"))
            if (relation("Id") is { } id && relation("Target") is { } target)
                targets[id] = target.StartsWith('/') ? target[1..] : $"xl/{target}";
        foreach (var sheet in Elements(archive, "xl/workbook.xml", "sheet"))
            if (sheet("name") is { } name && sheet("id") is { } id && targets.TryGetValue(id, out var path))
                yield return (name, path);
    }

    static IEnumerable<Func<string, string?>> Elements(ZipArchive archive, string part, string name)
    {
        if (archive.GetEntry(part) is not { } entry)
            yield break;
        using var stream = entry.Open();
        using var xml = XmlReader.Create(stream, Settings);
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
            {
                var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
                while (xml.MoveToNextAttribute())
                    attributes.TryAdd(xml.LocalName, xml.Value);
                yield return attribute => attributes.GetValueOrDefault(attribute);
            }
    }

    static HashSet<(int, int)> Formulas(ZipArchiveEntry part, CancellationToken cancellationToken)
    {
        using var stream = part.Open();
        using var xml = XmlReader.Create(stream, Settings);
        var formulas = new HashSet<(int, int)>();
        var (line, column) = (0, -1);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            switch (xml.LocalName)
            {
                case "row":
                    cancellationToken.ThrowIfCancellationRequested();
                    line = int.TryParse(xml.GetAttribute("r"), out var number) ? number : line + 1;
                    column = -1;
                    break;
                case "c":
                    column = Column(xml.GetAttribute("r")) ?? column + 1;
                    break;
                case "f":
                    formulas.Add((line, column));
                    break;
            }
        }
        return formulas;
    }

    /// <summary>27 for AB12.</summary>
    static int? Column(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetter(letter))
                break;
            column = column * 26 + (letter | 0x20) - 'a' + 1;
            if (column > 16_384)
                return null;
        }
        return column == 0 ? null : column - 1;
    }
}
