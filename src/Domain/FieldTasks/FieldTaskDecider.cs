using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.FieldTasks;

namespace GridActors.Domain.FieldTasks;

/// <summary>What the decision about a task needs from outside.</summary>
/// <param name="Now">The moment of the decision.</param>
/// <param name="MaySend">The person may send tasks to the task's area; for a return, to the to-do's.</param>
/// <param name="Targets">Who gets a to-do when it is sent.</param>
/// <param name="DueAt">When it is due, sent or changed now.</param>
/// <param name="RemindAt">When it reminds, sent or changed now.</param>
/// <param name="Own">The to-do of the area that the person may do; null for none.</param>
public sealed record FieldTaskContext(
    DateTimeOffset Now,
    bool MaySend = false,
    ImmutableArray<TargetKey> Targets = default,
    DateTimeOffset? DueAt = null,
    DateTimeOffset? RemindAt = null,
    TargetKey? Own = null
);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct FieldTaskOutcome(FieldTaskEvent? Event, string? Rejection)
{
    public static FieldTaskOutcome Accept(FieldTaskEvent? e = null) => new(e, null);

    public static FieldTaskOutcome Reject(string code) => new(null, code);
}

/// <summary>
/// The rules of tasks (docs/tasks.md): the first completion counts, a recall or a change reaches whoever hasn't done it, and what was done
/// stays. Whether a definition makes sense is checked before (<see cref="TaskRules"/>).
/// </summary>
public static class FieldTaskDecider
{
    /// <summary>More than any place has areas or holders of posts.</summary>
    public const int MaxTargets = 10_000;

    /// <param name="state">Null for a task that isn't there yet.</param>
    public static FieldTaskOutcome Decide(FieldTaskState? state, FieldTaskCommand command, FieldTaskContext context)
    {
        if (state is not null)
        {
            if (state.Operations.Contains(command.Operation))
                return FieldTaskOutcome.Accept();
            if (state.Operations.Any(earlier => OperationIds.HaveOneKey(earlier, command.Operation)))
                return FieldTaskOutcome.Reject(CaseRejections.KeyReused);
            if (state.HasUnknown)
                return FieldTaskOutcome.Reject(CaseRejections.NewerVersion);
        }
        if (command is SendTask send)
            return state is null ? Send(send, context) : FieldTaskOutcome.Reject(CaseRejections.KeyReused);
        if (state is null)
            return FieldTaskOutcome.Reject(CaseRejections.NotFound);
        return command switch
        {
            TargetCommand step => Step(state, step, context),
            _ when !context.MaySend => FieldTaskOutcome.Reject(CaseRejections.NotPermitted),
            _ when state.View.Status == FieldTaskStatus.Recalled => FieldTaskOutcome.Reject(FieldTaskRejections.Recalled),
            RecallTask recall => FieldTaskOutcome.Accept(new TaskRecalled(recall.Reason)),
            ChangeTask change => Change(state.View, change, context),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>What the clock does: it reminds once, and notes once that the time is over.</summary>
    public static FieldTaskEvent? Settle(FieldTaskState? state, DateTimeOffset now)
    {
        if (state is not { HasUnknown: false, View: { Status: FieldTaskStatus.Active } view } || view.CallAt is not { } at || at > now)
            return null;
        var isReminder = view.RemindAt is { } remind && view.RemindedAt is null && remind <= now;
        // Whoever is late already needs no reminder that time is short.
        if (isReminder && (view.DueAt is not { } due || due > now))
            return new TaskReminded();
        return view.FellDueAt is null && view.DueAt <= now ? new TaskFellDue()
            : isReminder ? new TaskReminded()
            : null;
    }

    static FieldTaskOutcome Send(SendTask send, FieldTaskContext context)
    {
        if (send.Schedule is null && !context.MaySend)
            return FieldTaskOutcome.Reject(CaseRejections.NotPermitted);
        if (context.Targets.IsDefaultOrEmpty)
            return FieldTaskOutcome.Reject(FieldTaskRejections.NoTargets);
        if (context.Targets.Length > MaxTargets)
            return FieldTaskOutcome.Reject(FieldTaskRejections.TooManyTargets);
        if (context.DueAt <= context.Now)
            return FieldTaskOutcome.Reject(FieldTaskRejections.DuePassed);
        return FieldTaskOutcome.Accept(
            new TaskSent(send.Area, send.Definition, context.DueAt, context.RemindAt, context.Targets, send.Schedule)
        );
    }

    static FieldTaskOutcome Change(FieldTaskView view, ChangeTask change, FieldTaskContext context)
    {
        if (context.DueAt <= context.Now && context.DueAt != view.DueAt)
            return FieldTaskOutcome.Reject(FieldTaskRejections.DuePassed);
        var definition = change.Definition with { Audience = view.Definition.Audience };
        return FieldTaskOutcome.Accept(
            FieldTaskEventJson.AreSame(definition, view.Definition) && context.DueAt == view.DueAt
                ? null
                : new TaskChanged(definition, context.DueAt, context.RemindAt)
        );
    }

    static FieldTaskOutcome Step(FieldTaskState state, TargetCommand command, FieldTaskContext context)
    {
        if (command is ReturnTarget back)
            return Return(state, back, context);
        if (!state.Targets.Keys.Any(k => k.Area == command.Area))
            return FieldTaskOutcome.Reject(CaseRejections.NotFound);
        if (context.Own is not { } key || !state.Targets.TryGetValue(key, out var target))
            return FieldTaskOutcome.Reject(FieldTaskRejections.NotYourTask);
        return command switch
        {
            ReadTarget => FieldTaskOutcome.Accept(target.IsRead ? null : new TargetRead(key)),
            DoTarget done => Done(state, key, target, done, context.Now),
            RefuseTarget refuse => target.Status switch
            {
                TargetStatus.Open => FieldTaskOutcome.Accept(new TargetRefused(key, refuse.Reason)),
                TargetStatus.Refused => FieldTaskOutcome.Accept(),
                TargetStatus.Done => FieldTaskOutcome.Reject(FieldTaskRejections.AlreadyDone),
                _ => FieldTaskOutcome.Reject(FieldTaskRejections.Recalled),
            },
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>
    /// By the time of the phone, if it had no signal: whoever did it in time isn't late because a mountain stood between. A time before the
    /// task was sent, or after now, is no time of it.
    /// </summary>
    static FieldTaskOutcome Done(FieldTaskState state, TargetKey key, TargetState target, DoTarget done, DateTimeOffset now)
    {
        if (target.Status == TargetStatus.Done)
            return FieldTaskOutcome.Reject(FieldTaskRejections.AlreadyDone);
        var at = done.TakenAt is { } taken && taken > state.View.SentAt && taken < now ? taken : now;
        var isBeside = target.Status == TargetStatus.Recalled;
        if (isBeside && (target.By is not null || state.RecalledAt is not { } recalled || at >= recalled))
            return FieldTaskOutcome.Reject(FieldTaskRejections.Recalled);
        var definition = state.View.Definition;
        var ticked = done.Ticked.Where(t => definition.Checklist.Any(i => i.Id == t)).Distinct().ToImmutableArray();
        if (!isBeside && (ticked.Length < definition.Checklist.Length || !HasProof(definition.Proof, done)))
            return FieldTaskOutcome.Reject(FieldTaskRejections.ProofMissing);
        return FieldTaskOutcome.Accept(
            new TargetDone(key, done.Note, done.Photos, done.Count, ticked, done.TakenAt, state.View.DueAt <= at, isBeside)
        );
    }

    static bool HasProof(TaskProof proof, DoTarget done) =>
        proof switch
        {
            TaskProof.Text => done.Note.Length > 0,
            TaskProof.Photo => !done.Photos.IsEmpty,
            TaskProof.Count => done.Count is not null,
            _ => true,
        };

    static FieldTaskOutcome Return(FieldTaskState state, ReturnTarget back, FieldTaskContext context)
    {
        if (!context.MaySend)
            return FieldTaskOutcome.Reject(CaseRejections.NotPermitted);
        var key = new TargetKey(back.Area, back.Person);
        if (!state.Targets.TryGetValue(key, out var target))
            return FieldTaskOutcome.Reject(CaseRejections.NotFound);
        if (state.View.Status == FieldTaskStatus.Recalled)
            return FieldTaskOutcome.Reject(FieldTaskRejections.Recalled);
        return target.Status == TargetStatus.Open
            ? FieldTaskOutcome.Reject(FieldTaskRejections.NotDone)
            : FieldTaskOutcome.Accept(new TargetReturned(key, back.Reason, state.View.DueAt <= context.Now));
    }
}
