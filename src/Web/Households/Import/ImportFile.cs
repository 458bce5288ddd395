using System.Collections.Frozen;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Domain.Sheets;

namespace GridActors.Web.Households.Import;

/// <summary>A file as residents, and the areas that its rows may name.</summary>
/// <param name="Refusal">Why the file is refused as a whole; null when it isn't.</param>
sealed record ImportFile(IReadOnlyList<ImportRow> Rows, string? Refusal)
{
    static readonly FrozenDictionary<string, (string Chinese, string English)> Refusals = new Dictionary<string, (string, string)>
    {
        [SheetRefusals.NotASheet] = (
            "不是可以读取的表格：请用 .xlsx、.xls 或 .csv 文件。",
            "The file is no sheet that can be read: send an .xlsx, .xls or .csv file."
        ),
        [SheetRefusals.Protected] = ("表格有密码，请取消密码后再导入。", "A password protects the workbook: remove it and send it again."),
        [SheetRefusals.TooLarge] = (
            "表格太大：最多 20 MB、10 万行，请分成几个文件。",
            "The sheet is too large: 20 MB and 100,000 lines at most; send it in parts."
        ),
        [SheetRefusals.NoHeader] = (
            "没有找到表头：表头应有“姓名”和另外至少一列，可下载模板对照。",
            "No line names the columns: the name and one more are needed; compare it with the template."
        ),
        [SheetRefusals.NoRows] = ("表头下面没有居民。", "There is nobody below the header."),
        [SheetRefusals.SameColumn] = ("有两列是同一项目，请删去一列。", "Two columns are the same field: remove one of them."),
        [SheetRefusals.NoAreaColumn] = (
            "所选区域下有多个网格：请选择一个网格，或在表中加“网格编码”一列。",
            "The chosen area has others below it: choose one of those, or add a column that names the area."
        ),
    }.ToFrozenDictionary();

    public static string Text(string refusal, bool english) => english ? Refusals[refusal].English : Refusals[refusal].Chinese;

    /// <param name="under">The area of all households of the file, or the one above theirs.</param>
    public static ImportFile Of(SheetFile file, HouseholdRules rules, AreaNode under, DateOnly today)
    {
        if (file.Refusal is { } unreadable)
            return new([], unreadable);
        var columns = new ImportColumns(rules);
        var areas = Areas(under);
        var reader = new RowReader(columns, areas, today);
        var rows = new List<ImportRow>();
        string? refusal = null;
        foreach (var (number, sheet) in file.Sheets.Index())
        {
            var (layout, unknown) = ImportLayout.Of(sheet, columns);
            if (layout is null)
            {
                // A sheet of remarks beside the list doesn't matter; two columns of one name do.
                refusal = unknown == SheetRefusals.SameColumn ? unknown : refusal ?? unknown;
                continue;
            }
            // A sheet for each grid is called as the grid.
            var area = areas(sheet.Name).Code ?? (under.Children.Count == 0 ? under.Code : null);
            if (area is null && !layout.Has(ColumnKind.Area))
                return new([], SheetRefusals.NoAreaColumn);
            rows.AddRange(reader.Read(number, sheet, layout).Select(r => r.Area is null && area is not null ? r with { Area = area } : r));
        }
        return refusal == SheetRefusals.SameColumn || rows.Count == 0 ? new([], refusal ?? SheetRefusals.NoRows) : new(rows, null);
    }

    /// <summary>By code, or by a name that only one of the areas has.</summary>
    static AreaLookup Areas(AreaNode under)
    {
        var nodes = under.Downwards().ToList();
        var byCode = nodes.ToDictionary(n => n.Code);
        var byName = nodes.ToLookup(n => n.Name);
        return text =>
            byCode.TryGetValue(text, out var node) ? (node.Code, null)
            : byName[text].Take(2).ToList() is var named && named.Count == 1 ? (named[0].Code, null)
            : (null, named.Count == 0 ? ImportErrors.UnknownArea : ImportErrors.SeveralAreas);
    }
}
