using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace GridActors.Harness;

/// <summary>Something the hub pushed, with the moment it arrived (<see cref="Stopwatch.GetTimestamp"/>).</summary>
public sealed record Push(string Target, JsonElement Argument, long ArrivedAt)
{
    public T As<T>() => Argument.Deserialize<T>(Answer.Json)!;
}

/// <summary>The hub refused: its message is <c>code: sentence</c>.</summary>
public sealed class HubRefusalException(string message) : Exception(message);

/// <summary>
/// A live connection as a browser has it: SignalR's JSON protocol over a web socket, without negotiation. Keeps everything that was pushed, so that a
/// test can ask for what came before it asked.
/// </summary>
public sealed class HubClient : IAsyncDisposable
{
    const byte End = 0x1e;

    readonly ClientWebSocket _socket = new();
    readonly SemaphoreSlim _sending = new(1, 1);
    readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    readonly CancellationTokenSource _stopping = new();
    readonly Lock _lock = new();
    readonly List<Push> _pushes = [];
    TaskCompletionSource _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task _work = Task.CompletedTask;
    int _lastCall;

    HubClient() { }

    /// <summary>Completes when the server, or the network, ended the connection.</summary>
    public Task Closed => _work;

    public static async Task<HubClient> ConnectAsync(Uri url, string? token)
    {
        var client = new HubClient();
        var address = new UriBuilder(url) { Scheme = "ws", Path = "/hubs/live", Query = token is null ? "" : "access_token=" + token };
        await client._socket.ConnectAsync(address.Uri, client._stopping.Token).WithinDeadline();
        await client.Send("""{"protocol":"json","version":1}""");
        var shaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client._work = Task.Run(() => client.Work(shaken));
        await shaken.Task.WithinDeadline();
        return client;
    }

    public async Task<JsonElement> Invoke(string method, params object[] arguments)
    {
        var id = Interlocked.Increment(ref _lastCall).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        await Send(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        return await answer.Task.WithinDeadline();
    }

    public async Task<Board> WatchArea(string code) => (await Invoke("WatchArea", code)).Deserialize<Board>(Answer.Json)!;
    public async Task<CaseView> WatchCase(string id) => (await Invoke("WatchCase", id)).Deserialize<CaseView>(Answer.Json)!;

    /// <summary>Everything pushed so far.</summary>
    public IReadOnlyList<Push> Pushes
    {
        get { lock (_lock) return [.. _pushes]; }
    }

    /// <summary>The first push of a kind that is as it should be, come or to come.</summary>
    public async Task<Push> Next(string target, Func<Push, bool> fact, int after = 0)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        for (var seen = after; ;)
        {
            Task pulse;
            lock (_lock)
            {
                for (; seen < _pushes.Count; seen++)
                    if (_pushes[seen].Target == target && fact(_pushes[seen])) return _pushes[seen];
                pulse = _pulse.Task;
            }
            if (await Task.WhenAny(pulse, _work, Task.Delay(Timeout.Infinite, deadline.Token)) == pulse) continue;
            throw new TimeoutException($"No {target} as awaited {(_work.IsCompleted ? "before the connection ended" : "within the deadline")}.");
        }
    }

    public Task<Push> Inbox(string caseId, Func<InboxChanged, bool> fact) =>
        Next("InboxChanged", p => p.Argument.GetProperty("case").GetProperty("id").GetString() == caseId && fact(p.As<InboxChanged>()));

    public Task<Push> Case(string caseId, Func<CaseChanged, bool> fact) =>
        Next("CaseChanged", p => p.Argument.GetProperty("id").GetString() == caseId && fact(p.As<CaseChanged>()));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _socket.Abort();
        await _work;
        _socket.Dispose();
        _sending.Dispose();
        _stopping.Dispose();
    }

    async Task Work(TaskCompletionSource shaken)
    {
        // The server closes a connection that says nothing for half a minute.
        await using var ping = new Timer(_ => _ = Ping(), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        try
        {
            await Receive(shaken);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Over; who waits is told below.
        }
        shaken.TrySetException(new WebSocketException("The connection ended before it began."));
        foreach (var call in _calls.Values) call.TrySetException(new WebSocketException("The connection ended."));
    }

    async Task Ping()
    {
        try
        {
            await Send("""{"type":6}""");
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The receiving side notices.
        }
    }

    async Task Receive(TaskCompletionSource shaken)
    {
        var buffer = new byte[64 * 1024];
        var message = new MemoryStream();
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), _stopping.Token);
            if (received.MessageType == WebSocketMessageType.Close) return;
            foreach (var b in buffer.AsSpan(0, received.Count))
            {
                if (b != End)
                {
                    message.WriteByte(b);
                    continue;
                }
                if (!Take(JsonSerializer.Deserialize<JsonElement>(message.ToArray()), shaken)) return;
                message.SetLength(0);
            }
        }
    }

    /// <returns>False when the server says good-bye.</returns>
    bool Take(JsonElement message, TaskCompletionSource shaken)
    {
        if (!message.TryGetProperty("type", out var type))
        {
            if (message.TryGetProperty("error", out var refusal)) shaken.TrySetException(new HubRefusalException(refusal.GetString()!));
            shaken.TrySetResult();
            return true;
        }
        switch (type.GetInt32())
        {
            case 1:
                lock (_lock)
                {
                    var arguments = message.GetProperty("arguments");
                    _pushes.Add(new(message.GetProperty("target").GetString()!, arguments.GetArrayLength() > 0 ? arguments[0] : default, Stopwatch.GetTimestamp()));
                    _pulse.TrySetResult();
                    _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
                return true;
            case 3:
                if (!_calls.TryRemove(message.GetProperty("invocationId").GetString()!, out var call)) return true;
                if (message.TryGetProperty("error", out var error)) call.TrySetException(new HubRefusalException(error.GetString()!));
                else call.TrySetResult(message.TryGetProperty("result", out var result) ? result : default);
                return true;
            case 7:
                return false;
            default:
                return true;
        }
    }

    async Task Send(string message)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(message) + 1];
        Encoding.UTF8.GetBytes(message, bytes);
        bytes[^1] = End;
        await _sending.WaitAsync(_stopping.Token);
        try
        {
            await _socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, true, _stopping.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}
