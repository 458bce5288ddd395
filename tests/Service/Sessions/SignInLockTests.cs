using GridActors.Service.Tests.Hosting;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GridActors.Service.Tests.Sessions;

/// <summary>Locks stop guessing, and can't be used to keep somebody out.</summary>
public sealed class SignInLockTests : SharedServiceTest
{
    const string Home = "192.0.2.10";
    const string Elsewhere = "198.51.100.7";
    static readonly AccessEntry Entry = new(AccessKind.SignIn, null, Elsewhere, "wrong-credentials");

    [Fact]
    public async Task Five_failures_lock_the_account_for_the_place_and_say_for_how_long()
    {
        var account = await Fresh();
        for (var i = 0; i < 4; i++)
            (await Post(account, "wrong")).Expect(401, "wrong-credentials");

        var fifth = (await Post(account, "wrong")).Expect(429, "locked");
        var right = (await Post(account)).Expect(429, "locked");

        Assert.InRange(fifth.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.InRange(right.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await Post(account.Replace("worker-1", "worker-2", StringComparison.Ordinal))).Expect(200);
    }

    [Fact]
    public async Task An_account_locked_from_one_address_is_open_to_its_owner_at_another()
    {
        var account = await Fresh();
        for (var i = 0; i < 5; i++)
            await Try(account, "wrong", Elsewhere);

        Assert.Equal(SignInRefusal.Locked, (await Try(account, TestService.Password, Elsewhere)).Refusal);
        Assert.NotNull((await Try(account, TestService.Password, Home)).Person);
    }

    [Fact]
    public async Task A_remembered_device_signs_in_though_somebody_at_the_same_address_locked_the_account()
    {
        var account = await Fresh();
        var cookie = (await Post(account)).Expect(200).Headers["Set-Cookie"];
        var device = cookie[cookie.IndexOf("gridactors-device=", StringComparison.Ordinal)..].Split(';')[0];
        for (var i = 0; i < 5; i++)
            await Post(account, "wrong");

        (await Post(account)).Expect(429, "locked");
        (await Post(account, TestService.Password, ("Cookie", device))).Expect(200);
        var other = account.Replace("worker-1", "worker-2", StringComparison.Ordinal);
        for (var i = 0; i < 5; i++)
            await Post(other, "wrong");
        (await Post(other, TestService.Password, ("Cookie", device))).Expect(429, "locked"); // It isn't remembered for this account.
    }

    [Fact]
    public async Task A_device_that_guesses_is_locked_too()
    {
        var account = await Fresh();
        var person = new Contracts.People.PersonId(account);
        var device = await Service.Services.GetRequiredService<Devices>().Remember(person, Home, null, default);
        for (var i = 0; i < 5; i++)
            await Try(account, "wrong", Home, device);

        Assert.Equal(SignInRefusal.Locked, (await Try(account, TestService.Password, Home, device)).Refusal);
        Assert.NotNull((await Try(account, TestService.Password, Home)).Person);
    }

    [Fact]
    public async Task Each_further_failure_doubles_the_lock_up_to_an_hour()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var options = new AccountOptions();
        var locks = new SignInLocks(Service.Data, options, Service.Services.GetRequiredService<AccessJournal>(), clock);
        var (account, place) = (Guid.NewGuid().ToString(), new SignInPlace("address x", IsKnown: true));
        for (var i = 0; i < options.FailuresAllowed - 1; i++)
            Assert.Null(await locks.Fail(account, place, Entry, default));

        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            var left = await locks.Fail(account, place, Entry, default);
            Assert.Equal(minutes, Math.Round(left!.Value.TotalMinutes, 2));
            Assert.NotNull(await locks.Left(account, place, default));
            clock.Advance(left.Value);
            Assert.Null(await locks.Left(account, place, default));
        }
        clock.Advance(TimeSpan.FromDays(1.1));
        Assert.Null(await locks.Fail(account, place, Entry, default));
    }

    [Fact]
    public async Task A_lock_ends_when_the_clock_is_set_back_instead_of_lasting_until_it_has_caught_up()
    {
        var clock = new MovedClock();
        var options = new AccountOptions();
        var locks = new SignInLocks(Service.Data, options, Service.Services.GetRequiredService<AccessJournal>(), clock);
        var (account, place) = (Guid.NewGuid().ToString(), new SignInPlace("address x", IsKnown: true));
        for (var i = 0; i < options.FailuresAllowed; i++)
            await locks.Fail(account, place, Entry, default);
        Assert.NotNull(await locks.Left(account, place, default));

        clock.Ahead = TimeSpan.FromHours(-2);

        Assert.Null(await locks.Left(account, place, default));
        for (var i = 0; i < options.FailuresAllowed - 1; i++)
            Assert.Null(await locks.Fail(account, place, Entry, default));
        Assert.NotNull(await locks.Fail(account, place, Entry, default));
    }

    [Fact]
    public async Task Guesses_from_many_addresses_lock_the_account_for_unknown_places_alone()
    {
        var account = await Fresh();
        var person = new Contracts.People.PersonId(account);
        await Service.Services.GetRequiredService<Devices>().Remember(person, Home, null, default);
        var locks = Service.Services.GetRequiredService<SignInLocks>();
        for (var i = 0; i < 100; i++)
            await locks.Fail(account, new($"address 203.0.113.{i}", IsKnown: false), Entry, default);

        Assert.Equal(SignInRefusal.Locked, (await Try(account, TestService.Password, Elsewhere)).Refusal);
        Assert.NotNull((await Try(account, TestService.Password, Home)).Person);
    }

    [Fact]
    public async Task A_hundred_parallel_wrong_passwords_count_as_five()
    {
        var account = await Fresh();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Post(account, "wrong")));

        Assert.Equal(4, answers.Count(a => a.Outcome == "401 wrong-credentials"));
        Assert.Equal(96, answers.Count(a => a.Outcome == "429 locked"));
    }

    [Fact]
    public async Task An_address_that_guesses_is_refused_but_not_the_people_who_sign_in_from_there()
    {
        await using var service = await TestService.Start(b =>
            b.Services.AddSingleton(new AccountOptions { DemoPassword = TestService.Password, FailuresAllowedPerAddress = 20 })
        );
        var anybody = service.Anybody();
        Task<Answer> Send(string account, string password) => anybody.Post("/api/session", new { account, password });
        (await Send("qinghe/worker-1", TestService.Password)).Expect(200);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Send($"nobody-{i}", "123456")));
        var stranger = (await Send("qinghe/worker-2", TestService.Password)).Expect(429, "locked");

        Assert.InRange(answers.Count(a => a.Status == 401), 20, 24); // Some were under way.
        Assert.InRange(stranger.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await Send("qinghe/worker-1", TestService.Password)).Expect(200);
    }

    [Fact]
    public async Task A_right_password_resets_the_count_of_wrong_ones()
    {
        var account = await Fresh();
        for (var i = 0; i < 4; i++)
            (await Post(account, "wrong")).Expect(401, "wrong-credentials");
        (await Post(account)).Expect(200);

        (await Post(account, "wrong")).Expect(401, "wrong-credentials");
    }

    async Task<string> Fresh() => $"{(await Service.Load(TestPacks.Fresh())).Id}/worker-1";

    Task<SignIn> Try(string account, string password, string address, string? device = null) =>
        Service.Services.GetRequiredService<Accounts>().SignIn(new(account, password, address, device), default);

    Task<Answer> Post(string account, string password = TestService.Password, params (string, string)[] headers) =>
        Service.Anybody().Post("/api/session", new { account, password }, null, headers);
}
