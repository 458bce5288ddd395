using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Cases;

/// <summary>How long a closed case can be reopened, in a service whose time the test sets.</summary>
public sealed class ReopeningTests : IAsyncLifetime
{
    readonly SetClock _clock = new();
    TestService _service = null!;

    public async Task InitializeAsync() =>
        _service = await TestService.Start(b =>
        {
            b.Services.AddSingleton<TimeProvider>(_clock);
            b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
        });

    public Task DisposeAsync() => _service.DisposeAsync().AsTask();

    [Fact]
    public async Task Closed_case_is_reopened_within_the_time_of_its_category_and_not_later()
    {
        var (worker, dispatcher) = (await _service.As("worker-1"), await _service.As("dispatcher-1"));
        var (bridge, rubbish) = (await Closed("bridge"), await Closed("rubbish"));
        Assert.Null(rubbish.ReopenUntil);
        Assert.Equal(72, (bridge.ReopenUntil!.Value - bridge.ClosedAt!.Value).TotalHours);

        _clock.Advance(TimeSpan.FromHours(71));
        Assert.Equal("offered", (await dispatcher.Do(bridge.Id, "reopen")).Status);
        Assert.Null((await dispatcher.Case(bridge.Id)).ReopenUntil);
        await worker.Do(bridge.Id, "claim");
        await worker.Do(bridge.Id, "resolve");
        await dispatcher.Do(bridge.Id, "close");

        _clock.Advance(TimeSpan.FromHours(73));
        Assert.DoesNotContain("reopen", (await dispatcher.Case(bridge.Id)).Actions);
        (await dispatcher.Step(bridge.Id, "reopen")).Expect(409, "reopening-over");
        Assert.Contains("reopen", (await dispatcher.Case(rubbish.Id)).Actions);
        Assert.Equal("offered", (await dispatcher.Do(rubbish.Id, "reopen")).Status);

        async Task<CaseView> Closed(string category)
        {
            var reported = await worker.Report("C-A1-1", category);
            await worker.Do(reported.Id, "claim");
            await worker.Do(reported.Id, "resolve");
            return await dispatcher.Do(reported.Id, "close");
        }
    }
}
