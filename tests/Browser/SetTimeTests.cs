using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>The pages of a demonstration that has set its own time.</summary>
[Collection(Stand.Name)]
public sealed class SetTimeTests(Stand stand)
{
    [Theory]
    [InlineData("zh-CN", "演示时间", "300 倍速", "前")]
    [InlineData("en", "Demo time", "300 × as fast", "ago")]
    public async Task Every_page_says_which_time_it_is_and_reckons_by_it(string language, string said, string pace, string ago)
    {
        var now = DateTimeOffset.Parse("2026-02-12T16:40:00+08:00", CultureInfo.InvariantCulture);
        await using var service = await TestService.Start(packs: [TestPacks.Liling], change: s => s with { Now = now, Pace = 300 });
        var url = service.Url.ToString().TrimEnd('/');
        await using var stranger = await Desk.Open(stand.Browser, url, null, 1440, 900, language);
        await stranger.Go("/");
        await Expect(stranger["time-strip"]).ToContainTextAsync(said);
        await Expect(stranger["time-strip"]).ToContainTextAsync(pace);
        await Expect(stranger["time-strip"].Locator("time")).ToContainTextAsync("2026-02-12");

        // A falling tree has half an hour, which is six seconds here.
        var worker = await service.As(Known.GridWorker, TestPacks.Liling.Id);
        var id = await worker.ReportCase("路边大树要倒", Tree());
        await using var desk = await Desk.Open(stand.Browser, url, Known.Leader, 1440, 900, language);
        await desk.Go($"/console/cases/{id}");
        await Expect(desk["time-strip"]).ToBeVisibleAsync();
        await Expect(desk["clocks"]).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("[data-clock]").First).ToHaveAttributeAsync("data-tone", "overdue", new() { Timeout = 60_000 });
        await Expect(desk.Page.GetByText(ago).First).ToBeVisibleAsync();

        await desk.Go($"/board/{Known.County}");
        await Expect(desk["time-strip"]).ToBeVisibleAsync();
        await desk.IsLive();
        Assert.False(await Scrolls(desk.Page));
        await using var phone = await Desk.Open(stand.Browser, url, Known.GridWorker, 390, 844, language);
        await phone.Go("/m");
        await Expect(phone["time-strip"]).ToBeVisibleAsync();
        Assert.False(await Scrolls(phone.Page));
    }

    /// <summary>A category whose shortest promise is half an hour.</summary>
    static string Tree() => TestPacks.Liling.Categories.First(c => !c.Confidential && c.Clocks.OnSite?.Term.ToString() == "30m").Code;

    static Task<bool> Scrolls(IPage page) =>
        page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"
        );
}
