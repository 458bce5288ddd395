using System.Globalization;
using GridActors.Domain.Households.Forms;
using GridActors.Domain.Packs;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace GridActors.Web.Households.Forms;

/// <summary>The cell of a form that a source is of, or a whole line of a list.</summary>
/// <param name="Row">Counts from 1, as in the sheet.</param>
/// <param name="Column">The index of the form's column; null for all of the line.</param>
/// <param name="Name">What the line is of.</param>
sealed record SourceLine(int Row, int? Column, string Name, FormSource Source);

/// <summary>
/// The sheets that say where a form comes from: one of its columns and rows, one of each cell. In a list all cells of a line are of one
/// resident, whose household's facts were confirmed at one time.
/// </summary>
/// <param name="firstColumn">In which column of the sheet the form's first one is: 0 for the first.</param>
sealed class FormSources(FormRule form, FormWords words, LoadedPack pack, bool english, int firstColumn)
{
    public async Task WriteSummary(
        Spreadsheet book,
        IReadOnlyList<(string Row, FormSource Source)> rows,
        DateTimeOffset at,
        StyleId bold,
        CancellationToken cancellationToken
    )
    {
        await book.AddRowAsync([new DataCell(english ? "As of" : "截至"), new DataCell(Local(at))], cancellationToken);
        await book.AddHeaderRowAsync(english ? ["Column", "From the ledger"] : ["列", "取自户情台账"], bold, cancellationToken);
        foreach (var column in form.Columns)
            await book.AddRowAsync([new DataCell(Of(column)), new DataCell(words.Of(form, column))], cancellationToken);
        string[] headers = english
            ? ["Row", "Households", "Residents", "Facts confirmed from", "to"]
            : ["行", "户数", "人数", "资料最早核实于", "最近核实于"];
        await book.AddHeaderRowAsync(headers, bold, cancellationToken);
        foreach (var (row, source) in rows)
            await book.AddRowAsync([new DataCell(row), .. Cells(source)], cancellationToken);
    }

    public async Task WriteCells(
        Spreadsheet book,
        IEnumerable<SourceLine> lines,
        DateTimeOffset at,
        StyleId bold,
        CancellationToken cancellationToken
    )
    {
        string[] headers = english
            ? ["Cells", "Row", "Column", "From the ledger", "As of", "Households", "Residents", "Facts confirmed from", "to"]
            : ["单元格", "行", "列", "取自户情台账", "截至", "户数", "人数", "资料最早核实于", "最近核实于"];
        await book.AddHeaderRowAsync(headers, bold, cancellationToken);
        var all = string.Join('；', form.Columns.Select(c => words.Of(form, c)));
        var (wholeLine, until) = (english ? "all" : "全部", Local(at));
        foreach (var line in lines)
            await book.AddRowAsync(
                [
                    new DataCell(CellsOf(line)),
                    new DataCell(line.Name),
                    new DataCell(line.Column is { } column ? Of(form.Columns[column]) : wholeLine),
                    new DataCell(line.Column is { } from ? words.Of(form, form.Columns[from]) : all),
                    new DataCell(until),
                    .. Cells(line.Source),
                ],
                cancellationToken
            );
    }

    public string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    IEnumerable<DataCell> Cells(FormSource source) =>
        [
            new DataCell(source.Households),
            new DataCell(source.Residents),
            new DataCell(source.OldestCheck is { } oldest ? Local(oldest) : ""),
            new DataCell(source.LatestCheck is { } latest ? Local(latest) : ""),
        ];

    /// <summary>B4, or A4:I4 for all of a line.</summary>
    string CellsOf(SourceLine line) =>
        line.Column is { } column
            ? $"{Letters(firstColumn + column)}{line.Row}"
            : $"{Letters(firstColumn)}{line.Row}:{Letters(firstColumn + form.Columns.Length - 1)}{line.Row}";

    static string Letters(int column) => (column < 26 ? "" : Letters((column / 26) - 1)) + (char)('A' + (column % 26));

    string Of(FormColumn column) => english && column.NameEn.Length > 0 ? column.NameEn : column.Name;
}
