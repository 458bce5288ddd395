using System.Text;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class SearchTests(Stand stand)
{
    [Fact]
    public async Task Chinese_words_find_their_case_and_the_address_keeps_the_filter()
    {
        var worker = await stand.As(Known.GridWorker);
        var id = await worker.ReportCase(Known.FreshTitle("老樟树倒伏压住电线"), "street-light-down");
        await worker.ReportCase(Known.FreshTitle("路灯整晚不亮"), "street-light-out");
        await using var desk = await stand.Open(Known.TownLeader);
        await desk.Go("/console/search");

        await desk["search-text"].FillAsync("樟树倒伏");
        await desk["search-category"].SelectOptionAsync("street-light-down");
        await desk["status-offered"].ClickAsync();
        await OnlyIt();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("(?=.*text=%E6)(?=.*category=street-light-down)(?=.*status=offered)"));

        await desk.Page.ReloadAsync();
        await OnlyIt();
        await Expect(desk["search-text"]).ToHaveValueAsync("樟树倒伏");
        await desk["status-closed"].ClickAsync();
        await desk["status-offered"].ClickAsync();
        await Expect(desk["empty"]).ToContainTextAsync("没有符合条件的事项");

        await desk["search-clear"].ClickAsync();
        await Expect(desk["search-row"].Filter(new() { HasText = "路灯整晚不亮" }).First).ToBeVisibleAsync();
        await Expect(desk["search-text"]).ToHaveValueAsync("");

        async Task OnlyIt()
        {
            await Expect(desk["search-row"]).ToHaveCountAsync(1);
            await Expect(desk["search-row"]).ToHaveAttributeAsync("data-case", id);
        }
    }

    [Fact]
    public async Task Search_results_are_exported_as_a_spreadsheet_file()
    {
        var worker = await stand.As(Known.GridWorker);
        var title = Known.FreshTitle("=1+1，井盖\"异响\"");
        await worker.ReportCase(title);
        await using var desk = await stand.Open(Known.TownLeader);
        await desk.Go($"/console/search?text={Uri.EscapeDataString(title)}");
        await Expect(desk["search-row"]).ToHaveCountAsync(1);

        var download = await desk.Page.RunAndWaitForDownloadAsync(() => desk["export"].ClickAsync());

        Assert.Matches(@"^事项-\d{4}-\d\d-\d\d\.csv$", download.SuggestedFilename);
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(
            stream,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            detectEncodingFromByteOrderMarks: false
        );
        var text = await reader.ReadToEndAsync();
        Assert.StartsWith("\uFEFF编号,状态,类别,标题,区域,上报人,认领人,上报时间,办结时间\r\n", text, StringComparison.Ordinal);
        Assert.Contains(
            $"未认领,井盖缺失破损,\"'{title.Replace("\"", "\"\"",
            StringComparison.Ordinal)}\",阳三石社区第一网格,{Known.NameOf(Known.GridWorker)},",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_search_row_opens_its_case_and_back_returns_to_the_same_list()
    {
        var worker = await stand.As(Known.GridWorker);
        var title = Known.FreshTitle("井盖高出路面");
        await worker.ReportCase(title);
        await using var desk = await stand.Open(Known.TownLeader);
        await desk.Go($"/console/search?area={Known.Town}&text={Uri.EscapeDataString(title)}");
        await desk["search-row"].ClickAsync();
        await Expect(desk["case"]).ToContainTextAsync(title);

        await desk.Page.GoBackAsync();

        await Expect(desk["search-row"]).ToHaveCountAsync(1);
        await Expect(desk["search-area"]).ToContainTextAsync("阳三石街道");
    }
}
