using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>Half a day in the mountains, and the poor line at its end.</summary>
[Collection(Stand.Name)]
public sealed class OfflineDayTests(Stand stand, ITestOutputHelper output)
{
    const int CheckIns = 20;
    const int Visits = 10;
    const int Reports = 3;

    /// <summary>What a slow 3G line carries: 400 kbit/s, and 400 ms until an answer begins.</summary>
    static readonly Dictionary<string, object> SlowLine = new()
    {
        ["offline"] = false,
        ["latency"] = 400,
        ["downloadThroughput"] = 50_000,
        ["uploadThroughput"] = 50_000,
    };

    readonly string _pack = "o" + Guid.NewGuid().ToString("N")[..12];

    [Fact]
    public async Task Half_a_day_without_a_signal_is_there_once_and_in_order_after_a_killed_browser_and_a_line_that_drops()
    {
        await stand.Load(TestPacks.FromFiles(_pack, (_, text) => text));
        var (worker, dispatcher) = (await stand.As("worker-1", _pack), await stand.As("dispatcher-1", _pack));
        var wanted = (await dispatcher.Report("C-A1-1", title: "井盖翻起")).Id;
        var task = await Sent(dispatcher);
        var households = new List<string>();
        for (var n = 1; n <= Visits; n++)
            households.Add(await worker.RegisterHousehold($"{n}号户"));
        var profile = Directory.CreateTempSubdirectory("gridactors-phone-").FullName;
        using var playwright = await Playwright.CreateAsync();

        // In the morning there is a signal.
        var context = await Phone.Open(playwright, stand.Url, profile);
        var session = await new Client(new(stand.Url), null).SignIn($"{_pack}/worker-1", TestService.Password);
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
        await page.GetByTestId("duty-sign-in").TapAsync();
        await Expect(page.GetByTestId("duty")).ToHaveAttributeAsync("data-state", "on-duty");
        await Eventually.Is(async () => (await Records(worker)).Count == 1);
        await Expect(page.GetByTestId("today-tasks")).ToBeVisibleAsync();
        await page.GetByTestId("todo-offered").TapAsync();
        var card = page.Locator($"[data-testid=todo][data-case='{wanted}']");
        await Expect(card).ToBeVisibleAsync();

        // Then there isn't.
        await context.SetOfflineAsync(true);
        await card.GetByTestId("claim").TapAsync();
        await Expect(card.GetByTestId("todo-note")).ToContainTextAsync("已替您记下");
        for (var n = 1; n <= CheckIns; n++)
        {
            await page.GetByTestId("duty-check-in").TapAsync();
            await Expect(page.GetByTestId("duty-waiting")).ToContainTextAsync(n.ToString(CultureInfo.InvariantCulture));
        }
        foreach (var (household, n) in households.Select((household, n) => (household, n)))
            await Visit(page, household, n);
        for (var n = 0; n < Reports; n++)
            await Report(page, n);
        await page.GetByTestId("tab-today").TapAsync();
        await page.GetByTestId("today-tasks").TapAsync();
        await page.Locator($"[data-testid=my-task][data-task='{task}']").TapAsync();
        await page.GetByTestId("task-done").TapAsync();
        await Expect(page.GetByTestId("my-tasks")).ToBeVisibleAsync();
        // Somebody at a desk is faster, the task is recalled, and the phone's browser dies.
        await (await stand.As("worker-2", _pack)).Do(wanted, "claim");
        (await dispatcher.Post($"/api/tasks/{task}/recall", new { reason = "改日再办" }, Client.NewKey())).Expect(200);
        Kill(profile);

        context = await Phone.Open(playwright, stand.Url, profile);
        // Chromium writes cookies to disk half a minute late; a worker's is from the morning.
        await context.AddCookiesAsync([cookie]);
        await context.SetOfflineAsync(true);
        page = context.Pages[0];
        await TimeBound.Holds(
            output.WriteLine,
            async () =>
            {
                var watch = Stopwatch.StartNew();
                await page.GotoAsync("/m/me");
                await page.GetByTestId("me").WaitForAsync();
                output.WriteLine($"without a signal usable in {watch.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s");
                TimeBound.Within(TimeSpan.FromSeconds(2), watch.Elapsed, "Opening the page without a signal");
            }
        );
        await Expect(page.GetByTestId("pending-item")).ToHaveCountAsync(CheckIns + Visits + Reports + 2);

        // The line comes back and loses three answers: the service has done what the phone doesn't hear of.
        var lost = 0;
        await context.RouteAsync(
            new Regex("/api/(cases|photos|check-ins|visits|tasks)"),
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
        await Expect(refused).ToContainTextAsync("秦二");
        await context.DisposeAsync();
        Directory.Delete(profile, recursive: true);

        // Everything is there once and in its order, with its photos.
        var records = await Records(worker);
        Assert.Equal(
            [.. Enumerable.Repeat("check-in", CheckIns).Prepend("sign-in"), .. Enumerable.Repeat("visit", Visits)],
            records.Select(r => r.GetProperty("kind").GetString())
        );
        var visits = records.Where(r => r.GetProperty("kind").GetString() == "visit").ToList();
        Assert.Equal(
            households,
            visits.Select(v =>
                v.GetProperty("visit")
                    .GetProperty("households")[0]
                    .GetProperty("id")
                    .GetString()!
                    .Replace("-", "", StringComparison.Ordinal)
            )
        );
        foreach (var photo in visits.Select(v => v.GetProperty("photos").EnumerateArray().Single().GetString()))
            (await worker.Get($"/api/photos/{photo}")).Expect(200);
        var reported = (await worker.Get("/api/cases?reporter=me&order=oldest")).Expect(200).Body.GetProperty("items");
        Assert.Equal(
            Enumerable.Range(0, Reports).Select(TitleOf),
            reported.EnumerateArray().Select(c => c.GetProperty("title").GetString())
        );
        foreach (var one in reported.EnumerateArray())
        {
            var view = (await worker.Get($"/api/cases/{one.GetProperty("id").GetString()}")).Expect(200).Body;
            Assert.Single(view.GetProperty("photos").EnumerateArray());
        }
        // What the worker did stands beside the recall.
        var target = (await dispatcher.Get($"/api/tasks/{task}/targets?area=C-A1-1")).Expect(200).Body.GetProperty("items")[0];
        Assert.Equal(("recalled", "worker-1"), (target.GetProperty("state").GetString(), target.GetProperty("by").GetString()));
    }

    static async Task Visit(IPage page, string household, int n)
    {
        await page.GetByTestId("duty-visit").TapAsync();
        await page.Locator($"[data-testid=pick][data-household='{household}']").TapAsync();
        await page.GetByTestId("pick-done").TapAsync();
        await page.GetByTestId("photo-album").SetInputFilesAsync(Picture(n));
        await Expect(page.GetByTestId("photos")).ToHaveAttributeAsync("data-count", "1");
        await page.GetByTestId("visit-send").TapAsync();
        await Expect(page.GetByTestId("duty")).ToBeVisibleAsync();
    }

    static async Task Report(IPage page, int n)
    {
        await page.GetByTestId("tab-report").TapAsync();
        await page.GetByTestId("photo-album").SetInputFilesAsync(Picture(100 + n));
        await Expect(page.GetByTestId("photos")).ToHaveAttributeAsync("data-count", "1");
        await page.GetByTestId("category").First.TapAsync();
        await page.GetByTestId("report-text").FillAsync(TitleOf(n));
        await page.GetByTestId("report-send").TapAsync();
        await Expect(page.GetByTestId("sent")).ToHaveAttributeAsync("data-kind", "saved");
    }

    static string TitleOf(int n) => $"第{n + 1}处塌方";

    static async Task<string> Sent(Client dispatcher)
    {
        var body = new
        {
            area = "C-A1-1",
            title = "传达通知",
            text = "请入户传达",
            kind = "notice",
            audience = new { levels = new[] { "grid" } },
        };
        return (await dispatcher.Post("/api/tasks", body, Client.NewKey())).Expect(201).Body.GetProperty("id").GetString()!;
    }

    static async Task<IReadOnlyList<JsonElement>> Records(Client worker) =>
        [.. (await worker.Get("/api/worker-days/me")).Expect(200).Body.GetProperty("records").EnumerateArray()];

    [Fact]
    [Trait("Category", "Timed")]
    public Task The_first_page_over_a_slow_line_is_usable_in_twelve_seconds() => TimeBound.Holds(output.WriteLine, OpenOverSlowLine);

    async Task OpenOverSlowLine()
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
        TimeBound.Within(TimeSpan.FromSeconds(12), watch.Elapsed, "The first page");
    }

    /// <summary>Ends the browser of a profile as a phone does that needs its memory.</summary>
    static void Kill(string profile)
    {
        foreach (var process in Process.GetProcesses())
            using (process)
                if (
                    process.ProcessName.StartsWith("chrom", StringComparison.Ordinal)
                    && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(profile, StringComparison.Ordinal)
                )
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
}
