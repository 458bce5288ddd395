using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Sheets;
using GridActors.Storage.Households.Import;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Validations;
using SpreadCheetah.Worksheets;

namespace GridActors.Web.Households.Import;

/// <summary>
/// The workbooks that an import gives back: the template, and the rows that were not taken with the reasons. All their cells are text, so
/// that no spreadsheet program takes an ID for a number or a value for a formula.
/// </summary>
static class ImportSheets
{
    const int TemplateRows = 500;

    const double Width = 18;
    const double ReasonWidth = 60;

    public static async Task WriteTemplate(Stream stream, HouseholdRules rules, bool english, CancellationToken cancellationToken)
    {
        var columns = new ImportColumns(rules).All.Where(c => c.Kind is not (ColumnKind.HeadName or ColumnKind.IsHead)).ToList();
        await using var book = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellationToken);
        var (heading, text) = Styles(book);
        await Start(book, english ? "Households" : "户", columns.Count, null, cancellationToken);
        await book.AddHeaderRowAsync(
            columns.Select(c => english && c.NameEn.Length > 0 ? c.NameEn : c.Name).ToArray(),
            heading,
            cancellationToken
        );
        foreach (var (i, column) in columns.Index())
            Describe(book, i, NamesOf(column, rules, english));
        var empty = Enumerable.Repeat(new StyledCell((string?)null, text), columns.Count).ToArray();
        for (var i = 0; i < TemplateRows; i++)
            await book.AddRowAsync(empty, cancellationToken);
        await book.FinishAsync(cancellationToken);
    }

    /// <summary>The rows that were not taken, as the file had them, with a column of reasons before them.</summary>
    /// <param name="reasons">By sheet and line.</param>
    public static async Task WriteErrors(
        Stream stream,
        SheetFile file,
        ImportColumns columns,
        IReadOnlyDictionary<(int Sheet, int Line), StoredRow> reasons,
        bool english,
        CancellationToken cancellationToken
    )
    {
        await using var book = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellationToken);
        var (heading, text) = Styles(book);
        foreach (var (number, sheet) in file.Sheets.Index())
        {
            var lines = sheet.Lines.Where(l => reasons.ContainsKey((number, l.Number))).ToList();
            if (lines.Count == 0 || ImportLayout.Of(sheet, columns).Layout is not { } layout)
                continue;
            await Start(
                book,
                string.Create(CultureInfo.InvariantCulture, $"{number + 1}"),
                layout.Headers.Length + 1,
                ReasonWidth,
                cancellationToken
            );
            await book.AddHeaderRowAsync([english ? "Reason" : "未导入原因", .. layout.Headers], heading, cancellationToken);
            foreach (var line in lines)
            {
                var why = reasons[(number, line.Number)].Reasons.Select(r => ImportErrors.Sentence(r, english));
                var cells = Enumerable
                    .Range(0, layout.Headers.Length)
                    .Select(i => line[i].Text)
                    .Prepend(string.Join(english ? " " : "", why));
                await book.AddRowAsync(cells.Select(c => new StyledCell(c, text)).ToArray(), cancellationToken);
            }
        }
        await book.FinishAsync(cancellationToken);
    }

    static (StyleId Heading, StyleId Text) Styles(Spreadsheet book)
    {
        var format = NumberFormat.Standard(StandardNumberFormat.Text);
        return (book.AddStyle(new Style { Font = { Bold = true }, Format = format }), book.AddStyle(new Style { Format = format }));
    }

    static async Task Start(Spreadsheet book, string name, int columns, double? first, CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var i = 1; i <= columns; i++)
            options.Column(i).Width = i == 1 && first is { } width ? width : Width;
        await book.StartWorksheetAsync(name, options, cancellationToken);
    }

    static void Describe(Spreadsheet book, int column, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;
        var letter = Letter(column);
        book.AddNote($"{letter}1", string.Join('\n', names));
        // A list that is too long for a cell is in the note alone.
        if (DataValidation.TryCreateListValues(names, showDropdown: true, out var list))
            book.TryAddDataValidation($"{letter}2:{letter}{TemplateRows + 1}", list);
    }

    static IReadOnlyList<string> NamesOf(ImportColumn column, HouseholdRules rules, bool english)
    {
        return column.Kind switch
        {
            ColumnKind.Relation => Names("relation"),
            ColumnKind.Population => [.. Enum.GetValues<ResidentKind>().Select(k => ImportWords.Of(k, english))],
            ColumnKind.Groups => [.. rules.Groups.Select(g => english && g.NameEn.Length > 0 ? g.NameEn : g.Name)],
            _ => column.Field?.Codes is { } list ? Names(list) : [],
        };

        IReadOnlyList<string> Names(string list) =>
            [.. rules.Codes.GetValueOrDefault(list)?.Codes.Select(c => english && c.NameEn.Length > 0 ? c.NameEn : c.Name) ?? []];
    }

    static string Letter(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : $"{(char)('A' + column / 26 - 1)}{(char)('A' + column % 26)}";
}
