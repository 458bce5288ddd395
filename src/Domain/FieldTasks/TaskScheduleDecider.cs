using GridActors.Contracts.Cases;
using GridActors.Contracts.FieldTasks;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.FieldTasks;

/// <summary>What a schedule does when it is looked at: the run that has come, and whether it is sent.</summary>
/// <param name="IsSent">False when the run was missed and the rule skips it.</param>
public readonly record struct DueRun(DateTimeOffset Run, bool IsSent, DateTimeOffset? NextAt);

/// <summary>The rules of schedules (docs/tasks.md).</summary>
public static class TaskScheduleDecider
{
    /// <param name="state">Null for a schedule that isn't there yet.</param>
    /// <param name="maySend">The person may send tasks to the schedule's area.</param>
    public static FieldTaskOutcome Decide(
        TaskScheduleState? state,
        TaskScheduleCommand command,
        bool maySend,
        WorkingTime time,
        DateTimeOffset now
    )
    {
        foreach (var earlier in state?.Operations ?? [])
        {
            if (earlier == command.Operation)
                return FieldTaskOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return FieldTaskOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state?.HasUnknown == true)
            return FieldTaskOutcome.Reject(CaseRejections.NewerVersion);
        if (state is null && command is not BeginSchedule)
            return FieldTaskOutcome.Reject(CaseRejections.NotFound);
        if (!maySend)
            return FieldTaskOutcome.Reject(CaseRejections.NotPermitted);
        if (command is BeginSchedule begin)
            return state is null ? Begin(begin, time, now) : FieldTaskOutcome.Reject(CaseRejections.KeyReused);
        var view = state!.View;
        if (view.Status == ScheduleStatus.Ended)
            return FieldTaskOutcome.Reject(FieldTaskRejections.ScheduleEnded);
        return command switch
        {
            PauseSchedule pause => FieldTaskOutcome.Accept(view.Status == ScheduleStatus.Paused ? null : new SchedulePaused(pause.Reason)),
            ResumeSchedule => FieldTaskOutcome.Accept(
                view.Status == ScheduleStatus.Running ? null : new ScheduleResumed(ScheduleRuns.NextAfter(view.Rule, time, now))
            ),
            EndSchedule end => FieldTaskOutcome.Accept(new ScheduleEnded(end.Reason)),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>The run that is due; null when none is.</summary>
    public static DueRun? Due(TaskScheduleView view, WorkingTime time, DateTimeOffset now)
    {
        if (view is not { Status: ScheduleStatus.Running, NextAt: { } run } || run > now)
            return null;
        var next = ScheduleRuns.NextAfter(view.Rule, time, run);
        var isSent = view.Rule.Missed switch
        {
            MissedRuns.All => true,
            // A later run that has come, too, stands for this one.
            MissedRuns.Latest => !(next <= now),
            _ => now - run <= ScheduleRuns.MissedAfter,
        };
        return new(run, isSent, next);
    }

    static FieldTaskOutcome Begin(BeginSchedule begin, WorkingTime time, DateTimeOffset now) =>
        ScheduleRuns.NextAfter(begin.Rule, time, now) is { } next
            ? FieldTaskOutcome.Accept(new ScheduleBegun(begin.Area, begin.Definition, begin.Rule, next))
            : FieldTaskOutcome.Reject(FieldTaskRejections.NeverRuns);
}
