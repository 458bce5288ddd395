using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GridActors.Domain.Packs.Files;

/// <summary>One line of a table; columns by name.</summary>
readonly record struct CsvLine(int Number, string[] Fields, Dictionary<string, int> Columns)
{
    public string this[string column] => Columns.TryGetValue(column, out var i) && i < Fields.Length ? Fields[i] : "";
}

/// <summary>A CSV file with a header. Columns can have any order. An unknown column is reported, because it is probably misspelt.</summary>
static class CsvTable
{
    static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null };

    /// <returns>Null when the file is missing or its columns are wrong, so that its rows can't be checked.</returns>
    public static IReadOnlyList<CsvLine>? Read(PackFiles files, string file, string[] required, string[] optional, PackErrors errors)
    {
        if (files.Text(file) is not { } text)
            return null;
        using var parser = new CsvParser(new StringReader(text), Format);
        parser.Read();
        var columns = Header(parser.Record ?? [], file, required, optional, errors);
        if (columns is null)
            return null;

        var lines = new List<CsvLine>();
        // The parser gives the last line of a record. An error reports the first, where a quote may have been left open.
        for (var before = parser.RawRow; parser.Read(); before = parser.RawRow)
        {
            var fields = parser.Record!;
            if (fields.All(f => f.Length == 0))
                continue;
            if (fields.Any(f => f.Contains('\n', StringComparison.Ordinal)))
                errors.Add(file, before + 1, "a quoted field runs over the end of its line; is a quote missing?");
            else if (fields.Length != columns.Count)
                errors.Add(file, parser.RawRow, $"the line has {fields.Length} fields; the header has {columns.Count}");
            else
                lines.Add(new CsvLine(parser.RawRow, fields, columns));
        }
        if (lines.Count == 0)
            errors.Add(file, 1, "the table has a header and no lines");
        return lines;
    }

    static Dictionary<string, int>? Header(string[] header, string file, string[] required, string[] optional, PackErrors errors)
    {
        var columns = new Dictionary<string, int>();
        var good = true;
        for (var i = 0; i < header.Length; i++)
        {
            if (!columns.TryAdd(header[i], i))
                Wrong($"column {header[i]} stands twice");
            else if (!required.Contains(header[i]) && !optional.Contains(header[i]))
                Wrong($"\"{header[i]}\" is no column of this table");
        }
        foreach (var missing in required.Where(c => !columns.ContainsKey(c)))
            Wrong($"column {missing} is missing");
        return good ? columns : null;

        void Wrong(string message)
        {
            errors.Add(file, 1, message);
            good = false;
        }
    }
}
