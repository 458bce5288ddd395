using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class LightTests(Stand stand)
{
    [Fact]
    public async Task The_light_is_red_while_the_service_is_away_and_green_over_right_numbers_when_it_is_back()
    {
        var host = await stand.StartAnother("light", "http://127.0.0.1:0");
        var url = host.Url;
        try
        {
            await using var wall = await Desk.Open(stand.Browser, url, Known.Leader, 1920, 1080, "zh-CN");
            await wall.Go($"/board/{Known.County}");
            await wall.IsLive();
            await Expect(wall["light"]).ToHaveTextAsync("实时");

            await host.DisposeAsync();
            await Expect(wall["light"]).ToHaveAttributeAsync("data-light", "late");
            await Expect(wall["light"]).ToHaveAttributeAsync("data-light", "offline", new() { Timeout = 15_000 });
            await Expect(wall["light"]).ToContainTextAsync("已断开，数据截至 ");
            await Expect(wall["counter-unclaimed"].Locator("b")).ToHaveTextAsync("0");

            host = await stand.StartAnother("light", url);
            using var worker = await Official.SignIn(url, Known.GridWorker);
            await worker.Report("井盖缺失");
            await Expect(wall["light"]).ToHaveAttributeAsync("data-light", "live", new() { Timeout = 30_000 });
            await Expect(wall["counter-unclaimed"].Locator("b")).ToHaveTextAsync("1");
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
