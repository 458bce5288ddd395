using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace GridActors.Domain.Packs.Files;

/// <summary>One line of a table; columns by name.</summary>
readonly record struct CsvLine(int Number, string[] Fields, Dictionary<string, int> Columns)
{
    public string this[string column] => Columns.TryGetValue(column, out var i) && i < Fields.Length ? Fields[i] : "";
}

/// <summary>
/// A CSV file with a header. Columns can have any order. An unknown column is reported, because it is probably misspelt. A field can't hold
/// a line break, so every line is read by itself, and a quote that was left open spoils no other line.
/// </summary>
/// <param name="Broken">
/// Lines that were reported, with as many fields as could be made out: what they define counts as known, so that one wrong line doesn't
/// cause errors in all lines that refer to it.
/// </param>
sealed record CsvTable(IReadOnlyList<CsvLine> Lines, IReadOnlyList<CsvLine> Broken)
{
    /// <returns>Null when the file is missing or its columns are wrong, so that its rows can't be checked.</returns>
    public static CsvTable? Read(PackFiles files, string file, string[] required, string[] optional, PackErrors errors)
    {
        if (files.Text(file) is not { } text)
            return null;
        using var reader = new StringReader(text);
        var (header, wrong) = Fields(reader.ReadLine()!);
        if (wrong is not null)
        {
            errors.Add(file, 1, wrong);
            return null;
        }
        if (Header(header, file, required, optional, errors) is not { } columns)
            return null;

        var (lines, broken) = (new List<CsvLine>(), new List<CsvLine>());
        for (var number = 2; reader.ReadLine() is { } content; number++)
        {
            var (fields, complaint) = Fields(content);
            if (fields.All(f => f.Length == 0))
                continue;
            if (complaint is null && fields.Length != columns.Count)
                complaint = $"the line has {fields.Length} fields; the header has {columns.Count}";
            if (complaint is not null)
                errors.Add(file, number, complaint);
            (complaint is null ? lines : broken).Add(new CsvLine(number, fields, columns));
        }
        if (lines.Count + broken.Count == 0)
            errors.Add(file, 1, "the table has a header and no lines");
        return new(lines, broken);
    }

    public static (string[] Fields, string? Complaint) Fields(string line)
    {
        // Most lines have no quotes, and need no parser.
        var quotes = line.AsSpan().Count('"');
        if (quotes == 0)
            return ([.. line.Split(',').Select(f => f.Trim(' '))], null);
        if (quotes % 2 == 1)
            return (Roughly(line), "a quoted field runs over the end of its line; is a quote missing?");
        var isBad = false;
        using var parser = new CsvParser(
            new StringReader(line),
            new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = _ => isBad = true }
        );
        var fields = parser.Read() ? parser.Record! : [];
        return isBad
            ? (Roughly(line), "a quote stands inside a field; write the whole field in quotes, and each quote in it twice")
            : (fields, null);
    }

    static string[] Roughly(string line) => [.. line.Split(',').Select(f => f.Trim(' ', '"'))];

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
