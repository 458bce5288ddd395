using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Connections;

namespace GridActors.Service.Tests.Perimeter;

/// <summary>How much of the service one person or one address may take.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Somebody_who_writes_too_fast_is_told_when_to_go_on_and_nobody_else_is_held_up()
    {
        await using var service = await TestService.Start(b =>
        {
            b.Configuration["Limits:WritesAtOnce"] = "5";
            b.Configuration["Limits:WritesPerSecond"] = "1";
        });
        var (worker, colleague) = (await service.As("worker-1"), await service.As("worker-2"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => worker.Post("/api/inbox/seen")));

        Assert.InRange(answers.Count(a => a.Status == 204), 5, 15); // A slow machine takes seconds, in which some more are allowed.
        var refused = answers.First(a => a.Status != 204).Expect(429, "too-many-requests");
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        (await worker.Get("/api/me")).Expect(200);
        (await colleague.Post("/api/inbox/seen")).Expect(204);
        await Eventually.Is(async () => (await worker.Post("/api/inbox/seen")).Status == 204);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => worker.Post("/api/inbox/seen")));
        (await worker.Delete("/api/session")).Expect(204);
    }

    [Fact]
    public async Task A_person_with_too_many_live_connections_is_told_so_and_a_closed_one_makes_room()
    {
        await using var service = await TestService.Start(b => b.Configuration["Limits:HubConnectionsPerPerson"] = "2");
        var worker = await service.As("worker-1");
        await using var first = await service.Connect("worker-1");
        await using (var second = await HubClient.Connect(service.Url, worker.Token, HttpTransportType.LongPolling))
        {
            await using var third = await HubClient.Connect(service.Url, worker.Token);
            await third.Closed.WithinDeadline();
            Assert.Contains("too-many-connections", third.EndedWith!.Message, StringComparison.Ordinal);
            await using var colleague = await service.Connect("worker-2");
            await colleague.WatchArea("C-A1-1");
            await second.WatchArea("C-A1-1");
        }

        await Eventually.Is(async () =>
        {
            await using var again = await HubClient.Connect(service.Url, worker.Token);
            try
            {
                return (await again.WatchArea("C-A1-1")).Area.Code == "C-A1-1";
            }
            catch (Exception e) when (e is not TimeoutException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Connections_that_say_nothing_do_not_keep_others_out_for_long()
    {
        await using var service = await TestService.Start(b => b.Configuration["Limits:Connections"] = "40");
        var silent = new List<Socket>();
        try
        {
            for (var i = 0; i < 60; i++)
                silent.Add(await Open(service.Url));

            // They stay open on this side; the service ends them.
            await Eventually.Is(async () => await Answers(service.Url));
            Assert.All(silent, s => Assert.True(IsClosed(s)));
        }
        finally
        {
            silent.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task One_address_gets_only_its_share_of_the_connections()
    {
        await using var service = await TestService.Start(b => b.Configuration["Limits:ConnectionsPerAddress"] = "3");
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 3; i++)
                sockets.Add(await Open(service.Url));
            Assert.True(await IsRefused(service.Url));

            sockets[0].Dispose();

            await Eventually.Is(async () => await Answers(service.Url));
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task A_body_that_no_call_needs_is_refused()
    {
        var service = await TestService.Shared();
        var worker = await service.As("worker-1");

        (await worker.Post("/api/cases", new { title = new string('x', 70_000) })).Expect(413, "too-large");
        (await worker.Post("/api/cases", new { title = new string('x', 60_000) })).Expect(400, "invalid-request");
    }

    static async Task<Socket> Open(Uri url)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        return socket;
    }

    /// <summary>The service closes a connection that is too many at once: before the call that makes it is over, or after.</summary>
    static async Task<bool> IsRefused(Uri url)
    {
        try
        {
            using var socket = await Open(url);
            return IsClosed(socket);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    static bool IsClosed(Socket socket)
    {
        socket.ReceiveTimeout = (int)Eventually.Deadline.TotalMilliseconds;
        try
        {
            return socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    static async Task<bool> Answers(Uri url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            return (await http.GetAsync(new Uri(url, "/health/live"))).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
