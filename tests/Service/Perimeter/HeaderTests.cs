namespace GridActors.Service.Tests.Perimeter;

/// <summary>What every answer tells the browser.</summary>
public sealed class HeaderTests : SharedServiceTest
{
    [Theory]
    [InlineData("/api/me")]
    [InlineData("/api/nothing")]
    [InlineData("/api/cases?cursor=%00")]
    [InlineData("/health/live")]
    [InlineData("/orleans")]
    [InlineData("/nothing")]
    public async Task Every_answer_says_what_a_page_may_do(string path)
    {
        var headers = (await (await As("worker-1")).Get(path)).Headers;

        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("SAMEORIGIN", headers["X-Frame-Options"]);
        Assert.Equal("same-origin", headers["Referrer-Policy"]);
        Assert.Equal("same-origin", headers["Cross-Origin-Opener-Policy"]);
        Assert.Contains("microphone=()", headers["Permissions-Policy"], StringComparison.Ordinal);
        Assert.False(headers.ContainsKey("Server"));
        var policy = headers["Content-Security-Policy"].Split("; ");
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("object-src 'none'", policy);
        Assert.Contains("base-uri 'self'", policy);
        Assert.Contains("form-action 'self'", policy);
        Assert.Contains("frame-ancestors 'self'", policy);
        Assert.Contains($"connect-src 'self' ws://{Service.Url.Authority} wss://{Service.Url.Authority}", policy);
    }

    [Theory]
    [InlineData("/api/me")]
    [InlineData("/api/cases")]
    [InlineData("/api/nothing")]
    [InlineData("/api/demo")]
    public async Task What_the_API_answers_is_not_kept(string path) =>
        Assert.Equal("no-store", (await (await As("worker-1")).Get(path)).Headers["Cache-Control"]);

    [Fact]
    public async Task The_reference_page_allows_its_own_script()
    {
        var page = (await Service.Anybody().Get("/api/reference/")).Expect(200);

        var policy = page.Headers["Content-Security-Policy"];
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"nonce=\"{nonce}\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_is_told_not_to_hold_back_what_the_hub_sends()
    {
        var answer = await (await As("worker-1")).Post("/hubs/live/negotiate?negotiateVersion=1");

        Assert.Equal("no", answer.Expect(200).Headers["X-Accel-Buffering"]);
    }

    [Fact]
    public async Task Reads_are_compressed_and_an_answer_with_a_token_is_not()
    {
        var read = (await (await As("worker-1")).Get("/api/catalogue", ("Accept-Encoding", "br, gzip"))).Expect(200);
        var signIn = await Service
            .Anybody()
            .Post(
                "/api/session",
                new { account = "qinghe/worker-1", password = TestService.Password },
                null,
                ("Accept-Encoding", "br, gzip")
            );

        Assert.Equal("br", read.Headers["Content-Encoding"]);
        Assert.Equal("Accept-Encoding", read.Headers["Vary"]);
        Assert.False(signIn.Expect(200).Headers.ContainsKey("Content-Encoding"));
    }
}
