using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace GridActors.Harness;

/// <summary>A message that a receiver got.</summary>
public sealed record ReceivedMessage(string Id, string Timestamp, string Signature, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
    public string Type => Json.GetProperty("type").GetString()!;
    public string Case => Json.GetProperty("data").GetProperty("case").GetString()!;

    public bool IsSignedWith(string secret)
    {
        try
        {
            var headers = new HeaderDictionary
            {
                ["webhook-id"] = Id,
                ["webhook-timestamp"] = Timestamp,
                ["webhook-signature"] = Signature,
            };
            new StandardWebhook(secret).Verify(Body, headers);
            return true;
        }
        catch (WebhookVerificationException)
        {
            return false;
        }
    }
}

/// <summary>Stands in for another system: receives webhooks, keeps them, and answers as the test says.</summary>
public sealed class WebhookReceiver : HttpReceiver
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string AnswerSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    readonly ConcurrentQueue<ReceivedMessage> _received = new();

    WebhookReceiver() { }

    public static WebhookReceiver Start() => new();

    public string Url => Address + "hook";

    /// <summary>The status of the answer to a message; it may take its time.</summary>
    public Func<ReceivedMessage, Task<int>> Respond { get; set; } = _ => Task.FromResult(204);

    /// <summary>Where the answers of status 3xx lead.</summary>
    public string? Location { get; set; }

    /// <summary>Everything that came, in its order, whatever was answered.</summary>
    public IReadOnlyList<ReceivedMessage> Received => [.. _received];

    public IReadOnlyList<ReceivedMessage> Of(string id) => [.. _received.Where(m => m.Case == id)];

    /// <summary>The settings by which a service sends to it, and takes its answers.</summary>
    public IEnumerable<(string Name, string Value)> Settings(string pack = "qinghe", string system = "hotline") =>
        [
            ($"Webhooks:Systems:{pack}:{system}:Url", Url),
            ($"Webhooks:Systems:{pack}:{system}:Secret", Secret),
            ($"Webhooks:Systems:{pack}:{system}:AnswerSecret", AnswerSecret),
            ("Webhooks:AllowHttp", "true"),
            ("Webhooks:AllowedNetworks:0", "127.0.0.1/32"),
        ];

    /// <summary>Signs an answer as the other system does.</summary>
    public static (string Name, string Value)[] Sign(string id, string body, string secret = AnswerSecret, DateTimeOffset? at = null)
    {
        var time = at ?? DateTimeOffset.UtcNow;
        return
        [
            ("webhook-id", id),
            ("webhook-timestamp", time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("webhook-signature", new StandardWebhook(secret).Sign(id, time, body)),
        ];
    }

    protected override async Task Answer(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var headers = context.Request.Headers;
        var message = new ReceivedMessage(
            headers["webhook-id"] ?? "",
            headers["webhook-timestamp"] ?? "",
            headers["webhook-signature"] ?? "",
            await reader.ReadToEndAsync()
        );
        _received.Enqueue(message);
        context.Response.StatusCode = await Respond(message);
        if (Location is not null)
            context.Response.Headers["Location"] = Location;
        context.Response.Close();
    }
}
