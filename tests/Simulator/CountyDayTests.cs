using GridActors.Simulator.Client;
using GridActors.Simulator.Day;

namespace GridActors.Simulator.Tests;

/// <summary>A day against an in-memory service; its clock leaps, so a day passes in a moment.</summary>
public sealed class CountyDayTests
{
    readonly ImpatientTime _clock = new();

    [Fact]
    public async Task Of_those_who_press_claim_in_the_same_instant_one_gets_it_and_the_others_are_counted()
    {
        await using var service = await FakeService.StartAsync();
        using var stop = new CancellationTokenSource();
        var day = new CountyDay(_clock);
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Stepped = (_, _) =>
        {
            if (day.Figures is [{ RacesLost: > 0 }])
                counted.TrySetResult();
        };
        var running = day.RunAsync(Options(service), stop.Token);

        await counted.Task.WithinDeadline();
        await stop.CancelAsync();
        await running.WithinDeadline();

        var figures = Assert.Single(day.Figures);
        Assert.True(figures.Races > 0);
        Assert.True(figures.RacesWon <= figures.Races);
        Assert.InRange(figures.RacesLost, 1, service.LostRaces);
    }

    [Fact]
    public async Task A_day_reports_works_and_closes_and_stops_cleanly()
    {
        await using var service = await FakeService.StartAsync();
        using var stop = new CancellationTokenSource();
        var day = new CountyDay(_clock);
        string[] wanted = ["report", "claim", "on-site", "progress", "resolve", "explain", "close", "reopen", "release", "handover", "transfer", "comment"];
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Stepped = (_, _) =>
        {
            if (day.Figures is [var figures] && wanted.All(step => figures.Of(step) > 0))
                all.TrySetResult();
        };
        var running = day.RunAsync(Options(service), stop.Token);

        await all.Task.WithinDeadline();
        await stop.CancelAsync();
        await running.WithinDeadline();

        Assert.True(running.IsCompletedSuccessfully);
        Assert.All(wanted, step => Assert.True(day.Figures[0].Of(step) > 0, step));
        Assert.Equal(0, day.Figures[0].Failed);
    }

    [Fact]
    public async Task Only_people_whose_post_may_report_do()
    {
        await using var service = await FakeService.StartAsync();
        using var stop = new CancellationTokenSource();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Stepped = (_, _) =>
        {
            if (service.Cases.Count >= 100)
                enough.TrySetResult();
        };
        var running = new CountyDay(_clock).RunAsync(Options(service), stop.Token);

        await enough.Task.WithinDeadline();
        await stop.CancelAsync();
        await running.WithinDeadline();

        Assert.All(service.Cases, c => Assert.Equal($"{c.Area}-worker", c.Reporter));
        Assert.True(service.Cases.Select(c => c.Area).Distinct().Count() > 5);
        Assert.All(service.Cases, c => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", c.Title));
    }

    [Fact]
    public async Task A_service_that_goes_away_for_a_while_doesnt_end_the_day()
    {
        await using var service = await FakeService.StartAsync();
        using var stop = new CancellationTokenSource();
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Interfere = (number, _, _) => number is > 200 and < 400 ? FakeService.Busy(3600) : null;
        service.Stepped = (_, _) =>
        {
            if (service.Requests > 600)
                back.TrySetResult();
        };
        var day = new CountyDay(_clock);
        var running = day.RunAsync(Options(service), stop.Token);

        await back.Task.WithinDeadline();
        await stop.CancelAsync();
        await running.WithinDeadline();

        Assert.True(day.Figures[0].Failed > 0);
    }

    [Fact]
    public async Task A_wrong_password_is_said_at_once()
    {
        await using var service = await FakeService.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => new CountyDay(_clock).RunAsync(Options(service) with { Password = "wrong" }, CancellationToken.None));

        Assert.Contains("wrong-credentials", refused.Message, StringComparison.Ordinal);
    }

    static SimulationOptions Options(FakeService service) => new()
    {
        Url = service.Url,
        Accounts = [FakeService.Centre],
        Password = FakeService.Password,
        Concurrency = 16,
        LiveCases = 12,
    };
}
