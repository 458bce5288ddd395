using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>Half a day in the mountains, and the poor line at its end.</summary>
[Collection(Stand.Name)]
public sealed class OfflineDayTests(Stand stand, ITestOutputHelper output)
{
    const int Reports = 3;

    /// <summary>What a slow 3G line carries: 400 kbit/s, and 400 ms until an answer begins.</summary>
    static readonly Dictionary<string, object> SlowLine = new()
    {
        ["offline"] = false,
        ["latency"] = 400,
        ["downloadThroughput"] = 50_000,
        ["uploadThroughput"] = 50_000,
    };

    [Fact]
    public async Task What_was_done_without_a_signal_is_there_once_and_in_order_after_a_killed_browser_and_a_line_that_drops()
    {
        var profile = Directory.CreateTempSubdirectory("gridactors-phone-").FullName;
        using var playwright = await Playwright.CreateAsync();
        var titles = Enumerable.Range(1, Reports).Select(n => Known.FreshTitle($"第{n}处塌方")).ToList();
        var worker = await stand.As(Known.GridWorker);
        var wanted = await worker.ReportCase(Known.FreshTitle("井盖翻起"));

        // In the morning there is a signal.
        var context = await Chromium.OpenPhone(playwright, stand.Url, profile);
        var session = await new Client(new(stand.Url), null).SignIn(Known.TownTeam, TestService.Password);
        var cookie = new Cookie
        {
            Name = "gridactors",
            Value = session.Token!,
            Url = stand.Url,
            Expires = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds(),
        };
        await context.AddCookiesAsync([cookie]);
        var page = context.Pages[0];
        await page.GotoAsync("/m/report");
        await Expect(page.GetByTestId("category").First).ToBeVisibleAsync();
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.GotoAsync("/m");
        await page.GetByTestId("todo-offered").TapAsync();
        var card = page.Locator($"[data-testid=todo][data-case='{wanted}']");
        await Expect(card).ToBeVisibleAsync();

        // Then there isn't.
        await context.SetOfflineAsync(true);
        await card.GetByTestId("claim").TapAsync();
        await Expect(card.GetByTestId("todo-note")).ToContainTextAsync("已替您记下");
        foreach (var (title, n) in titles.Select((title, n) => (title, n)))
        {
            await page.GetByTestId("tab-report").TapAsync();
            await page.GetByTestId("photo-album").SetInputFilesAsync(Picture(n));
            await Expect(page.GetByTestId("photos")).ToHaveAttributeAsync("data-count", "1");
            await page.GetByTestId("category").First.TapAsync();
            await page.GetByTestId("report-text").FillAsync(title);
            await page.GetByTestId("report-send").TapAsync();
            await Expect(page.GetByTestId("sent")).ToHaveAttributeAsync("data-kind", "saved");
        }
        // Somebody at a desk is faster, and the phone's browser dies.
        await (await stand.As(Known.Desk)).Do(wanted, "claim");
        Kill(profile);

        context = await Chromium.OpenPhone(playwright, stand.Url, profile);
        // Chromium writes cookies to disk half a minute late; a worker's is from the morning.
        await context.AddCookiesAsync([cookie]);
        await context.SetOfflineAsync(true);
        page = context.Pages[0];
        var watch = Stopwatch.StartNew();
        await page.GotoAsync("/m/me");
        await page.GetByTestId("me").WaitForAsync();
        output.WriteLine($"without a signal usable in {watch.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        await Expect(page.GetByTestId("pending-item")).ToHaveCountAsync(Reports + 1);

        // The line comes back and loses three answers: the service has done what the phone doesn't hear of.
        var lost = 0;
        await context.RouteAsync(
            "**/api/{cases,photos}/**",
            async route =>
            {
                if (route.Request.Method == "GET" || lost >= 3)
                {
                    await route.ContinueAsync();
                    return;
                }
                lost++;
                await route.FetchAsync();
                await route.AbortAsync("connectionreset");
            }
        );
        await context.SetOfflineAsync(false);
        await page.ReloadAsync();
        await Expect(page.GetByTestId("pending-item")).ToHaveCountAsync(1, new() { Timeout = 120_000 });
        await Expect(page.GetByTestId("pending-photos")).ToHaveCountAsync(0, new() { Timeout = 120_000 });
        Assert.Equal(3, lost);

        // The lost claim says who was faster.
        var refused = page.GetByTestId("pending-item");
        await Expect(refused).ToHaveAttributeAsync("data-refused", "true");
        await Expect(refused).ToContainTextAsync(Known.NameOf(Known.Desk));
        await Expect(page.GetByTestId("sent-item")).ToHaveCountAsync(Reports);

        // Everything is there once, in its order, with its photos.
        var numbers = new List<string>();
        foreach (var title in titles)
        {
            var one = Assert.Single(await ReportedAs(title));
            numbers.Add(one.GetProperty("number").GetString()!);
            var id = one.GetProperty("id").GetString();
            var leader = await stand.As(Known.TownLeader);
            var view = (await leader.Get($"/api/cases/{id}")).Expect(200).Body;
            var photo = Assert.Single(view.GetProperty("photos").EnumerateArray());
            (await leader.Get($"/api/cases/{id}/photos/{photo.GetProperty("id").GetString()}")).Expect(200);
        }
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        await context.DisposeAsync();
        Directory.Delete(profile, recursive: true);
    }

    [Fact]
    public async Task The_first_page_over_a_slow_line_is_usable_in_twelve_seconds()
    {
        await using var phone = await Desk.Open(stand.Browser, stand.Url, Known.GridWorker, 390, 844, "zh-CN");
        var line = await phone.Page.Context.NewCDPSessionAsync(phone.Page);
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.emulateNetworkConditions", SlowLine);

        var watch = Stopwatch.StartNew();
        await phone.Page.GotoAsync("/m", new() { WaitUntil = WaitUntilState.Commit });
        await phone["tabbar"].WaitForAsync();
        await phone["todo-offered"].WaitForAsync();

        output.WriteLine($"first load over slow 3G usable in {watch.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 12);
    }

    /// <summary>Ends the browser of a profile as a phone does that needs its memory.</summary>
    static void Kill(string profile)
    {
        foreach (var process in Process.GetProcessesByName("chromium"))
            using (process)
                if (File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(profile, StringComparison.Ordinal))
                    process.Kill(entireProcessTree: true);
    }

    /// <summary>A picture of noise, so that none is like another.</summary>
    static FilePayload Picture(int seed) =>
        new()
        {
            Name = $"{seed}.png",
            MimeType = "image/png",
            Buffer = Pictures.Encode(SKEncodedImageFormat.Png, seed, 320, 240),
        };

    async Task<IReadOnlyList<JsonElement>> ReportedAs(string title)
    {
        var anybody = await stand.As(Known.TownLeader);
        var found = (await anybody.Get($"/api/cases?text={Uri.EscapeDataString(title)}")).Expect(200).Body;
        return [.. found.GetProperty("items").EnumerateArray()];
    }
}
