using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace GridActors.Harness;

/// <summary>
/// A SignalR client over a WebSocket (RFC 6455) and the JSON protocol, with as little work as possible. The tests use Microsoft's client.
/// Here five hundred clients share two cores with the measured service, so messages aren't parsed but only searched for their figures.
/// </summary>
sealed class HubLine : IDisposable
{
    const byte Separator = 0x1e;
    static readonly byte[] PingMessage = Encoding.UTF8.GetBytes("{\"type\":6}\u001e");

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly SemaphoreSlim _sending = new(1);
    byte[] _wire = new byte[32 * 1024];
    byte[] _text = new byte[32 * 1024];
    int _wireFilled;
    int _textFilled;
    long _bytes;

    public delegate void MessageHandler(ReadOnlySpan<byte> message);

    /// <summary>Bytes received so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<HubLine> Open(int port, string token, CancellationToken cancellationToken)
    {
        var line = new HubLine();
        try
        {
            await line._socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            var upgrade =
                $"GET /hubs/live?access_token={token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n";
            await line._socket.SendAsync(Encoding.ASCII.GetBytes(upgrade), cancellationToken);
            await line.Upgraded(cancellationToken);
            await line.Send("{\"protocol\":\"json\",\"version\":1}\u001e", cancellationToken);
            await line.Next(message => message.SequenceEqual("{}"u8), cancellationToken);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Watches an area, and completes when the snapshot has arrived.</summary>
    public async Task WatchArea(string code, CancellationToken cancellationToken)
    {
        await Send($$"""{"type":1,"invocationId":"1","target":"WatchArea","arguments":["{{code}}"]}""" + "\u001e", cancellationToken);
        await Next(
            message =>
                message.StartsWith("{\"type\":3"u8)
                    ? message.IndexOf("\"error\""u8) < 0
                        ? true
                        : throw new BenchException($"WatchArea({code}) was refused: {Encoding.UTF8.GetString(message)}")
                    : false,
            cancellationToken
        );
    }

    /// <summary>Passes every message on until it is cancelled, and sends pings as clients do.</summary>
    public async Task Listen(MessageHandler handler, CancellationToken cancellationToken)
    {
        var pinging = Ping(cancellationToken);
        try
        {
            while (true)
            {
                await Receive(cancellationToken);
                Take(handler);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the measurement.
        }
        await pinging;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    async Task Ping(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await SendFrame(0x81, PingMessage, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The end of the measurement.
        }
    }

    async Task Upgraded(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Receive(cancellationToken);
            var end = _wire.AsSpan(0, _wireFilled).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            if (!_wire.AsSpan().StartsWith("HTTP/1.1 101"u8))
                throw new BenchException($"The hub refused: {Encoding.ASCII.GetString(_wire, 0, Math.Min(end, 60))}");
            Drop(end + 4);
            return;
        }
    }

    async Task Next(Func<ReadOnlySpan<byte>, bool> isIt, CancellationToken cancellationToken)
    {
        for (var found = false; ; )
        {
            Take(message => found |= isIt(message));
            if (found)
                return;
            await Receive(cancellationToken);
        }
    }

    async ValueTask Receive(CancellationToken cancellationToken)
    {
        if (_wireFilled == _wire.Length)
            Array.Resize(ref _wire, _wire.Length * 2);
        var read = await _socket.ReceiveAsync(_wire.AsMemory(_wireFilled), cancellationToken);
        if (read == 0)
            throw new BenchException("The service closed a live connection.");
        _wireFilled += read;
        Interlocked.Add(ref _bytes, read);
    }

    /// <summary>Takes the content out of complete frames. A message ends at a separator, which can be anywhere in a frame.</summary>
    void Take(MessageHandler handler)
    {
        var at = 0;
        while (Frame(at, out var opcode, out var payload, out var length))
        {
            at = payload + length;
            if (opcode == 8)
                throw new BenchException("The service closed a live connection.");
            if (opcode > 2)
                continue;
            while (_textFilled + length > _text.Length)
                Array.Resize(ref _text, _text.Length * 2);
            _wire.AsSpan(payload, length).CopyTo(_text.AsSpan(_textFilled));
            _textFilled += length;
        }
        if (at == 0)
            return;
        Drop(at);
        var text = _text.AsSpan(0, _textFilled);
        for (int end; (end = text.IndexOf(Separator)) >= 0; text = text[(end + 1)..])
            handler(text[..end]);
        text.CopyTo(_text);
        _textFilled = text.Length;
    }

    bool Frame(int at, out int opcode, out int payload, out int length)
    {
        (opcode, payload, length) = (0, 0, 0);
        var wire = _wire.AsSpan(at, _wireFilled - at);
        if (wire.Length < 2)
            return false;
        opcode = wire[0] & 0x0f;
        var header = (wire[1] & 0x7f) switch
        {
            126 => 4,
            127 => 10,
            _ => 2,
        };
        if (wire.Length < header)
            return false;
        length = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(wire[2..]),
            10 => (int)BinaryPrimitives.ReadUInt64BigEndian(wire[2..]),
            _ => wire[1],
        };
        payload = at + header;
        return wire.Length >= header + length;
    }

    void Drop(int count)
    {
        _wire.AsSpan(count, _wireFilled - count).CopyTo(_wire);
        _wireFilled -= count;
    }

    Task Send(string text, CancellationToken cancellationToken) => SendFrame(0x81, Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>A client must mask its frames. A mask of zeros leaves the text as it is.</summary>
    async Task SendFrame(byte kind, byte[] payload, CancellationToken cancellationToken)
    {
        byte[] frame =
            payload.Length < 126
                ? [kind, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
                : [kind, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(frame, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }
}
