using System.Text;
using GridActors.Simulator.Client;
using GridActors.Simulator.Replay;
using Microsoft.AspNetCore.Http;

namespace GridActors.Simulator.Tests;

/// <summary>Replays against the real service, with a clock that skips every pause.</summary>
public sealed class ReplayRunTests(ObstructedService service) : IClassFixture<ObstructedService>, IAsyncLifetime
{
    const int Requests = 80;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    readonly ImpatientTime _clock = new();

    string State => Path.Combine(_folder.FullName, "state");

    /// <summary>Every case is offered to the workers of its grid.</summary>
    public Task InitializeAsync() => service.Begin("rubbish");

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_board_ends_equal_to_the_file()
    {
        var summary = await Run(Options());

        Assert.True(summary.Check!.IsEqual, summary.Check.Sentence);
        Assert.EndsWith("equal to the file", summary.Check.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, summary.ExitCode);
        var cases = await service.Cases();
        Assert.Equal(Requests, cases.Count);
        Assert.Equal(Expected().Closed, cases.Count(c => c.Status == "closed"));
        Assert.All(cases, c => Assert.Equal("dispatcher-1", c.Reporter));
        var inner = service.Pack.Areas.Select(a => a.Parent).OfType<string>();
        Assert.Equal(service.Pack.Areas.Select(a => a.Code).Except(inner).Order(), cases.Select(c => c.Area).Distinct().Order());
    }

    [Fact]
    public async Task An_open_request_ends_offered_when_overdue_and_claimed_otherwise()
    {
        var rows = CommittedData.Rows.Take(400).ToList();

        await Run(Options() with { Limit = rows.Count });

        var cases = await service.Cases();
        Assert.Equal(rows.Count(r => r.Closed is null && r.Overdue), cases.Count(c => c.Status == "offered"));
        Assert.Equal(rows.Count(r => r.Closed is null && !r.Overdue), cases.Count(c => c.Status == "claimed"));
    }

    [Fact]
    public async Task A_replayed_case_is_claimed_resolved_and_closed()
    {
        await Run(Options());

        foreach (var closed in (await service.Cases()).Where(c => c.Status == "closed"))
            Assert.Equal(["claimed", "resolved", "closed"], await service.Steps(closed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replay_resumed_after_an_interruption_makes_no_duplicates(bool remembering)
    {
        var options = Options() with { State = remembering ? State : null };
        using var interrupt = new CancellationTokenSource();
        service.Written = written =>
        {
            if (written == 120)
                interrupt.Cancel();
        };

        var first = await Run(options, interrupt.Token);
        var left = (await service.Cases()).Count(c => c.Status != "closed");
        var second = await Run(options);

        Assert.Equal(("stopped", 2), (first.Interruption, first.ExitCode));
        Assert.True(left > 0);
        Assert.True(second.Check!.IsEqual, second.Check.Sentence);
        await AssertNothingTwice();
        if (remembering)
            Assert.True(second.Figures.FinishedEarlier > 0);
    }

    [Fact]
    public async Task A_second_replay_changes_nothing()
    {
        await Run(Options());
        var versions = (await service.Cases()).Sum(c => c.Version);

        var again = await Run(Options());

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(versions, (await service.Cases()).Sum(c => c.Version));
    }

    [Fact]
    public async Task A_second_replay_on_a_used_board_finds_no_difference()
    {
        var dispatcher = await service.As("dispatcher-1");
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 1);
        await Run(Options() with { Limit = Requests / 2 });

        // Half of the requests are new to the second run, and none to the others.
        var second = await Run(Options() with { State = State });
        var third = await Run(Options());
        var resumed = await Run(Options() with { State = State });

        foreach (var summary in new[] { second, third, resumed })
        {
            Assert.Equal(0, summary.ExitCode);
            Assert.Contains("besides 1", summary.Check!.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_503_with_Retry_After_is_repeated_after_that_time()
    {
        service.Before = (_, number) => Task.FromResult(number % 7 == 0 ? ObstructedService.Busy(3) : null);

        var summary = await Run(Options());

        Assert.Equal(0, summary.ExitCode);
        await AssertNothingTwice();
        var repeats = summary.Timings.Kinds.Sum(k => k.Value.Repeats);
        Assert.True(repeats > 0);
        Assert.Equal(repeats, _clock.Pauses.Count(p => p >= TimeSpan.FromSeconds(3) && p <= TimeSpan.FromSeconds(3.75)));
    }

    [Fact]
    public async Task A_write_whose_outcome_is_unknown_is_repeated_with_its_key()
    {
        service.After = (_, number) => number % 5 == 0 ? ObstructedService.Problem(503, "outcome-unknown") : null;

        var summary = await Run(Options());

        Assert.Equal(0, summary.ExitCode);
        await AssertNothingTwice();
        Assert.True(service.Writes.Count > service.Writes.Distinct().Count());
    }

    [Fact]
    public async Task A_service_that_stays_away_ends_the_run_and_a_second_run_completes_it()
    {
        var options = Options() with { State = State };
        service.Before = (_, number) => Task.FromResult(number > 150 ? ObstructedService.Busy(10) : null);
        var first = await Run(options);
        service.ClearTheWay();

        var second = await Run(options);

        Assert.Equal(2, first.ExitCode);
        Assert.Contains("no answer within", first.Interruption, StringComparison.Ordinal);
        Assert.Equal(0, second.ExitCode);
        await AssertNothingTwice();
    }

    [Fact]
    public async Task A_state_of_another_service_is_refused()
    {
        var options = Options() with { State = State };
        await Run(options);
        await using var another = await TestService.Start(packs: [service.Pack]);

        await Assert.ThrowsAsync<StateMismatchException>(() => Run(options with { Url = another.Url }));

        Assert.Equal(0, (await (await another.As("dispatcher-1", service.Pack.Id)).Board("C")).Counts.Reported);
    }

    [Fact]
    public async Task Cases_that_existed_before_the_replay_are_not_counted()
    {
        var dispatcher = await service.As("dispatcher-1");
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 1);

        var summary = await Run(Options());

        Assert.Equal(0, summary.ExitCode);
        Assert.Contains("besides 1", summary.Check!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_named_and_fails_the_run()
    {
        var lies = 0;
        service.Before = async (request, _) =>
        {
            if (!request.Path.Value!.EndsWith("/close", StringComparison.Ordinal) || Interlocked.Exchange(ref lies, 1) == 1)
                return null;
            // The answer says that a case was closed, but it wasn't.
            var view = (await (await service.As("dispatcher-1")).Get(request.Path.Value[..^"/close".Length])).Expect(200).Text;
            return Results.Text(
                view.Replace("\"status\":\"resolved\"", "\"status\":\"closed\"", StringComparison.Ordinal),
                "application/json",
                Encoding.UTF8
            );
        };

        // The clock skips pauses, so that the time is spent by asking; on a busy machine boards need some of it to settle.
        var summary = await Run(Options() with { Settle = TimeSpan.FromMinutes(10) });

        Assert.Equal(1, summary.ExitCode);
        Assert.Contains("closed -1 open +1", summary.Check!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_claimed_by_somebody_else_is_worked_on_by_its_claimant()
    {
        var claims = 0;
        service.Before = async (request, _) =>
        {
            if (!request.Path.Value!.EndsWith("/claim", StringComparison.Ordinal) || IsOther(request))
                return null;
            if (Interlocked.Increment(ref claims) % 3 != 0)
                return null;
            var id = request.Path.Value.Split('/')[3];
            var recipients = (await (await service.As("dispatcher-1")).Case(id)).OfferedTo;
            await (await service.As(recipients[^1])).Step(id, "claim", key: $"other-{id}");
            return null;
        };

        var summary = await Run(Options());

        Assert.True(summary.Check!.IsEqual, summary.Check.Sentence);
        Assert.Equal(0, summary.Figures.Errors);
        Assert.Contains(service.Refusals, r => r.Status == 409);

        static bool IsOther(HttpRequest request) =>
            request.Headers["Idempotency-Key"].ToString().StartsWith("other-", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_session_is_renewed()
    {
        var expired = 0;
        service.Before = (request, number) =>
            Task.FromResult(
                number > 100 && request.Path != "/api/session" && Interlocked.Exchange(ref expired, 1) == 0
                    ? ObstructedService.Problem(401, "not-signed-in")
                    : null
            );

        var summary = await Run(Options());

        Assert.Equal(0, summary.ExitCode);
        Assert.Equal(1, expired);
        var (signIns, claimants) = (service.SignIns, (await service.Cases()).Select(c => c.Claimant).OfType<string>().Distinct().Count());
        Assert.True(signIns > claimants + 1, $"{signIns} sign-ins of {claimants} claimants and the reporter.");
    }

    [Fact]
    public async Task A_sign_in_answered_429_is_repeated_until_it_succeeds()
    {
        service.Before = (request, number) =>
            Task.FromResult(request.Path == "/api/session" && number % 2 == 0 ? ObstructedService.SlowDown(2) : null);

        var summary = await Run(Options());

        Assert.Equal(0, summary.ExitCode);
        Assert.True(summary.Timings.Of("sign-in").Repeats > 0);
        // The first sign-in of everybody but the reporter is refused, because other packs have the same person ids. Nothing else is
        // refused.
        Assert.Equal(service.SignIns - 1, summary.Timings.Of("sign-in").Refusals);
    }

    [Fact]
    public async Task A_person_whose_account_is_locked_is_skipped()
    {
        for (var attempt = 0; attempt < 6; attempt++)
            await new Harness.Client(service.Url, null).Post(
                "/api/session",
                new { account = $"{service.Pack.Id}/worker-1", password = "wrong" }
            );

        var summary = await Run(Options());

        Assert.Equal(0, summary.ExitCode);
        Assert.DoesNotContain(await service.Cases(), c => c.Claimant == "worker-1");
    }

    [Fact]
    public async Task A_limit_on_officials_bounds_the_sign_ins()
    {
        var summary = await Run(Options() with { Officials = 3, Concurrency = 1 });

        Assert.Equal(0, summary.ExitCode);
        // Each of the six grids needs one of its eleven workers.
        Assert.InRange(service.SignIns, 2, 9);
    }

    [Fact]
    public async Task A_replay_at_the_files_pace_comes_to_the_same_end()
    {
        var start = _clock.GetTimestamp();

        var summary = await Run(Options() with { Speed = 3600 });

        Assert.Equal(0, summary.ExitCode);
        Assert.True(_clock.GetElapsedTime(start) > TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Without_an_account_the_demo_offers_one()
    {
        var summary = await Run(Options() with { Account = null, Pack = service.Pack.Id });

        Assert.Equal(0, summary.ExitCode);
    }

    async Task AssertNothingTwice()
    {
        service.ClearTheWay();
        var cases = await service.Cases();
        Assert.Equal(Requests, cases.Count);
        foreach (var one in cases)
        {
            var steps = await service.Steps(one);
            Assert.Equal(steps.Distinct(), steps);
        }
    }

    static Baseline Expected() => Replayer.Expected([.. CityClock.Boston.Time(CommittedData.Rows.Take(Requests))]);

    ReplayOptions Options() =>
        new()
        {
            File = CommittedData.Requests,
            Url = service.Url,
            Account = service.Account,
            Password = TestService.Password,
            Concurrency = 16,
            Limit = Requests,
            // The deadline is long because the clock skips waits, while the board needs real seconds.
            Settle = TimeSpan.FromHours(2),
        };

    Task<ReplaySummary> Run(ReplayOptions options, CancellationToken cancellationToken = default) =>
        new Replayer(options, _clock, new RetryRules { Budget = TimeSpan.FromSeconds(600) })
            .Run(static (_, _, _) => Task.CompletedTask, cancellationToken)
            .WithinDeadline();
}
