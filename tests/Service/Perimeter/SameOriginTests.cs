using Microsoft.AspNetCore.Http.Connections;

namespace GridActors.Service.Tests.Perimeter;

/// <summary>Another site can make a browser send requests with the cookie, but must have no effect by it.</summary>
public sealed class SameOriginTests : SharedServiceTest
{
    string Own => Service.Url.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData(null, null)]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")] // Another port of this host is the same site for the cookie, but not the same origin.
    [InlineData("Origin", "null")]
    [InlineData("Origin", "")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task A_write_with_the_cookie_from_elsewhere_is_refused(string? header, string? value)
    {
        var (cookie, id) = (await Cookie(), (await (await As("worker-1")).Report("C-A1-1")).Id);
        (string, string)[] headers = header is null ? [cookie] : [cookie, (header, value!)];

        (await Service.Anybody().Post($"/api/cases/{id}/claim", null, null, headers)).Expect(403, "foreign-origin");
        (await Service.Anybody().Post("/api/inbox/seen", null, null, headers)).Expect(403, "foreign-origin");
        (await Service.Anybody().Delete("/api/session", headers)).Expect(403, "foreign-origin");
        (await Service.Anybody().Post("/hubs/live/negotiate?negotiateVersion=1", null, null, headers)).Expect(403, "foreign-origin");
        (await Service.Anybody().Get("/hubs/live", headers)).Expect(403, "foreign-origin");

        Assert.Equal("offered", (await (await As("worker-1")).Case(id)).Status);
        (await Service.Anybody().Get("/api/me", cookie)).Expect(200);
    }

    [Fact]
    public async Task A_write_with_the_cookie_from_the_own_pages_is_carried_out()
    {
        var cookie = await Cookie();

        (await Service.Anybody().Post("/api/inbox/seen", null, null, cookie, ("Origin", Own))).Expect(204);
        (await Service.Anybody().Post("/api/inbox/seen", null, null, cookie, ("Sec-Fetch-Site", "same-origin"))).Expect(204);
        // A proxy that ends TLS: the page's scheme isn't the one that the service is called by.
        var behindProxy = Own.Replace("http://", "https://", StringComparison.Ordinal);
        (await Service.Anybody().Post("/api/inbox/seen", null, null, cookie, ("Origin", behindProxy))).Expect(204);
        (await Service.Anybody().Post("/hubs/live/negotiate?negotiateVersion=1", null, null, cookie, ("Origin", Own))).Expect(200);
    }

    [Fact]
    public async Task A_call_with_a_token_may_come_from_anywhere()
    {
        var worker = await As("worker-1");

        (await worker.Post("/api/inbox/seen", null, null, ("Origin", "http://elsewhere.example"))).Expect(204);
        await using var hub = await HubClient.Connect(Service.Url, worker.Token, HttpTransportType.LongPolling);
    }

    [Fact]
    public async Task Another_site_cannot_sign_somebody_in() =>
        (
            await Service
                .Anybody()
                .Post(
                    "/api/session",
                    new { account = "qinghe/worker-1", password = TestService.Password },
                    null,
                    ("Origin", "http://evil.example")
                )
        ).Expect(403, "foreign-origin");

    async Task<(string, string)> Cookie()
    {
        var person = await Service.Anybody().SignIn("qinghe/worker-1", TestService.Password);
        return ("Cookie", $"gridactors={person.Token}");
    }
}
