using GridActors.Simulator.Client;
using GridActors.Simulator.Day;

namespace GridActors.Simulator.Tests;

/// <summary>Plays a day against the real service, with a clock that skips every wait, so that a day takes a moment.</summary>
public sealed class CountyDayTests(ObstructedService service) : IClassFixture<ObstructedService>, IAsyncLifetime
{
    readonly CountyDay _day = new(new ImpatientTime());

    public Task InitializeAsync() => service.Begin();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Lost_claim_races_are_counted()
    {
        await RunUntil(() => _day.Figures is [{ RacesLost: > 0, RacesWon: > 0 }]);

        var figures = Assert.Single(_day.Figures);
        Assert.InRange(figures.RacesWon, 1, figures.Races);
        Assert.InRange(figures.RacesLost, 1, service.Refusals.Count(r => r.Status == 409));
    }

    [Fact]
    public async Task A_day_takes_every_step_and_stops_cleanly()
    {
        string[] steps =
        [
            "report",
            "claim",
            "on-site",
            "progress",
            "resolve",
            "explain",
            "close",
            "reopen",
            "release",
            "handover",
            "transfer",
            "comment",
        ];

        await RunUntil(() => _day.Figures is [var figures] && steps.All(step => figures.Of(step) > 0));

        Assert.Equal(0, _day.Figures[0].Failed);
    }

    [Fact]
    public async Task Only_people_whose_post_may_report_report_cases()
    {
        var refusals = await RunUntil(() => _day.Figures is [var figures] && figures.Of("report") >= 50);

        var cases = await service.Cases();
        var reporters = service.Pack.Posts.Where(p => p.May.Contains(Domain.Packs.Permission.Report)).Select(p => p.Id).ToList();
        Assert.All(cases, c => Assert.Contains(service.Pack.Holdings, h => h.Person == c.Reporter && reporters.Contains(h.Post)));
        Assert.DoesNotContain(refusals, r => r.Path == "/api/cases");
        Assert.True(cases.Select(c => c.Area).Distinct().Count() > 3);
        Assert.All(cases, c => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", c.Title));
    }

    [Fact]
    public async Task A_service_that_goes_away_for_a_while_does_not_end_the_day()
    {
        service.Before = (_, number) => Task.FromResult(number is > 200 and < 400 ? ObstructedService.Busy(3600) : null);

        await RunUntil(() => service.Requests > 600);

        Assert.True(_day.Figures[0].Failed > 0);
    }

    [Fact]
    public async Task A_wrong_password_ends_the_day_at_once()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            _day.Run(Options() with { Password = "wrong" }, CancellationToken.None)
        );

        Assert.Contains("wrong-credentials", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_beside_a_service_that_has_set_its_time_is_the_services_own()
    {
        var now = new DateTimeOffset(2026, 2, 12, 10, 0, 0, TimeSpan.FromHours(8));
        await using var demo = await TestService.Start(
            packs: [TestPacks.Fresh() with { Demo = ["dispatcher-1"] }],
            change: s => s with { Now = now, Pace = 60 }
        );
        var day = new CountyDay();
        using var stop = new CancellationTokenSource();
        var running = day.Run(Options() with { Url = demo.Url, Accounts = [] }, stop.Token);

        await Eventually.Is(() => Task.FromResult(day.Figures is [var figures] && figures.Of("report") > 0));
        var told = (await demo.Anybody().Get("/api/demo")).Body.GetProperty("time").GetProperty("now").GetDateTimeOffset();
        var played = day.Figures[0].Time;

        await stop.CancelAsync();
        await running.WithinDeadline();
        Assert.InRange(
            (TimeOnly.FromTimeSpan(told.ToOffset(now.Offset).TimeOfDay) - played).Duration(),
            TimeSpan.Zero,
            TimeSpan.FromHours(1)
        );
    }

    /// <returns>
    /// What the service refused until then. The stop cuts off the calls that are under way, and the service takes the rest of one for
    /// malformed.
    /// </returns>
    async Task<IReadOnlyList<(string Path, int Status)>> RunUntil(Func<bool> fact)
    {
        using var stop = new CancellationTokenSource();
        var running = _day.Run(Options(), stop.Token);
        await Eventually.Is(() => Task.FromResult(fact() || running.IsCompleted));
        var refusals = service.Refusals.ToArray();
        await stop.CancelAsync();
        await running.WithinDeadline();
        Assert.True(fact());
        return refusals;
    }

    SimulationOptions Options() =>
        new()
        {
            Url = service.Url,
            Accounts = [service.Account],
            Password = TestService.Password,
            Concurrency = 16,
            LiveCases = 12,
        };
}
