using GridActors.Storage.Outbox;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Webhooks;

/// <summary>Records what became of messages, and decides when they are sent again.</summary>
public sealed partial class Deliveries(Outbox outbox, IOptions<WebhookOptions> options, ILogger<Deliveries> logger)
{
    /// <summary>How long a receiver that has failed too often is left alone.</summary>
    public static TimeSpan BreakDuration { get; } = TimeSpan.FromSeconds(30);

    /// <param name="messages">What went out together.</param>
    public async Task Settle(IReadOnlyList<DueMessage> messages, Delivery delivery, CancellationToken cancellationToken)
    {
        switch (delivery.Result)
        {
            case DeliveryResult.Taken:
                await outbox.Sent(IdsOf(messages), cancellationToken);
                return;
            case DeliveryResult.NotTried:
                await outbox.Return(IdsOf(messages), BreakDuration, cancellationToken);
                return;
        }
        // What goes out together may have been tried differently often.
        foreach (var tried in messages.GroupBy(m => m.Attempt))
            await Failed(tried.Key, IdsOf(tried), delivery, cancellationToken);
    }

    async Task Failed(int attempt, IReadOnlyList<Guid> ids, Delivery delivery, CancellationToken cancellationToken)
    {
        var wait = RetrySchedule.After(options.Value.Retries, attempt, delivery.After, Random.Shared.NextDouble());
        if (delivery.Result == DeliveryResult.Unwanted || wait is null)
        {
            LogGivenUp(ids[0], delivery.Error);
            await outbox.GiveUp(ids, delivery.Error, cancellationToken);
            return;
        }
        LogNotTaken(ids[0], delivery.Error);
        await outbox.Postpone(ids, wait.Value, delivery.Error, cancellationToken);
    }

    static IReadOnlyList<Guid> IdsOf(IEnumerable<DueMessage> messages) => [.. messages.Select(m => m.Id)];
}
