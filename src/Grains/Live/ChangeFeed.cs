using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Live;

/// <summary>
/// Notifies areas and inboxes of what became durable. It is best effort, after the commit: the answer to the person who acted doesn't wait
/// for it. The reconciler finds a step that an area wasn't notified of; an inbox is read from rows anyway.
/// </summary>
public sealed partial class ChangeFeed : BackgroundService
{
    readonly NotificationQueue<InboxChange>[] _inboxes;
    readonly GrainReferences<IAreaGrain> _areas;
    readonly IPacks _packs;
    readonly ILogger<ChangeFeed> _logger;

    public ChangeFeed(IGrainFactory grains, GrainReferences<IAreaGrain> areas, IPacks packs, TimeProvider clock, ILogger<ChangeFeed> logger)
    {
        (_areas, _packs, _logger) = (areas, packs, logger);
        _inboxes = new NotificationQueue<InboxChange>[InboxShards.Count];
        for (var i = 0; i < _inboxes.Length; i++)
        {
            var shard = i;
            _inboxes[i] = new(changes => grains.GetGrain<IInboxWatchGrain>(shard).Notify(changes), LogInboxesNotNotified, clock);
        }
    }

    public void Publish(CaseView? before, CaseView after)
    {
        _ = _areas.Of(CountingArea(after).Key).Notify(NoteOf(before, after));
        foreach (var person in Concerned(before, after))
            _inboxes[InboxShards.Of(person)].Enqueue(new(person, after));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_inboxes.Select(q => q.Run(stoppingToken)));

    /// <summary>The area that counts the case as its own.</summary>
    AreaId CountingArea(CaseView view) =>
        view.Confidential && _packs.Current.Area(view.Area) is { } place ? place.ConfidentialArea.Id : view.Area;

    static CaseNote NoteOf(CaseView? before, CaseView after) =>
        new(
            before?.Version ?? 0,
            after.Version,
            after.Outcome,
            after.ReportedAt,
            after.ClosedAt,
            new()
            {
                At = after.UpdatedAt,
                Step = after.LastStep,
                Status = after.Status,
                Case = after.Id,
                Version = after.Version,
                Number = after.Number,
                Area = after.Area,
                Category = after.Category,
                Title = after.Title,
                By = after.UpdatedBy,
                Clock = RanOut(before, after),
            },
            after.Confidential,
            after.Urgency
        )
        {
            IsEscalated = after is { IsOpen: true, Level: not null },
            IsSupervised = after is { IsOver: false, OpenSupervision: not null },
        };

    /// <summary>The clock that ran out in a step, also when the case climbed in the same one; null when none did.</summary>
    static ClockName? RanOut(CaseView? before, CaseView after)
    {
        if (before is null || before.Clocks == after.Clocks)
            return after.LastStep == CaseStep.ClockBreached ? ClockName.Task : null;
        foreach (var clock in after.Clocks)
            if (
                clock.BreachedAt is not null
                && before.Clocks.FirstOrDefault(c => c.Name == clock.Name && c.StartedAt == clock.StartedAt)?.BreachedAt is null
            )
                return clock.Name;
        return null;
    }

    /// <summary>Everybody in whose inbox the case is, or was before this step.</summary>
    static IEnumerable<PersonId> Concerned(CaseView? before, CaseView after)
    {
        if (before is null || !before.IsOpen)
            return after.Concerned();
        var isSameAsBefore =
            after.IsOpen
            && (before.Status == CaseStatus.Merged) == (after.Status == CaseStatus.Merged)
            && before.OfferedTo == after.OfferedTo
            && before.Claimant == after.Claimant
            && before.Request == after.Request
            && before.Consultations == after.Consultations
            && before.Tasks == after.Tasks;
        return isSameAsBefore ? after.Concerned() : before.Concerned().Union(after.Concerned());
    }
}
