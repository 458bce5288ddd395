using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using GridActors.Silo.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GridActors.Service.Tests.Sessions;

/// <summary>Signing in with a county's own identity provider.</summary>
public sealed class OpenIdTests : IAsyncLifetime, IDisposable
{
    LocalProvider _provider = null!;
    TestService _service = null!;
    readonly Lines _log = new();

    public async Task InitializeAsync()
    {
        _provider = await LocalProvider.Start();
        _service = await Start();
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Somebody_whom_the_provider_signs_in_has_a_session_like_any_other()
    {
        using var browser = new Browser(_service.Url);

        Assert.Equal("/?then=%2Fconsole", await browser.Open("/api/openid/sign-in?then=%2Fconsole"));

        var me = await browser.Get("/api/me");
        Assert.Equal("worker-1", me.GetProperty("id").GetString());
        Assert.True(me.GetProperty("provider").GetBoolean());
        Assert.Equal(1, (await browser.Get("/api/me/sessions")).GetProperty("items").GetArrayLength());
        await Journalled("sign-in", "ok", "provider");
        (await (await _service.As("administrator")).Delete("/api/admin/people/worker-1/sessions")).Expect(204);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.Status("/api/me"));
    }

    [Fact]
    public async Task The_cookie_of_the_session_is_for_this_service_alone()
    {
        using var browser = new Browser(_service.Url);
        await browser.Open("/api/openid/sign-in");

        var cookie = Assert.Single(browser.SetCookies, c => c.StartsWith("gridactors=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Somebody_whom_no_pack_has_is_told_so_and_not_signed_in()
    {
        _provider.Person = "a-stranger";
        using var browser = new Browser(_service.Url);

        Assert.Equal("/signin?refused=unknown-person", await browser.Open("/api/openid/sign-in"));

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.Status("/api/me"));
        await Journalled("sign-in", "unknown-person", "provider");
    }

    [Fact]
    public async Task Somebody_whom_two_packs_have_is_told_so_unless_the_settings_name_one()
    {
        _provider.Person = "worker-1";
        using var browser = new Browser(_service.Url);
        Assert.Equal("/signin?refused=ambiguous-account", await browser.Open("/api/openid/sign-in"));

        await using var service = await Start(null, "OpenId:Pack=baihe");
        using var other = new Browser(service.Url);
        await other.Open("/api/openid/sign-in");
        Assert.Equal("baihe", (await other.Get("/api/me")).GetProperty("pack").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("no nonce")]
    [InlineData("key")]
    [InlineData("no signature")]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("expired")]
    public async Task A_token_that_isnt_for_this_sign_in_is_refused(string wrong)
    {
        using var strange = RSA.Create(2048);
        _provider.Change = token =>
        {
            switch (wrong)
            {
                case "nonce":
                    token.Claims["nonce"] = "another-one";
                    break;
                case "no nonce":
                    token.Claims.Remove("nonce");
                    break;
                case "key":
                    token.SigningCredentials = new(new RsaSecurityKey(strange) { KeyId = "1" }, SecurityAlgorithms.RsaSha256);
                    break;
                case "no signature":
                    token.SigningCredentials = null;
                    break;
                case "audience":
                    token.Audience = "another-client";
                    break;
                case "issuer":
                    token.Issuer = "http://127.0.0.1:1";
                    break;
                default:
                    (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-1));
                    break;
            }
        };
        using var browser = new Browser(_service.Url);

        Assert.Equal("/signin?refused=provider-failed", await browser.Open("/api/openid/sign-in"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.Status("/api/me"));
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_is_refused()
    {
        using var asking = new Browser(_service.Url);
        using var other = new Browser(_service.Url);
        var callback = await asking.Open("/api/openid/sign-in", until: "/api/openid/callback");

        Assert.Equal("/signin?refused=provider-failed", await other.Open(callback));
        Assert.Equal(HttpStatusCode.Unauthorized, await other.Status("/api/me"));
    }

    [Theory]
    [InlineData("/api/openid/callback")]
    [InlineData("/api/openid/callback?code=x&state=y")]
    [InlineData("/api/openid/callback?error=server_error&state=y")]
    public async Task An_answer_that_nobody_asked_for_is_refused(string callback)
    {
        using var browser = new Browser(_service.Url);

        Assert.Equal("/signin?refused=provider-failed", await browser.Open(callback));
        await Journalled("sign-in", "provider-failed", "provider");
    }

    [Fact]
    public async Task Somebody_who_refuses_at_the_provider_comes_back_to_the_sign_in_page()
    {
        _provider.IsDenied = true;
        using var browser = new Browser(_service.Url);

        Assert.Equal("/signin?refused=provider-failed", await browser.Open("/api/openid/sign-in"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task The_way_back_leads_to_our_own_page_alone(string then)
    {
        using var browser = new Browser(_service.Url);

        var end = await browser.Open($"/api/openid/sign-in?then={Uri.EscapeDataString(then)}");

        // The page itself goes to none but its own addresses (startPage.test.ts).
        Assert.Equal($"/?then={Uri.EscapeDataString(then)}", end);
    }

    [Fact]
    public async Task A_provider_that_doesnt_answer_is_told_in_a_sentence()
    {
        await using var service = await Start("http://127.0.0.1:9");
        using var browser = new Browser(service.Url);

        Assert.Equal("/signin?refused=provider-failed", await browser.Open("/api/openid/sign-in"));
        Assert.Equal("/signin", await browser.Open("/api/openid/sign-out"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_the_provider_too()
    {
        using var browser = new Browser(_service.Url);
        await browser.Open("/api/openid/sign-in");

        Assert.Equal("/signin", await browser.Open("/api/openid/sign-out"));

        var asked = Assert.Single(_provider.SignOuts);
        Assert.Equal(LocalProvider.ClientId, asked["client_id"]);
        Assert.Equal($"{_service.Url}api/openid/signed-out", asked["post_logout_redirect_uri"]);
    }

    [Fact]
    public async Task Passwords_can_be_switched_off_for_those_who_come_by_the_provider()
    {
        await using var service = await Start(_provider.Url, "Accounts:PasswordsBesideProvider=false");
        var worker = new { account = "qinghe/worker-1", password = TestService.Password };
        (await service.Anybody().Post("/api/session", worker)).Expect(200);
        using var browser = new Browser(service.Url);
        await browser.Open("/api/openid/sign-in");

        (await service.Anybody().Post("/api/session", worker)).Expect(403, "provider-only");
        (await service.Anybody().Post("/api/session", worker with { password = "wrong" })).Expect(401, "wrong-credentials");
        (await service.Anybody().Post("/api/session", worker with { account = "qinghe/worker-2" })).Expect(200);
    }

    [Fact]
    public async Task A_first_password_doesnt_keep_somebody_from_working_who_comes_by_the_provider()
    {
        (await (await _service.As("administrator")).Post("/api/admin/people/worker-1/password")).Expect(200);
        using var browser = new Browser(_service.Url);
        await browser.Open("/api/openid/sign-in");

        Assert.False((await browser.Get("/api/me")).GetProperty("mustChangePassword").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, await browser.Status("/api/inbox"));
    }

    [Fact]
    public async Task What_the_provider_hands_out_is_neither_logged_nor_stored()
    {
        using var browser = new Browser(_service.Url);
        await browser.Open("/api/openid/sign-in");
        await browser.Open("/api/openid/callback?code=x&state=y");

        Assert.NotEmpty(_log.All);
        Assert.Equal(3, _provider.Issued.Count);
        Assert.All(_provider.Issued, secret => Assert.DoesNotContain(_log.All, l => l.Contains(secret, StringComparison.Ordinal)));
        var stored = await _service.Ask<string>("select string_agg(s::text, ' ') from session s");
        Assert.All(_provider.Issued, secret => Assert.DoesNotContain(secret, stored));
    }

    [Fact]
    public async Task Without_a_provider_none_is_offered()
    {
        var service = await TestService.Shared();

        Assert.False((await service.Anybody().Get("/api/openid")).Expect(200).Body.GetProperty("offered").GetBoolean());
        (await service.Anybody().Get("/api/openid/sign-in")).Expect(404, "not-found");
        (await service.Anybody().Get("/api/openid/callback")).Expect(404, "not-found");
        Assert.True((await _service.Anybody().Get("/api/openid")).Expect(200).Body.GetProperty("offered").GetBoolean());
    }

    [Theory]
    [InlineData("OpenId:Authority=http://sso.example.gov.cn", "OpenId:Authority is http")]
    [InlineData("OpenId:Authority=sso", "OpenId:Authority is no https address")]
    [InlineData("OpenId:ClientId=", "OpenId:ClientId is missing")]
    [InlineData("OpenId:ClientSecretFile=/nowhere/secret", "ClientSecretFile can't be read")]
    [InlineData("OpenId:Autority=x", "Autority")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string setting, string said)
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => Start("https://sso.example.gov.cn", setting));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Each test has a service of its own: its people are signed in by the provider.</summary>
    async Task<TestService> Start(string? authority = null, params string[] more)
    {
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, LocalProvider.Secret + "\n");
        try
        {
            return await TestService.Start(
                builder => builder.Logging.AddProvider(_log),
                change: settings =>
                    settings with
                    {
                        Overrides =
                        [
                            $"OpenId:Authority={authority ?? _provider.Url}",
                            $"OpenId:ClientId={LocalProvider.ClientId}",
                            $"OpenId:ClientSecretFile={secret}",
                            .. more,
                        ],
                    }
            );
        }
        finally
        {
            File.Delete(secret);
        }
    }

    Task Journalled(string kind, string outcome, string subject) =>
        Eventually.Is(async () =>
            await _service.Ask<long>(
                "select count(*) from access_entry where kind = $1 and outcome = $2 and subject = $3",
                kind,
                outcome,
                subject
            ) > 0
        );

    /// <summary>Follows redirects and keeps cookies, and opens no page.</summary>
    sealed class Browser(Uri service) : IDisposable
    {
        readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() });

        public List<string> SetCookies { get; } = [];

        /// <returns>The first address of the service's pages that it is sent to, or the one that begins as asked.</returns>
        public async Task<string> Open(string path, string? until = null)
        {
            var at = new Uri(service, path);
            for (var hops = 0; hops < 10; hops++)
            {
                using var answer = await _http.GetAsync(at);
                Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
                if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
                    SetCookies.AddRange(cookies);
                at = new Uri(at, answer.Headers.Location!);
                var isPage = at.Authority == service.Authority && !at.AbsolutePath.StartsWith("/api", StringComparison.Ordinal);
                if (isPage || (until is not null && at.AbsolutePath == until))
                    return at.PathAndQuery;
            }
            throw new InvalidOperationException($"No end at {at}.");
        }

        public async Task<JsonElement> Get(string path) =>
            JsonSerializer.Deserialize<JsonElement>(await _http.GetStringAsync(new Uri(service, path)));

        public async Task<HttpStatusCode> Status(string path)
        {
            using var answer = await _http.GetAsync(new Uri(service, path));
            return answer.StatusCode;
        }

        public void Dispose() => _http.Dispose();
    }

    /// <summary>What the service logs.</summary>
    sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => All.Add($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
