using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GridActors.Harness.Fuzz;

/// <summary>What came back. Status 0: the connection ended without an answer.</summary>
readonly record struct FuzzAnswer(int Status, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body)
{
    /// <summary>503 says why, and when to come back. Any other failure of the service is a fault.</summary>
    public bool IsFault =>
        Status >= 500 && !(Status == 503 && Body.Span.IndexOf("\"code\":\""u8) >= 0 && Head.Span.IndexOf("\r\nRetry-After: "u8) >= 0);

    /// <summary>A refusal that doesn't say which it is, such as those of the web server before the service sees the request.</summary>
    public bool IsBare => Status >= 400 && Body.Span.IndexOf("\"code\":\""u8) < 0;
}

/// <summary>
/// One HTTP/1.1 connection that sends any bytes. HttpClient refuses to send most of what is hostile. The service may answer and close
/// before it has read everything, so sending and reading go on at the same time.
/// </summary>
sealed class FuzzLine(IPEndPoint service) : IDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    Socket? _socket;
    byte[] _buffer = new byte[32 * 1024];

    /// <exception cref="TimeoutException">No answer came, and the connection stayed open.</exception>
    public async Task<FuzzAnswer> Send(FuzzRequest request, CancellationToken cancellationToken)
    {
        // Between two answers there is nothing to read but the end of the connection.
        if (_socket is { } idle && idle.Poll(0, SelectMode.SelectRead))
            Drop();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        try
        {
            if (_socket is null)
            {
                _socket = new(service.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await _socket.ConnectAsync(service, limit.Token);
            }
            var sending = Write(_socket, request, limit.Token);
            var answer = await Read(_socket, request.IsHead, limit.Token);
            if (!sending.IsCompleted)
                Drop();
            if (!await sending || answer.Status == 0 || Says(answer.Head.Span, "Connection: close"u8))
                Drop();
            return answer;
        }
        catch (SocketException)
        {
            Drop();
            return default;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Drop();
            throw new TimeoutException();
        }
    }

    public void Dispose() => Drop();

    void Drop()
    {
        _socket?.Dispose();
        _socket = null;
    }

    /// <returns>False when the service had read enough.</returns>
    static async Task<bool> Write(Socket socket, FuzzRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(request.Body.Length == 0 ? request.Head : [.. request.Head, .. request.Body], cancellationToken);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    async Task<FuzzAnswer> Read(Socket socket, bool isHead, CancellationToken cancellationToken)
    {
        for (var (filled, from) = (0, 0); ; )
        {
            if (filled == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            filled += read;
            while (Answer(from, filled, isHead, read == 0, out var end) is { } answer)
            {
                if (answer.Status >= 200)
                    return answer;
                from = end; // 100 Continue comes before the answer.
            }
            if (read == 0)
                return default;
        }
    }

    FuzzAnswer? Answer(int from, int filled, bool isHead, bool ended, out int end)
    {
        end = from;
        var bytes = _buffer.AsSpan(from, filled - from);
        var headEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0 || !Utf8Parser.TryParse(bytes[9..], out int status, out _))
            return null;
        var head = bytes[..(headEnd + 2)];
        var body = bytes[(headEnd + 4)..];
        var length = 0;
        if (status >= 200 && status is not (204 or 304) && !isHead)
        {
            if (Says(head, "Transfer-Encoding: chunked"u8))
            {
                if (!body.EndsWith("0\r\n\r\n"u8) && !ended)
                    return null;
                length = body.Length;
            }
            else if (head.IndexOf("\r\nContent-Length: "u8) is var at and >= 0)
                length = int.Parse(head[(at + 18)..][..head[(at + 18)..].IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
            else if (!ended)
                return null;
            else
                length = body.Length;
        }
        if (body.Length < length)
            return null;
        end = from + headEnd + 4 + length;
        return new(status, _buffer.AsMemory(from, headEnd + 2), _buffer.AsMemory(from + headEnd + 4, length));
    }

    static bool Says(ReadOnlySpan<byte> head, ReadOnlySpan<byte> header) => head.IndexOf(header) >= 0;
}
