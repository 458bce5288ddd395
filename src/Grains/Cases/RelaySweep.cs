using System.Collections.Concurrent;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>
/// Takes the second step where two cases take part: tells a case of what was merged into it, and the merged ones of its steps. What a silo
/// has taken and not finished, because it died, another one takes after <see cref="HoldTime"/>; a step that is told twice is one operation.
/// </summary>
public sealed partial class RelaySweep(CaseRelays relays, GrainReferences<ICaseGrain> cases, ServiceTime clock, ILogger<RelaySweep> logger)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(10);
    const int BatchLength = 200;
    const int MaxDegreeOfParallelism = 16;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, TellAll, LogFailed, clock, stoppingToken);

    async Task TellAll(CancellationToken cancellationToken)
    {
        while (await relays.Take(BatchLength, HoldTime, cancellationToken) is { Count: > 0 } taken)
        {
            await Tell(taken, cancellationToken);
            if (taken.Count < BatchLength)
                return;
        }
    }

    async Task Tell(IReadOnlyList<CaseRelay> taken, CancellationToken cancellationToken)
    {
        var done = new ConcurrentBag<CaseRelay>();
        await Parallel.ForEachAsync(
            taken,
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (relay, cancellation) =>
            {
                try
                {
                    var answer = await cases.Of(relay.Target).Submit(CommandOf(relay), cancellation);
                    if (answer.Rejection is null or CaseRejections.NotFound)
                        done.Add(relay);
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested)
                {
                    LogNotTold(e, relay.Target); // It is taken again when the hold is over.
                }
            }
        );
        if (!done.IsEmpty)
            await relays.Finish([.. done], cancellationToken);
    }

    static CaseCommand CommandOf(CaseRelay relay)
    {
        var by = relay.Joins ? relay.By : PersonId.Service(relay.By.Pack);
        var operation = OperationIds.Of(by.Key, $"relay {relay.Source:N} {relay.Version} {relay.Target:N} {relay.Joins}", []);
        return relay.Joins
            ? new JoinDuplicate
            {
                Operation = operation,
                By = by,
                Duplicate = relay.Source,
                Number = relay.Number,
            }
            : new FollowMain
            {
                Operation = operation,
                By = by,
                Main = relay.Source,
                Status = relay.Status,
                Outcome = relay.Outcome,
                Version = relay.Version,
            };
    }
}
