using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>What a page of another origin can do with the session of somebody who opens it.</summary>
[Collection(Stand.Name)]
public sealed class ForeignPageTests(Stand stand)
{
    [Fact]
    public async Task A_page_of_another_origin_neither_writes_nor_opens_the_hub_with_the_cookie()
    {
        var worker = await stand.As(Known.GridWorker);
        var id = await worker.ReportCase(Known.FreshTitle("井盖缺失"));
        await using var desk = await stand.Open(Known.Desk);
        await using var foreign = await ForeignPage.Serve("<h1>elsewhere</h1>");
        var network = await desk.Page.Context.NewCDPSessionAsync(desk.Page);
        var calls = new ConcurrentDictionary<string, Call>();
        // The page may not see the answers, so they are taken from the browser itself.
        Note("Network.requestWillBeSent", (call, e) => call.What = $"{Text(e, "request", "method")} {Text(e, "request", "url")}");
        Note("Network.requestWillBeSentExtraInfo", (call, e) => call.HasCookie = SentCookies(e));
        Note("Network.responseReceivedExtraInfo", (call, e) => call.Status = e.GetProperty("statusCode").GetInt32());
        await network.SendAsync("Network.enable");
        await desk.Go(foreign.Url);

        var outcome = await desk.Page.EvaluateAsync<JsonElement>(
            """
            async ({ url, id }) => {
                const send = (path, init) =>
                    fetch(url + path, { credentials: 'include', mode: 'no-cors', ...init }).then(() => 'sent', () => 'failed')
                const socket = new Promise(resolve => {
                    const hub = new WebSocket(url.replace('http', 'ws') + '/hubs/live')
                    hub.onopen = () => resolve('opened')
                    hub.onerror = () => resolve('refused')
                })
                return {
                    claim: await send(`/api/cases/${id}/claim`, { method: 'POST' }),
                    seen: await send('/api/inbox/seen', { method: 'POST' }),
                    signOut: await send('/api/session', { method: 'DELETE', mode: 'cors' }),
                    negotiate: await send('/hubs/live/negotiate?negotiateVersion=1', { method: 'POST' }),
                    read: await fetch(url + '/api/me', { credentials: 'include' }).then(() => 'read', () => 'refused'),
                    hub: await socket,
                }
            }
            """,
            new { url = stand.Url, id }
        );

        Assert.Equal("refused", outcome.GetProperty("hub").GetString());
        Assert.Equal("refused", outcome.GetProperty("read").GetString());
        Assert.Equal("failed", outcome.GetProperty("signOut").GetString());
        // The cookie was sent, because another port is the same site: it is the service that refuses.
        var writes = await Eventually.Is(
            () => Task.FromResult(calls.Values.Where(c => c.What.StartsWith($"POST {stand.Url}", StringComparison.Ordinal)).ToList()),
            all => all.Count == 3 && all.All(c => c.Status > 0)
        );
        Assert.All(writes, c => Assert.Equal((true, 403), (c.HasCookie, c.Status)));
        Assert.Equal("offered", (await worker.Get($"/api/cases/{id}")).Expect(200).Body.GetProperty("status").GetString());
        await desk.Go("/console");
        await Expect(desk.Row(id)).ToBeVisibleAsync();

        void Note(string name, Action<Call, JsonElement> note) =>
            network.Event(name).OnEvent += (_, e) => note(calls.GetOrAdd(Text(e!.Value, "requestId"), _ => new()), e.Value);
    }

    sealed class Call
    {
        public string What { get; set; } = "";
        public bool HasCookie { get; set; }
        public int Status { get; set; }
    }

    static bool SentCookies(JsonElement request) =>
        request.GetProperty("associatedCookies").EnumerateArray().Any(c => c.GetProperty("blockedReasons").GetArrayLength() == 0);

    static string Text(JsonElement e, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            e = e.GetProperty(name);
        return e.GetString()!;
    }

    [Fact]
    public async Task A_form_of_another_origin_signs_nobody_in()
    {
        await using var desk = await Desk.Open(stand.Browser, stand.Url, null, 1440, 900, "zh-CN");
        await using var foreign = await ForeignPage.Serve(
            $"<form method=post enctype=text/plain action='{stand.Url}/api/session'>"
                + $$"""<input name='{"account":"{{Known.Desk}}","password":"{{TestService.Password}}","x":"' value='"}'>"""
                + "<button>go</button></form>"
        );
        await desk.Go(foreign.Url);

        var answer = await desk.Page.RunAndWaitForResponseAsync(
            () => desk.Page.GetByRole(AriaRole.Button).ClickAsync(),
            r => r.Url.EndsWith("/api/session", StringComparison.Ordinal)
        );

        Assert.Equal(403, answer.Status);
        Assert.Empty(await desk.Page.Context.CookiesAsync([stand.Url]));
    }
}
