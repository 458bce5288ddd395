using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GridActors.Harness;

/// <summary>An HTTP server on a free port of this machine, which stands in for a system that the service calls.</summary>
public abstract class HttpReceiver : IAsyncDisposable
{
    readonly HttpListener _listener = new();

    protected HttpReceiver()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Receive();
    }

    protected string Address { get; }

    public ValueTask DisposeAsync()
    {
        _listener.Close();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads a request and answers it.</summary>
    protected abstract Task Answer(HttpListenerContext context);

    async Task Receive()
    {
        try
        {
            while (true)
                _ = AnswerOne(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task AnswerOne(HttpListenerContext context)
    {
        try
        {
            await Answer(context);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The sender has gone, or the test is over.
        }
    }
}
