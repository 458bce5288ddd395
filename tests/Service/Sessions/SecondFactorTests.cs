using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Web;
using GridActors.Domain.Packs;
using GridActors.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace GridActors.Service.Tests.Sessions;

/// <summary>Codes of an authenticator app beside the password.</summary>
public sealed class SecondFactorTests : SharedServiceTest
{
    [Fact]
    public async Task A_post_that_asks_for_a_second_factor_opens_nothing_until_it_is_set_up()
    {
        var account = await Fresh();
        var dispatcher = await SignIn(account);

        Assert.Equal("needed", (await dispatcher.Get("/api/me")).Expect(200).Body.GetProperty("secondFactor").GetString());
        (await dispatcher.Get("/api/inbox")).Expect(403, "second-factor-needed");
        (await dispatcher.Get("/api/me/sessions")).Expect(403, "second-factor-needed");
        (await dispatcher.Post("/hubs/live/negotiate?negotiateVersion=1")).Expect(403, "second-factor-needed");
        await SetUp(dispatcher);

        (await dispatcher.Get("/api/inbox")).Expect(200);
        Assert.Equal("on", (await dispatcher.Get("/api/me")).Expect(200).Body.GetProperty("secondFactor").GetString());
    }

    [Fact]
    public async Task A_post_that_asks_for_none_needs_none()
    {
        var account = await Fresh("worker-1");
        var worker = await SignIn(account);

        (await worker.Get("/api/inbox")).Expect(200);
        Assert.Equal("off", (await worker.Get("/api/me")).Expect(200).Body.GetProperty("secondFactor").GetString());
    }

    [Fact]
    public async Task Signing_in_with_a_second_factor_takes_password_and_code()
    {
        var account = await Fresh();
        var (app, _) = await SetUp(await SignIn(account));

        (await Try(account)).Expect(401, "code-needed");
        (await Try(account, password: "wrong", code: app.Next())).Expect(401, "wrong-credentials");
        (await Try(account, code: "000000")).Expect(401, "wrong-code");
        (await Try(account, code: app.Next())).Expect(200);
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        var account = await Fresh();
        var (app, _) = await SetUp(await SignIn(account));
        var code = app.Next();

        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Try(account, code: code)));

        Assert.Single(tries, t => t.Status == 200);
        Assert.Equal(3, tries.Count(t => t.Code is "wrong-code"));
        // Neither does the one before it.
        (await Try(account, code: app.Previous())).Expect(401, "wrong-code");
    }

    [Fact]
    public async Task The_code_of_the_setup_doesnt_count_again()
    {
        var account = await Fresh();
        var (app, _) = await SetUp(await SignIn(account));

        (await Try(account, code: app.First)).Expect(401, "wrong-code");
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_a_code_once()
    {
        var account = await Fresh();
        var (_, recovery) = await SetUp(await SignIn(account));

        Assert.Equal(10, recovery.Distinct().Count());
        (await Try(account, code: recovery[0].ToUpperInvariant())).Expect(200);
        (await Try(account, code: recovery[0])).Expect(401, "wrong-code");
        (await Try(account, code: recovery[1].Replace("-", "", StringComparison.Ordinal))).Expect(200);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_also_when_the_right_password_comes_between_them()
    {
        var account = await Fresh();
        var (app, _) = await SetUp(await SignIn(account));

        var answers = new List<Answer>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add(await Try(account, code: "000000"));
            if (i < 4)
                (await Try(account)).Expect(401, "code-needed");
        }

        answers[3].Expect(401, "wrong-code");
        answers[4].Expect(429, "locked");
        (await Try(account, code: app.Next())).Expect(429, "locked");
    }

    [Fact]
    public async Task Setting_it_up_ends_every_session_that_began_without_a_code()
    {
        var account = await Fresh();
        var (here, elsewhere) = (await SignIn(account), await SignIn(account));

        await SetUp(here);

        (await here.Get("/api/me")).Expect(200);
        (await elsewhere.Get("/api/me")).Expect(401, "not-signed-in");
    }

    [Fact]
    public async Task A_session_that_a_process_without_second_factors_began_doesnt_count()
    {
        var account = await Fresh();
        var client = await SignIn(account);
        await SetUp(client);
        await Service.Ask<object>("update session set second_factor = false where person = $1", account);
        Service.Services.GetRequiredService<Storage.Accounts.Sessions>().Forget();

        (await client.Get("/api/me")).Expect(401, "not-signed-in");
    }

    [Fact]
    public async Task A_wrong_code_or_a_ticket_of_somebody_else_sets_nothing_up()
    {
        var (one, other) = (await SignIn(await Fresh()), await SignIn(await Fresh()));
        var setup = (await one.Post("/api/me/second-factor/setup")).Expect(200).Body;
        var ticket = setup.GetProperty("ticket").GetString();
        var app = new App(setup.GetProperty("secret").GetString()!);

        await Refused(one, ticket, "000000");
        await Refused(one, "bm90aGluZw==", app.Present());
        await Refused(one, "not Base64", app.Present());
        await Refused(other, ticket, app.Present());

        static async Task Refused(Client by, string? ticket, string code)
        {
            var answer = await by.Post("/api/me/second-factor", new { ticket, code });
            Assert.True(answer.Expect(400, "invalid-request").Body.GetProperty("errors").TryGetProperty("code", out _));
            (await by.Get("/api/inbox")).Expect(403, "second-factor-needed");
        }
    }

    [Fact]
    public async Task Replacing_it_takes_the_password_and_a_code_of_the_present_one()
    {
        var account = await Fresh();
        var client = await SignIn(account);
        var (old, recovery) = await SetUp(client);
        var setup = (await client.Post("/api/me/second-factor/setup")).Expect(200).Body;
        var app = new App(setup.GetProperty("secret").GetString()!);
        var ticket = setup.GetProperty("ticket").GetString();
        Task<Answer> Replace(string? password, string? presentCode) =>
            client.Post(
                "/api/me/second-factor",
                new
                {
                    ticket,
                    code = app.Present(),
                    password,
                    presentCode,
                }
            );

        (await Replace(null, null)).Expect(401, "wrong-credentials");
        (await Replace(TestService.Password, null)).Expect(401, "code-needed");
        (await Replace("wrong", old.Next())).Expect(401, "wrong-credentials");
        (await Replace(TestService.Password, recovery[0])).Expect(200);

        (await Try(account, code: recovery[1])).Expect(401, "wrong-code");
        (await Try(account, code: app.Next())).Expect(200);
    }

    [Fact]
    public async Task An_administrator_resets_it_and_the_owner_sets_up_a_new_one()
    {
        var account = await Fresh();
        var client = await SignIn(account);
        await SetUp(client);
        var pack = account.Split('/')[0];

        (await (await As("worker-1", pack)).Delete("/api/admin/people/dispatcher-1/second-factor")).Expect(403, "not-permitted");
        (await (await As("administrator", pack)).Delete("/api/admin/people/nobody/second-factor")).Expect(404, "not-found");
        (await (await As("administrator", pack)).Delete("/api/admin/people/dispatcher-1/second-factor")).Expect(204);

        (await client.Get("/api/me")).Expect(401, "not-signed-in");
        (await (await SignIn(account)).Get("/api/inbox")).Expect(403, "second-factor-needed");
    }

    [Fact]
    public async Task What_happens_to_second_factors_is_in_the_access_journal()
    {
        var account = await Fresh();
        var (app, recovery) = await SetUp(await SignIn(account));
        (await Try(account)).Expect(401, "code-needed");
        (await Try(account, code: "000000")).Expect(401, "wrong-code");
        (await Try(account, code: recovery[0])).Expect(200);
        var administrator = await As("administrator", account.Split('/')[0]);
        (await administrator.Delete("/api/admin/people/dispatcher-1/second-factor")).Expect(204);

        string[] expected =
        [
            "sign-in ok",
            "second-factor-set ok",
            "sign-in code-needed",
            "sign-in wrong-code",
            "recovery-code-used ok",
            "second-factor-reset ok dispatcher-1",
        ];
        await Eventually.Is(async () =>
        {
            var items = (await administrator.Get("/api/admin/access?limit=200")).Expect(200).Body.GetProperty("items");
            var found = items.EnumerateArray().Select(Line).ToHashSet();
            return expected.All(found.Contains);
        });
        Assert.DoesNotContain(app.Secret, await Service.Ask<string>("select string_agg(e::text, ' ') from access_entry e"));

        static string Line(JsonElement entry) =>
            string.Join(' ', new[] { "kind", "outcome", "subject" }.Select(p => entry.GetProperty(p).GetString())).Trim();
    }

    [Fact]
    public async Task The_setup_is_an_address_that_apps_understand_and_a_picture_of_it()
    {
        var account = await Fresh();
        var setup = (await (await SignIn(account)).Post("/api/me/second-factor/setup")).Expect(200).Body;

        var uri = new Uri(setup.GetProperty("uri").GetString()!);
        var query = HttpUtility.ParseQueryString(uri.Query);
        Assert.Equal(("otpauth", "totp"), (uri.Scheme, uri.Host));
        Assert.Equal(setup.GetProperty("secret").GetString(), query["secret"]);
        Assert.Equal("清河县网格化服务管理", query["issuer"]);
        Assert.StartsWith("<svg", setup.GetProperty("qr").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_stored_encrypted_also_the_keys_with_a_certificate_and_survive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("gridactors-").FullName;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(folder, "keys.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, "keys.key"), key.ExportPkcs8PrivateKeyPem());
        ServiceSettings Encrypted(ServiceSettings settings) =>
            settings with
            {
                Overrides = [$"KeyRing:Certificate={folder}/keys.crt", $"KeyRing:Key={folder}/keys.key"],
            };
        var pack = Asking();
        var (database, app) = ("", default(App));
        await using (var service = await TestService.Start(packs: [pack], change: Encrypted))
        {
            database = service.ConnectionString;
            (app, _) = await SetUp(await service.Anybody().SignIn("dispatcher-1", TestService.Password));
            var stored = await service.Ask<byte[]>("select secret from second_factor");
            Assert.True(stored.AsSpan().IndexOf(Base32Encoding.ToBytes(app.Secret)) < 0);
            var keys = (await service.Ask<string>("select string_agg(document, '') from protection_key"))!;
            Assert.Contains("EncryptedXmlDecryptor", keys, StringComparison.Ordinal);
            Assert.DoesNotContain("<masterKey", keys, StringComparison.Ordinal);
        }

        await using var again = await TestService.Start(packs: [pack], database: database, change: Encrypted);
        var body = new
        {
            account = "dispatcher-1",
            password = TestService.Password,
            code = app!.Next(),
        };
        (await again.Anybody().Post("/api/session", body)).Expect(200);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An authenticator app.</summary>
    sealed record App(string Secret)
    {
        readonly Totp _totp = new(Base32Encoding.ToBytes(Secret));

        /// <summary>The code that it was set up with.</summary>
        public string First { get; init; } = "";

        public string Present() => At(0);

        /// <summary>The code that is shown next. It is accepted early, and no test has to wait for it.</summary>
        public string Next() => At(30);

        public string Previous() => At(-30);

        string At(int seconds) => _totp.ComputeTotp(DateTime.UtcNow.AddSeconds(seconds));
    }

    static async Task<(App App, IReadOnlyList<string> RecoveryCodes)> SetUp(Client client)
    {
        var setup = (await client.Post("/api/me/second-factor/setup")).Expect(200).Body;
        var app = new App(setup.GetProperty("secret").GetString()!);
        var body = new { ticket = setup.GetProperty("ticket").GetString(), code = app.Present() };
        var answer = (await client.Post("/api/me/second-factor", body)).Expect(200).Body;
        return (app with { First = body.code }, [.. answer.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    /// <summary>A pack whose dispatchers need a second factor.</summary>
    static Pack Asking()
    {
        var pack = TestPacks.Fresh();
        var asking = pack.Holdings.Single(h => h.Person == "dispatcher-1").Post;
        return pack with { Posts = [.. pack.Posts.Select(p => p.Id == asking ? p with { SecondFactor = true } : p)] };
    }

    async Task<string> Fresh(string person = "dispatcher-1") => $"{(await Service.Load(Asking())).Id}/{person}";

    Task<Client> SignIn(string account) => Service.Anybody().SignIn(account, TestService.Password);

    Task<Answer> Try(string account, string password = TestService.Password, string? code = null) =>
        Service
            .Anybody()
            .Post(
                "/api/session",
                new
                {
                    account,
                    password,
                    code,
                }
            );
}
