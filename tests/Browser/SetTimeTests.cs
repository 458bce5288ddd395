using System.Globalization;
using System.Text.RegularExpressions;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>The pages of a demonstration that has set its own time.</summary>
[Collection(Chromium.OwnService)]
public sealed class SetTimeTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN", "演示时间", "300 倍速")]
    [InlineData("en", "Demo time", "300 × as fast")]
    public async Task Every_page_says_which_time_it_is_and_reckons_by_it(string language, string said, string pace)
    {
        await using var service = await Demo(300);
        var url = Url(service);
        await using var stranger = await Desk.Open(chromium.Browser, url, null, 1440, 900, language);
        await stranger.Go("/");
        await Expect(stranger["time-strip"]).ToContainTextAsync(said);
        await Expect(stranger["time-strip"]).ToContainTextAsync(pace);
        await Expect(stranger["time-strip"].Locator("time")).ToContainTextAsync("2026-02-12");

        // A falling tree has half an hour, which is six seconds here.
        var worker = await service.As(Known.GridWorker, TestPacks.Liling.Id);
        var id = await worker.ReportCase("路边大树要倒", Tree());
        await using var desk = await Desk.Open(chromium.Browser, url, Known.Leader, 1440, 900, language);
        await desk.Go($"/console/cases/{id}");
        await Expect(desk["time-strip"]).ToBeVisibleAsync();
        await Expect(desk["clocks"]).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("[data-clock]").First).ToHaveAttributeAsync("data-tone", "overdue", new() { Timeout = 60_000 });
        await Expect(desk.Page.GetByText(new Regex("(分钟|小时)前|(min|h) ago")).First).ToBeVisibleAsync();

        await desk.Go($"/board/{Known.County}");
        await Expect(desk["time-strip"]).ToBeVisibleAsync();
        await desk.IsLive();
        Assert.False(await Scrolls(desk.Page));
        await using var phone = await Desk.Open(chromium.Browser, url, Known.GridWorker, 390, 844, language);
        await phone.Go("/m");
        await Expect(phone["time-strip"]).ToBeVisibleAsync();
        Assert.False(await Scrolls(phone.Page));
    }

    [Fact]
    public async Task Clock_of_an_own_case_that_warns_and_runs_out_is_told_in_the_list_and_can_be_switched_off()
    {
        await using var service = await Demo(900);
        await using var desk = await Desk.Open(chromium.Browser, Url(service), Known.Desk, 1440, 900, "zh-CN");
        await desk.Go("/console");
        await desk.IsLive();
        var worker = await service.As(Known.GridWorker, TestPacks.Liling.Id);
        var calm = await worker.ReportCase("路边垃圾", Calm());
        var id = await worker.ReportCase("井盖丢失");

        // Somebody has to be there within two hours, which is told half an hour before, too.
        await Expect(desk["alarms"]).ToHaveTextAsync("1 件超时", new() { Timeout = 60_000 });
        await Expect(desk.Row(id).GetByTestId("due")).ToHaveAttributeAsync("data-tone", "overdue");
        await Expect(desk["inbox-row"].First).ToHaveAttributeAsync("data-case", id);
        await Expect(desk.Row(calm).GetByTestId("due")).ToContainTextAsync("个工作日");
        await desk["alarms"].ClickAsync();
        await Expect(desk["alarms"]).ToHaveCountAsync(0);
        await Expect(desk.Row(id)).ToBeInViewportAsync();

        await desk["alerts-open"].ClickAsync();
        await desk["alert-clocks"].UncheckAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        var silent = await worker.ReportCase("又一个井盖丢失");
        await Expect(desk.Row(silent).GetByTestId("due")).ToHaveAttributeAsync("data-tone", "overdue", new() { Timeout = 60_000 });
        await Expect(desk["alarms"]).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Ranking_is_by_what_the_viewer_chooses_and_the_ticker_tells_of_a_breach()
    {
        await using var service = await Demo(600);
        var worker = await service.As(Known.GridWorker, TestPacks.Liling.Id);
        await worker.ReportCase("路边大树要倒", Tree());
        await using var wall = await Desk.Open(chromium.Browser, Url(service), Known.Director, 1920, 1080, "zh-CN");
        await wall.Go($"/board/{Known.County}");
        await wall.IsLive();

        await Expect(wall.Page.Locator("[data-testid=ticker-row][data-step=clock-breached]")).ToContainTextAsync("路边大树要倒");
        await wall["rank-overdue"].ClickAsync();
        await Expect(wall["ranking-row"].First).ToHaveAttributeAsync("data-area", Known.District);
        await Expect(wall["ranking-row"].First.Locator("[data-figure=overdue]")).ToHaveTextAsync("1");
        await wall.Page.ReloadAsync();
        await Expect(wall["rank-overdue"]).ToHaveAttributeAsync("aria-pressed", "true");
    }

    static Task<TestService> Demo(double pace)
    {
        // A Thursday morning, in the office hours of the place.
        var now = DateTimeOffset.Parse("2026-02-12T09:00:00+08:00", CultureInfo.InvariantCulture);
        return TestService.Start(packs: [TestPacks.Liling], change: s => s with { Now = now, Pace = pace });
    }

    static string Url(TestService service) => service.Url.ToString().TrimEnd('/');

    /// <summary>A category of the same desk that has working days.</summary>
    static string Calm() =>
        TestPacks.Liling.Categories.First(c => c.Clocks is { OnSite: null, Solve.Term.Unit: TermUnit.WorkingDays } && IsOfDesk(c)).Code;

    static bool IsOfDesk(Category category) => category.Recipients.Any(r => r.Post == "desk-urban-management");

    /// <summary>A category whose shortest promise is half an hour.</summary>
    static string Tree() => TestPacks.Liling.Categories.First(c => !c.Confidential && c.Clocks.OnSite?.Term.ToString() == "30m").Code;

    static Task<bool> Scrolls(IPage page) =>
        page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"
        );
}
