using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class BoardTests(Stand stand)
{
    [Fact]
    public Task A_report_from_a_desk_is_on_the_county_board_and_in_the_to_dos_of_its_recipients_without_a_reload() =>
        OneDay.Run(async () =>
        {
            var title = Known.FreshTitle("人行道上井盖缺失");
            await using var wall = await stand.Open(Known.Leader, 1920, 1080);
            await using var town = await stand.Open(Known.TownTeam);
            await using var county = await stand.Open(Known.OtherDesk);
            await using var worker = await stand.Open(Known.GridWorker);
            await Task.WhenAll(wall.Go($"/board/{Known.County}"), town.Go("/console"), county.Go("/console"), worker.Go("/console/report"));
            await Task.WhenAll(wall.IsLive(), town.IsLive(), county.IsLive());
            var (unclaimed, today) = (await wall.Number("counter-unclaimed"), await wall.Number("counter-reportedToday"));

            await worker.Page.Locator($"[data-testid=category][data-category={Known.ManholeCover}]").First.ClickAsync();
            await worker["report-title"].FillAsync(title);
            await worker["photo-input"].SetInputFilesAsync(Desk.Photo);
            await Expect(worker["report"].Locator("img")).ToBeVisibleAsync();
            await worker["report-send"].ClickAsync();

            await Expect(wall["ticker-row"].First).ToContainTextAsync(title);
            await Expect(wall["ticker-row"].First).ToHaveAttributeAsync("data-step", "reported");
            await Expect(wall["counter-unclaimed"].Locator("b")).ToHaveTextAsync($"{unclaimed + 1}");
            await Expect(wall["counter-reportedToday"].Locator("b")).ToHaveTextAsync($"{today + 1}");
            foreach (var recipient in new[] { town, county })
                await Expect(recipient["group-offered"].GetByText(title)).ToBeVisibleAsync();

            await Expect(worker["case"].GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
            await Expect(worker["case"].Locator("article figure img")).ToBeVisibleAsync();
            await Expect(worker["recipients"]).ToContainTextAsync(Known.NameOf(Known.TownTeam));
        });

    [Fact]
    public Task Nothing_on_the_wall_moves_while_reports_pour_in() =>
        OneDay.Run(async () =>
        {
            // No other test looks at the lists of this town's water works.
            const string town = "430281107";
            const int reports = 200;
            var leader = await stand.As(Known.Leader);
            await using var wall = await stand.Open(Known.Leader, 1920, 1080);
            await wall.Go($"/board/{Known.County}");
            await wall.IsLive();
            await leader.ReportCase("停水", "water-outage", town);
            await Expect(wall["ticker-row"].First).ToBeVisibleAsync();
            await Expect(wall["waiting"].Locator("li").First).ToBeVisibleAsync();
            await Expect(wall["hours"].Locator("a").First).ToBeVisibleAsync();
            var before = await wall.Number("counter-reportedToday");
            await wall.Page.EvaluateAsync(
                """
                () => {
                    window.shifts = []
                    new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => ({
                        value: entry.value,
                        what: entry.sources.map(({ node }) => node?.className ?? node?.nodeName).join(', '),
                    })))).observe({ type: 'layout-shift' })
                }
                """
            );

            await Parallel.ForEachAsync(
                Enumerable.Range(0, reports),
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (n, _) => await leader.ReportCase($"停水第{n}户", "water-outage", town)
            );
            await Expect(wall["counter-reportedToday"].Locator("b")).ToHaveTextAsync($"{before + reports}");
            await Expect(wall["ticker-bundled"]).ToBeVisibleAsync();

            // 0.1 is what browsers' makers call good.
            var shifts = await wall.Page.EvaluateAsync<System.Text.Json.JsonElement>("() => window.shifts");
            var sum = shifts.EnumerateArray().Sum(s => s.GetProperty("value").GetDouble());
            Assert.True(sum < 0.01, $"The layout shifted by {sum}: {shifts}");
        });

    [Fact]
    public async Task The_map_leads_down_to_a_grid_and_back_leads_up_again()
    {
        await using var wall = await stand.Open(Known.Leader, 1920, 1080);
        await wall.Go($"/board/{Known.County}");
        string[] way = [Known.County, Known.District, Known.Town, Known.Village, Known.Grid];
        foreach (var area in way[1..])
        {
            await wall.Page.Locator($"[data-testid=map-child][data-area='{area}']").ClickAsync();
            await Shows(wall, area);
            Assert.EndsWith($"/board/{area}", wall.Page.Url, StringComparison.Ordinal);
        }
        await Expect(wall["leaf-cases"]).ToBeVisibleAsync();

        foreach (var area in way[..^1].Reverse())
        {
            await wall.Page.GoBackAsync();
            await Shows(wall, area);
        }
    }

    [Fact]
    public async Task The_ranking_leads_down_and_the_path_leads_up()
    {
        await using var wall = await stand.Open(Known.Leader, 1920, 1080);
        await wall.Go($"/board/{Known.County}");
        await RankingRow(wall, Known.District).GetByRole(AriaRole.Link).First.ClickAsync();
        await Shows(wall, Known.District);
        await RankingRow(wall, Known.Town).GetByRole(AriaRole.Link).First.ClickAsync();
        await Shows(wall, Known.Town);

        await wall["path"].GetByRole(AriaRole.Link).First.ClickAsync();
        await Shows(wall, Known.County);
    }

    [Fact]
    public Task Every_counter_leads_to_the_list_it_counts() =>
        OneDay.Run(async () =>
        {
            var worker = await stand.As(Known.GridWorker);
            var desk = await stand.As(Known.Desk);
            await worker.ReportCase("井盖一");
            await desk.Do(await worker.ReportCase("井盖二"), "claim");
            var third = await worker.ReportCase("井盖三");
            await desk.Do(third, "claim");
            await desk.Do(third, "resolve", new { text = "已更换" });
            var fourth = await worker.ReportCase("井盖四");
            await desk.Do(fourth, "claim");
            await desk.Do(fourth, "resolve", new { text = "已更换" });
            await worker.Do(fourth, "close", new { rating = 5 });

            await using var wall = await stand.Open(Known.TownLeader, 1920, 1080);
            foreach (var counter in new[] { "unclaimed", "claimed", "resolved", "reportedToday", "closedToday" })
            {
                await wall.Go($"/board/{Known.Grid}");
                await wall.IsLive();
                await Expect(wall["counter-closedToday"].Locator("b")).Not.ToHaveTextAsync("0");
                var counted = await wall.Number($"counter-{counter}");
                await wall[$"counter-{counter}"].ClickAsync();
                await Expect(wall["search-count"]).ToHaveTextAsync($"共 {counted} 件");
                await Expect(wall["search-row"]).ToHaveCountAsync(counted);
                if (counter == "closedToday")
                    await Expect(wall["search-closed-from"]).Not.ToHaveValueAsync("");
            }
        });

    [Fact]
    public async Task The_board_of_a_grid_shows_its_open_cases_as_they_change_and_its_people()
    {
        var worker = await stand.As(Known.GridWorker);
        await using var wall = await stand.Open(Known.TownLeader, 1920, 1080);
        await wall.Go($"/board/{Known.Grid}");
        await wall.IsLive();
        var title = Known.FreshTitle("井盖破损");
        var id = await worker.ReportCase(title);
        var row = wall["leaf-cases"].GetByRole(AriaRole.Link).Filter(new() { HasText = title });
        await Expect(row.GetByTestId("status")).ToHaveAttributeAsync("data-status", "offered");

        var desk = await stand.As(Known.Desk);
        await desk.Do(id, "claim");

        await Expect(row.GetByTestId("status")).ToHaveAttributeAsync("data-status", "claimed");
        await Expect(row).ToContainTextAsync(Known.NameOf(Known.Desk));
        await Expect(wall.Page.GetByText(Known.NameOf(Known.GridWorker)).First).ToBeVisibleAsync();
    }

    static ILocator RankingRow(Desk wall, string area) => wall.Page.Locator($"[data-testid=ranking-row][data-area='{area}']");

    static async Task Shows(Desk wall, string area)
    {
        await Expect(wall["board"]).ToHaveAttributeAsync("data-area", area);
        await Expect(wall["counter-unclaimed"]).ToBeVisibleAsync();
        await wall.IsLive();
    }
}
