using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Live;

/// <summary>
/// Tells areas and inboxes what became durable. Best effort, after the commit and off the answer's path: a note that is lost is found by the
/// reconciler, an inbox is rows anyway.
/// </summary>
public sealed partial class ChangeFeed
{
    const int Most = 100_000;

    readonly Courier<AreaId, CaseNote> _areas;
    readonly Courier<PersonId, CaseView> _inboxes;
    readonly ILogger<ChangeFeed> _logger;

    public ChangeFeed(IGrainFactory grains, ILogger<ChangeFeed> logger)
    {
        _logger = logger;
        _areas = new((area, notes) => grains.GetGrain<IAreaGrain>(area.Key).Note(notes), Most, attempts: 4, LogAreaNotTold);
        _inboxes = new((person, cases) => grains.GetGrain<IInboxGrain>(person.Key).Note(Latest(cases)), Most, attempts: 1, LogInboxNotTold);
    }

    public void Publish(CaseView? before, CaseView after)
    {
        _areas.Send(after.Area, new(before?.Version ?? 0, after.Version, after.Outcome, after.ReportedAt, after.ClosedAt, new()
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
        }, after.Confidential));
        foreach (var person in Concerned(before, after)) _inboxes.Send(person, after);
    }

    static IEnumerable<PersonId> Concerned(CaseView? before, CaseView after)
    {
        if (before is null || !before.IsOpen) return after.Concerned();
        return after.IsOpen && before.OfferedTo == after.OfferedTo && before.Claimant == after.Claimant ? after.Concerned() : before.Concerned().Union(after.Concerned());
    }

    /// <summary>Several steps of one case that go together are one change: its last.</summary>
    static ImmutableArray<CaseView> Latest(ImmutableArray<CaseView> cases) =>
        cases.Length == 1 ? cases : [.. cases.GroupBy(c => c.Id).Select(g => g.MaxBy(c => c.Version)!)];

    [LoggerMessage(3101, LogLevel.Warning, "An area was not told of {Count} steps; the reconciler will find them.")]
    partial void LogAreaNotTold(Exception? exception, int count);

    [LoggerMessage(3102, LogLevel.Debug, "An inbox was not told of {Count} cases.")]
    partial void LogInboxNotTold(Exception? exception, int count);
}
