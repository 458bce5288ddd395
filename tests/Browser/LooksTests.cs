using System.Text;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed partial class LooksTests(Stand stand)
{
    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(3840, 2160)]
    [InlineData(1366, 768)]
    public async Task The_wall_fits_its_screen_without_scrolling(int width, int height)
    {
        await using var wall = await stand.Open(Known.Leader, width, height);
        foreach (var area in new[] { Known.County, Known.Town, Known.Grid })
        {
            await wall.Go($"/board/{area}");
            await wall.IsLive();
            await Expect(wall["waiting"].Locator("ol, [data-testid=empty]")).ToBeVisibleAsync();
            var outside = await wall.Page.EvaluateAsync<string[]>(
                """
                () => [document.documentElement, ...document.querySelectorAll('main, .panel, .counters li, header > *')].filter(one => {
                    const box = one.getBoundingClientRect()
                    const scrolls = one === document.documentElement && (one.scrollHeight > innerHeight || one.scrollWidth > innerWidth)
                    return scrolls || box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < 0 || box.top < 0
                }).map(one => one.className || one.tagName)
                """
            );
            Assert.Empty(outside);
            var cut = await wall.Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('.counters a, .counters .value, .path, .clock')]
                    .filter(one => one.scrollWidth > one.clientWidth + 1)
                    .map(one => one.textContent)
                """
            );
            Assert.Empty(cut);
        }
    }

    [Fact]
    public async Task The_board_is_dark_and_the_console_light_until_a_theme_is_chosen()
    {
        await using var wall = await stand.Open(Known.Leader, 1920, 1080);
        var page = wall.Page.Locator("html");
        await wall.Go($"/board/{Known.County}");
        await Expect(page).ToHaveAttributeAsync("data-theme", "dark");
        await wall["theme"].ClickAsync();
        await Expect(page).ToHaveAttributeAsync("data-theme", "light");
        await wall.Page.ReloadAsync();
        await Expect(page).ToHaveAttributeAsync("data-theme", "light");

        await wall.Go("/console");
        await Expect(page).ToHaveAttributeAsync("data-theme", "light");
        await wall["theme"].ClickAsync();
        await Expect(page).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task The_language_changes_in_place_and_is_kept()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await Expect(desk["nav-search"]).ToHaveTextAsync("查询");
        await desk["language"].ClickAsync();
        await Expect(desk["nav-search"]).ToHaveTextAsync("Search");
        await desk.Page.ReloadAsync();
        await Expect(desk["nav-search"]).ToHaveTextAsync("Search");
        await Expect(desk.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task In_English_the_only_Chinese_on_a_page_is_the_countys_own()
    {
        var worker = await stand.As(Known.GridWorker);
        var official = await stand.As(Known.TownTeam);
        var id = await worker.ReportCase(Known.FreshTitle("井盖碎裂"));
        await official.Do(id, "claim");
        await official.Do(id, "progress", new { text = "正在现场围挡" });
        await using var desk = await stand.Open(Known.TownTeam, language: "en");
        var said = new StringBuilder();
        desk.Page.Response += async (_, response) =>
        {
            if (!response.Url.Contains("/api/", StringComparison.Ordinal))
                return;
            var body = await response.TextAsync();
            lock (said)
                said.Append(Unescape(body));
        };
        desk.Page.WebSocket += (_, socket) =>
            socket.FrameReceived += (_, frame) =>
            {
                lock (said)
                    said.Append(Unescape(frame.Text ?? ""));
            };

        var chrome = new List<string>();
        foreach (
            var address in new[]
            {
                "/signin",
                $"/board/{Known.Town}",
                $"/board/{Known.Grid}",
                "/board/430281120",
                "/console",
                $"/console/cases/{id}",
                "/console/search?text=nothing-has-this",
                $"/console/search?area={Known.Town}",
                "/console/report",
            }
        )
        {
            await desk.Go(address);
            await desk.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            if (address.StartsWith("/board", StringComparison.Ordinal))
                await Expect(desk.Page.Locator("[data-light=live], [data-testid=forbidden]").First).ToBeVisibleAsync();
            if (address == "/console/report")
                await desk["report-send"].ClickAsync();
            if (address.StartsWith("/console/cases", StringComparison.Ordinal))
            {
                await Expect(desk["action-on-site"]).ToBeVisibleAsync();
                await desk["more-actions"].ClickAsync();
                await Check(address);
                await desk["action-handover"].ClickAsync();
                await desk["form-send"].ClickAsync();
            }
            await Check(address);
        }
        Assert.Empty(chrome.Distinct());

        async Task Check(string address)
        {
            var shown = await desk.Page.EvaluateAsync<string>(
                """
                () => {
                    const words = [document.title]
                    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
                    while (walker.nextNode()) if (walker.currentNode.parentElement.checkVisibility()) words.push(walker.currentNode.data)
                    for (const one of document.querySelectorAll('[title],[aria-label],[placeholder]'))
                        words.push(one.title, one.ariaLabel, one.placeholder)
                    return words.join('\n')
                }
                """
            );
            string known;
            lock (said)
                known = said.ToString();
            chrome.AddRange(
                from Match run in Chinese().Matches(shown)
                where run.Value != "中文" && !known.Contains(run.Value, StringComparison.Ordinal)
                select $"{address}: {run.Value}"
            );
            // Full-width signs between English words are Chinese too.
            chrome.AddRange(from Match run in Punctuation().Matches(shown) select $"{address}: {run.Value}");
        }
    }

    static string Unescape(string json) =>
        Regex.Replace(json, @"\\u([0-9a-fA-F]{4})", m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());

    [GeneratedRegex(@"[\u4e00-\u9fff]+")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\w+[：，、。；！？]\s?[A-Za-z]+")]
    private static partial Regex Punctuation();
}
