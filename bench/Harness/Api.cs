using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridActors.Harness;

/// <summary>Calls the HTTP API of one service.</summary>
sealed class Api(int port) : IDisposable
{
    readonly ConcurrentBag<HttpLine> _idle = [];
    readonly ConcurrentDictionary<string, Task<string>> _tokens = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _doors = new(8);

    public async Task<bool> IsReady(CancellationToken cancellationToken)
    {
        try
        {
            using var line = new HttpLine(port);
            return await line.Send(Request("GET", "/health/ready"), cancellationToken) == 200;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    public byte[] Request(string method, string path, string? token = null, string? key = null, string? body = null)
    {
        var text = new StringBuilder(256)
            .Append(method)
            .Append(' ')
            .Append(path)
            .Append(" HTTP/1.1\r\nHost: 127.0.0.1:")
            .Append(port)
            .Append("\r\n");
        if (token is not null)
            text.Append("Authorization: Bearer ").Append(token).Append("\r\n");
        if (key is not null)
            text.Append("Idempotency-Key: ").Append(key).Append("\r\n");
        if (body is not null)
            text.Append("Content-Type: application/json\r\n");
        if (method != "GET")
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {(body is null ? 0 : Encoding.UTF8.GetByteCount(body))}\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }

    /// <summary>Sends a request on an idle connection or a new one.</summary>
    /// <returns>The status, and the result of <paramref name="read"/> when the call succeeded.</returns>
    public async Task<(int Status, T? Value)> Send<T>(
        ReadOnlyMemory<byte> request,
        Func<ReadOnlyMemory<byte>, T> read,
        CancellationToken cancellationToken
    )
    {
        // The service may have closed a connection that was idle for long, so only a usable one is taken.
        HttpLine? line;
        while (_idle.TryTake(out line) && !line.IsUsable)
            line.Dispose();
        line ??= new HttpLine(port);
        try
        {
            var status = await line.Send(request, cancellationToken);
            var value = status is >= 200 and < 300 ? read(line.Body) : default;
            _idle.Add(line);
            return (status, value);
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    public async Task<JsonNode> Get(string path, string? token, CancellationToken cancellationToken)
    {
        var (status, node) = await Send(Request("GET", path, token), body => JsonNode.Parse(body.Span), cancellationToken);
        return status == 200 ? node! : throw new BenchException($"GET {path} answered {status}.");
    }

    /// <summary>The person's token. Each person signs in once.</summary>
    public Task<string> Token(string account, string password, CancellationToken cancellationToken) =>
        _tokens.GetOrAdd(
            account,
            static (account, asked) => asked.Api.SignIn(account, asked.Password, asked.CancellationToken),
            (Api: this, Password: password, CancellationToken: cancellationToken)
        );

    async Task<string> SignIn(string account, string password, CancellationToken cancellationToken)
    {
        await _doors.WaitAsync(cancellationToken);
        try
        {
            var request = Request("POST", "/api/session", body: $$"""{"account":"{{account}}","password":"{{password}}"}""");
            var (status, token) = await Send(request, body => JsonNode.Parse(body.Span)!["token"]!.GetValue<string>(), cancellationToken);
            return status == 200 ? token! : throw new BenchException($"{account} could not sign in ({status}).");
        }
        finally
        {
            _doors.Release();
        }
    }

    public async Task<ReportedCase> Report(
        string token,
        string key,
        string category,
        string area,
        string title,
        CancellationToken cancellationToken
    )
    {
        var body = $$"""{"category":"{{category}}","area":"{{area}}","title":"{{title}}","detail":"路灯不亮，夜间行人多，请尽快处理。"}""";
        var (status, reported) = await Send(Request("POST", "/api/cases", token, key, body), ReportedCase.Read, cancellationToken);
        return status == 201 ? reported! : throw new BenchException($"A report in {area} ({category}) answered {status}.");
    }

    public void Dispose()
    {
        foreach (var line in _idle)
            line.Dispose();
        _doors.Dispose();
    }
}

sealed record ReportedCase(string Id, IReadOnlyList<string> OfferedTo)
{
    public static ReportedCase Read(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        var id = "";
        List<string> offered = [];
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.ValueTextEquals("id"u8) && reader.Read())
                id = reader.GetString()!;
            else if (reader.ValueTextEquals("offeredTo"u8) && reader.Read())
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                    offered.Add(reader.GetString()!);
        }
        return new(id, offered);
    }
}
