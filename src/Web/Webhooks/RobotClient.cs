using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Webhooks;

/// <summary>Sends one message of a robot, as WeCom (企业微信) takes it. It answers errors with status 200 and a code in the body.</summary>
public sealed class RobotClient(IHttpClientFactory clients, WebhookClient webhooks, IOptions<WebhookOptions> options)
{
    const int MaxAnswerBytes = 16 * 1024;

    /// <summary>Too many messages in a minute.</summary>
    const int TooMany = 45009;
    static readonly TimeSpan AfterTooMany = TimeSpan.FromMinutes(1);

    sealed record Answer(int? Errcode);

    public async Task<Delivery> Send(RobotTarget robot, string text, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The pipeline of the client ends with the headers, and the body is needed, too.
        limited.CancelAfter(options.Value.Timeout);
        try
        {
            using var client = clients.CreateClient(WebhookClient.Name);
            client.MaxResponseContentBufferSize = MaxAnswerBytes;
            var message = new { msgtype = "text", text = new { content = text } };
            using var response = await client.PostAsJsonAsync(robot.Address, message, limited.Token);
            if (!response.IsSuccessStatusCode)
                return webhooks.OutcomeOf(response.StatusCode, response.Headers.RetryAfter);
            return OutcomeOf(await response.Content.ReadFromJsonAsync<Answer>(limited.Token));
        }
        catch (Exception e) when (WebhookClient.FailureOf(e) is { } failed)
        {
            return failed;
        }
        catch (JsonException)
        {
            return new(DeliveryResult.Failed, "robot-answer");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(DeliveryResult.Failed, "timeout");
        }
    }

    static Delivery OutcomeOf(Answer? answer) =>
        answer?.Errcode switch
        {
            0 => new(DeliveryResult.Taken),
            TooMany => new(DeliveryResult.Failed, "robot-45009", AfterTooMany),
            { } code => new(DeliveryResult.Failed, string.Create(CultureInfo.InvariantCulture, $"robot-{code}")),
            null => new(DeliveryResult.Failed, "robot-answer"),
        };
}
