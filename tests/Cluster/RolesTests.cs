using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace GridActors.Cluster.Tests;

/// <summary>Actors in one process, pages in another.</summary>
[Collection("processes")]
public sealed class RolesTests : IAsyncLifetime, IDisposable
{
    readonly SmallCounty _county = new(workers: 3);
    OwnDatabase _database = null!;

    public async Task InitializeAsync() => _database = await OwnDatabase.StartAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _county.Dispose();

    [Fact]
    public async Task A_web_process_serves_what_a_silo_does()
    {
        await using var web = ServiceProcess.Start(_database, _county, "web"); // First: it waits for a silo.
        await using var silo = await ServiceProcess.StartReady(_database, _county, "silo");
        await web.Ready();
        var (head, worker, other) = (await SmallCounty.TokenOf("head", _database), await SmallCounty.TokenOf("w-1", _database), await SmallCounty.TokenOf("w-2", _database));

        using var screen = new ClientWebSocket();
        await screen.ConnectAsync(new UriBuilder(web.Url) { Scheme = "ws", Path = "/hubs/live", Query = $"access_token={head}" }.Uri, CancellationToken.None);
        await Say(screen, new { protocol = "json", version = 1 });
        await Say(screen, new { type = 1, invocationId = "1", target = "WatchArea", arguments = new[] { SmallCounty.Root } });
        var snapshot = await Hear(screen, m => m.TryGetProperty("invocationId", out _));
        Assert.Equal(0, snapshot.GetProperty("result").GetProperty("counts").GetProperty("reported").GetInt32());

        var reported = await web.Call(HttpMethod.Post, "/api/cases", head, new { category = SmallCounty.Category, area = SmallCounty.Grid, title = "井盖缺失" }, "one");
        Assert.Equal(201, reported.Status);
        var frame = await Hear(screen, m => m.TryGetProperty("target", out var t) && t.GetString() == "AreaChanged");
        Assert.Equal(1, frame.GetProperty("arguments")[0].GetProperty("counts").GetProperty("reported").GetInt32());

        var id = reported.Text("id");
        Assert.Equal(200, (await web.Call(HttpMethod.Post, $"/api/cases/{id}/claim", worker, key: "two")).Status);
        Assert.Equal((409, "already-claimed"), await StatusAndCode(web.Call(HttpMethod.Post, $"/api/cases/{id}/claim", other, key: "three")));
        Assert.Equal(404, (await silo.Call(HttpMethod.Get, "/api/catalogue", head)).Status); // A silo serves health alone.
    }

    [Fact]
    public async Task The_dashboard_is_for_those_who_administer()
    {
        await using var silo = await ServiceProcess.StartReady(_database, _county, "silo");
        await using var web = await ServiceProcess.StartReady(_database, _county, "web");
        var (head, worker) = (await SmallCounty.TokenOf("head", _database), await SmallCounty.TokenOf("w-1", _database));

        foreach (var path in new[] { "/orleans/", "/orleans/index.min.js", "/orleans/DashboardCounters", "/orleans/ClusterStats" })
        {
            Assert.Equal(401, (await web.Call(HttpMethod.Get, path, null)).Status);
            Assert.Equal(403, (await web.Call(HttpMethod.Get, path, worker)).Status);
            Assert.Equal(200, (await web.Call(HttpMethod.Get, path, head)).Status);
        }
        Assert.Equal(404, (await web.Call(HttpMethod.Get, "/orleans/grainstate?grainType=inbox&grainId=small/w-1", head)).Status);
        Assert.Equal(403, (await web.Call(HttpMethod.Get, "/orleans/Trace", head)).Status);
    }

    [Fact]
    public async Task Without_the_database_a_web_process_asks_to_try_again_and_goes_on_when_it_is_back()
    {
        await using var silo = await ServiceProcess.StartReady(_database, _county, "silo");
        await using var web = await ServiceProcess.StartReady(_database, _county, "web");
        var head = await SmallCounty.TokenOf("head", _database);
        var id = (await web.Call(HttpMethod.Post, "/api/cases", head, new { category = SmallCounty.Category, area = SmallCounty.Grid, title = "井盖缺失" }, "one")).Text("id");
        Assert.NotNull(id);

        await _database.StopAsync();

        // An actor that can't wake up, one that can't write, one that can't count: whose failure it is crosses two processes.
        Assert.Equal((503, "unavailable"), await StatusAndCode(web.Call(HttpMethod.Get, $"/api/cases/{Guid.NewGuid():N}", head)));
        Assert.Equal((503, "unavailable"), await StatusAndCode(web.Call(HttpMethod.Get, $"/api/areas/S-3/board", head)));
        Assert.Equal(503, (await web.Call(HttpMethod.Post, $"/api/cases/{id}/comment", head, new { text = "还没有修好" }, "two")).Status);

        await _database.StartAgainAsync();
        await Deadline.Await("the same step is taken", async () =>
            (await web.Call(HttpMethod.Post, $"/api/cases/{id}/comment", head, new { text = "还没有修好" }, "two")).Status == 200);
        Assert.Equal(2, await _database.Ask<long>("select count(*) from journal where stream = $1", $"case/{id}"));
    }

    static async Task<(int, string?)> StatusAndCode(Task<Answer> answer) => ((await answer).Status, (await answer).Code);

    const char End = '\u001e';

    static Task Say(ClientWebSocket socket, object message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, true, CancellationToken.None);

    static async Task<JsonElement> Hear(ClientWebSocket socket, Func<JsonElement, bool> isIt)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (buffer, text) = (new byte[64 * 1024], new StringBuilder());
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, deadline.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            if (!received.EndOfMessage) continue;
            foreach (var message in text.ToString().Split(End, StringSplitOptions.RemoveEmptyEntries))
                if (JsonDocument.Parse(message).RootElement is var heard && isIt(heard)) return heard;
            text.Clear();
        }
    }
}
