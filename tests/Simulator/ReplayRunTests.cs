using GridActors.Simulator.Client;
using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Tests;

/// <summary>The replay against an in-memory service over a real socket.</summary>
public sealed class ReplayRunTests : IDisposable
{
    const int Requests = 300;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    readonly ImpatientTime _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_board_ends_equal_to_the_file()
    {
        await using var service = await FakeService.StartAsync();

        var summary = await RunAsync(Options(service));

        Assert.True(summary.Check!.IsEqual, summary.Check.Sentence);
        Assert.EndsWith("equal to the file", summary.Check.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, summary.ExitCode);
        Assert.Equal(Requests, service.Cases.Count);
        Assert.Equal(Expected().Closed, service.Cases.Count(c => c.Status == "closed"));
        Assert.All(service.Cases, c => Assert.Equal(FakeService.Centre, c.Reporter));
        Assert.Equal(FakeTree.Grids, service.Cases.Select(c => c.Area).Distinct().Order());
    }

    [Fact]
    public async Task A_request_open_in_the_file_stays_offered_when_overdue_and_claimed_when_not()
    {
        await using var service = await FakeService.StartAsync();
        var rows = CommittedData.Rows.Take(2_000).ToList();

        await RunAsync(Options(service) with { Limit = 2_000 });

        Assert.Equal(rows.Count(r => r.Closed is null && r.Overdue), service.Cases.Count(c => c.Status == "offered"));
        Assert.Equal(rows.Count(r => r.Closed is null && !r.Overdue), service.Cases.Count(c => c.Status == "claimed"));
    }

    [Fact]
    public async Task Steps_of_a_case_come_in_order()
    {
        await using var service = await FakeService.StartAsync();

        await RunAsync(Options(service));

        Assert.All(service.Cases.Where(c => c.Status == "closed"), c => Assert.Equal(["claim", "resolve", "close"], c.Steps));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Going_on_after_an_interruption_makes_no_doubles(bool remembering)
    {
        await using var service = await FakeService.StartAsync();
        var options = Options(service) with { State = remembering ? Path.Combine(_folder.FullName, "state") : null };
        using var interrupt = new CancellationTokenSource();
        var steps = 0;
        service.Stepped = (_, _) =>
        {
            if (++steps == 400)
                interrupt.Cancel();
        };

        var first = await RunAsync(options, interrupt.Token);
        var left = service.Cases.Count(c => c.Status != "closed");
        var second = await RunAsync(options);

        Assert.Equal(("stopped", 2), (first.Interruption, first.ExitCode));
        Assert.True(left > 0);
        Assert.Equal(Requests, service.Cases.Count);
        Assert.True(second.Check!.IsEqual, second.Check.Sentence);
        Assert.All(service.Cases, c => Assert.Equal(c.Steps.Distinct(), c.Steps));
        if (remembering)
            Assert.True(second.Figures.FinishedEarlier > 0);
    }

    [Fact]
    public async Task Playing_it_twice_is_playing_it_once()
    {
        await using var service = await FakeService.StartAsync();
        await RunAsync(Options(service));
        var steps = service.Cases.Sum(c => c.Steps.Count);

        var again = await RunAsync(Options(service));

        Assert.Equal(Requests, service.Cases.Count);
        Assert.Equal(steps, service.Cases.Sum(c => c.Steps.Count));
        Assert.Equal(0, again.ExitCode);
    }

    [Fact]
    public async Task A_busy_service_is_given_the_time_it_asks_for()
    {
        await using var service = await FakeService.StartAsync();
        service.Interfere = (number, path, taken) => !taken && number % 7 == 0 ? FakeService.Busy(3) : null;

        var summary = await RunAsync(Options(service));

        Assert.Equal(0, summary.ExitCode);
        Assert.Equal(Requests, service.Cases.Count);
        var busy = summary.Timings.Kinds.Sum(k => k.Value.Repeats);
        Assert.True(busy > 0);
        Assert.Equal(busy, _clock.Pauses.Count(p => p >= TimeSpan.FromSeconds(3) && p <= TimeSpan.FromSeconds(3.75)));
    }

    [Fact]
    public async Task A_write_whose_outcome_isnt_known_is_repeated_with_its_key()
    {
        await using var service = await FakeService.StartAsync();
        service.Interfere = (number, path, taken) => taken && number % 5 == 0 ? FakeService.Problem(503, "outcome-unknown") : null;

        var summary = await RunAsync(Options(service));

        Assert.Equal(0, summary.ExitCode);
        Assert.Equal(Requests, service.Cases.Count);
        Assert.All(service.Cases, c => Assert.Equal(c.Steps.Distinct(), c.Steps));
        Assert.True(service.Writes.Count > service.Writes.Distinct().Count());
    }

    [Fact]
    public async Task A_service_that_stays_away_ends_the_run_and_not_the_work_done()
    {
        await using var service = await FakeService.StartAsync();
        var options = Options(service) with { State = Path.Combine(_folder.FullName, "state") };
        service.Interfere = (number, _, _) => number > 500 ? FakeService.Busy(10) : null;
        var first = await RunAsync(options);
        service.Interfere = static (_, _, _) => null;

        var second = await RunAsync(options);

        Assert.Equal(2, first.ExitCode);
        Assert.Contains("no answer within", first.Interruption, StringComparison.Ordinal);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(Requests, service.Cases.Count);
    }

    [Fact]
    public async Task A_state_of_another_service_is_refused()
    {
        await using var service = await FakeService.StartAsync();
        var options = Options(service) with { State = Path.Combine(_folder.FullName, "state") };
        await RunAsync(options);
        await using var another = await FakeService.StartAsync();

        await Assert.ThrowsAsync<StateMismatchException>(() => RunAsync(options with { Url = another.Url }));

        Assert.Empty(another.Cases);
    }

    [Fact]
    public async Task Cases_that_were_there_before_are_told_apart()
    {
        await using var service = await FakeService.StartAsync();
        service.Add(new FakeCase { Id = "c-before", Reporter = "x", Area = "x", Category = "x", Title = "x", OfferedTo = [], Status = "offered" });

        var summary = await RunAsync(Options(service));

        Assert.Equal(0, summary.ExitCode);
        Assert.Contains("besides 1", summary.Check!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_named_and_fails_the_run()
    {
        await using var service = await FakeService.StartAsync();
        service.Stepped = (made, step) =>
        {
            if (step == "close" && made.Id == "c-7")
                made.Status = "resolved";
        };

        var summary = await RunAsync(Options(service));

        Assert.Equal(1, summary.ExitCode);
        Assert.Contains("closed -1 open +1", summary.Check!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_claim_is_worked_on_by_who_has_it()
    {
        await using var service = await FakeService.StartAsync();
        service.Stepped = (made, step) =>
        {
            if (step == "report" && made.Id.EndsWith('3'))
                (made.Status, made.Claimant) = ("claimed", "ll-desk-2");
        };

        var summary = await RunAsync(Options(service));

        Assert.True(summary.Check!.IsEqual, summary.Check.Sentence);
        Assert.Equal(0, summary.Figures.Errors);
    }

    [Fact]
    public async Task A_session_that_ended_is_renewed()
    {
        await using var service = await FakeService.StartAsync();
        var expired = 0;
        service.Interfere = (number, path, taken) => !taken && number > 100 && path != "/api/session" && Interlocked.Exchange(ref expired, 1) == 0
            ? FakeService.Problem(401, "not-signed-in")
            : null;

        var summary = await RunAsync(Options(service));

        Assert.Equal(0, summary.ExitCode);
        Assert.True(service.SignIns.Count > service.SignIns.Distinct().Count());
    }

    [Fact]
    public async Task A_limit_on_sign_ins_slows_the_run_and_loses_nobody()
    {
        await using var service = await FakeService.StartAsync();
        service.Interfere = (number, path, taken) => path == "/api/session" && number % 2 == 0 ? FakeService.SlowDown(2) : null;

        var summary = await RunAsync(Options(service));

        Assert.Equal(0, summary.ExitCode);
        Assert.True(summary.Timings.Of("sign-in").Repeats > 0);
        Assert.Equal(0, summary.Timings.Of("sign-in").Refusals);
    }

    [Fact]
    public async Task Somebody_whose_account_is_locked_is_passed_over()
    {
        await using var service = await FakeService.StartAsync();
        service.LockedAccount = "ll-desk-1";

        var summary = await RunAsync(Options(service));

        Assert.Equal(0, summary.ExitCode);
        Assert.DoesNotContain(service.Cases, c => c.Claimant == "ll-desk-1");
    }

    [Fact]
    public async Task Few_officials_are_signed_in_when_few_are_asked_for()
    {
        await using var service = await FakeService.StartAsync();

        var summary = await RunAsync(Options(service) with { Officials = 3, Concurrency = 1 });

        Assert.Equal(0, summary.ExitCode);
        Assert.InRange(service.SignIns.Count, 2, 5);
    }

    [Fact]
    public async Task Paced_by_the_files_time_it_comes_to_the_same_end()
    {
        await using var service = await FakeService.StartAsync();

        var summary = await RunAsync(Options(service) with { Speed = 3600 });

        Assert.Equal(0, summary.ExitCode);
        Assert.True(_clock.GetElapsedTime(0) > TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Without_an_account_the_demo_offers_one()
    {
        await using var service = await FakeService.StartAsync();

        var summary = await RunAsync(Options(service) with { Account = null });

        Assert.Equal(0, summary.ExitCode);
    }

    static Baseline Expected() => Replayer.Expected([.. CityClock.Boston.Time(CommittedData.Rows.Take(Requests))]);

    static ReplayOptions Options(FakeService service) => new()
    {
        File = CommittedData.Requests,
        Url = service.Url,
        Account = FakeService.Centre,
        Password = FakeService.Password,
        Concurrency = 16,
        Limit = Requests,
    };

    Task<ReplaySummary> RunAsync(ReplayOptions options, CancellationToken ct = default) =>
        new Replayer(options, _clock, new RetryRules { Budget = TimeSpan.FromSeconds(600) }).RunAsync(static (_, _, _) => Task.CompletedTask, ct)
            .WaitAsync(Eventually.Deadline, CancellationToken.None);
}
