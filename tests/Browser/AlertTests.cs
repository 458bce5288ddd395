using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>New work is heard and seen by somebody who looks elsewhere, unless they don't want to.</summary>
[Collection(Stand.Name)]
public sealed class AlertTests(Stand stand)
{
    /// <summary>Notes what the page plays, shows and puts on its icon.</summary>
    const string Spy = """
        window.seen = { tones: 0, notifications: [], badge: null }
        const start = AudioScheduledSourceNode.prototype.start
        AudioScheduledSourceNode.prototype.start = function (...when) { seen.tones++; return start.apply(this, when) }
        window.Notification = class {
            static permission = 'granted'
            constructor(title, options) { seen.notifications.push({ title, body: options.body, shown: this }) }
            close() {}
        }
        navigator.setAppBadge = count => { seen.badge = count; return Promise.resolve() }
        navigator.clearAppBadge = () => { seen.badge = 0; return Promise.resolve() }
        Object.defineProperty(document, 'hidden', { get: () => window.isAway === true })
        """;

    [Fact]
    public async Task A_new_case_is_heard_notified_and_counted_on_the_icon_and_the_notification_opens_it()
    {
        await using var desk = await Open();
        await desk.Page.EvaluateAsync("() => { window.isAway = true }");
        var worker = await stand.As(Known.GridWorker);
        var title = Known.FreshTitle("井盖丢失");
        var id = await worker.ReportCase(title);

        await Expect(desk["arrivals"]).ToBeVisibleAsync();
        await Seen(desk, "seen.tones === 2");
        await Seen(desk, "seen.notifications.length === 1");
        await Seen(desk, $"seen.badge === {await desk.Page.EvaluateAsync<int>("() => Number(/\\d+/.exec(document.title)[0])")}");
        var body = await desk.Page.EvaluateAsync<string>("() => seen.notifications[0].body");
        Assert.Contains("井盖缺失破损", body, StringComparison.Ordinal);
        // A locked screen shows it to everybody, so it doesn't say what was written.
        Assert.DoesNotContain(title, body, StringComparison.Ordinal);
        await desk.Page.EvaluateAsync("() => seen.notifications[0].shown.onclick()");
        await Expect(desk.Page).ToHaveURLAsync(new Regex($"/console/cases/{id}$"));
    }

    [Fact]
    public async Task What_is_switched_off_stays_silent_and_the_strip_still_shows_the_new_case()
    {
        await using var desk = await Open();
        await desk["alerts-open"].ClickAsync();
        foreach (var alert in new[] { "alert-sound", "alert-notification", "alert-badge" })
            await desk[alert].UncheckAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.EvaluateAsync("() => { window.isAway = true }");
        var worker = await stand.As(Known.GridWorker);
        await worker.ReportCase(Known.FreshTitle("井盖丢失"));

        await Expect(desk["arrivals"]).ToBeVisibleAsync();

        Assert.Equal("0 0 0", await desk.Page.EvaluateAsync<string>("() => `${seen.tones} ${seen.notifications.length} ${seen.badge}`"));
    }

    [Fact]
    public async Task Whoever_looks_at_the_page_hears_a_new_case_and_gets_no_notification()
    {
        await using var desk = await Open();
        var worker = await stand.As(Known.GridWorker);
        await worker.ReportCase(Known.FreshTitle("井盖丢失"));

        await Seen(desk, "seen.tones === 2");

        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("() => seen.notifications.length"));
    }

    async Task<Desk> Open()
    {
        var desk = await stand.Open(Known.Desk);
        await desk.Page.AddInitScriptAsync(Spy);
        await desk.Go("/console");
        await desk.IsLive();
        await Expect(desk["inbox-text"]).ToBeVisibleAsync();
        // Browsers play nothing before somebody has touched the page.
        await desk["inbox-text"].ClickAsync();
        return desk;
    }

    static Task Seen(Desk desk, string fact) => desk.Page.WaitForFunctionAsync($"() => {fact}");
}
