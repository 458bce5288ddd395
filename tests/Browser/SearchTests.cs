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

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task An_export_asks_the_service_for_everything_the_filter_finds(string format)
    {
        var title = Known.FreshTitle("井盖异响");
        var worker = await stand.As(Known.GridWorker);
        await worker.ReportCase(title);
        await using var desk = await stand.Open(Known.TownLeader);
        var asked = new TaskCompletionSource<Uri>();
        await desk.Page.RouteAsync(
            "**/api/cases/export*",
            route =>
            {
                asked.TrySetResult(new(route.Request.Url));
                return route.FulfillAsync(new() { ContentType = "application/octet-stream", Body = "file" });
            }
        );
        await desk.Go($"/console/search?area={Known.Town}&status=open&text={Uri.EscapeDataString(title)}");
        await Expect(desk["search-row"]).ToHaveCountAsync(1);

        var download = await desk.Page.RunAndWaitForDownloadAsync(() => desk[$"export-{format}"].ClickAsync());

        Assert.Matches(@$"^事项-\d{{4}}-\d\d-\d\d\.{format}$", download.SuggestedFilename);
        var query = Uri.UnescapeDataString((await asked.Task).Query);
        foreach (var part in new[] { $"area={Known.Town}", "status=open", $"format={format}", title.Split(' ')[1] })
            Assert.Contains(part, query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_chosen_and_stay_and_every_heading_sorts()
    {
        var worker = await stand.As(Known.GridWorker);
        var title = Known.FreshTitle("井盖松动");
        var (first, second) = (await worker.ReportCase(title + "一"), await worker.ReportCase(title + "二"));
        await (await stand.As(Known.TownTeam)).Do(second, "claim");
        await using var desk = await stand.Open(Known.TownLeader);
        await desk.Go($"/console/search?text={Uri.EscapeDataString(title)}");
        await Order(second, first);
        await desk["sort-reportedAt"].ClickAsync();
        await Order(first, second);
        await Expect(desk.Page).ToHaveURLAsync(new Regex("sort=reportedAt"));

        await desk["sort-status"].ClickAsync();
        await Order(first, second);
        await desk["sort-status"].ClickAsync();
        await Order(second, first);
        await Expect(desk.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("状态");
        await desk["columns-open"].ClickAsync();
        await desk["column-number"].UncheckAsync();
        await desk["column-claimedAt"].CheckAsync();
        await desk.Page.ReloadAsync();

        await Order(second, first);
        await Expect(desk["sort-claimedAt"]).ToBeVisibleAsync();
        await Expect(desk["sort-number"]).ToHaveCountAsync(0);

        async Task Order(params string[] ids)
        {
            for (var n = 0; n < ids.Length; n++)
                await Expect(desk["search-row"].Nth(n)).ToHaveAttributeAsync("data-case", ids[n]);
        }
    }

    [Fact]
    public async Task A_day_is_typed_and_shown_in_one_form_whatever_the_browsers_language()
    {
        await using var desk = await stand.Open(Known.TownLeader);
        await desk.Go("/console/search");
        await desk["search-from"].FillAsync("2026年1月5日");
        await desk["search-from"].PressAsync("Enter");

        await Expect(desk["search-from"]).ToHaveValueAsync("2026-01-05");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("from=2026-01-05T00"));
        await desk["search-from"].FillAsync("31.31.");
        await desk["search-from"].BlurAsync();
        await Expect(desk["search-from"]).ToHaveAttributeAsync("aria-invalid", "true");
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
