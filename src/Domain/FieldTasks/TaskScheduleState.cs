using System.Collections.Immutable;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;

namespace GridActors.Domain.FieldTasks;

/// <summary>A schedule made from its events.</summary>
/// <param name="Operations">Every operation of a person that had an effect.</param>
public sealed record TaskScheduleState(TaskScheduleView View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    /// <param name="state">Null before the first event.</param>
    /// <param name="id">The schedule's.</param>
    public static TaskScheduleState Evolve(
        TaskScheduleState? state,
        Guid id,
        FieldTaskEvent e,
        DateTimeOffset at,
        PersonId by,
        Guid operation
    )
    {
        if (state is null)
            return e is ScheduleBegun begun
                ? new(
                    new(
                        id,
                        begun.Area,
                        ScheduleStatus.Running,
                        begun.Definition,
                        begun.Rule,
                        begun.NextAt,
                        null,
                        null,
                        0,
                        1,
                        at,
                        by,
                        at,
                        by,
                        ""
                    ),
                    [operation]
                )
                : throw new InvalidOperationException($"A schedule begins with its rule, not with {e.GetType().Name}.");
        var view = state.View with { Version = state.View.Version + 1, UpdatedAt = at };
        if (e is ScheduleRan ran)
            return state with
            {
                View = view with
                {
                    NextAt = ran.NextAt,
                    LastRun = ran.Run,
                    LastTask = ran.Task ?? view.LastTask,
                    Runs = view.Runs + (ran.Task is null ? 0 : 1),
                },
            };
        view = view with { UpdatedBy = by };
        var next = state with { View = view, Operations = state.Operations.Add(operation) };
        return e switch
        {
            SchedulePaused x => next with { View = view with { Status = ScheduleStatus.Paused, NextAt = null, Reason = x.Reason } },
            ScheduleResumed x => next with { View = view with { Status = ScheduleStatus.Running, NextAt = x.NextAt, Reason = "" } },
            ScheduleEnded x => next with { View = view with { Status = ScheduleStatus.Ended, NextAt = null, Reason = x.Reason } },
            _ => next with { HasUnknown = true },
        };
    }
}
