using System.Collections.Concurrent;
using GridActors.Contracts;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.Households;
using GridActors.Contracts.Meetings;
using GridActors.Contracts.Places;
using GridActors.Storage;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>
/// Calls cases at the moments of their clocks. Every silo looks for moments that have come, and takes some that no other silo has taken. If
/// it dies meanwhile, another one takes them after <see cref="HoldTime"/>. The case decides what follows, and a moment that is fired twice
/// is one operation.
/// </summary>
public sealed partial class ClockSweep(
    ClockMoments moments,
    ClockOutages outages,
    GrainReferences<ICaseGrain> cases,
    GrainReferences<IConsultationGrain> consultations,
    GrainReferences<IMeetingGrain> meetings,
    GrainReferences<IHouseholdGrain> households,
    GrainReferences<IPlaceGrain> places,
    GrainReferences<IAppointmentGrain> appointments,
    GrainReferences<IFieldTaskGrain> tasks,
    GrainReferences<ITaskScheduleGrain> schedules,
    ServiceTime clock,
    ILogger<ClockSweep> logger
) : BackgroundService
{
    /// <summary>How late a clock can be when nothing else is due.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Where time passes faster it looks more often, but not all the time: at 600 times as fast a clock is half a minute late.
    /// </summary>
    static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(10);

    /// <summary>So many that the journal commits them in large batches, and so few that they are done well within the hold.</summary>
    const int BatchLength = 1000;
    const int MaxDegreeOfParallelism = 128;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(
            TimeSpan.FromTicks(Math.Max(ShortestInterval.Ticks, (long)(Interval.Ticks / clock.Pace))),
            FireAll,
            LogFailed,
            clock,
            stoppingToken
        );

    async Task FireAll(CancellationToken cancellationToken)
    {
        while (await moments.Take(BatchLength, HoldTime * clock.Pace, clock.Ahead, cancellationToken) is { Count: > 0 } due)
        {
            await RecordOutage(due, cancellationToken);
            await Fire(due, cancellationToken);
            if (due.Count < BatchLength)
                return;
        }
    }

    /// <summary>Moments that nobody has looked at for so long came while nothing ran: people hear of all of them together.</summary>
    async Task RecordOutage(IReadOnlyList<DueMoment> due, CancellationToken cancellationToken)
    {
        var (now, late) = (clock.GetUtcNow(), ClockOutages.LateAfter * clock.Pace);
        if (due.FirstOrDefault(m => m.IsFirst && now - m.At > late) is { } earliest)
            await outages.Record(new(earliest.At, now), late, cancellationToken);
    }

    async Task Fire(IReadOnlyList<DueMoment> due, CancellationToken cancellationToken)
    {
        var (done, next) = (new ConcurrentBag<DueMoment>(), new ConcurrentBag<DueMoment>());
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (moment, cancellation) =>
            {
                try
                {
                    var answer = await Call(moment, cancellation);
                    if (!answer.IsTaken)
                        return;
                    done.Add(moment);
                    if (answer.Next is { } at)
                        next.Add(moment with { At = at });
                }
                catch (Exception e) when (!cancellation.IsCancellationRequested)
                {
                    LogNotFired(e, moment.Case); // It is taken again when the hold is over.
                }
            }
        );
        await moments.Finish([.. done], [.. next], cancellationToken);
    }

    Task<ClockAnswer> Call(DueMoment moment, CancellationToken cancellationToken) =>
        moment.Clock switch
        {
            ClockName.Consultation => consultations.Of(moment.Case).TellCase(cancellationToken),
            ClockName.Meeting => meetings.Of(moment.Case).TellCases(cancellationToken),
            ClockName.Household => households.Of(moment.Case).Settle(cancellationToken),
            ClockName.Appointment => appointments.Of(moment.Case).Remind(cancellationToken),
            ClockName.Place => places.Of(moment.Case).Settle(cancellationToken),
            ClockName.FieldTask => tasks.Of(moment.Case).Settle(cancellationToken),
            ClockName.FieldTaskSchedule => schedules.Of(moment.Case).Run(cancellationToken),
            _ => cases.Of(moment.Case).Fire(moment.Clock, moment.At, cancellationToken),
        };
}
