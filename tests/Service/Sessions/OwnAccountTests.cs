using GridActors.Storage.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Sessions;

/// <summary>What people do with their own account, and administrators with that of others.</summary>
public sealed class OwnAccountTests : SharedServiceTest
{
    const string Better = "gravel-otter-sings-41";

    [Fact]
    public async Task Changing_the_password_ends_every_other_session_and_keeps_this_one()
    {
        var account = await Fresh();
        var (here, elsewhere) = (await SignIn(account), await SignIn(account));

        (await here.Post("/api/me/password", new { current = TestService.Password, password = Better })).Expect(204);

        (await here.Get("/api/me")).Expect(200);
        (await elsewhere.Get("/api/me")).Expect(401, "not-signed-in");
        (await Try(account, TestService.Password)).Expect(401, "wrong-credentials");
        (await Try(account, Better)).Expect(200);
    }

    [Theory]
    [InlineData("short-one")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("1234567890")]
    [InlineData("abcdefghijkl")]
    [InlineData("qwertyuiop")]
    [InlineData("Password-2026!")]
    [InlineData("my-worker-1-secret")]
    [InlineData("123qweasdzxc")]
    public async Task A_weak_password_is_rejected_with_its_reason(string password)
    {
        var answer = await (await SignIn(await Fresh())).Post("/api/me/password", new { current = TestService.Password, password });

        Assert.True(answer.Expect(400, "invalid-request").Body.GetProperty("errors").TryGetProperty("password", out _));
    }

    [Fact]
    public async Task Guessing_the_current_password_with_somebodys_session_locks_it()
    {
        var somebody = await SignIn(await Fresh());

        var answers = new List<Answer>();
        for (var i = 0; i < 6; i++)
            answers.Add(await somebody.Post("/api/me/password", new { current = "wrong", password = Better }));

        Assert.True(answers[0].Expect(400, "invalid-request").Body.GetProperty("errors").TryGetProperty("current", out _));
        answers[^1].Expect(429, "locked");
    }

    [Fact]
    public async Task Own_sessions_are_listed_and_one_can_be_ended()
    {
        var account = await Fresh();
        var (here, elsewhere) = (await SignIn(account), await SignIn(account));

        var sessions = (await here.Get("/api/me/sessions", ("User-Agent", "anything"))).Expect(200).Body.GetProperty("items");
        var other = sessions.EnumerateArray().Single(s => !s.GetProperty("current").GetBoolean());
        (await here.Delete($"/api/me/sessions/{other.GetProperty("id").GetString()}")).Expect(204);

        Assert.Equal(2, sessions.GetArrayLength());
        Assert.Equal("127.0.0.0/24", other.GetProperty("network").GetString());
        (await elsewhere.Get("/api/me")).Expect(401, "not-signed-in");
        (await here.Get("/api/me")).Expect(200);
        (await here.Delete($"/api/me/sessions/{other.GetProperty("id").GetString()}")).Expect(404, "not-found");
        (await here.Delete("/api/me/sessions/nothing")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Somebody_with_a_hundred_sessions_loses_the_one_used_least_when_they_sign_in_again()
    {
        var account = await Fresh();
        var least = await SignIn(account);
        (await least.Get("/api/me")).Expect(200);
        await Service.Ask<long>(
            """
            with more as (
                insert into session (token_hash, person, created_at, seen_at, expires_at)
                select sha256(($1 || n)::bytea), $1, now(), now() + interval '1 minute', now() + interval '1 hour'
                from generate_series(1, 99) as n returning 1)
            select count(*) from more
            """,
            account
        );

        var last = await SignIn(account);

        await Eventually.Is(() => least.Get("/api/me"), a => a.Status == 401);
        (await last.Get("/api/me")).Expect(200);
        Assert.Equal(100, await Service.Ask<long>("select count(*) from session where person = $1", account));
    }

    [Fact]
    public async Task Nobody_can_end_the_session_of_somebody_else()
    {
        var (one, other) = (await SignIn(await Fresh()), await SignIn(await Fresh()));
        var id = (await one.Get("/api/me/sessions")).Expect(200).Body.GetProperty("items")[0].GetProperty("id").GetString();

        (await other.Delete($"/api/me/sessions/{id}")).Expect(404, "not-found");
        (await one.Get("/api/me")).Expect(200);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session()
    {
        var account = await Fresh();
        var (here, elsewhere) = (await SignIn(account), await SignIn(account));

        (await here.Delete("/api/me/sessions")).Expect(204);

        (await here.Get("/api/me")).Expect(401, "not-signed-in");
        (await elsewhere.Get("/api/me")).Expect(401, "not-signed-in");
    }

    [Fact]
    public async Task Ending_a_session_looks_up_no_session_of_anybody_else_anew()
    {
        await using var service = await TestService.Start();
        var (one, other) = (await service.As("worker-1"), await service.As("worker-2"));
        // Nobody tells the process: what it remembers still holds, for a minute.
        await service.Ask<object>("delete from session where person = $1", "qinghe/worker-2");

        (await one.Delete("/api/session")).Expect(204);

        (await one.Get("/api/me")).Expect(401, "not-signed-in");
        (await other.Get("/api/me")).Expect(200);
        // A process of an older version names nobody in its notice, and may mean anybody.
        await service.Ask<object>("select pg_notify('sessions', '')");
        await Eventually.Is(async () => (await other.Get("/api/me")).Status == 401);
    }

    [Fact]
    public async Task Ending_all_others_keeps_this_session()
    {
        var account = await Fresh();
        var (here, elsewhere, third) = (await SignIn(account), await SignIn(account), await SignIn(account));

        (await here.Delete("/api/me/sessions?others=true")).Expect(204);

        (await here.Get("/api/me")).Expect(200);
        (await elsewhere.Get("/api/me")).Expect(401, "not-signed-in");
        (await third.Get("/api/me")).Expect(401, "not-signed-in");
    }

    [Fact]
    public async Task A_password_from_an_administrator_opens_nothing_but_its_change()
    {
        var account = await Fresh();
        var before = await SignIn(account);
        var administrator = await Administrator(account);

        var given = (await administrator.Post("/api/admin/people/worker-1/password")).Expect(200).Body.GetProperty("password").GetString()!;

        (await before.Get("/api/me")).Expect(401, "not-signed-in");
        var first = await SignIn(account, given);
        Assert.True((await first.Get("/api/me")).Expect(200).Body.GetProperty("mustChangePassword").GetBoolean());
        (await first.Get("/api/inbox")).Expect(403, "password-change-needed");
        (await first.Get("/api/me/sessions")).Expect(403, "password-change-needed");
        (await first.Post("/hubs/live/negotiate?negotiateVersion=1")).Expect(403, "password-change-needed");
        (await first.Post("/api/me/password", new { current = given, password = Better })).Expect(204);
        (await first.Get("/api/inbox")).Expect(200);
        Assert.False((await first.Get("/api/me")).Expect(200).Body.GetProperty("mustChangePassword").GetBoolean());
    }

    [Fact]
    public async Task A_given_password_that_isnt_used_for_a_week_is_worthless()
    {
        var account = await Fresh();
        var given = (await (await Administrator(account)).Post("/api/admin/people/worker-1/password")).Expect(200).Body;
        await Service.Ask<object>("update account set changed_at = now() - interval '8 days' where person = $1", account);

        (await Try(account, given.GetProperty("password").GetString()!)).Expect(401, "wrong-credentials");
    }

    [Fact]
    public async Task Only_an_administrator_of_all_areas_of_a_person_resets_their_password()
    {
        var account = await Fresh();
        var pack = account.Split('/')[0];

        (await (await As("dispatcher-1", pack)).Post("/api/admin/people/worker-1/password")).Expect(403, "not-permitted");
        (await (await As("worker-1", pack)).Delete("/api/admin/people/worker-2/sessions")).Expect(403, "not-permitted");
        (await (await Administrator(account)).Post("/api/admin/people/nobody/password")).Expect(404, "not-found");
        (await (await Administrator(account)).Delete("/api/admin/people/worker-1/sessions")).Expect(204);
        (await (await As("worker-1", pack)).Get("/api/me")).Expect(401, "not-signed-in");
    }

    [Fact]
    public async Task A_hash_of_fewer_iterations_is_replaced_at_sign_in()
    {
        var account = await Fresh();
        // Made with 100,000 iterations, as before version 0.5, of the password of the tests.
        var old = new Microsoft.AspNetCore.Identity.PasswordHasher<string>().HashPassword("", TestService.Password);
        await Service.Ask<object>("insert into account (person, password_hash, created_at) values ($1, $2, now())", account, old);

        (await Try(account, "wrong")).Expect(401, "wrong-credentials");
        (await Try(account, TestService.Password)).Expect(200);

        Assert.NotEqual(old, await Service.Ask<string>("select password_hash from account where person = $1", account));
        (await Try(account, TestService.Password)).Expect(200);
    }

    [Fact]
    public async Task A_session_that_isnt_used_ends_and_one_that_is_used_goes_on()
    {
        await using var service = await TestService.Start(b =>
            b.Services.AddSingleton(new AccountOptions { DemoPassword = TestService.Password, IdleTimeout = TimeSpan.FromHours(1) })
        );
        var (idle, used) = (await service.As("worker-1"), await service.As("worker-2"));
        await service.Ask<object>("update session set seen_at = now() - interval '61 minutes' where person = $1", "qinghe/worker-1");
        await service.Ask<object>("update session set seen_at = now() - interval '59 minutes' where person = $1", "qinghe/worker-2");
        service.Services.GetRequiredService<Storage.Accounts.Sessions>().Forget();

        (await idle.Get("/api/me")).Expect(401, "not-signed-in");
        (await used.Get("/api/me")).Expect(200);
        Assert.True(
            await service.Ask<bool>("select seen_at > now() - interval '1 minute' from session where person = $1", "qinghe/worker-2")
        );
    }

    async Task<string> Fresh() => $"{(await Service.Load(TestPacks.Fresh())).Id}/worker-1";

    Task<Client> SignIn(string account, string password = TestService.Password) => Service.Anybody().SignIn(account, password);

    Task<Answer> Try(string account, string password) => Service.Anybody().Post("/api/session", new { account, password });

    Task<Client> Administrator(string account) => As("administrator", account.Split('/')[0]);
}
