using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Chromium.OwnService)]
public sealed class LightTests(Chromium chromium)
{
    [Fact]
    public async Task The_light_is_red_while_the_service_is_unavailable_and_green_with_right_numbers_after()
    {
        var service = await TestService.Start(packs: [TestPacks.Liling]);
        var url = service.Url.ToString();
        try
        {
            await using var wall = await Desk.Open(chromium.Browser, url, Known.Leader, 1920, 1080, "zh-CN");
            await wall.Go($"/board/{Known.County}");
            await wall.IsLive();
            await Expect(wall["light"]).ToHaveTextAsync("实时");

            await service.DisposeAsync();
            await Expect(wall["light"]).ToHaveAttributeAsync("data-light", "late");
            await Expect(wall["light"]).ToHaveAttributeAsync("data-light", "offline");
            await Expect(wall["light"]).ToContainTextAsync("已断开，数据截至 ");
            await Expect(wall["counter-unclaimed"].Locator("b")).ToHaveTextAsync("0");

            service = await TestService.Start(database: service.ConnectionString, packs: [TestPacks.Liling], url: url);
            await (await service.As(Known.GridWorker, TestPacks.Liling.Id)).ReportCase("井盖缺失");
            await Expect(wall["light"]).ToHaveAttributeAsync("data-light", "live");
            await Expect(wall["counter-unclaimed"].Locator("b")).ToHaveTextAsync("1");
        }
        finally
        {
            await service.DisposeAsync();
        }
    }
}
