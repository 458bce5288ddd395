using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class PhoneTests(Stand stand)
{
    [Fact]
    public async Task A_grid_worker_reports_with_photo_and_position_in_three_taps_and_a_sentence()
    {
        var title = Known.FreshTitle("巷口垃圾堆到路面");
        await using var phone = await Open(Known.GridWorker, await InTheGrid());
        await phone.Go("/m/report");
        await Expect(phone["place"]).ToHaveAttributeAsync("data-kind", "position");
        await Expect(phone["place"]).ToHaveAttributeAsync("data-area", Known.Grid);

        await phone["photo-album"].SetInputFilesAsync(Desk.Photo);
        await phone["category"].First.TapAsync();
        await phone["report-text"].FillAsync(title);
        await phone["report-send"].TapAsync();

        await Expect(phone["sent"]).ToHaveAttributeAsync("data-kind", "delivered");
        await Expect(phone["sent-number"]).ToContainTextAsync("LL");
        var reported = Assert.Single(await ReportedAs(title));
        Assert.Equal(Known.Grid, reported.GetProperty("area").GetString());
        var anybody = await stand.As(Known.TownLeader);
        var view = (await anybody.Get($"/api/cases/{reported.GetProperty("id").GetString()}")).Expect(200).Body;
        Assert.Equal(1, view.GetProperty("photos").GetArrayLength());
        Assert.Equal(JsonValueKind.Object, view.GetProperty("position").ValueKind);
    }

    [Fact]
    public async Task A_claim_lost_on_the_phone_shows_who_won_and_when()
    {
        await using var phone = await Open(Known.TownTeam);
        await phone.Go("/m");
        await Expect(phone["tabbar"]).ToBeVisibleAsync();
        var worker = await stand.As(Known.GridWorker);
        var id = await worker.ReportCase(Known.FreshTitle("井盖翻起"));
        var card = phone.Page.Locator($"[data-testid=todo][data-case='{id}']");
        await phone["todo-offered"].TapAsync();
        await Expect(card.GetByTestId("claim")).ToBeVisibleAsync();

        var desk = await stand.As(Known.Desk);
        await Task.WhenAll(desk.Do(id, "claim"), card.GetByTestId("todo-note").WaitForAsync());

        await Expect(card.GetByTestId("todo-note")).ToContainTextAsync(Known.NameOf(Known.Desk));
        await Expect(card.GetByTestId("claim")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task To_dos_on_the_phone_are_found_by_what_is_typed()
    {
        var worker = await stand.As(Known.GridWorker);
        var (one, other) = (Known.FreshTitle("井盖翻起"), Known.FreshTitle("井盖下沉"));
        var id = await worker.ReportCase(one);
        await worker.ReportCase(other);
        await using var phone = await Open(Known.TownTeam);
        await phone.Go("/m");
        await phone["todo-offered"].TapAsync();
        await Expect(phone["todo"].Filter(new() { HasText = other })).ToBeVisibleAsync();

        await phone["todo-text"].FillAsync(one);
        await Expect(phone["todo"]).ToHaveCountAsync(1);
        await Expect(phone["todo"]).ToHaveAttributeAsync("data-case", id);
        await phone["todo-text"].FillAsync("没有这样的事");
        await Expect(phone["empty"]).ToContainTextAsync("没有符合的事项");
    }

    [Fact]
    public async Task A_case_shows_small_photos_and_the_whole_one_only_when_it_is_opened()
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
                    title = Known.FreshTitle("井盖碎裂"),
                    photos = new[] { photo },
                },
                Client.NewKey()
            )
        ).Expect(201).Body.GetProperty("id").GetString();
        await using var phone = await Open(Known.TownTeam);
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        phone.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/photos/", StringComparison.Ordinal))
                asked.Add(new Uri(request.Url).Query);
        };
        await phone.Go($"/m/cases/{id}");
        var small = phone["case-photos"].First.Locator("img");
        await Expect(small).ToBeVisibleAsync();
        Assert.All(asked, query => Assert.Equal("?size=thumb", query));

        await small.TapAsync();

        await Eventually.Is(() => Task.FromResult(asked.Contains("")));
    }

    [Fact]
    public async Task A_report_made_without_a_signal_survives_a_reload_and_is_sent_exactly_once()
    {
        var title = Known.FreshTitle("山路塌方半幅路面");
        await using var phone = await Open(Known.GridWorker, await InTheGrid());
        await phone.Go("/m/report");
        await Expect(phone["category"].First).ToBeVisibleAsync();
        // The page is cached now, so it opens without a network.
        await phone.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await phone.Page.Context.SetOfflineAsync(true);

        await phone["photo-album"].SetInputFilesAsync(Desk.Photo);
        await phone["category"].First.TapAsync();
        await phone["report-text"].FillAsync(title);
        await phone["report-send"].TapAsync();
        await Expect(phone["sent"]).ToHaveAttributeAsync("data-kind", "saved");
        await Expect(phone["sent"]).ToContainTextAsync("已保存，联网后自动发送");

        await phone.Go("/m/me");
        await Expect(phone["pending-item"]).ToHaveCountAsync(1);
        await Expect(phone["pending-item"]).ToContainTextAsync(title);
        Assert.Empty(await ReportedAs(title));

        await phone.Page.Context.SetOfflineAsync(false);
        await Expect(phone["pending-item"]).ToHaveCountAsync(0);
        await phone.Page.ReloadAsync();
        await Expect(phone["me"]).ToBeVisibleAsync();
        Assert.Single(await ReportedAs(title));
    }

    [Fact]
    public async Task To_dos_and_a_case_are_read_again_without_a_signal_and_a_claim_is_made_once_there_is_one()
    {
        var worker = await stand.As(Known.GridWorker);
        var title = Known.FreshTitle("井盖碎裂");
        var id = await worker.ReportCase(title);
        await using var phone = await Open(Known.TownTeam);
        await phone.Go($"/m/cases/{id}");
        await Expect(phone["case"]).ToContainTextAsync(title);
        await Expect(phone["history-step"]).ToHaveCountAsync(1);
        // Opening an address ends the page, and with it what it hasn't stored yet.
        await Stored(phone, $"history/{id}", $"case/{id}");
        await phone.Go("/m");
        await phone["todo-offered"].TapAsync();
        var card = phone.Page.Locator($"[data-testid=todo][data-case='{id}']");
        await Expect(card).ToBeVisibleAsync();
        await phone.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await Stored(phone, "inbox");
        await phone.Page.Context.SetOfflineAsync(true);
        await phone.Page.ReloadAsync();

        await Expect(phone["seen-note"]).ToBeVisibleAsync();
        await phone["todo-offered"].TapAsync();
        await card.GetByTestId("claim").TapAsync();
        await Expect(card.GetByTestId("todo-note")).ToContainTextAsync("还没有认领到");
        await Expect(card.GetByTestId("claim")).ToBeVisibleAsync();
        await phone.Go($"/m/cases/{id}");
        await Expect(phone["case"]).ToContainTextAsync(title);
        await Expect(phone["history-step"]).ToHaveCountAsync(1);
        await Expect(phone["seen-note"]).ToBeVisibleAsync();

        await phone.Page.Context.SetOfflineAsync(false);
        await Expect(phone["seen-note"]).ToHaveCountAsync(0);
        await Eventually.Is(async () =>
            (await worker.Get($"/api/cases/{id}")).Expect(200).Body.GetProperty("status").GetString() == "claimed"
        );
    }

    /// <summary>Waits until the phone has stored these things.</summary>
    static Task Stored(Desk phone, params string[] names) => Eventually.Is(() => HasStored(phone, names));

    static Task<bool> HasStored(Desk phone, string[] names) =>
        phone.Page.EvaluateAsync<bool>(
            """
            names => new Promise(resolve => {
                const opening = indexedDB.open('gridactors.field')
                // The page makes it, not the test.
                opening.onupgradeneeded = () => opening.transaction.abort()
                opening.onerror = () => resolve(false)
                opening.onsuccess = () => {
                    const keys = opening.result.transaction('seen').objectStore('seen').getAllKeys()
                    keys.onsuccess = () => {
                        opening.result.close()
                        resolve(names.every(name => keys.result.some(key => key.endsWith(`/${name}`))))
                    }
                }
            })
            """,
            names
        );

    Task<Desk> Open(string account, Geolocation? at = null) => Desk.Open(stand.Browser, stand.Url, account, 390, 844, "zh-CN", at);

    async Task<IReadOnlyList<JsonElement>> ReportedAs(string title)
    {
        var anybody = await stand.As(Known.TownLeader);
        var found = (await anybody.Get($"/api/cases?text={Uri.EscapeDataString(title)}")).Expect(200).Body;
        return [.. found.GetProperty("items").EnumerateArray()];
    }

    /// <summary>The middle of the grid worker's grid.</summary>
    async Task<Geolocation> InTheGrid()
    {
        var anybody = await stand.As(Known.TownLeader);
        var map = (await anybody.Get($"/api/areas/{Known.Village}/map")).Expect(200).Body;
        var grid = map.GetProperty("features")
            .EnumerateArray()
            .First(f => f.GetProperty("properties").GetProperty("code").GetString() == Known.Grid);
        var shape = grid.GetProperty("geometry").GetProperty("coordinates")[0];
        if (shape[0][0].ValueKind == JsonValueKind.Array)
            shape = shape[0];
        var corners = shape.EnumerateArray().Skip(1).ToList();
        return new()
        {
            Longitude = (float)corners.Average(c => c[0].GetDouble()),
            Latitude = (float)corners.Average(c => c[1].GetDouble()),
            Accuracy = 8,
        };
    }
}
