using System.Text;
using SpreadCheetah;

namespace GridActors.Simulator.Households;

/// <summary>Writes a sheet row by row, as <c>.xlsx</c> or <c>.csv</c> by the file's name.</summary>
static class SheetFile
{
    public static bool IsKnown(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".xlsx";

    public static Task Write(
        string path,
        IReadOnlyList<string> headers,
        IEnumerable<IReadOnlyList<string>> rows,
        CancellationToken cancellationToken
    ) =>
        Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase)
            ? WriteWorkbook(path, headers, rows, cancellationToken)
            : WriteText(path, headers, rows, cancellationToken);

    static async Task WriteWorkbook(
        string path,
        IReadOnlyList<string> headers,
        IEnumerable<IReadOnlyList<string>> rows,
        CancellationToken cancellationToken
    )
    {
        await using var file = File.Create(path);
        await using var workbook = await Spreadsheet.CreateNewAsync(file, cancellationToken: cancellationToken);
        await workbook.StartWorksheetAsync("户情", token: cancellationToken);
        var cells = new DataCell[headers.Count];
        foreach (var row in rows.Prepend(headers))
        {
            // Texts, so that no program takes the number of an identity card for a number.
            for (var i = 0; i < cells.Length; i++)
                cells[i] = row[i].Length == 0 ? default : new DataCell(row[i]);
            await workbook.AddRowAsync(cells, cancellationToken);
        }
        await workbook.FinishAsync(cancellationToken);
    }

    static async Task WriteText(
        string path,
        IReadOnlyList<string> headers,
        IEnumerable<IReadOnlyList<string>> rows,
        CancellationToken cancellationToken
    )
    {
        // With a byte order mark spreadsheet programs read it as UTF-8.
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        foreach (var row in rows.Prepend(headers))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await file.WriteAsync(string.Join(',', row.Select(Quoted)));
            await file.WriteAsync("\r\n");
        }
    }

    static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
