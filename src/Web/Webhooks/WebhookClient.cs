using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GridActors.Storage.Outbox;
using Microsoft.Security.AntiSSRF;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GridActors.Web.Webhooks;

public enum DeliveryResult
{
    Taken,
    Failed,

    /// <summary>Nothing was sent, because the receiver has failed too often just now.</summary>
    NotTried,

    /// <summary>The receiver wants no more messages.</summary>
    Unwanted,
}

/// <param name="Error">A short code of why it failed. It holds nothing that the receiver said.</param>
/// <param name="After">How long the receiver asked to be left alone.</param>
public readonly record struct Delivery(DeliveryResult Result, string Error = "", TimeSpan? After = null);

/// <summary>
/// Sends one signed message by Standard Webhooks. What a receiver answers is neither followed nor read: its status is all that counts.
/// </summary>
public sealed class WebhookClient(IHttpClientFactory clients, TimeProvider clock)
{
    public const string Name = "webhooks";

    public async Task<Delivery> Send(WebhookTarget target, Guid message, string body, CancellationToken cancellationToken)
    {
        var (id, at) = (OutboxMessages.IdOf(message), clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Address);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new("application/json") } };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", target.Sign(id, at, body));
        try
        {
            using var client = clients.CreateClient(Name);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return OutcomeOf(response.StatusCode, response.Headers.RetryAfter);
        }
        catch (Exception e) when (FailureOf(e) is { } failed)
        {
            return failed;
        }
    }

    /// <returns>Null for an exception that is none of a request.</returns>
    internal static Delivery? FailureOf(Exception e) =>
        e switch
        {
            BrokenCircuitException => new(DeliveryResult.NotTried),
            HttpRequestException or TimeoutRejectedException or AntiSSRFException or IOException => new(DeliveryResult.Failed, CodeOf(e)),
            _ => null,
        };

    internal Delivery OutcomeOf(HttpStatusCode status, RetryConditionHeaderValue? after)
    {
        if ((int)status is >= 200 and < 300)
            return new(DeliveryResult.Taken);
        var code = string.Create(CultureInfo.InvariantCulture, $"http-{(int)status}");
        if (status == HttpStatusCode.Gone)
            return new(DeliveryResult.Unwanted, code);
        return new(DeliveryResult.Failed, code, after?.Delta ?? after?.Date - clock.GetUtcNow());
    }

    static string CodeOf(Exception e) =>
        e switch
        {
            TimeoutRejectedException => "timeout",
            AntiSSRFException or { InnerException: AntiSSRFException } => "address-not-allowed",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name-not-resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
            _ => "connection",
        };
}
