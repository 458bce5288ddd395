using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>What axe-core finds on every page. Each has one main part and one first heading.</summary>
[Collection(Stand.Name)]
public sealed class AccessibilityTests(Stand stand)
{
    static readonly Lazy<string> Axe = new(() =>
        File.ReadAllText(Path.Combine(TestPacks.Folder, "..", "..", "src", "Web", "app", "node_modules", "axe-core", "axe.min.js"))
    );

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task No_page_of_the_desk_has_a_serious_finding(string theme)
    {
        var id = await CaseWithHistory();
        await using var desk = await stand.Open(Known.Desk);
        await UseTheme(desk, "desk", theme);
        var found = new List<string>();
        foreach (
            var address in new[] { "/signin", "/console", $"/console/cases/{id}", "/console/search", "/console/report", "/console/nothing" }
        )
        {
            await desk.Go(address);
            await desk.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            found.AddRange(await Findings(desk, address));
        }
        await desk.Go("/console");
        await desk["alerts-open"].ClickAsync();
        await Expect(desk["alerts"]).ToBeVisibleAsync();
        found.AddRange(await Findings(desk, "alerts"));
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task No_page_of_the_administration_has_a_serious_finding(string theme)
    {
        var administrator = await stand.As(Known.Director);
        (await administrator.Post("/api/admin/kiosks", new { area = Known.Town, name = "大厅" })).Expect(200);
        await using var desk = await stand.Open(Known.Director);
        await UseTheme(desk, "desk", theme);
        var found = new List<string>();
        foreach (
            var address in new[]
            {
                "/console/access",
                "/console/screens",
                "/console/accounts",
                "/console/outbox",
                "/console/account",
                "/console/supervisions",
                "/console/consultations",
                "/console/meetings",
                "/console/lists?list=edit",
                "/console/lists",
                "/console/leave",
                "/console/scores",
                $"/console/scores/{Known.GridWorker}",
                "/nosuch",
            }
        )
        {
            await desk.Go(address);
            await desk.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            found.AddRange(await Findings(desk, address));
        }
        await desk.Go("/console/access");
        await desk["access-verify"].ClickAsync();
        await Expect(desk["access-verified"]).ToBeVisibleAsync();
        found.AddRange(await Findings(desk, "verified"));
        await desk.Go("/console/screens");
        await desk["screen-add"].ClickAsync();
        await Expect(desk["screen-name"]).ToBeVisibleAsync();
        found.AddRange(await Findings(desk, "add a screen"));
        await desk["screen-name"].FillAsync("大厅");
        await desk["screen-make"].ClickAsync();
        var link = await desk["screen-link"].InnerTextAsync();
        found.AddRange(await Findings(desk, "code of a screen"));
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk["screen-end"].First.ClickAsync();
        await Expect(desk["screen-end-sure"]).ToBeVisibleAsync();
        found.AddRange(await Findings(desk, "end a screen"));

        await using var wall = await Desk.Open(stand.Browser, stand.Url, null, 1920, 1080, "zh-CN");
        await UseTheme(wall, "wall", theme);
        await wall.Go("/board");
        await Expect(wall["wall-code"]).ToBeVisibleAsync();
        found.AddRange(await Findings(wall, "/board"));
        await wall.Go(link);
        await wall.Page.ReloadAsync();
        await wall.IsLive();
        found.AddRange(await Findings(wall, "wall screen"));
        await wall.Go($"/board/{Known.Grid}");
        await wall.IsLive();
        found.AddRange(await Findings(wall, "wall screen of a grid"));
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task No_board_has_a_serious_finding(string theme)
    {
        await CaseWithHistory();
        await using var wall = await stand.Open(Known.Leader, 1920, 1080);
        await UseTheme(wall, "wall", theme);
        var found = new List<string>();
        foreach (var area in new[] { Known.County, Known.Village, Known.Grid, "430281999" })
        {
            await wall.Go($"/board/{area}");
            await wall.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            found.AddRange(await Findings(wall, area));
        }
        Assert.Empty(found);
    }

    [Fact]
    public async Task No_page_of_the_phone_has_a_serious_finding()
    {
        var id = await CaseWithHistory();
        await using var phone = await stand.Open(Known.GridWorker, 390, 844);
        var found = new List<string>();
        foreach (
            var address in new[]
            {
                "/m",
                "/m/report",
                "/m/grid",
                "/m/me",
                "/m/score",
                "/m/leave",
                "/m/consultations",
                "/m/meetings",
                $"/m/cases/{id}",
            }
        )
        {
            await phone.Go(address);
            await phone.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            await Expect(phone.Page.Locator("main")).ToBeVisibleAsync();
            found.AddRange(await Findings(phone, address));
        }
        Assert.Empty(found);
    }

    /// <summary>A case whose link has no place to break, claimed so that the desk's list also has rows of colleagues.</summary>
    async Task<string> CaseWithHistory()
    {
        var worker = await stand.As(Known.GridWorker);
        var id = (await worker.Report(Known.Grid, Known.ManholeCover, Known.FreshTitle("井盖缺失"))).Id;
        var official = await stand.As(Known.OtherDesk);
        await official.Do(id, "claim");
        await official.Do(id, "progress", new { text = $"https://example.org/{new string('a', 170)}" });
        return id;
    }

    static Task UseTheme(Desk desk, string setting, string theme) =>
        desk.Page.Context.AddInitScriptAsync($"localStorage.setItem('gridactors.theme.{setting}', '{theme}')");

    internal static async Task<IEnumerable<string>> Findings(Desk desk, string page)
    {
        await desk.Page.EvaluateAsync(Axe.Value);
        var violations = await desk.Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
        );
        return from violation in violations.EnumerateArray()
            let impact = violation.GetProperty("impact").GetString()
            let rule = violation.GetProperty("id").GetString()
            where impact is "serious" or "critical" || rule is "landmark-one-main" or "page-has-heading-one"
            from node in violation.GetProperty("nodes").EnumerateArray()
            select $"{page}: {rule} ({impact}): {node.GetProperty("html").GetString()}";
    }
}
