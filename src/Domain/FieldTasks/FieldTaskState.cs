using System.Collections.Immutable;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;

namespace GridActors.Domain.FieldTasks;

/// <summary>One to-do, as far as rules need it. What was written and photographed is in the events and in the row alone.</summary>
public readonly record struct TargetState(TargetStatus Status, bool IsLate, bool IsRead, PersonId? By)
{
    public static TargetState New { get; } = new(TargetStatus.Open, false, false, null);
}

/// <summary>A task made from its events. A few dozen bytes for each of its to-dos and steps.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record FieldTaskState(
    FieldTaskView View,
    ImmutableDictionary<TargetKey, TargetState> Targets,
    ImmutableHashSet<Guid> Operations,
    DateTimeOffset? RecalledAt = null,
    bool HasUnknown = false
)
{
    /// <param name="state">Null before the first event.</param>
    /// <param name="id">The task's.</param>
    public static FieldTaskState Evolve(FieldTaskState? state, Guid id, FieldTaskEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        if (state is null)
            return e is TaskSent sent
                ? Begin(sent, id, at, by, operation)
                : throw new InvalidOperationException($"A task begins with its sending, not with {e.GetType().Name}.");
        var view = state.View with { Version = state.View.Version + 1, UpdatedAt = at, UpdatedBy = by };
        var next = state with { View = view, Operations = state.Operations.Add(operation) };
        return e switch
        {
            TaskChanged x => next.Changed(x, at),
            TaskRecalled x => next.Recalled(x, at),
            TaskReminded => next with { View = view with { RemindedAt = at } },
            TaskFellDue => (next with { View = view with { FellDueAt = at } }).WithOpen(t => t with { IsLate = true }),
            TargetEvent x => next.With(x.Target, next.Stepped(x, by)),
            _ => next with { HasUnknown = true },
        };
    }

    static FieldTaskState Begin(TaskSent sent, Guid id, DateTimeOffset at, PersonId by, Guid operation)
    {
        var tally = new TaskTally(sent.Targets.Length, sent.Targets.Length, 0, 0, 0, 0, 0);
        var view = new FieldTaskView(
            id,
            sent.Area,
            FieldTaskStatus.Active,
            sent.Definition,
            sent.DueAt,
            sent.RemindAt,
            null,
            null,
            tally,
            1,
            1,
            at,
            by,
            at,
            by,
            "",
            sent.Schedule
        );
        return new(view, sent.Targets.ToImmutableDictionary(t => t, _ => TargetState.New), [operation]);
    }

    /// <summary>Who has read what was asked before hasn't read what is asked now.</summary>
    FieldTaskState Changed(TaskChanged x, DateTimeOffset at)
    {
        var isLate = x.DueAt <= at;
        var view = View with
        {
            Definition = x.Definition,
            DueAt = x.DueAt,
            RemindAt = x.RemindAt,
            RemindedAt = x.RemindAt == View.RemindAt ? View.RemindedAt : null,
            FellDueAt = isLate ? View.FellDueAt ?? at : null,
            Revision = View.Revision + 1,
        };
        return (this with { View = view }).WithOpen(t => t with { IsLate = isLate, IsRead = false });
    }

    FieldTaskState Recalled(TaskRecalled x, DateTimeOffset at) =>
        (this with { View = View with { Status = FieldTaskStatus.Recalled, RecallReason = x.Reason }, RecalledAt = at }).WithOpen(t =>
            t with
            {
                Status = TargetStatus.Recalled,
            }
        );

    TargetState Stepped(TargetEvent e, PersonId by)
    {
        var target = Targets.GetValueOrDefault(e.Target);
        return e switch
        {
            TargetRead => target with { IsRead = true },
            TargetDone { IsBeside: true } => target with { By = by, IsRead = true },
            TargetDone x => new(TargetStatus.Done, x.IsLate, true, by),
            TargetRefused => target with { Status = TargetStatus.Refused, IsRead = true, By = by },
            TargetReturned x => new(TargetStatus.Open, x.IsLate, target.IsRead, null),
            _ => target,
        };
    }

    FieldTaskState With(TargetKey key, TargetState target) =>
        this with
        {
            Targets = Targets.SetItem(key, target),
            View = View with { Tally = Add(Add(View.Tally, Targets.GetValueOrDefault(key), -1), target, 1) },
        };

    FieldTaskState WithOpen(Func<TargetState, TargetState> change)
    {
        var targets = Targets.ToBuilder();
        foreach (var (key, target) in Targets)
            if (target.Status == TargetStatus.Open)
                targets[key] = change(target);
        var tally = new TaskTally(Targets.Count, 0, 0, 0, 0, 0, 0);
        foreach (var target in targets.Values)
            tally = Add(tally, target, 1);
        return this with { Targets = targets.ToImmutable(), View = View with { Tally = tally } };
    }

    static TaskTally Add(TaskTally tally, TargetState target, int by) =>
        tally with
        {
            Open = tally.Open + (target.Status == TargetStatus.Open ? by : 0),
            Late = tally.Late + (target is { Status: TargetStatus.Open, IsLate: true } ? by : 0),
            Done = tally.Done + (target.Status == TargetStatus.Done ? by : 0),
            DoneLate = tally.DoneLate + (target is { Status: TargetStatus.Done, IsLate: true } ? by : 0),
            Refused = tally.Refused + (target.Status == TargetStatus.Refused ? by : 0),
            Read = tally.Read + (target.IsRead ? by : 0),
        };
}
