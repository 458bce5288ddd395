using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace GridActors.Harness;

/// <summary>Stands in for WeCom (企业微信): takes the messages of robots, and answers with status 200 also for errors.</summary>
public sealed class GroupRobotReceiver : IAsyncDisposable
{
    public const string Key = "693a91f6-7aa7-4bc4-97a0-0ec2b1fa5aaa";

    readonly HttpListener _listener = new();
    readonly ConcurrentQueue<string> _texts = new();

    GroupRobotReceiver()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = Receive();
    }

    public static GroupRobotReceiver Start() => new();

    public string Url { get; }

    /// <summary>The <c>errcode</c> of the answer to a text.</summary>
    public Func<string, int> Respond { get; set; } = _ => 0;

    /// <summary>The texts that came, in their order, whatever was answered.</summary>
    public IReadOnlyList<string> Texts => [.. _texts];

    public IEnumerable<(string Name, string Value)> Settings(string pack, params string[] robots) =>
        [
            .. robots.Select(robot => ($"Webhooks:Robots:{pack}:{robot}:Key", Key)),
            ("Webhooks:RobotAddress", Url),
            ("Webhooks:AllowHttp", "true"),
            ("Webhooks:AllowedNetworks:0", "127.0.0.1/32"),
        ];

    public ValueTask DisposeAsync()
    {
        _listener.Close();
        return ValueTask.CompletedTask;
    }

    async Task Receive()
    {
        try
        {
            while (true)
                _ = Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task Answer(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            var isKnown =
                context.Request.Url is { AbsolutePath: "/cgi-bin/webhook/send" }
                && context.Request.QueryString["key"] == Key
                && Encoding.UTF8.GetByteCount(body) < 8192;
            var text = isKnown
                ? JsonSerializer.Deserialize<JsonElement>(body).GetProperty("text").GetProperty("content").GetString()!
                : body;
            _texts.Enqueue(text);
            var code = isKnown ? Respond(text) : 93000;
            var answer = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { errcode = code, errmsg = code == 0 ? "ok" : "error" }));
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The sender has gone, or the test is over.
        }
    }
}
