using System.IO.Compression;
using System.Text;

namespace GridActors.Service.Tests.Cases;

/// <summary>A file has every case that the same query lists, and what an office reports by.</summary>
public sealed class CaseExportTests : SharedServiceTest
{
    const string Heads =
        "编号,状态,结果,类别,大类,区域,标题,详情,部门,上报人,认领人,上报时间,认领时间,处置时间,办结时间,认领用时（分钟）,评分,调解层级,调解结果,协议编号";

    Client _dispatcher = null!;
    string _pack = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = (await Service.Load(TestPacks.Fresh())).Id;
        _dispatcher = await As("dispatcher-1", _pack);
    }

    [Fact]
    public async Task An_exported_case_has_the_columns_an_office_reports_by()
    {
        var reported = await _dispatcher.Report("C-A1-1", title: "路灯,不亮", detail: "第一行\n\"第二行\"");
        var worker = await As("worker-1", _pack);
        await worker.Do(reported.Id, "claim");
        await worker.Do(reported.Id, "resolve");
        var closed = await _dispatcher.Do(reported.Id, "close", new { rating = 4 });

        var answer = (await _dispatcher.Get("/api/cases/export?category=rubbish")).Expect(200);

        Assert.Equal("text/csv", answer.ContentType);
        Assert.Contains("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Contains(".csv", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal([0xEF, 0xBB, 0xBF], answer.Bytes[..3]);
        var row =
            $"{closed.Number},已办结,处置,垃圾堆放,环境卫生,清河县/青山镇/竹园村/竹园村第一网格,\"路灯,不亮\",\"第一行\n\"\"第二行\"\"\","
            + $"综合执法队,周调度,秦一,{Local(closed.ReportedAt)},{Local(closed.ClaimedAt)},{Local(closed.ResolvedAt)},"
            + $"{Local(closed.ClosedAt)},0,4,,,";
        Assert.Equal($"\uFEFF{Heads}\r\n{row}\r\n", answer.Text);

        static string Local(DateTimeOffset? at) => $"{at!.Value.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss}";
    }

    [Fact]
    public async Task An_export_speaks_English_when_asked()
    {
        await _dispatcher.Report("C-A1-1");

        var text = (await _dispatcher.Get("/api/cases/export", ("Accept-Language", "en"))).Expect(200).Text;

        Assert.StartsWith("\uFEFFNumber,Status,Outcome,Category,", text, StringComparison.Ordinal);
        Assert.Contains(",Unclaimed,,Rubbish,", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1+1")]
    public async Task A_title_that_would_be_a_formula_is_exported_as_text(string title)
    {
        await _dispatcher.Report("C-A1-1", title: title);

        var text = (await _dispatcher.Get("/api/cases/export")).Expect(200).Text;

        Assert.Contains("'" + title.Replace("\"", "\"\"", StringComparison.Ordinal), text, StringComparison.Ordinal);
        Assert.DoesNotContain("," + title, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_has_the_same_cases()
    {
        await _dispatcher.Report("C-A1-1", title: "=1+1 是文字");
        await _dispatcher.Report("C-B1-1", title: "第二件");

        var answer = (await _dispatcher.Get("/api/cases/export?format=xlsx&order=oldest")).Expect(200);

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.ContentType);
        using var archive = new ZipArchive(new MemoryStream(answer.Bytes));
        using var reader = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        var sheet = await reader.ReadToEndAsync();
        Assert.Contains("认领用时（分钟）", sheet, StringComparison.Ordinal);
        Assert.True(sheet.IndexOf("=1+1 是文字", StringComparison.Ordinal) < sheet.IndexOf("第二件", StringComparison.Ordinal));
        Assert.DoesNotContain("<f>", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_has_what_the_list_has_and_nothing_confidential_of_others()
    {
        await (await As("resident-a11", _pack)).Report("C-A1-1", "lead", "只给警员");
        await _dispatcher.Report("C-A1-1", title: "青山的事");
        await _dispatcher.Report("C-B1-1", title: "白沙的事");

        var all = (await _dispatcher.Get("/api/cases/export")).Expect(200).Text;
        var some = (await _dispatcher.Get("/api/cases/export?area=C-B&text=" + Uri.EscapeDataString("白沙"))).Expect(200).Text;

        Assert.DoesNotContain("只给警员", all, StringComparison.Ordinal);
        Assert.Contains("青山的事", all, StringComparison.Ordinal);
        Assert.DoesNotContain("青山的事", some, StringComparison.Ordinal);
        Assert.Contains("白沙的事", some, StringComparison.Ordinal);
        (await (await As("leader-a", _pack)).Get("/api/cases/export?area=C")).Expect(403, "not-your-area");
        (await Service.Anybody().Get("/api/cases/export")).Expect(401, "not-signed-in");
    }

    [Theory]
    [InlineData("?format=pdf", "format")]
    [InlineData("?status=nothing", "status")]
    [InlineData("?from=11/25/2026", "from")]
    public async Task An_invalid_export_names_the_parameter(string query, string field)
    {
        var answer = (await _dispatcher.Get("/api/cases/export" + query)).Expect(400, "invalid-request");

        Assert.Equal([field], answer.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task An_export_has_no_limit()
    {
        await using var service = await TestService.Start();
        await service.Ask<int>(
            """
            insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome,
                updated_at, updated_by, last_step, version, offered_to)
            select gen_random_uuid(), 'QH2026-' || n, 'qinghe/C-A1-1', 'rubbish', '第' || n || '件', '', false, 'qinghe/clerk-a1',
                timestamptz '2026-01-01' + n / 3 * interval '1 minute', 1, 0, now(), 'qinghe/clerk-a1', 0, 1, '{}'
            from generate_series(1, 5001) as n
            """
        );
        var dispatcher = await service.As("dispatcher-1");

        var lines = (await dispatcher.Get("/api/cases/export")).Expect(200).Text.Split("\r\n");
        var list = (await dispatcher.Get("/api/cases?limit=1")).Expect(200).As<CaseList>();

        Assert.Equal(5001, lines.Skip(1).Where(l => l.Length > 0).Distinct().Count());
        Assert.Equal((5001, true), (list.Total, list.TotalIsExact));
    }
}
