using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace GridActors.Harness.Fuzz;

/// <summary>
/// Sends the live hub messages that a client never sends. It may answer an error or close the connection, but an error that isn't a refusal
/// with a code is a fault, and so is a hub that doesn't answer a well-formed call afterwards.
/// </summary>
public sealed class HubFuzz(Uri url, IReadOnlyList<FuzzCaller> callers)
{
    const char End = '\u001e';
    const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
    const string Refusal = "HubException: ";
    const int MessagesOfConnection = 20;
    const int Shown = 300;

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    static readonly string[] Methods =
    [
        "WatchArea",
        "UnwatchArea",
        "WatchCase",
        "UnwatchCase",
        "OnConnectedAsync",
        "watcharea",
        "",
        "AreaChanged",
    ];

    static readonly string[] Areas = ["C", "C-A", "430281", "430281100", "00000000000000000000000000000000"];

    public async Task<FuzzReport> Run(int seed, int messages, int connections, CancellationToken cancellationToken = default)
    {
        var report = new FuzzReport();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(Work, cancellationToken)));
        await Healthy(report, cancellationToken);
        return report;

        async Task Work()
        {
            for (int first; (first = Interlocked.Add(ref next, MessagesOfConnection) - MessagesOfConnection) < messages; )
                await Converse(new Random(unchecked(seed * 1_000_003 + first)), report, cancellationToken);
        }
    }

    async Task Converse(Random random, FuzzReport report, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        var sent = new List<string>();
        try
        {
            using var socket = await Open(random.Any(callers), limit.Token);
            var reading = Read(socket, report, sent, limit.Token);
            await Send(socket, random.Chance(0.9) ? Handshake : Message(random), WebSocketMessageType.Text, limit.Token);
            for (var i = 0; i < MessagesOfConnection && socket.State == WebSocketState.Open; i++)
            {
                var message = Message(random);
                lock (sent)
                    sent.Add(message);
                report.Call("messages");
                await Send(socket, message, random.Chance(0.97) ? WebSocketMessageType.Text : WebSocketMessageType.Binary, limit.Token);
            }
            if (socket.State == WebSocketState.Open)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            await reading;
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            report.Count("connections cut");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            report.Add(new("hub", "the connection neither answered nor ended", Show(sent)));
        }
    }

    async Task<ClientWebSocket> Open(FuzzCaller caller, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        var address = new UriBuilder(url)
        {
            Scheme = "ws",
            Path = "/hubs/live",
            Query = "access_token=" + caller.Token,
        };
        await socket.ConnectAsync(address.Uri, cancellationToken);
        return socket;
    }

    static async Task Send(ClientWebSocket socket, string message, WebSocketMessageType type, CancellationToken cancellationToken) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), type, endOfMessage: true, cancellationToken);

    static async Task Read(ClientWebSocket socket, FuzzReport report, List<string> sent, CancellationToken cancellationToken)
    {
        var (buffer, text) = (new byte[64 * 1024], new List<byte>());
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (read.MessageType == WebSocketMessageType.Close)
                    return;
                text.AddRange(buffer.AsSpan(0, read.Count));
                for (int end; (end = text.IndexOf((byte)End)) >= 0; text.RemoveRange(0, end + 1))
                    Judge(Encoding.UTF8.GetString([.. text[..end]]), report, sent);
            }
        }
        catch (WebSocketException)
        {
            report.Count("connections cut");
        }
    }

    static void Judge(string message, FuzzReport report, List<string> sent)
    {
        using var json = JsonDocument.Parse(message.Length == 0 ? "{}" : message);
        if (ApiOperation.Member(json.RootElement, "error") is not { ValueKind: JsonValueKind.String } error)
            return;
        var said = error.GetString()!;
        // The framework says so of a first message that is none; it is no call of the hub yet.
        if (said.EndsWith("connection handshake.", StringComparison.Ordinal))
            return;
        var refusal = said.IndexOf(Refusal, StringComparison.Ordinal);
        var code = refusal < 0 ? "without a code" : said[(refusal + Refusal.Length)..].Split(':')[0];
        report.Count(code.Contains(' ', StringComparison.Ordinal) ? "errors without a code" : $"errors {code}");
        if (code != "internal-error" && (refusal >= 0 || !said.StartsWith("An unexpected error", StringComparison.Ordinal)))
            return;
        report.Add(new("hub", said, Show(sent)));
    }

    static string Show(List<string> sent)
    {
        lock (sent)
            return string.Join('\n', sent.Select(s => s.Length <= Shown ? s : $"{s[..Shown]}… ({s.Length:N0} characters)"));
    }

    /// <summary>After all that, the hub still answers.</summary>
    async Task Healthy(FuzzReport report, CancellationToken cancellationToken)
    {
        try
        {
            await using var hub = await HubClient.Connect(url, callers[0].Token);
            await hub.Invoke("UnwatchArea", "C").WaitAsync(Deadline, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A refusal is an answer.
            if (!e.Message.Contains(Refusal, StringComparison.Ordinal))
                report.Add(new("hub", $"doesn't answer after the run: {e.Message}", ""));
        }
    }

    static string Call(Random random)
    {
        var argument = HostileValues.JsonText(random.Chance(0.5) ? HostileValues.Text(random) : random.Any(Areas), random);
        var arguments = random.Next(10) switch
        {
            0 => "",
            1 => $"{argument},{argument}",
            2 => random.Any(new[] { "null", "1", "{}", "[]", "true" }),
            _ => argument,
        };
        var target = random.Any(Methods);
        return $"{{\"type\":1,\"invocationId\":\"{random.Next(1000)}\",\"target\":\"{target}\",\"arguments\":[{arguments}]}}{End}";
    }

    static string Message(Random random)
    {
        // What is no message at all ends the connection, so most are calls with wrong arguments.
        if (random.Chance(0.9))
            return Call(random);
        var target = HostileValues.JsonText(HostileValues.Text(random), random);
        var arguments = HostileValues.Json(random);
        var type = random.Chance(0.85)
            ? "1"
            : random.Any(new[] { "2", "3", "4", "5", "6", "7", "8", "9", "0", "-1", "\"1\"", "null", "1e9" });
        var id = random.Chance(0.8) ? $"\"{random.Next(1000)}\"" : HostileValues.Json(random);
        var message = $"{{\"type\":{type},\"invocationId\":{id},\"target\":{target},\"arguments\":{arguments}}}{End}";
        if (type == "7")
            message = $"{{\"type\":7,\"error\":{HostileValues.Json(random)}}}{End}";
        return random.Next(12) switch
        {
            0 => message.TrimEnd(End),
            1 => message + message,
            2 => HostileValues.Json(random) + End,
            3 => $"{End}{End}",
            4 => Encoding.UTF8.GetString(FuzzFiles.Changed(Encoding.UTF8.GetBytes(message), random)),
            5 when random.Chance(0.1) => "{\"type\":1,\"target\":\"" + new string('a', 200_000) + "\"}" + End,
            _ => message,
        };
    }
}
