using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace GridActors.Harness;

/// <summary>
/// One HTTP/1.1 connection for one request at a time, with as little work as possible. HttpClient and the tests' client do more work, and
/// would take processor time from the measured service.
/// </summary>
sealed class HttpLine : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly int _port;
    byte[] _buffer = new byte[16 * 1024];
    int _bodyAt;
    int _bodyEnd;
    bool _isOpen;

    public HttpLine(int port) => _port = port;

    /// <summary>The body of the last answer. The next answer overwrites it.</summary>
    public ReadOnlyMemory<byte> Body => _buffer.AsMemory(_bodyAt, _bodyEnd - _bodyAt);

    /// <summary>Whether another request can be sent. Between two answers there is nothing to read but the end of the connection.</summary>
    public bool IsUsable => _isOpen && !_socket.Poll(0, SelectMode.SelectRead);

    /// <returns>The status.</returns>
    public async ValueTask<int> Send(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await _socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            _isOpen = true;
        }
        await _socket.SendAsync(request, cancellationToken);
        var filled = 0;
        while (true)
        {
            if (filled == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                throw new IOException("The service closed the connection.");
            filled += read;
            if (IsWhole(filled, out var status))
                return status;
        }
    }

    public void Dispose() => _socket.Dispose();

    bool IsWhole(int filled, out int status)
    {
        var answer = _buffer.AsSpan(0, filled);
        status = 0;
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        if (!Utf8Parser.TryParse(answer[9..], out status, out _))
            throw new IOException("That is no HTTP answer.");
        var head = answer[..(end + 2)];
        (_bodyAt, _bodyEnd) = (end + 4, end + 4);
        if (status is 204 or 304)
            return true;
        if (head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0)
            return IsUnchunked(filled);
        var length = head.IndexOf("\r\nContent-Length: "u8);
        if (length < 0 || !Utf8Parser.TryParse(head[(length + 18)..], out int size, out _))
            return true;
        _bodyEnd = _bodyAt + size;
        return filled >= _bodyEnd;
    }

    /// <summary>Joins the chunks when the last one has arrived.</summary>
    bool IsUnchunked(int filled)
    {
        var answer = _buffer.AsSpan(0, filled);
        if (!answer.EndsWith("0\r\n\r\n"u8))
            return false;
        var (from, to) = (_bodyAt, _bodyAt);
        while (true)
        {
            var line = answer[from..].IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(answer.Slice(from, line), out int size, out _, 'x'))
                return false;
            from += line + 2;
            if (size == 0)
                break;
            if (from + size + 2 > filled)
                return false; // The bytes that look like the end belong to the text.
            answer.Slice(from, size).CopyTo(answer[to..]);
            from += size + 2;
            to += size;
        }
        _bodyEnd = to;
        return true;
    }
}
