using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class InboxTests(Stand stand)
{
    [Fact]
    public async Task A_new_case_waits_in_a_strip_that_leads_to_it_and_opening_it_takes_its_mark()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await desk.IsLive();
        await Expect(desk["inbox-text"]).ToBeVisibleAsync();
        var worker = await stand.As(Known.GridWorker);
        var id = await worker.ReportCase(Known.FreshTitle("井盖丢失"));

        await Expect(desk["arrivals"]).ToContainTextAsync("件新到");
        await desk["arrivals"].ClickAsync();

        await Expect(desk["arrivals"]).ToHaveCountAsync(0);
        await Expect(desk.Row(id)).ToBeInViewportAsync();
        await Expect(desk.Row(id)).ToHaveClassAsync(new Regex("unread"));
        await desk.Row(id).GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await Expect(desk.Row(id)).Not.ToHaveClassAsync(new Regex("unread"));
        await desk.Page.ReloadAsync();
        await Expect(desk.Row(id)).Not.ToHaveClassAsync(new Regex("unread"));
    }

    [Fact]
    public async Task Counts_are_the_services_and_the_longest_waiting_comes_first_whatever_is_loaded()
    {
        // No other test reports this category, so the lists of the others stay short.
        const string town = "430281105";
        var leader = await stand.As(Known.Leader);
        var ids = new List<string>();
        for (var n = 0; n < 210; n++)
            ids.Add(await leader.ReportCase($"停水第{n}户", "water-outage", town));
        var official = TestPacks.Liling.Holdings.First(h => h.Area == town && h.Post == "station-water").Person;
        await using var desk = await stand.Open(official);
        await desk.Go("/console");

        await Expect(desk["fold-offered"]).ToContainTextAsync("210");
        await Expect(desk.Page).ToHaveTitleAsync(new Regex(@"^\(210\) "));
        await Expect(desk["inbox-row"].First).ToHaveAttributeAsync("data-case", ids[0]);
        await desk["inbox-sort"].SelectOptionAsync("newest");
        await Expect(desk["inbox-row"].First).ToHaveAttributeAsync("data-case", ids[^1]);
        await desk["inbox-text"].FillAsync("第107户");
        await Expect(desk["inbox-row"]).ToHaveCountAsync(1);
        await desk["inbox-text"].FillAsync("");
        await desk["fold-offered"].ClickAsync();
        await Expect(desk["inbox-row"]).ToHaveCountAsync(0);
        await Expect(desk["fold-offered"]).ToContainTextAsync("210");
    }

    [Fact]
    public async Task Alerts_are_switched_off_one_by_one_and_stay_off()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await desk["alerts-open"].ClickAsync();
        await desk["alert-sound"].UncheckAsync();
        await desk.Page.ReloadAsync();
        await desk["alerts-open"].ClickAsync();
        await Expect(desk["alert-sound"]).Not.ToBeCheckedAsync();
        await Expect(desk["alert-notification"]).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_case_with_a_photo_shows_it_small_and_nothing_moves_when_it_arrives()
    {
        var worker = await stand.As(Known.GridWorker);
        var photo = (await worker.Upload(Desk.Photo.Buffer, "photo.png", "image/png")).Expect(201).Body.GetProperty("id").GetString();
        var id = (
            await worker.Post(
                "/api/cases",
                new
                {
                    category = Known.ManholeCover,
                    area = Known.Grid,
                    title = Known.FreshTitle("井盖破裂"),
                    photos = new[] { photo },
                },
                Client.NewKey()
            )
        ).Expect(201).Body.GetProperty("id").GetString()!;
        await using var desk = await stand.Open(Known.Desk);
        var released = new TaskCompletionSource();
        await desk.Page.RouteAsync(
            "**/photos/*",
            async route =>
            {
                await released.Task;
                await route.ContinueAsync();
            }
        );
        await desk.Go("/console");
        var row = desk.Row(id);
        await row.ScrollIntoViewIfNeededAsync();
        var before = (await row.BoundingBoxAsync())!.Height;

        released.SetResult();

        await Expect(row.GetByTestId("thumb").Locator("img")).ToBeVisibleAsync();
        Assert.Equal(before, (await row.BoundingBoxAsync())!.Height);
    }
}
