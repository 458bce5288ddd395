using System.Collections.Concurrent;
using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Places;
using GridActors.Contracts.WorkerDays;
using GridActors.Grains.Cases;
using GridActors.Storage;
using GridActors.Storage.Time;
using GridActors.Storage.WorkerDays;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.WorkerDays;

/// <summary>
/// Takes the second step of what phones told: closes days when their time has come, has closed ones say that something came late, and
/// tells households and places that they were visited. What a silo has taken and not finished, because it died, another one takes after
/// <see cref="HoldTime"/>; what is told twice is one operation.
/// </summary>
public sealed partial class WorkerDaySweep(
    WorkerDayCalls calls,
    GrainReferences<IWorkerDayGrain> days,
    GrainReferences<IHouseholdGrain> households,
    GrainReferences<IPlaceGrain> places,
    ServiceTime clock,
    ILogger<WorkerDaySweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(10);
    const int BatchLength = 500;
    const int MaxDegreeOfParallelism = 32;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Run, LogFailed, clock, stoppingToken);

    async Task Run(CancellationToken cancellationToken)
    {
        while (await calls.TakeVisits(BatchLength, HoldTime, cancellationToken) is { Count: > 0 } visits)
        {
            await TellVisits(visits, cancellationToken);
            if (visits.Count < BatchLength)
                break;
        }
        while (await calls.TakeDays(BatchLength, HoldTime * clock.Pace, clock.Ahead, cancellationToken) is { Count: > 0 } due)
        {
            await ForEach(
                due,
                async (day, token) =>
                {
                    var key = string.Create(CultureInfo.InvariantCulture, $"{day.Person.Key}/{day.Day:yyyy-MM-dd}");
                    return await days.Of(key).Settle(token);
                },
                cancellationToken
            );
            if (due.Count < BatchLength)
                break;
        }
    }

    async Task TellVisits(IReadOnlyList<VisitRelay> visits, CancellationToken cancellationToken)
    {
        var told = await ForEach(visits, async (visit, token) => !CaseTelling.IsTemporary(await Tell(visit, token)), cancellationToken);
        if (told.Count > 0)
            await calls.FinishVisits(told, cancellationToken);
    }

    async Task<string?> Tell(VisitRelay visit, CancellationToken cancellationToken)
    {
        if (visit.Household is { } household)
            return (
                await households
                    .Of(household)
                    .Submit(
                        new VisitHousehold
                        {
                            Operation = OperationIds.Of(visit.Person.Key, $"visit {visit.Visit:N} {household:N}", []),
                            By = visit.Person,
                            Visit = visit.Visit,
                            At = visit.At,
                        },
                        cancellationToken
                    )
            ).Rejection;
        var place = visit.Place!.Value;
        return (
            await places
                .Of(place)
                .Submit(
                    new RecordPlaceVisit
                    {
                        Operation = OperationIds.Of(visit.Person.Key, $"visit {visit.Visit:N} {place:N}", []),
                        By = visit.Person,
                        Visit = visit.Visit,
                        At = visit.At,
                    },
                    cancellationToken
                )
        ).Rejection;
    }

    /// <returns>Those that are done. What failed is taken again when the hold is over.</returns>
    async Task<IReadOnlyList<T>> ForEach<T>(
        IReadOnlyList<T> taken,
        Func<T, CancellationToken, Task<bool>> work,
        CancellationToken cancellationToken
    )
    {
        var done = new ConcurrentBag<T>();
        await Parallel.ForEachAsync(
            taken,
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (item, token) =>
            {
                try
                {
                    if (await work(item, token))
                        done.Add(item);
                }
                catch (Exception e) when (!token.IsCancellationRequested)
                {
                    LogNotTold(e);
                }
            }
        );
        return [.. done];
    }
}
