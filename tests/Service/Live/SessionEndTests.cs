using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GridActors.Service.Tests.Live;

/// <summary>Live connections end with their session.</summary>
public sealed class SessionEndTests
{
    [Fact]
    public async Task Sessions_still_end_on_a_process_that_met_a_long_polling_client()
    {
        await using var service = await TestService.Start();
        var worker = await service.As("worker-1");
        await using (var poller = await HubClient.Connect(service.Url, worker.Token, HttpTransportType.LongPolling))
            await poller.WatchArea("C-A1-1");
        var leaving = await service.Anybody().SignIn("qinghe/worker-2", TestService.Password);
        await using var hub = await HubClient.Connect(service.Url, leaving.Token);
        await hub.Next("Beat", _ => true);

        // Without the service: nobody tells it, so that only the regular look finds out.
        await service.Ask<int>("delete from session where person = $1", "qinghe/worker-2");

        await hub.Closed.WithinDeadline();
    }

    [Fact]
    public async Task Signing_out_in_one_process_ends_the_connections_in_another_at_once()
    {
        await using var one = await TestService.Start();
        // Its clock stands still, so that the regular look never comes.
        await using var other = await TestService.Start(StopClock, one.ConnectionString);
        var person = await one.Anybody().SignIn("qinghe/worker-1", TestService.Password);
        await using var hub = await HubClient.Connect(other.Url, person.Token);
        await using var colleague = await other.Connect("worker-2");
        await hub.WatchArea("C-A1-1");

        (await person.Delete("/api/session")).Expect(204);

        await hub.Closed.WithinDeadline();
        Assert.Equal("C-A1-1", (await colleague.WatchArea("C-A1-1")).Area.Code);
    }

    static void StopClock(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow));
}
