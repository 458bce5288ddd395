using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace GridActors.Harness;

/// <summary>Stands in for WeCom (企业微信): takes the messages of robots, and answers with status 200 also for errors.</summary>
public sealed class GroupRobotReceiver : HttpReceiver
{
    public const string Key = "693a91f6-7aa7-4bc4-97a0-0ec2b1fa5aaa";

    readonly ConcurrentQueue<string> _texts = new();

    GroupRobotReceiver() { }

    public static GroupRobotReceiver Start() => new();

    public string Url => Address;

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

    protected override async Task Answer(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var isKnown =
            context.Request.Url is { AbsolutePath: "/cgi-bin/webhook/send" }
            && context.Request.QueryString["key"] == Key
            && Encoding.UTF8.GetByteCount(body) < 8192;
        var text = isKnown ? JsonSerializer.Deserialize<JsonElement>(body).GetProperty("text").GetProperty("content").GetString()! : body;
        _texts.Enqueue(text);
        var code = isKnown ? Respond(text) : 93000;
        var answer = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { errcode = code, errmsg = code == 0 ? "ok" : "error" }));
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(answer);
        context.Response.Close();
    }
}
