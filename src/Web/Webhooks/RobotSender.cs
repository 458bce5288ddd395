using GridActors.Domain.Packs;
using GridActors.Domain.Robots;
using GridActors.Storage;
using GridActors.Storage.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Webhooks;

/// <summary>
/// Sends what robots have to tell their groups. What has come since a robot's last turn goes out as one message, so that nothing is dropped
/// however much happens, and no robot sends more than it may.
/// </summary>
public sealed partial class RobotSender(
    Outbox outbox,
    RobotTargets robots,
    RobotClient client,
    Deliveries deliveries,
    IPacks packs,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<RobotSender> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    TimeSpan Hold => options.Value.Timeout * 2;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(robots.All.Select(r => BackgroundLoop.Every(Interval, c => Tell(r, c), LogNotRead, clock, stoppingToken)));

    async Task Tell(RobotTarget robot, CancellationToken cancellationToken)
    {
        if (packs.Current.Pack(robot.Pack) is not { } pack || pack.RobotOf(robot.Robot) is not { } known)
            return;
        var due = await outbox.TakeTurn(robot.Pack, robot.Robot, options.Value.RobotInterval, Hold, cancellationToken);
        if (due.Count == 0)
            return;
        try
        {
            var place = known.IsEnglish && pack.Pack.NameEn.Length > 0 ? pack.Pack.NameEn : pack.Pack.Name;
            var text = RobotText.Of(place, [.. due.Select(m => RobotMessages.Read(m.Body))], known.IsEnglish);
            var delivery = await client.Send(robot, text, cancellationToken);
            if (delivery is { Result: DeliveryResult.Failed, After: { } wait })
                await outbox.Rest(robot.Pack, robot.Robot, wait, cancellationToken);
            await deliveries.Settle(due, delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops: another one, or the next, needn't wait for the hold to be over.
            await outbox.Return([.. due.Select(m => m.Id)], TimeSpan.Zero, CancellationToken.None);
            throw;
        }
    }
}
