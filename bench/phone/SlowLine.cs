using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace GridActors.PhoneLine;

/// <summary>
/// A line between a phone and the service that carries only so much, for whatever the browser sends: its pages, its workers, and what it
/// loads for itself. All connections share it, as they share a radio link.
/// </summary>
sealed class SlowLine : IAsyncDisposable
{
    const int ChunkLength = 1024;

    /// <summary>Before a chunk that is on its way arrives, so many more may be sent.</summary>
    const int ChunksOnTheWay = 64;

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly int _target;
    readonly Direction _up = new();
    readonly Direction _down = new();
    readonly Task _accepting;

    /// <param name="target">The port of the service.</param>
    public SlowLine(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes from the phone to the service.</summary>
    public long Sent => _up.Carried;

    /// <param name="bytesPerSecond">In each direction.</param>
    /// <param name="delay">How long a byte is on its way, in each direction.</param>
    public void Limit(int bytesPerSecond, TimeSpan delay)
    {
        _up.Limit(bytesPerSecond, delay);
        _down.Limit(bytesPerSecond, delay);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    async Task Accept()
    {
        try
        {
            while (true)
                _ = Carry(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    async Task Carry(TcpClient phone)
    {
        using (phone)
        using (var service = new TcpClient { NoDelay = true })
            try
            {
                phone.NoDelay = true;
                await service.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                var both = new[]
                {
                    Pump(phone.GetStream(), service.GetStream(), _up, ended.Token),
                    Pump(service.GetStream(), phone.GetStream(), _down, ended.Token),
                };
                await Task.WhenAny(both);
                await ended.CancelAsync();
                await Task.WhenAll(both);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two has closed the connection.
            }
    }

    static async Task Pump(NetworkStream from, NetworkStream to, Direction direction, CancellationToken cancellationToken)
    {
        var onTheWay = Channel.CreateBounded<(byte[] Bytes, DateTime Arrives)>(ChunksOnTheWay);
        var delivering = Deliver();
        var buffer = new byte[ChunkLength];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var (free, arrives) = direction.Reserve(read);
            await onTheWay.Writer.WriteAsync((buffer[..read], arrives), cancellationToken);
            await Until(free, cancellationToken);
        }
        onTheWay.Writer.Complete();
        await delivering;

        async Task Deliver()
        {
            await foreach (var (bytes, arrives) in onTheWay.Reader.ReadAllAsync(cancellationToken))
            {
                await Until(arrives, cancellationToken);
                await to.WriteAsync(bytes, cancellationToken);
            }
        }
    }

    static async Task Until(DateTime moment, CancellationToken cancellationToken)
    {
        if (moment - DateTime.UtcNow is { Ticks: > 0 } left)
            await Task.Delay(left, cancellationToken);
    }

    /// <summary>One direction of the line.</summary>
    sealed class Direction
    {
        readonly Lock _lock = new();
        DateTime _freeAt;
        int _bytesPerSecond;
        TimeSpan _delay;

        public long Carried { get; private set; }

        public void Limit(int bytesPerSecond, TimeSpan delay)
        {
            lock (_lock)
                (_bytesPerSecond, _delay) = (bytesPerSecond, delay);
        }

        /// <returns>When the line is free for the next bytes, and when these arrive.</returns>
        public (DateTime Free, DateTime Arrives) Reserve(int bytes)
        {
            lock (_lock)
            {
                Carried += bytes;
                var now = DateTime.UtcNow;
                if (_bytesPerSecond == 0)
                    return (now, now);
                _freeAt = (_freeAt > now ? _freeAt : now).AddSeconds((double)bytes / _bytesPerSecond);
                return (_freeAt, _freeAt + _delay);
            }
        }
    }
}
