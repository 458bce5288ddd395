using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Meetings;
using GridActors.Contracts.People;

namespace GridActors.Domain.Meetings;

/// <summary>A meeting made from its events.</summary>
/// <param name="View">Null until it is opened.</param>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="Told">What cases are told, a command for each decision.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record MeetingState(
    Guid Id,
    MeetingView? View,
    int Version,
    ImmutableArray<Guid> Operations,
    ImmutableArray<(Guid Case, CaseCommand Command)> Told,
    bool HasUnknown = false
)
{
    public static MeetingState Begin(Guid id) => new(id, null, 0, [], []);

    public MeetingState Evolve(MeetingEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var next = this with { Version = Version + 1, Operations = Operations.Add(operation) };
        return (e, View) switch
        {
            (MeetingOpened x, null) => next with
            {
                View = new(Id, x.Area, x.Number, x.ScheduledAt, at, by, x.Agenda, [], [], "", null, null),
            },
            (MeetingAttended x, { } view) => next with { View = view with { Present = x.Present } },
            (MeetingItemDecided x, { } view) => next with
            {
                View = view with { Decisions = view.Decisions.Add(new(x.Case, x.Text, x.IsHandled, x.Tasks, by, at)) },
                Told = Told.Add((x.Case, Telling(view, x, by, next.Version))),
            },
            (MeetingClosed x, { } view) => next with { View = view with { Minutes = x.Minutes, ClosedAt = at, ClosedBy = by } },
            _ => next with { HasUnknown = true },
        };
    }

    /// <summary>However often the case is told of a decision, it is one operation.</summary>
    RecordMeetingDecision Telling(MeetingView view, MeetingItemDecided e, PersonId by, int version) =>
        new()
        {
            Operation = OperationIds.Of(by.Key, string.Create(CultureInfo.InvariantCulture, $"meeting {Id:N} {version}"), []),
            By = by,
            Number = view.Number,
            Area = view.Area,
            Text = e.Text,
            IsHandled = e.IsHandled,
            Tasks = e.Tasks,
        };
}
