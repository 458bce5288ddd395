using System.Globalization;
using GridActors.Domain.Packs;
using GridActors.Web.Sessions;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace GridActors.Web.Scores;

/// <summary>A month's scores of an area as a workbook, a line for each worker and a column for each item.</summary>
sealed class ScoreWorkbook(Caller caller, AskedScores asked, AreaNode under, bool english)
{
    const double Width = 16;

    public async Task Write(Stream stream, IReadOnlyList<ScoreRowJson> rows, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var book = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellationToken);
        var heading = book.AddStyle(new Style { Font = { Bold = true } });
        string[] fixedColumns = english
            ? ["Area code", "Area", "Post", "Person id", "Name", "Mark", "Points", "Of", "Days on duty", "Days expected", "Closed on"]
            : ["网格编码", "网格", "岗位", "人员编号", "姓名", "折算得分", "得分", "适用满分", "在岗天数", "应到天数", "结束考核日期"];
        var options = new WorksheetOptions { FrozenRows = 2 };
        for (var i = 1; i <= fixedColumns.Length + asked.Set.Items.Length; i++)
            options.Column(i).Width = Width;
        await book.StartWorksheetAsync(asked.Month.ToString(), options, cancellationToken);
        await book.AddRowAsync([new DataCell(Watermark(at))], cancellationToken);
        await book.AddHeaderRowAsync([.. fixedColumns, .. asked.Set.Items.Select(i => Of(i.Name, i.NameEn))], heading, cancellationToken);
        foreach (var row in rows)
            await book.AddRowAsync([.. Cells(row)], cancellationToken);
        await book.FinishAsync(cancellationToken);
    }

    IEnumerable<DataCell> Cells(ScoreRowJson row)
    {
        yield return new(row.Area);
        yield return new(row.AreaName);
        yield return new(Of(row.PostName, row.PostNameEn));
        yield return new(row.Person);
        yield return new(row.Name);
        yield return new(row.Mark);
        yield return new(row.Points);
        yield return new(row.Of);
        yield return new(row.OnDuty);
        yield return new(row.Expected);
        yield return new(row.ClosedAt is { } closed ? caller.Pack.Day(closed).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
        foreach (var item in asked.Set.Items)
            yield return row.Lines.FirstOrDefault(l => l.Item == item.Id) is { Applies: true } line ? new(line.Points) : new((string?)null);
    }

    /// <summary>Who took it along, and when: a file that turns up somewhere says where it came from.</summary>
    string Watermark(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, caller.Pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var name = caller.Pack.NameOf(caller.Id);
        return english
            ? $"Scores {asked.Month}, {under.Name}, rules {asked.Set.Version}, exported by {name} ({caller.Id.Id}) at {local}"
            : $"考核得分 {asked.Month} · {under.Name} · 第 {asked.Set.Version} 版规则 · {name}（{caller.Id.Id}）{local} 导出";
    }

    string Of(string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;
}
