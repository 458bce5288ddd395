using System.Globalization;
using GridActors.Silo.Hosting;
using GridActors.Storage.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace GridActors.Service.Tests.Hosting;

/// <summary>A demonstration's own time: <c>up --now --pace</c>.</summary>
public sealed class ServiceTimeTests
{
    const string SpringFestival = "2026-02-12T16:40:00+08:00";

    static readonly DateTimeOffset Now = DateTimeOffset.Parse(SpringFestival, CultureInfo.InvariantCulture);

    [Fact]
    public void Time_is_the_machines_until_it_is_set_and_then_passes_faster_once_it_runs_while_timers_do_not()
    {
        var machine = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var time = new ServiceTime(machine);
        machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal((machine.GetUtcNow(), false, 1), (time.GetUtcNow(), time.IsSet, time.Pace));

        time.Set(Now, 600);
        machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Now, time.GetUtcNow());
        time.Run();
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        machine.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((Now.AddMinutes(10), 0), (time.GetUtcNow(), fired));
        machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((Now.AddMinutes(20), 1), (time.GetUtcNow(), fired));
    }

    [Fact]
    public void Time_that_was_set_does_not_follow_a_machine_whose_clock_is_moved()
    {
        var machine = new MovedClock();
        var time = new ServiceTime(machine);
        time.Set(Now, 1);
        time.Run();

        machine.Ahead = -TimeSpan.FromDays(365);

        Assert.Equal(Now, time.GetUtcNow());
    }

    [Fact]
    public async Task Clocks_of_cases_run_out_by_the_set_time_and_nobody_is_signed_out_meanwhile()
    {
        await using var service = await TestService.Start(change: s => s with { Now = Now, Pace = 600 });
        var told = (await service.Anybody().Get("/api/demo")).Expect(200).Body.GetProperty("time");
        Assert.Equal(600, told.GetProperty("pace").GetDouble());
        Assert.InRange(told.GetProperty("now").GetDateTimeOffset(), Now, Now.AddDays(10));
        var (clerk, dispatcher) = (await service.As("clerk-a1"), await service.As("dispatcher-1"));
        await using var hub = await service.Connect("dispatcher-1");
        await hub.WatchArea("C");

        var reported = await clerk.Report("C-A1-1", "lamp");
        Assert.InRange(reported.ReportedAt, Now, Now.AddDays(20));

        // Half an hour to respond is three seconds, and the day in which a solution is promised is less than three minutes.
        var overdue = await Eventually.Is(() => clerk.Case(reported.Id), c => c.Overdue);
        var respond = overdue.Clocks.Single(c => c.Name == "respond");
        // Noticed within six seconds, which a busy machine needs; by the machine's clock it would be due in half an hour.
        Assert.InRange(respond.BreachedAt!.Value - respond.DueAt, TimeSpan.Zero, TimeSpan.FromHours(1));
        await hub.Next("AreaChanged", p => p.As<Frame>() is { Counts.Overdue: 1 } frame && frame.Day >= new DateOnly(2026, 2, 12));
        // Four hours without a call end a session, but these were hours of the demonstration.
        var later = (await service.Anybody().Get("/api/demo")).Body.GetProperty("time").GetProperty("now").GetDateTimeOffset();
        Assert.True(later - reported.ReportedAt > TimeSpan.FromMinutes(30));
        await BoardCounts.Verified(await service.As("administrator"));
        Assert.Equal("claimed", (await (await service.As("worker-1")).Do(reported.Id, "claim")).Status);
        Assert.Equal(200, (await dispatcher.Get("/api/me")).Status);
    }

    [Fact]
    public async Task Data_whose_time_was_set_goes_on_with_it_at_the_next_start_and_never_goes_back()
    {
        DateTimeOffset reportedAt;
        string database;
        await using (var first = await TestService.Start(change: s => s with { Now = Now, Pace = 60 }))
        {
            database = first.ConnectionString;
            reportedAt = (await (await first.As("clerk-a1")).Report("C-A1-1", "lamp")).ReportedAt;
        }
        await using (var data = NpgsqlDataSource.Create(database))
        {
            // As if the process had been killed before it kept the time of the report.
            await using var command = data.CreateCommand("update service_time set reached_at = began_at");
            await command.ExecuteNonQueryAsync();
        }

        await using var second = await TestService.Start(database: database);
        var time = second.Services.GetRequiredService<ServiceTime>();
        Assert.Equal((true, 60), (time.IsSet, time.Pace));
        Assert.InRange(time.GetUtcNow(), reportedAt, reportedAt.AddDays(1));
    }

    [Fact]
    public async Task Time_is_set_only_for_a_demonstration_with_new_data()
    {
        await using var real = await TestService.Start();
        Assert.Contains("--pace needs a time", await Refusal(real.ConnectionString, s => s with { Pace = 60 }), StringComparison.Ordinal);
        Assert.Contains(
            "for a demonstration only",
            await Refusal(real.ConnectionString, s => s with { Now = Now, DemoPassword = null }),
            StringComparison.Ordinal
        );
        await (await real.As("clerk-a1")).Report("C-A1-1", "lamp");
        Assert.Contains("--now is for new data", await Refusal(real.ConnectionString, s => s with { Now = Now }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_whose_time_was_set_is_never_served_for_real_and_not_set_again()
    {
        string database;
        await using (var demo = await TestService.Start(change: s => s with { Now = Now }))
            database = demo.ConnectionString;

        Assert.Contains(
            "was set with --now for a demonstration",
            await Refusal(database, s => s with { DemoPassword = null }),
            StringComparison.Ordinal
        );
        Assert.Contains("was set already", await Refusal(database, s => s with { Now = Now }), StringComparison.Ordinal);
        await using var faster = await TestService.Start(database: database, change: s => s with { Pace = 2 });
        Assert.Equal(2, faster.Services.GetRequiredService<ServiceTime>().Pace);
    }

    [Theory]
    [InlineData("leave --database, --cluster and --role out", "--now", SpringFestival)]
    [InlineData("leave --database, --cluster and --role out", "--pace", "60")]
    [InlineData("--now takes a time with its offset", "--now", "2026-02-12")]
    [InlineData("--pace takes a number from 1 to 600", "--pace", "0.5")]
    public async Task Processes_of_a_cluster_and_times_that_cannot_be_read_are_refused_in_a_sentence(
        string sentence,
        params string[] options
    )
    {
        await using var process = new ServiceProcess(new() { ConnectionString = "Host=nowhere", Options = options });

        Assert.False(await process.TryStart());

        Assert.Contains(sentence, process.Output, StringComparison.Ordinal);
    }

    static async Task<string> Refusal(string database, Func<ServiceSettings, ServiceSettings> change) =>
        (await Assert.ThrowsAsync<StartException>(() => TestService.Start(database: database, change: change))).Message;
}
