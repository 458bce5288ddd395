using System.Reflection;
using System.Text.RegularExpressions;
using GridActors.Web.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Sessions;

/// <summary>A wall screen watches the boards of its area until somebody ends it, and can do nothing else.</summary>
public sealed partial class KioskTests : SharedServiceTest
{
    const string Area = "C-A1";
    static readonly string[] Allowed =
    [
        "GET /api/me",
        "GET /api/areas/{code}",
        "GET /api/areas/{code}/map",
        "GET /api/areas/{code}/board",
        "GET /api/areas/{code}/statistics",
        "GET /api/areas/{code}/time",
    ];

    /// <summary>Calls that need no session. A new one is added here by somebody who has thought of wall screens.</summary>
    static readonly string[] Open =
    [
        "POST /api/session",
        "GET /api/demo",
        "GET /api/openid",
        "POST /api/kiosk",
        // A resident has no account.
        "POST /api/public/registrations",
        "POST /api/public/registrations/form",
        "POST /api/public/registrations/phone",
        "POST /api/public/registrations/state",
        "POST /api/public/grid-cards",
        "POST /api/public/surveys/form",
        "POST /api/public/surveys/answers",
        // Another system's message is signed.
        "POST /api/webhooks/{pack}/{system}",
    ];

    [Fact]
    public async Task Every_endpoint_but_those_of_a_board_refuses_a_kiosk()
    {
        var kiosk = await Kiosk();
        var calls = Endpoints().Where(e => e.Pattern.StartsWith("/api/", StringComparison.Ordinal) && e.IsClosed).ToList();
        Assert.True(calls.Count > 30, "The endpoints weren't found.");

        foreach (var (method, pattern, _) in calls)
        {
            var answer = await Call(kiosk, method, pattern);
            if (Allowed.Contains($"{method.Replace("HEAD", "GET", StringComparison.Ordinal)} {pattern}"))
                Assert.True(answer.Status == 200, answer.ToString());
            else if (method != "HEAD")
                Assert.True(answer.Outcome == "403 kiosk-session", answer.ToString());
            else
                Assert.Equal(403, answer.Status);
        }
    }

    [Fact]
    public void Only_known_endpoints_need_no_session() =>
        Assert.Equal(
            Open.Order(),
            Endpoints()
                .Where(e => e.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !e.IsClosed && e.Method != "HEAD")
                .Select(e => $"{e.Method} {e.Pattern}")
                .Where(call => !call.StartsWith("GET /api/reference", StringComparison.Ordinal))
                .Order()
        );

    [Fact]
    public async Task Every_method_of_the_hub_but_those_of_a_board_refuses_a_kiosk()
    {
        var worker = await As("worker-1");
        var reported = await worker.Report("C-A1-1");
        await using var screen = await HubClient.Connect(Service.Url, (await Kiosk()).Token);

        Assert.Equal(Area, (await screen.WatchArea(Area)).Area.Code);
        Assert.Equal("C-A1-1", (await screen.WatchArea("C-A1-1")).Area.Code);
        Assert.Contains("not-your-area", (await Assert.ThrowsAsync<HubException>(() => screen.WatchArea("C-B"))).Message);
        await screen.Invoke("UnwatchArea", "C-A1-1");
        var others = typeof(LiveHub)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetBaseDefinition().DeclaringType == typeof(LiveHub) && m.Name is not ("WatchArea" or "UnwatchArea"))
            .ToList();
        Assert.NotEmpty(others);
        foreach (var method in others)
        {
            object[] arguments = [.. method.GetParameters().Select(p => p.ParameterType == typeof(string) ? reported.Id : new object())];
            var refusal = await Assert.ThrowsAsync<HubException>(() => screen.Invoke(method.Name, arguments));
            Assert.Contains("kiosk-session", refusal.Message);
        }
    }

    [Theory]
    [InlineData("C-A", "C-A1", "C-B")]
    [InlineData("C-A1", "C-A1-1", "C-A2")]
    public async Task A_kiosk_watches_its_area_and_those_below_alone(string area, string below, string beside)
    {
        var kiosk = await Kiosk(area);

        (await kiosk.Get($"/api/areas/{below}/board")).Expect(200);
        foreach (var call in new[] { "", "/map", "/board", "/statistics" })
            (await kiosk.Get($"/api/areas/{beside}{call}")).Expect(403, "kiosk-session");
        (await kiosk.Get("/api/areas/nowhere/board")).Expect(404, "not-found");
    }

    [Fact]
    public async Task A_kiosk_shows_of_a_confidential_case_what_every_board_shows()
    {
        var worker = await As("worker-1");
        var title = $"举报线索 {Guid.NewGuid():N}";
        var secret = await worker.Report("C-A1-1", category: "lead", title: title);
        var kiosk = await Kiosk("C-A");

        foreach (
            var call in new[] { "/api/areas/C-A/board", "/api/areas/C-A/statistics", "/api/areas/C-A1/board", "/api/areas/C-A1-1/board" }
        )
        {
            var shown = (await kiosk.Get(call)).Expect(200).Text;
            Assert.DoesNotContain(secret.Id, shown);
            Assert.DoesNotContain(secret.Number, shown);
            Assert.DoesNotContain(title, shown);
        }
    }

    [Fact]
    public async Task A_code_opens_a_kiosk_once_in_any_spelling()
    {
        var (code, _) = await Make("Lobby");
        var typed = $"{code[..4]}-{code[4..8]} {code[8..]}".ToLowerInvariant();

        var opened = (await Service.Anybody().Post("/api/kiosk", new { code = typed })).Expect(200);
        (await Service.Anybody().Post("/api/kiosk", new { code })).Expect(401, "wrong-kiosk-code");
        (await Service.Anybody().Post("/api/kiosk", new { code = "" })).Expect(401, "wrong-kiosk-code");

        Assert.Equal(Area, opened.Body.GetProperty("area").GetString());
        Assert.Contains("httponly", opened.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TokenOf(opened), opened.Text);
    }

    [Fact]
    public async Task A_code_that_is_a_day_old_opens_nothing()
    {
        var (code, id) = await Make("Lobby");
        await Service.Ask<int>("update kiosk set code_expires_at = now() where id = $1", Guid.Parse(id));

        (await Service.Anybody().Post("/api/kiosk", new { code })).Expect(401, "wrong-kiosk-code");
    }

    [Fact]
    public async Task A_kiosk_that_was_off_for_years_goes_on_and_keeps_its_cookie()
    {
        var (code, id) = await Make("Lobby");
        var token = TokenOf((await Service.Anybody().Post("/api/kiosk", new { code })).Expect(200));
        await Service.Ask<int>(
            "update kiosk set made_at = made_at - interval '3 years', opened_at = opened_at - interval '3 years', "
                + "seen_at = seen_at - interval '3 years' where id = $1",
            Guid.Parse(id)
        );

        var me = (await Service.Anybody().Get("/api/me", ("Cookie", $"gridactors={token}"))).Expect(200);

        Assert.True(me.Body.GetProperty("kiosk").GetBoolean());
        Assert.Equal(Area, me.Body.GetProperty("home").GetString());
        Assert.Contains($"gridactors={token}; max-age=34560000", me.Headers["Set-Cookie"]);
        Assert.True(await Service.Ask<bool>("select seen_at > now() - interval '5 minutes' from kiosk where id = $1", Guid.Parse(id)));
    }

    [Fact]
    public async Task An_ended_kiosk_is_over_at_once_and_its_connection_too()
    {
        var (code, id) = await Make("Lobby");
        var kiosk = Service.Anybody() with { Token = TokenOf((await Service.Anybody().Post("/api/kiosk", new { code })).Expect(200)) };
        await using var screen = await HubClient.Connect(Service.Url, kiosk.Token);
        await screen.WatchArea(Area);
        var administrator = await As("administrator");

        (await administrator.Delete($"/api/admin/kiosks/{id}")).Expect(204);

        await screen.Closed.WithinDeadline();
        (await kiosk.Get("/api/me")).Expect(401, "not-signed-in");
        (await administrator.Delete($"/api/admin/kiosks/{id}")).Expect(404, "not-found");
        var listed = Listed(await administrator.Get("/api/admin/kiosks"), id);
        Assert.Equal("administrator", listed.GetProperty("endedBy").GetString());
        Assert.Equal("Lobby", listed.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Making_opening_and_ending_a_kiosk_are_recorded()
    {
        var (code, id) = await Make("Lobby");
        (await Service.Anybody().Post("/api/kiosk", new { code })).Expect(200);
        var administrator = await As("administrator");
        (await administrator.Delete($"/api/admin/kiosks/{id}")).Expect(204);

        var entries = await Eventually.Is(
            async () =>
                (await administrator.Get("/api/admin/access?limit=200"))
                    .Expect(200)
                    .Body.GetProperty("items")
                    .EnumerateArray()
                    .Where(e => e.GetProperty("subject").GetString() == id)
                    .Select(e => (e.GetProperty("kind").GetString(), e.GetProperty("person").GetString()))
                    .ToList(),
            all => all.Count == 3
        );

        Assert.Equal([("kiosk-ended", "administrator"), ("kiosk-opened", null), ("kiosk-made", "administrator")], entries);
    }

    [Fact]
    public async Task Kiosks_are_made_and_ended_by_those_who_administer_the_area()
    {
        var (_, id) = await Make("Lobby");
        var worker = await As("worker-1");

        (await worker.Post("/api/admin/kiosks", new { area = Area, name = "Mine" })).Expect(403, "not-permitted");
        (await worker.Get("/api/admin/kiosks")).Expect(403, "not-permitted");
        (await worker.Delete($"/api/admin/kiosks/{id}")).Expect(403, "not-permitted");
        var administrator = await As("administrator");
        (await administrator.Post("/api/admin/kiosks", new { area = "nowhere", name = "Lobby" })).Expect(404, "not-found");
        (await administrator.Post("/api/admin/kiosks", new { area = Area, name = " " })).Expect(400, "invalid-request");
        (await (await As("dispatcher-1", "baihe")).Delete($"/api/admin/kiosks/{id}")).Expect(404, "not-found");
    }

    async Task<Client> Kiosk(string area = Area)
    {
        var (code, _) = await Make("Lobby", area);
        return Service.Anybody() with { Token = TokenOf((await Service.Anybody().Post("/api/kiosk", new { code })).Expect(200)) };
    }

    async Task<(string Code, string Id)> Make(string name, string area = Area)
    {
        var made = (await (await As("administrator")).Post("/api/admin/kiosks", new { area, name })).Expect(200).Body;
        return (made.GetProperty("code").GetString()!, made.GetProperty("kiosk").GetProperty("id").GetString()!);
    }

    static System.Text.Json.JsonElement Listed(Answer answer, string id) =>
        answer.Expect(200).Body.GetProperty("items").EnumerateArray().Single(k => k.GetProperty("id").GetString() == id);

    static string TokenOf(Answer opened) => Token().Match(opened.Headers["Set-Cookie"]).Groups[1].Value;

    static Task<Answer> Call(Client kiosk, string method, string pattern)
    {
        var path = Parameter()
            .Replace(pattern, m => ValueOf(m.Groups[1].Value, m.Groups[2].Value))
            .Replace("/api/areas/at", "/api/areas/at?lon=113&lat=27", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new(method), new Uri(kiosk.Url, path));
        if (method == "POST" && pattern is "/api/photos" or "/api/households/imports")
            request.Content = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "photo.jpg" } };
        else if (pattern.StartsWith("/api/photos/uploads/", StringComparison.Ordinal))
            request.Content = new ByteArrayContent([1]) { Headers = { ContentType = new("application/offset+octet-stream") } };
        else if (method is "POST" or "PUT" or "PATCH")
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        return kiosk.Send(request);
    }

    IEnumerable<(string Method, string Pattern, bool IsClosed)> Endpoints() =>
        from endpoint in Service.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        let closed = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
        select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), closed);

    static string ValueOf(string parameter, string type) =>
        parameter == "code" ? Area
        : type == "int" ? "1"
        : Guid.NewGuid().ToString("N");

    [GeneratedRegex(@"\{\**(\w+):?([^}]*)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"gridactors=(k\.[^;]+);")]
    private static partial Regex Token();
}
