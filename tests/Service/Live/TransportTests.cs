using Microsoft.AspNetCore.Http.Connections;

namespace GridActors.Service.Tests.Live;

/// <summary>A browser whose proxy passes no WebSockets falls back to server-sent events, and then to long polling.</summary>
public sealed class TransportTests : SharedServiceTest
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Every_transport_answers_calls_and_gets_pushes(HttpTransportType transport)
    {
        var worker = await As("worker-1");
        await using var hub = await HubClient.Connect(Service.Url, worker.Token, transport);

        Assert.Equal("C-A1-1", (await hub.WatchArea("C-A1-1")).Area.Code);
        var reported = await (await As("worker-2")).Report("C-A1-1");
        Assert.Equal("offered", (await hub.Inbox(reported.Id, _ => true)).As<InboxChanged>().Role);
        await hub.Next("AreaChanged", _ => true);
        await hub.Next("Beat", _ => true);
        Assert.False(hub.Closed.IsCompleted);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_hub_connection_without_a_session_is_refused_on_every_transport(HttpTransportType transport)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => HubClient.Connect(Service.Url, null, transport));
        await Assert.ThrowsAnyAsync<Exception>(() => HubClient.Connect(Service.Url, "wrong", transport));
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task After_signing_out_no_further_hub_call_is_answered(HttpTransportType transport)
    {
        var person = await Service.Anybody().SignIn("qinghe/worker-5", TestService.Password);
        await using var hub = await HubClient.Connect(Service.Url, person.Token, transport);
        await hub.WatchArea("C-A1-1");

        (await person.Delete("/api/session")).Expect(204);

        await Assert.ThrowsAnyAsync<Exception>(() => hub.WatchArea("C-A1-1"));
        await hub.Closed.WithinDeadline();
    }
}
