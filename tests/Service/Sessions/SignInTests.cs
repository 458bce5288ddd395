using System.Text.Json;

namespace GridActors.Service.Tests.Sessions;

public sealed class SignInTests : SharedServiceTest
{
    [Fact]
    public async Task Signing_in_returns_a_token_a_cookie_and_the_person()
    {
        var answer = (await SignIn("clerk-a1")).Expect(200);

        var me = answer.Body.GetProperty("me");
        Assert.Equal("clerk-a1", me.GetProperty("id").GetString());
        Assert.Equal("蒋专干", me.GetProperty("name").GetString());
        Assert.Equal("C-A1", me.GetProperty("home").GetString());
        Assert.True(me.GetProperty("demo").GetBoolean());
        Assert.Equal("qinghe", me.GetProperty("pack").GetProperty("id").GetString());
        Assert.Equal("Asia/Shanghai", me.GetProperty("pack").GetProperty("timeZone").GetString());
        var post = Assert.Single(me.GetProperty("posts").EnumerateArray());
        Assert.Equal("clerk", post.GetProperty("post").GetString());
        Assert.Equal("Governance clerk", post.GetProperty("nameEn").GetString());
        Assert.Equal("C-A1", post.GetProperty("area").GetString());
        Assert.Equal("village", post.GetProperty("level").GetString());
        Assert.Equal(
            ["read", "report", "close", "convene", "read-households", "edit-households", "reveal-households", "oversee-workers"],
            post.GetProperty("may").EnumerateArray().Select(m => m.GetString()!)
        );
        Assert.True(answer.Body.GetProperty("expiresAt").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddHours(1));
        var cookie = answer.Headers["Set-Cookie"];
        Assert.Contains($"gridactors={answer.Body.GetProperty("token").GetString()};", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_token_and_a_cookie_are_each_enough_and_the_token_wins()
    {
        var one = Token(await SignIn("worker-1"));
        var two = Token(await SignIn("worker-2"));
        var anybody = Service.Anybody();

        Assert.Equal("worker-1", await Me(anybody, ("Authorization", $"Bearer {one}")));
        Assert.Equal("worker-2", await Me(anybody, ("Cookie", $"gridactors={two}")));
        Assert.Equal("worker-1", await Me(anybody, ("Authorization", $"Bearer {one}"), ("Cookie", $"gridactors={two}")));
        (await anybody.Get("/api/me", ("Authorization", "Bearer wrong"), ("Cookie", $"gridactors={two}"))).Expect(401, "not-signed-in");
        (await anybody.Get("/api/me", ("Authorization", "Basic d29ya2VyLTE6"), ("Cookie", $"gridactors={two}"))).Expect(
            401,
            "not-signed-in"
        );
    }

    [Fact]
    public async Task Signing_out_ends_this_session_and_no_other()
    {
        var (one, other) = (Token(await SignIn("worker-3")), Token(await SignIn("worker-3")));
        var anybody = Service.Anybody();

        (await anybody.Delete("/api/session", ("Authorization", $"Bearer {one}"))).Expect(204);

        (await anybody.Get("/api/me", ("Authorization", $"Bearer {one}"))).Expect(401, "not-signed-in");
        (await anybody.Delete("/api/session", ("Authorization", $"Bearer {one}"))).Expect(401, "not-signed-in");
        Assert.Equal("worker-3", await Me(anybody, ("Authorization", $"Bearer {other}")));
    }

    [Theory]
    [InlineData("nobody-of-this-name")]
    [InlineData("qinghe/nobody")]
    [InlineData("nowhere/worker-1")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("/")]
    [InlineData("worker-1\u0000")] // PostgreSQL can't store this character.
    [InlineData("qinghe/")]
    [InlineData("'; drop table session; --")]
    [InlineData("\U0001F600")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\U0001F600")] // 63 characters before it
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Sign_in_with_an_unknown_account_is_rejected_like_a_wrong_password(string account) =>
        (await SignIn(account)).Expect(401, "wrong-credentials");

    [Fact]
    public async Task Sign_in_with_half_a_surrogate_pair_is_rejected() =>
        (await Service.Anybody().Post("/api/session", """{"account": "worker-\ud83d", "password": "\udc00"}""")).Expect(
            400,
            "invalid-request"
        );

    [Fact]
    public async Task Sign_in_with_an_account_of_1000_characters_is_rejected_and_one_of_100000_isnt_read()
    {
        (await SignIn(new string('工', 1_000))).Expect(401, "wrong-credentials");
        (await SignIn(new string('工', 100_000))).Expect(413, "too-large");
    }

    [Fact]
    public async Task An_account_is_found_in_any_case_and_between_spaces()
    {
        Assert.Equal("worker-1", Id(await Service.Anybody().Post("/api/session", Of(" Qinghe/Worker-1 "))));
        Assert.Equal("worker-1", Id(await Service.Anybody().Post("/api/session", Of("QINGHE/WORKER-1"))));

        static object Of(string account) => new { account, password = TestService.Password };
        static string? Id(Answer a) => a.Expect(200).Body.GetProperty("me").GetProperty("id").GetString();
    }

    [Fact]
    public async Task A_person_id_that_two_packs_have_needs_the_pack()
    {
        (await SignIn("shared")).Expect(400, "ambiguous-account");

        Assert.Equal("陶共名", Name(await SignIn("qinghe/shared")));
        Assert.Equal("邹同号", Name(await SignIn("baihe/shared")));
        Assert.Equal("柏独有", Name(await SignIn("alone")));

        static string? Name(Answer a) => a.Expect(200).Body.GetProperty("me").GetProperty("name").GetString();
    }

    [Fact]
    public async Task A_demo_offers_the_people_its_packs_name_and_lets_them_in_without_a_password()
    {
        var demo = (await Service.Anybody().Get("/api/demo")).Expect(200).Body;

        Assert.True(demo.GetProperty("demo").GetBoolean());
        var qinghe = demo.GetProperty("people").EnumerateArray().Where(p => p.GetProperty("pack").GetString() == "qinghe").ToList();
        Assert.Equal(["dispatcher-1", "worker-1"], qinghe.Select(p => p.GetProperty("account").GetString()));
        Assert.Equal(("调度员", "Dispatcher", "C"), (Text(qinghe[0], "postName"), Text(qinghe[0], "postNameEn"), Text(qinghe[0], "area")));
        (await Demo("qinghe/worker-1")).Expect(200);
        (await Demo("qinghe/worker-2")).Expect(401, "wrong-credentials");
    }

    [Fact]
    public async Task Without_a_demo_no_person_is_offered_and_the_demo_password_is_rejected()
    {
        await using var service = await TestService.Start(demoPassword: null);

        var demo = (await service.Anybody().Get("/api/demo")).Expect(200).Body;

        Assert.False(demo.GetProperty("demo").GetBoolean());
        Assert.Equal(0, demo.GetProperty("people").GetArrayLength());
        (await service.Anybody().Post("/api/session", new { account = "qinghe/worker-1", demo = true })).Expect(401, "wrong-credentials");
        (await service.Anybody().Post("/api/session", new { account = "qinghe/worker-1", password = TestService.Password })).Expect(
            401,
            "wrong-credentials"
        );
        (await service.Anybody().Post("/api/session", new { account = "qinghe/worker-1", password = "" })).Expect(401, "wrong-credentials");
    }

    [Fact]
    public async Task A_person_without_a_post_can_sign_in_and_has_no_home_area()
    {
        var me = (await SignIn("retired")).Expect(200).Body.GetProperty("me");

        Assert.Equal(JsonValueKind.Null, me.GetProperty("home").ValueKind);
        Assert.Equal(0, me.GetProperty("posts").GetArrayLength());
    }

    [Theory]
    [InlineData("GET", "/api/me")]
    [InlineData("DELETE", "/api/session")]
    [InlineData("GET", "/api/areas/C")]
    [InlineData("GET", "/api/areas/C/board")]
    [InlineData("GET", "/api/areas/at?lon=113.01&lat=27.01")]
    [InlineData("GET", "/api/catalogue")]
    [InlineData("GET", "/api/cases")]
    [InlineData("POST", "/api/cases")]
    [InlineData("GET", "/api/cases/00000000000000000000000000000000")]
    [InlineData("POST", "/api/cases/00000000000000000000000000000000/claim")]
    [InlineData("GET", "/api/inbox")]
    [InlineData("POST", "/api/inbox/seen")]
    [InlineData("POST", "/api/photos")]
    [InlineData("GET", "/api/photos/0")]
    [InlineData("POST", "/api/admin/verify")]
    public async Task Calls_without_a_session_are_rejected(string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Service.Url, path));
        if (method == "POST")
            request.Content =
                path == "/api/photos"
                    ? new MultipartFormDataContent()
                    : new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        (await Service.Anybody().Send(request)).Expect(401, "not-signed-in");
    }

    Task<Answer> SignIn(string account, string password = TestService.Password) =>
        Service
            .Anybody()
            .Post(
                "/api/session",
                new
                {
                    account = account is "shared" or "alone" || account.Contains('/', StringComparison.Ordinal)
                        ? account
                        : Qualified(account),
                    password,
                }
            );

    Task<Answer> Demo(string account) => Service.Anybody().Post("/api/session", new { account, demo = true });

    // Other tests load copies of the pack, so an id without a pack can mean several people.
    static string Qualified(string account) => TestPacks.Qinghe.People.Any(p => p.Id == account) ? "qinghe/" + account : account;

    static string Token(Answer answer) => answer.Expect(200).Body.GetProperty("token").GetString()!;

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    static async Task<string?> Me(Client anybody, params (string, string)[] headers) =>
        (await anybody.Get("/api/me", headers)).Expect(200).Body.GetProperty("id").GetString();
}
