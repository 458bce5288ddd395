using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Areas;

/// <summary>The day of a board is a day of the pack's time zone, and ends when that day does.</summary>
public sealed class DayTests
{
    [Fact]
    public async Task At_midnight_todays_figures_restart_at_zero_and_all_others_stay()
    {
        var clock = new SetClock();
        await using var service = await TestService.Start(b => b.Services.AddSingleton<TimeProvider>(clock));
        // An hour before a midnight in Shanghai, so that a busy machine doesn't reach it before the test does.
        var midnight = new DateTimeOffset(clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date.AddDays(2), TimeSpan.FromHours(8));
        clock.SetTo(midnight.AddHours(-1));
        var dispatcher = await service.As("dispatcher-1");
        var quiet = await dispatcher.Report("C-B1-1");
        var busy = await dispatcher.Report("C-A1-1");
        await (await service.As("worker-1")).Do(busy.Id, "claim");
        await (await service.As("worker-1")).Do(busy.Id, "resolve");
        await dispatcher.Do(busy.Id, "close");
        var before = await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts is { ReportedToday: 2, ClosedToday: 1 });
        Assert.Equal(DateOnly.FromDateTime(midnight.Date.AddDays(-1)), before.Day);
        await using var hub = await service.Connect("dispatcher-1");
        await hub.WatchArea("C");

        clock.SetTo(midnight.AddSeconds(10));
        // C-B got no change, and must have reset yesterday's figures too.
        await dispatcher.Report("C-A1-1");

        await Eventually.Holds(async () =>
        {
            var after = await dispatcher.Board("C");
            Assert.Equal(before.Day.AddDays(1), after.Day);
            Assert.Equal(new Counts(3, 2, 2, 0, 0, 0, 1, 0, 1, 0), after.Counts);
            Assert.Equal([1, 0], after.Children.Select(c => c.Counts.ReportedToday));
            Assert.Equal([1, 0], (await dispatcher.Board("C-A")).Children.Select(c => c.Counts.ReportedToday));
            Assert.Equal(new Counts(1, 1, 1, 0, 0, 0, 0, 0, 0, 0), (await dispatcher.Board("C-B")).Counts);
        });
        await hub.Next(
            "AreaChanged",
            p => p.As<Frame>() is { Counts: { Reported: 3, ReportedToday: 1, ClosedToday: 0 } } f && f.Day == before.Day.AddDays(1)
        );
        await (await service.As("worker-b11")).Do(quiet.Id, "claim");
        await (await service.As("worker-b11")).Do(quiet.Id, "resolve");
        await dispatcher.Do(quiet.Id, "close");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts is { Closed: 2, ClosedToday: 1, ReportedToday: 1 });
        var days = (await dispatcher.Get("/api/areas/C/statistics")).Expect(200).Body.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal([(2, 1), (1, 1)], days[^2..].Select(d => (d.GetProperty("reported").GetInt32(), d.GetProperty("closed").GetInt32())));
    }
}
