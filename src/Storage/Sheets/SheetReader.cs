using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using GridActors.Domain.Sheets;

namespace GridActors.Storage.Sheets;

/// <summary>
/// Reads the spreadsheets that offices have: workbooks of Excel (<c>.xlsx</c>, <c>.xls</c>) and tables of text. Which one it is follows
/// from the content, because names lie.
/// </summary>
public static class SheetReader
{
    public const int MaxBytes = 20 * 1024 * 1024;
    public const int MaxLines = 100_000;
    public const int MaxColumns = 200;

    /// <summary>More sheets than an office has villages.</summary>
    const int MaxSheets = 100;

    static readonly byte[] Zip = [0x50, 0x4B];
    static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0];

    // Old workbooks name their encoding by its number.
    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static SheetFile Read(byte[] content, CancellationToken cancellationToken)
    {
        if (content.Length > MaxBytes)
            return SheetFile.Refused(SheetRefusals.TooLarge);
        var isZip = content.AsSpan().StartsWith(Zip);
        if (!isZip && !content.AsSpan().StartsWith(Compound))
            return TextSheet.Read(content, cancellationToken);
        try
        {
            var parts = isZip ? WorkbookParts.Look(content, cancellationToken) : WorkbookParts.None;
            return parts.Refusal is { } refusal ? SheetFile.Refused(refusal) : ReadWorkbook(content, parts, cancellationToken);
        }
        catch (InvalidPasswordException)
        {
            return SheetFile.Refused(SheetRefusals.Protected);
        }
        // A file that was made to break its reader breaks it in a way that nobody has listed.
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            return SheetFile.Refused(SheetRefusals.NotASheet);
        }
    }

    static SheetFile ReadWorkbook(byte[] content, WorkbookParts parts, CancellationToken cancellationToken)
    {
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(content, writable: false));
        var sheets = new List<Sheet>();
        var count = 0;
        do
        {
            if (reader.VisibleState is not (null or "visible"))
                continue;
            if (sheets.Count == MaxSheets)
                return SheetFile.Refused(SheetRefusals.TooLarge);
            var lines = new List<SheetLine>();
            var merged = new MergedCells(reader.MergeCells ?? []);
            for (var number = 1; reader.Read(); number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (number == int.MaxValue || merged.AreTooMany)
                    return SheetFile.Refused(SheetRefusals.TooLarge);
                var cells = Cells(reader, number, parts.FormulasOf(reader.Name));
                var isEmpty = Array.TrueForAll(cells, c => c.IsEmpty);
                merged.Fill(number - 1, cells);
                if (isEmpty)
                    continue;
                if (++count > MaxLines)
                    return SheetFile.Refused(SheetRefusals.TooLarge);
                lines.Add(new(number, cells));
            }
            sheets.Add(new(reader.Name, lines));
        } while (reader.NextResult());
        return new(sheets, null);
    }

    static SheetCell[] Cells(IExcelDataReader reader, int line, HashSet<(int Line, int Column)> formulas)
    {
        var cells = new SheetCell[Math.Min(reader.FieldCount, MaxColumns)];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = formulas.Contains((line, i)) ? new(CellKind.Formula, "") : CellValues.Of(reader.GetValue(i));
        return cells;
    }
}
