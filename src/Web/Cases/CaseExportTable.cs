using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using GridActors.Contracts.Cases;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace GridActors.Web.Cases;

/// <summary>The columns of an export, in the language of who asks, and the two kinds of files they are written to.</summary>
sealed class CaseExportTable(LoadedPack pack, bool english)
{
    /// <summary>A worksheet has 1,048,576 rows at most; the cases after these go to a further one.</summary>
    const int MaxRowsOfWorksheet = 1_000_000;

    /// <summary>What a spreadsheet program would take for the beginning of a formula, also in full width.</summary>
    static readonly char[] FormulaStarts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    static readonly (string Chinese, string English, double Width)[] Columns =
    [
        ("编号", "Number", 18),
        ("状态", "Status", 10),
        ("结果", "Outcome", 10),
        ("类别", "Category", 20),
        ("大类", "Class", 14),
        ("区域", "Area", 45),
        ("标题", "Title", 40),
        ("详情", "Detail", 60),
        ("部门", "Department", 20),
        ("上报人", "Reporter", 12),
        ("认领人", "Claimant", 12),
        ("上报时间", "Reported at", 20),
        ("认领时间", "Claimed at", 20),
        ("处置时间", "Resolved at", 20),
        ("办结时间", "Closed at", 20),
        ("认领用时（分钟）", "Minutes to claim", 16),
        ("评分", "Rating", 8),
        ("调解层级", "Mediated at", 16),
        ("调解结果", "Mediation", 12),
        ("协议编号", "Agreement", 18),
    ];

    static readonly Dictionary<CaseStatus, (string Chinese, string English)> Statuses = new()
    {
        [CaseStatus.Offered] = ("未认领", "Unclaimed"),
        [CaseStatus.Claimed] = ("已认领", "Claimed"),
        [CaseStatus.OnSite] = ("已到场", "On site"),
        [CaseStatus.Resolved] = ("已处置", "Resolved"),
        [CaseStatus.Explained] = ("已解释", "Explained"),
        [CaseStatus.Closed] = ("已办结", "Closed"),
        [CaseStatus.Merged] = ("已合并", "Merged"),
    };

    static readonly Dictionary<CaseOutcome, (string Chinese, string English)> Outcomes = new()
    {
        [CaseOutcome.None] = ("", ""),
        [CaseOutcome.Resolved] = ("处置", "Resolved"),
        [CaseOutcome.Explained] = ("解释说明", "Explained"),
    };

    public string Title => english ? "Cases" : "事项";

    public async Task WriteCsv(Stream stream, IAsyncEnumerable<ExportedCase> cases, CancellationToken cancellationToken)
    {
        var format = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
            InjectionOptions = InjectionOptions.Escape,
            InjectionCharacters = FormulaStarts,
        };
        // Without the byte order mark Excel takes the file for one in the machine's own encoding.
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, format, leaveOpen: true);
        foreach (var column in Columns)
            csv.WriteField(Of((column.Chinese, column.English)));
        await csv.NextRecordAsync();
        await foreach (var exported in cases.WithCancellation(cancellationToken))
        {
            foreach (var value in Row(exported))
                csv.WriteField(Text(value));
            await csv.NextRecordAsync();
        }
    }

    public async Task WriteXlsx(Stream stream, IAsyncEnumerable<ExportedCase> cases, CancellationToken cancellationToken)
    {
        var options = new SpreadCheetahOptions { DefaultDateTimeFormat = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") };
        await using var book = await Spreadsheet.CreateNewAsync(stream, options, cancellationToken);
        var heading = book.AddStyle(new Style { Font = { Bold = true } });
        await StartWorksheet(book, 1, heading, cancellationToken);
        var (sheets, rows) = (1, 0);
        await foreach (var exported in cases.WithCancellation(cancellationToken))
        {
            if (rows == MaxRowsOfWorksheet)
            {
                await StartWorksheet(book, ++sheets, heading, cancellationToken);
                rows = 0;
            }
            await book.AddRowAsync([.. Row(exported).Select(Cell)], cancellationToken);
            rows++;
        }
        await book.FinishAsync(cancellationToken);
    }

    async Task StartWorksheet(Spreadsheet book, int number, StyleId heading, CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var i = 0; i < Columns.Length; i++)
            options.Column(i + 1).Width = Columns[i].Width;
        var name = number == 1 ? Title : string.Create(CultureInfo.InvariantCulture, $"{Title} {number}");
        await book.StartWorksheetAsync(name, options, cancellationToken);
        await book.AddHeaderRowAsync(Columns.Select(c => Of((c.Chinese, c.English))).ToArray(), heading, cancellationToken);
    }

    /// <summary>The cells of a case, in the order of the columns: texts, local times and numbers.</summary>
    IEnumerable<object?> Row(ExportedCase exported)
    {
        var row = exported.Case;
        var category = pack.Categories.GetValueOrDefault(row.Category);
        var area = pack.Areas.GetValueOrDefault(row.Area.Code);
        yield return row.Number;
        yield return Of(Statuses[row.Status]);
        yield return Of(Outcomes[row.Outcome]);
        yield return category is null ? row.Category : Of((category.Name, category.NameEn));
        yield return category is null ? null : Of((category.Class, category.ClassEn));
        yield return area is null ? row.Area.Code : string.Join('/', area.Upwards().Reverse().Select(a => a.Name));
        yield return NumbersInText.Mask(row.Title);
        yield return NumbersInText.Mask(exported.Detail);
        yield return Department(exported.Department ?? category?.Department);
        yield return pack.NameOf(row.Reporter);
        yield return row.Claimant is { } claimant ? pack.NameOf(claimant) : null;
        yield return Local(row.ReportedAt);
        yield return Local(row.ClaimedAt);
        yield return Local(row.ResolvedAt);
        yield return Local(row.ClosedAt);
        // A clock that was set back between the two would make it negative.
        yield return row.ClaimedAt is { } claimed ? Math.Max(0, (int)(claimed - row.ReportedAt).TotalMinutes) : null;
        yield return exported.Rating;
        yield return exported.Mediation is { } at ? LevelName(at.Level) : null;
        yield return exported.Mediation is { } mediation
            ? Of(mediation.IsAgreed ? ("达成协议", "Agreed") : ("未达成协议", "Not agreed"))
            : null;
        yield return exported.Mediation is { Number.Length: > 0 } numbered ? numbered.Number : null;
    }

    string LevelName(string id)
    {
        var level = pack.LevelOf(id);
        return Of((level.Name, level.NameEn));
    }

    string? Department(string? id) =>
        id is not null && pack.Departments.TryGetValue(id, out var department) ? Of((department.Name, department.NameEn)) : id;

    DateTime? Local(DateTimeOffset? at) => at is { } moment ? TimeZoneInfo.ConvertTime(moment, pack.TimeZone).DateTime : null;

    /// <summary>A pack may leave English names out.</summary>
    string Of((string Chinese, string English) name) => english && name.English.Length > 0 ? name.English : name.Chinese;

    static string? Text(object? value) =>
        value is DateTime time
            ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture);

    static DataCell Cell(object? value) =>
        value switch
        {
            string text => new(text),
            DateTime time => new(time),
            int number => new(number),
            _ => default,
        };
}
