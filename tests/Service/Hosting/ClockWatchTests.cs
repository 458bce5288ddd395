using GridActors.Silo.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridActors.Service.Tests.Hosting;

public sealed class ClockWatchTests
{
    [Fact]
    public async Task A_clock_that_was_set_back_while_the_service_started_stops_it()
    {
        var clock = new MovedClock();
        var steps = new ClockSteps(clock);
        clock.Ahead = TimeSpan.FromMinutes(-91);
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        using var watch = new ClockWatch(steps, lifetime, NullLogger<ClockWatch>.Instance);
        var stopping = new TaskCompletionSource();
        lifetime.ApplicationStopping.Register(stopping.SetResult);

        await watch.StartAsync(CancellationToken.None);

        await stopping.Task.WithinDeadline();
        Assert.True(watch.WasSetBack);
        await watch.StopAsync(CancellationToken.None);
    }
}
