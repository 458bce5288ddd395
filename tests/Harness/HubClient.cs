using System.Diagnostics;
using System.Text.Json;
using GridActors.Web.Live;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Harness;

/// <summary>Something the hub pushed, with the moment it arrived (<see cref="Stopwatch.GetTimestamp"/>).</summary>
public sealed record Push(string Target, JsonElement Argument, long ArrivedAt)
{
    public T As<T>() => Argument.Deserialize<T>(Answer.Json)!;
}

/// <summary>A live connection. It keeps all pushes, so that a test can also find one that came earlier.</summary>
public sealed class HubClient : IAsyncDisposable
{
    readonly HubConnection _connection;
    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _lock = new();
    readonly List<Push> _pushes = [];
    TaskCompletionSource _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);

    HubClient(Uri url, string? token, HttpTransportType transport)
    {
        // The token is in the address, as a browser sends it, because a browser's web sockets can't have headers.
        var address = new UriBuilder(url)
        {
            Path = url.AbsolutePath.TrimEnd('/') + "/hubs/live",
            Query = token is null ? "" : "access_token=" + token,
        };
        _connection = new HubConnectionBuilder()
            .WithUrl(address.Uri, transport, o => o.SkipNegotiation = transport == HttpTransportType.WebSockets)
            .AddJsonProtocol(o => o.PayloadSerializerOptions = Answer.Json)
            .Build();
        _connection.Closed += why =>
        {
            EndedWith = why;
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        foreach (var push in typeof(ILiveClient).GetMethods())
            _connection.On(push.Name, [.. push.GetParameters().Select(_ => typeof(JsonElement))], arguments => Store(push.Name, arguments));
    }

    /// <summary>Completes when the server or the network has ended the connection.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Why the server ended the connection, if it said so.</summary>
    public Exception? EndedWith { get; private set; }

    /// <summary>Everything pushed so far.</summary>
    public IReadOnlyList<Push> Pushes
    {
        get
        {
            lock (_lock)
                return [.. _pushes];
        }
    }

    public static async Task<HubClient> Connect(Uri url, string? token, HttpTransportType transport = HttpTransportType.WebSockets)
    {
        var client = new HubClient(url, token, transport);
        await client._connection.StartAsync().WithinDeadline();
        return client;
    }

    public async Task<JsonElement> Invoke(string method, params object[] arguments) =>
        await _connection.InvokeCoreAsync(method, typeof(JsonElement), arguments).WithinDeadline() is JsonElement answer ? answer : default;

    public async Task<Board> WatchArea(string code) => (await Invoke("WatchArea", code)).Deserialize<Board>(Answer.Json)!;

    public async Task<CaseView> WatchCase(string id) => (await Invoke("WatchCase", id)).Deserialize<CaseView>(Answer.Json)!;

    /// <summary>Waits for the first push with this target that is as expected; it may have come already.</summary>
    public async Task<Push> Next(string target, Func<Push, bool> fact, int after = 0)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        for (var seen = after; ; )
        {
            Task pulse;
            lock (_lock)
            {
                for (; seen < _pushes.Count; seen++)
                    if (_pushes[seen].Target == target && fact(_pushes[seen]))
                        return _pushes[seen];
                pulse = _pulse.Task;
            }
            Task pushedOrEnded = Task.WhenAny(pulse, Closed).WaitAsync(deadline.Token);
            await pushedOrEnded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (pulse.IsCompleted)
                continue;
            var when = Closed.IsCompleted ? "before the connection ended" : "within the deadline";
            throw new TimeoutException($"No {target} as awaited {when}.");
        }
    }

    public Task<Push> Inbox(string caseId, Func<InboxChanged, bool> fact) =>
        Next("InboxChanged", p => p.Argument.GetProperty("caseId").GetString() == caseId && fact(p.As<InboxChanged>()));

    public Task<Push> Case(string caseId, Func<CaseChanged, bool> fact) =>
        Next("CaseChanged", p => p.Argument.GetProperty("id").GetString() == caseId && fact(p.As<CaseChanged>()));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    Task Store(string target, object?[] arguments)
    {
        lock (_lock)
        {
            _pushes.Add(new(target, arguments is [JsonElement only, ..] ? only : default, Stopwatch.GetTimestamp()));
            _pulse.TrySetResult();
            _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return Task.CompletedTask;
    }
}
