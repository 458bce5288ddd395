using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Leaves;

/// <summary>A leave that was entered beforehand, in a service whose time the test sets.</summary>
public sealed class LeaveTimeTests
{
    readonly SetClock _clock = new();

    [Fact]
    public async Task Planned_leave_begins_and_ends_at_its_moments()
    {
        await using var service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(_clock);
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });
        var (worker, reporter) = (await service.As("worker-a21"), await service.As("dispatcher-1"));
        var open = await reporter.Report("C-A2-1");
        (
            await worker.Post(
                "/api/leaves",
                new
                {
                    from = In(hours: 24),
                    to = In(hours: 72),
                    deputy = "worker-1",
                }
            )
        ).Expect(200);
        Assert.Equal(["worker-a21"], (await reporter.Report("C-A2-1")).OfferedTo);

        _clock.Advance(TimeSpan.FromHours(25));
        await Eventually.Is(() => reporter.Case(open.Id), c => c.OfferedTo.SequenceEqual(["worker-1"]));

        _clock.Advance(TimeSpan.FromHours(48));
        await Eventually.Is(() => reporter.Case(open.Id), c => c.OfferedTo.SequenceEqual(["worker-a21"]));
        Assert.Equal(2, (await reporter.History(open.Id)).Count(h => h.Step == "reoffered"));
        await BoardCounts.Verified(await service.As("administrator"));
    }

    string In(int hours) => _clock.GetUtcNow().AddHours(hours).ToString("O", CultureInfo.InvariantCulture);
}
