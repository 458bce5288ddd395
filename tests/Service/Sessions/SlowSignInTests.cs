using System.Net.Sockets;
using System.Text;

namespace GridActors.Service.Tests.Sessions;

/// <summary>What somebody without an account sends slowly keeps nobody else waiting.</summary>
[Collection(nameof(Alone))]
public sealed class SlowSignInTests : SharedServiceTest
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Others_sign_in_while_many_connections_send_their_bodies_slowly()
    {
        var slow = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => HalfABody()));
        try
        {
            (await Service.Anybody().Post("/api/session", new { account = "qinghe/worker-1", password = TestService.Password })).Expect(
                200
            );
            // Nothing ended the slow ones so far: they were waiting while the other signed in.
            Assert.Contains(slow, c => c.Connected && c.Available == 0);
        }
        finally
        {
            foreach (var connection in slow)
                connection.Dispose();
        }
    }

    [Fact]
    public async Task A_body_that_doesnt_arrive_in_time_is_answered_408_and_its_connection_ends()
    {
        using var connection = await HalfABody();
        using var deadline = new CancellationTokenSource(Deadline);
        using var reader = new StreamReader(new NetworkStream(connection), Encoding.UTF8);

        var answer = await reader.ReadToEndAsync(deadline.Token); // It reads until the service ends the connection.

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("too-slow", answer, StringComparison.Ordinal);
    }

    async Task<Socket> HalfABody()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Service.Url.Host, Service.Url.Port);
        var request =
            $"POST /api/session HTTP/1.1\r\nHost: {Service.Url.Authority}\r\nContent-Type: application/json\r\n"
            + "Content-Length: 8000\r\n\r\n{\"account\": \"";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        return socket;
    }
}
