using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GridActors.Simulator.Replay;

/// <summary>One record of a table, with the line on which it begins.</summary>
readonly record struct CsvRecord(string Path, int Line, string[] Fields, IReadOnlyDictionary<string, int> Columns)
{
    public string this[string column] => Fields[Columns[column]];

    public UnusableFileException Wrong(string why) => new(Path, Line, why);
}

/// <summary>A CSV table whose header has the columns that are needed. The first thing that is wrong ends the reading.</summary>
static class CsvFile
{
    // A longer field is one whose closing quote is missing.
    const int MaxFieldLength = 64 * 1024;

    /// <param name="what">What the table holds, for the sentence about a file that is something else.</param>
    public static IEnumerable<CsvRecord> Read(TextReader text, string path, string what, params string[] required)
    {
        var (line, inHeader) = (1, true);
        using var parser = new CsvParser(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                MaxFieldSize = MaxFieldLength,
                BadDataFound = _ =>
                    throw new UnusableFileException(
                        path,
                        line,
                        inHeader
                            ? $"this is no table of {what}: its header has a quote inside a field"
                            : "a quote stands inside a field; a field with quotes is written in quotes, and each quote in it twice"
                    ),
            }
        );
        if (!Next(out var header))
            throw new UnusableFileException(path, 0, "the file is empty");
        inHeader = false;
        var missing = required.Except(header).ToList();
        if (missing.Count > 0)
            throw new UnusableFileException(path, line, $"this is no table of {what}: its header lacks {string.Join(", ", missing)}");
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
            if (!columns.TryAdd(header[i], i) && required.Contains(header[i]))
                throw new UnusableFileException(path, line, $"column {header[i]} stands twice");
        var any = false;
        for (line = parser.RawRow + 1; Next(out var fields); line = parser.RawRow + 1)
        {
            if (fields.Length != header.Length)
                throw new UnusableFileException(path, line, $"the line has {fields.Length} fields; the header has {header.Length}");
            any = true;
            yield return new CsvRecord(path, line, fields, columns);
        }
        if (!any)
            throw new UnusableFileException(path, 1, "the table has a header and no lines");

        bool Next([NotNullWhen(true)] out string[]? fields)
        {
            try
            {
                fields = parser.Read() ? parser.Record : null;
                return fields is not null;
            }
            catch (MaxFieldSizeException)
            {
                throw new UnusableFileException(path, line, $"a field has more than {MaxFieldLength:N0} characters; is a quote missing?");
            }
        }
    }
}
