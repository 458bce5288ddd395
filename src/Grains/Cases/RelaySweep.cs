using System.Collections.Concurrent;
using System.Globalization;
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
/// Takes the second step where two cases take part: tells a case of what was merged into it or linked with it, and the merged ones of its
/// steps. What a silo has taken and not finished, because it died, another one takes after <see cref="HoldTime"/>; a step that is told
/// twice is one operation.
/// </summary>
public sealed partial class RelaySweep(
    CaseRelays relays,
    LinkRelays links,
    GrainReferences<ICaseGrain> cases,
    ServiceTime clock,
    ILogger<RelaySweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(10);
    const int BatchLength = 200;
    const int MaxDegreeOfParallelism = 16;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, TellAll, LogFailed, clock, stoppingToken);

    async Task TellAll(CancellationToken cancellationToken)
    {
        await TellAll(relays.Take, relays.Finish, r => (r.Target, CommandOf(r)), cancellationToken);
        await TellAll(links.Take, links.Finish, r => (r.Target, CommandOf(r)), cancellationToken);
    }

    async Task TellAll<T>(
        Func<int, TimeSpan, CancellationToken, Task<IReadOnlyList<T>>> take,
        Func<IReadOnlyList<T>, CancellationToken, Task> finish,
        Func<T, (Guid Target, CaseCommand Command)> call,
        CancellationToken cancellationToken
    )
    {
        while (await take(BatchLength, HoldTime, cancellationToken) is { Count: > 0 } taken)
        {
            var done = new ConcurrentBag<T>();
            await Parallel.ForEachAsync(
                taken,
                new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
                async (row, cancellation) =>
                {
                    var (target, command) = call(row);
                    if (await Tell(target, command, cancellation))
                        done.Add(row);
                }
            );
            if (!done.IsEmpty)
                await finish([.. done], cancellationToken);
            if (taken.Count < BatchLength)
                return;
        }
    }

    /// <returns>False when it has to be told again, when the hold is over.</returns>
    async Task<bool> Tell(Guid target, CaseCommand command, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await cases.Of(target).Submit(command, cancellationToken);
            return answer.Rejection is null or CaseRejections.NotFound;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotTold(e, target);
            return false;
        }
    }

    static AddLink CommandOf(LinkRelay relay) =>
        new()
        {
            Operation = OperationIds.Of(
                relay.By.Key,
                string.Create(CultureInfo.InvariantCulture, $"link {relay.Source:N} {relay.Version} {relay.Target:N}"),
                []
            ),
            By = relay.By,
            To = new(relay.Source, relay.Number),
            Reason = relay.Reason,
        };

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
