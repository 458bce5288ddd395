using System.Globalization;
using System.Net;
using GridActors.Web.Perimeter;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace GridActors.Silo.Hosting;

/// <summary>
/// Keeps the connections to this process below its limit of open files: a process that can open none can't reach its database, and may
/// end. One address gets only a part of them, and a connection that says nothing is closed soon.
/// </summary>
sealed class ConnectionLimits(IOptions<LimitOptions> options, IConfiguration configuration) : IConfigureOptions<KestrelServerOptions>
{
    /// <summary>Open files that the runtime, the database and the other processes of a cluster need.</summary>
    const int Reserved = 500;
    const int MaxConnections = 20_000;
    static readonly TimeSpan SpeaksWithin = TimeSpan.FromSeconds(10);

    readonly Lock _lock = new();
    readonly Dictionary<IPAddress, int> _open = [];
    readonly int _connections = options.Value.Connections is > 0 and var asked ? asked : Fitting(OpenFiles());

    public void Configure(KestrelServerOptions kestrel)
    {
        var plain = (_connections + 1) / 2;
        kestrel.Limits.MaxConcurrentConnections ??= plain;
        kestrel.Limits.MaxConcurrentUpgradedConnections ??= Math.Max(1, _connections - plain);
        // A body has a limit, so this is also how long one may take.
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => Admit(connection, next)));
    }

    /// <param name="openFiles">The limit; null when there is none.</param>
    internal static int Fitting(int? openFiles) =>
        openFiles is { } limit ? Math.Clamp(Math.Max(limit - Reserved, limit / 2), 2, MaxConnections) : MaxConnections;

    static int? OpenFiles()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
            return null;
        var line = File.ReadLines(Limits).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    async Task Admit(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = ClientNetwork.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (!TryEnter(address))
        {
            connection.Abort();
            return;
        }
        try
        {
            if (await Speaks(connection))
                await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    /// <summary>Waits for the first byte, without taking it.</summary>
    static async Task<bool> Speaks(ConnectionContext connection)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, stopping);
        deadline.CancelAfter(SpeaksWithin);
        try
        {
            var first = await connection.Transport.Input.ReadAsync(deadline.Token);
            connection.Transport.Input.AdvanceTo(first.Buffer.Start);
            return !first.Buffer.IsEmpty;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    bool TryEnter(IPAddress address)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(address);
            if (open >= MaxOf(address))
                return false;
            _open[address] = open + 1;
            return true;
        }
    }

    void Leave(IPAddress address)
    {
        lock (_lock)
        {
            if (--_open[address] == 0)
                _open.Remove(address);
        }
    }

    int MaxOf(IPAddress address)
    {
        if (options.Value.ConnectionsPerAddress is > 0 and var asked)
            return asked;
        var isEverybodys = IPAddress.IsLoopback(address) || configuration.GetValue<bool>("ForwardedHeaders_Enabled");
        return isEverybodys ? int.MaxValue : Math.Max(1, _connections / 4);
    }
}
