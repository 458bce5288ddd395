using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A meeting in the pages: opened, attended, decided, closed, and printed on two pages.</summary>
[Collection(Chromium.OwnService)]
public sealed partial class MeetingTests(Chromium chromium)
{
    [Fact]
    public async Task Meeting_is_held_at_the_desk_read_on_the_phone_and_printed_on_two_pages()
    {
        var beirong = TestPacks.Published("beirong");
        await using var service = await TestService.Start(packs: [beirong]);
        var url = service.Url.ToString().TrimEnd('/');
        var area = beirong.Areas.First(a => a.Level == "village");
        var secretary = beirong.Holdings.First(h => h.Post == "village-secretary" && h.Area == area.Code).Person;
        var caller = await service.As(secretary, beirong.Id);
        var title = Known.FreshTitle("便道塌方");
        var id = (await caller.Report(area.Code, "road-damaged", title)).Id;
        await caller.Do(id, "table", new { reason = "请周会商量" });

        await using var desk = await Desk.Open(chromium.Browser, url, secretary, 1440, 900, "zh-CN");
        await desk.Go("/console/meetings");
        await Expect(desk["agenda-item"]).ToContainTextAsync(title);
        await desk["meeting-open"].ClickAsync();
        await desk["attendee"].First.CheckAsync();
        await desk["attendance-save"].ClickAsync();
        await Expect(desk["attended"]).ToBeVisibleAsync();
        await desk["item-decide"].ClickAsync();
        await desk["item-text"].FillAsync("周末组织清障");
        await desk["task-text"].FillAsync("组织劳力");
        await desk["task-owner"].SelectOptionAsync($"person:{secretary}");
        await desk["item-send"].ClickAsync();
        await Expect(desk["meeting-item"]).ToContainTextAsync("周末组织清障");
        await desk["minutes-text"].FillAsync("到会 1 人，议 1 件，办 1 件。");
        await desk["meeting-close"].ClickAsync();
        await Expect(desk["minutes"]).ToContainTextAsync("到会 1 人");

        var pdf = await desk.Page.PdfAsync(new() { Format = "A4" });
        Assert.Equal(2, PdfPage().Count(Encoding.Latin1.GetString(pdf)));

        await using var phone = await Desk.Open(chromium.Browser, url, secretary, 390, 844, "zh-CN");
        await phone.Go("/m/meetings");
        await phone["meeting"].First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(phone["meeting-state"]).ToHaveTextAsync("已结束");
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PdfPage();
}
