using GridActors.Storage;
using GridActors.Storage.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Webhooks;

/// <summary>
/// Sends what waits in the outbox. Each system has a loop of its own, so that a slow one holds up no other. Every process runs these loops:
/// while one of them holds a message, no other takes it; when the hold ends, any may. No lock is held while a message is under way.
/// </summary>
public sealed partial class OutboxSender(
    Outbox outbox,
    WebhookTargets targets,
    RobotTargets robots,
    WebhookClient client,
    Deliveries deliveries,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<OutboxSender> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    /// <summary>Messages of different cases to one system at the same time.</summary>
    const int AtOnce = 4;

    /// <summary>Long enough for an attempt and its record, so that nobody sends a message that is under way.</summary>
    TimeSpan Hold => options.Value.Timeout * 2;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loops = targets.All.Select(t => BackgroundLoop.Every(Interval, c => Drain(t, c), LogNotRead, clock, stoppingToken)).ToList();
        if (loops.Count > 0 || robots.All.Any())
            loops.Add(BackgroundLoop.Every(SweepInterval, c => outbox.Sweep(options.Value.Kept, c), LogNotRead, clock, stoppingToken));
        return Task.WhenAll(loops);
    }

    async Task Drain(WebhookTarget target, CancellationToken cancellationToken)
    {
        while (await outbox.Take(target.Pack, target.System, AtOnce, Hold, cancellationToken) is { Count: > 0 } due)
            await Task.WhenAll(due.Select(m => Send(target, m, cancellationToken)));
    }

    async Task Send(WebhookTarget target, DueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var delivery = await client.Send(target, message.Id, message.Body, cancellationToken);
            await deliveries.Settle([message], delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops: another one, or the next, needn't wait for the hold to be over.
            await outbox.Return([message.Id], TimeSpan.Zero, CancellationToken.None);
            throw;
        }
    }
}
