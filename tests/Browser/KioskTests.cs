using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A wall screen, from the administrator's page to the board that comes back by itself.</summary>
[Collection(Stand.Name)]
public sealed class KioskTests(Stand stand)
{
    [Fact]
    public async Task A_screen_is_added_opened_with_its_link_and_watches_until_it_is_ended()
    {
        await using var administrator = await stand.Open(Known.Director);
        await administrator.Go("/console");
        await administrator["nav-admin"].ClickAsync();
        await administrator["tab-screens"].ClickAsync();
        var name = Known.FreshTitle("一楼大厅");
        await administrator["screen-add"].ClickAsync();
        await administrator["screen-name"].FillAsync(name);
        await administrator["screen-make"].ClickAsync();
        var link = await administrator["screen-link"].InnerTextAsync();
        await administrator.Page.Keyboard.PressAsync("Escape");
        var row = administrator["screen-row"].Filter(new() { HasText = name });
        await Expect(row.Locator("[data-state=waiting]")).ToBeVisibleAsync();

        await using var wall = await Wall();
        await wall.Go(link);
        await wall.IsLive();
        await Expect(wall["board"]).ToHaveAttributeAsync("data-area", Known.County);
        Assert.DoesNotContain("#", wall.Page.Url, StringComparison.Ordinal);
        await administrator.Page.ReloadAsync();
        await Expect(row.Locator("[data-state=watching]")).ToBeVisibleAsync();

        await row.GetByTestId("screen-end").ClickAsync();
        await administrator["screen-end-sure"].ClickAsync();
        await Expect(row.Locator("[data-state=ended]")).ToBeVisibleAsync();
        await Expect(wall["wall-code"]).ToBeVisibleAsync();
        await wall["wall-code"].FillAsync(link.Split('#')[1]);
        await wall["wall-open"].ClickAsync();
        await Expect(wall["error"]).ToHaveAttributeAsync("data-code", "wrong-kiosk-code");
    }

    [Fact]
    public async Task A_screen_leads_to_the_boards_below_and_to_nothing_else()
    {
        await using var wall = await Opened(Known.Town);

        await Expect(wall["counter-unclaimed"]).ToBeVisibleAsync();
        Assert.Empty(
            await wall.Page.EvaluateAsync<string[]>("() => [...document.links].map(a => a.pathname).filter(p => !p.startsWith('/board/'))")
        );
        await wall["ranking-row"].First.GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await wall.IsLive();
        foreach (var address in new[] { "/console", "/console/search", "/console/access", "/console/cases/0" })
        {
            await wall.Go(address);
            await Expect(wall.Page).ToHaveURLAsync(new Regex($"/board/{Known.Town}$"));
        }
        await wall.Go($"/board/{Known.County}");
        await Expect(wall["forbidden"]).ToBeVisibleAsync();
        await wall.Go($"/board/{Known.Grid}");
        await wall.IsLive();
        await Expect(wall["leaf-cases"]).ToHaveCountAsync(0);
        await Expect(wall["ticker"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_screen_that_is_switched_on_finds_its_board_without_anybody()
    {
        await using var wall = await Opened(Known.Town);

        // The start page of its browser, after a power cut.
        await wall.Go("/board");
        await wall.IsLive();
        await Expect(wall["board"]).ToHaveAttributeAsync("data-area", Known.Town);
    }

    [Fact]
    public async Task A_screen_that_is_switched_on_during_an_outage_shows_its_board_when_the_service_is_back()
    {
        await using var wall = await Opened(Known.Town);
        await wall.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await wall.Page.Context.SetOfflineAsync(true);

        await wall.Go("/board");
        await Expect(wall["error"]).ToHaveAttributeAsync("data-code", "offline");
        await wall.Page.Context.SetOfflineAsync(false);

        await wall.IsLive();
        await Expect(wall["board"]).ToHaveAttributeAsync("data-area", Known.Town);
    }

    [Fact]
    public async Task A_link_asks_before_it_turns_somebodys_window_into_a_screen()
    {
        var (code, _) = await Make(Known.Town);
        await using var desk = await stand.Open(Known.TownLeader);
        await desk.Go($"/board#{code}");

        await Expect(desk["wall-entry"]).ToContainTextAsync(Known.NameOf(Known.TownLeader));
        await desk.Go("/console");
        await Expect(desk["me"]).ToContainTextAsync(Known.NameOf(Known.TownLeader));
    }

    async Task<Desk> Opened(string area)
    {
        var (code, _) = await Make(area);
        var wall = await Wall();
        await wall.Go($"/board#{code}");
        await wall.IsLive();
        return wall;
    }

    async Task<(string Code, string Id)> Make(string area)
    {
        var administrator = await stand.As(Known.Director);
        var made = (await administrator.Post("/api/admin/kiosks", new { area, name = "大厅" })).Expect(200).Body;
        return (made.GetProperty("code").GetString()!, made.GetProperty("kiosk").GetProperty("id").GetString()!);
    }

    Task<Desk> Wall() => Desk.Open(stand.Browser, stand.Url, null, 1920, 1080, "zh-CN");
}
