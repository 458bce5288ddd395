using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;

namespace GridActors.Domain.WorkerDays;

/// <summary>A worker's day made from its events. It is there before the first one.</summary>
/// <param name="Records">How many records the day had when it was closed or last corrected.</param>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record WorkerDayState(WorkerDayView View, int Records, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    public static WorkerDayState Begin(PersonId person, DateOnly day) => new(new(person, day, 0, null, 0, null, null, []), 0, []);

    /// <summary>Folds an event.</summary>
    public WorkerDayState Evolve(WorkerDayEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var view = View with { Version = View.Version + 1 };
        var next = this with { View = view, Operations = Operations.Add(operation) };
        return e switch
        {
            DayClosed x => next with { View = view with { ClosedAt = at }, Records = x.Records },
            DayCorrected x => next with { View = view with { Corrections = x.Late }, Records = x.Records },
            FlagCleared x => next with { View = view with { Cleared = view.Cleared.Add(new(x.Record, x.Flag, by, at, x.Reason)) } },
            DiaryWritten x => next with { View = view with { Diary = new(x.Words.Clear, at) } },
            HandedOver x => next with { View = view with { HandOver = new(x.Words.Clear, at, x.To) } },
            _ => next with { HasUnknown = true },
        };
    }
}
