using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;
using GridActors.Domain.Sheets;

namespace GridActors.Storage.Sheets;

/// <summary>A table of text (<c>.csv</c>): in UTF-8, in GB 18030 as Chinese Excel writes it, or in UTF-16 as its "Unicode text".</summary>
static class TextSheet
{
    const int MaxField = 10_000;
    static readonly char[] Delimiters = [',', '\t', ';', '，'];

    public static SheetFile Read(byte[] content, CancellationToken cancellationToken)
    {
        if (Decode(content) is not { } text)
            return SheetFile.Refused(SheetRefusals.NotASheet);
        var lines = new List<SheetLine>();
        using var parser = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = DelimiterOf(text).ToString(),
                BadDataFound = null,
                IgnoreBlankLines = true,
                MaxFieldSize = MaxField,
            }
        );
        try
        {
            while (parser.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var fields = parser.Record!;
                if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace))
                    continue;
                if (lines.Count == SheetReader.MaxLines)
                    return SheetFile.Refused(SheetRefusals.TooLarge);
                lines.Add(new(parser.RawRow, [.. fields.Take(SheetReader.MaxColumns).Select(Cell)]));
            }
        }
        catch (MaxFieldSizeException)
        {
            // A quote that was never closed makes the rest of the file one field.
            return SheetFile.Refused(SheetRefusals.NotASheet);
        }
        return new([new("", lines)], null);
    }

    /// <returns>Null for what is no text.</returns>
    static string? Decode(byte[] content)
    {
        var span = content.AsSpan();
        try
        {
            var text =
                span.StartsWith(Encoding.UTF8.Preamble) ? Strict(65001).GetString(span[3..])
                : span.StartsWith(Encoding.Unicode.Preamble) ? Strict(1200).GetString(span[2..])
                : span.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Strict(1201).GetString(span[2..])
                // Text in GB 18030 is next to never valid UTF-8 as well.
                : Utf8.IsValid(span) ? Encoding.UTF8.GetString(span)
                : Strict(54936).GetString(span);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        static Encoding Strict(int codePage) =>
            Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <summary>The one that the first lines have most of.</summary>
    static char DelimiterOf(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 4_000));
        var (best, most) = (Delimiters[0], 0);
        foreach (var delimiter in Delimiters)
            if (head.Count(delimiter) is var count && count > most)
                (best, most) = (delimiter, count);
        return best;
    }

    static SheetCell Cell(string field)
    {
        var text = field.Trim();
        // ="430281…" keeps Excel from taking an ID for a number; an apostrophe does, too, and protects from formulas.
        if (text.Length > 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text.IndexOf('"', 2) == text.Length - 1)
            return SheetCell.Of(text[2..^1]);
        if (text.StartsWith('='))
            return new(CellKind.Formula, "");
        return SheetCell.Of(text.StartsWith('\'') ? text[1..] : text);
    }
}
