using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;
using GridActors.Domain.FieldTasks;
using GridActors.Domain.Packs;
using GridActors.Grains.Cases;
using GridActors.Storage.FieldTasks;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.FieldTasks;

/// <summary>
/// The only writer of one schedule. It sends a task and then writes that it did; a task's id follows from its run, so that a run that is
/// looked at twice sends one task.
/// </summary>
[GrainType("task-schedule")]
public sealed partial class TaskScheduleGrain(
    JournalWriter journal,
    JournalReader reader,
    GrainReferences<IFieldTaskGrain> tasks,
    IPacks packs,
    ServiceTime clock,
    ILogger<TaskScheduleGrain> logger
) : Grain, ITaskScheduleGrain
{
    const int MaxAttempts = 3;

    /// <summary>So many runs are caught up with in one call.</summary>
    const int MaxRuns = 20;

    Guid _id;
    TaskScheduleState? _state;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        return Load();
    }

    public async Task<TaskScheduleAnswer> Submit(TaskScheduleCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((_state?.View.Area ?? (command as BeginSchedule)?.Area) is not { } area)
                return Answer(CaseRejections.NotFound);
            if (packs.Current.PackOf(area) is not { } pack)
                return Answer(CaseRejections.Unavailable);
            var maySend =
                command.By.Pack == area.Pack
                && pack.StandIn(area.Code) is { } node
                && packs.Current.Person(command.By)?.Over(node).Has(Permission.SendTasks) == true;
            var decision = TaskScheduleDecider.Decide(_state, command, maySend, pack.WorkingTime, clock.GetUtcNow());
            if (decision.Event is not { } e)
                return Answer(decision.Rejection);
            var outcome = await Append(e, command.By, command.Operation);
            if (outcome == AppendOutcome.Durable)
                return Answer(null);
            if (outcome != AppendOutcome.Conflict)
                return Answer(outcome.Code());
            await Load();
        }
        return Answer(AppendOutcome.Conflict.Code());
    }

    public async Task<ClockAnswer> Run(CancellationToken cancellationToken)
    {
        if (_state is null)
        {
            DeactivateOnIdle();
            return new(true, null);
        }
        if (packs.Current.PackOf(_state.View.Area) is not { } pack)
            return new(false, null);
        for (var runs = 0; runs < MaxRuns; runs++)
        {
            if (TaskScheduleDecider.Due(_state.View, pack.WorkingTime, clock.GetUtcNow()) is not { } due)
                return new(true, _state.View.NextAt);
            Guid? sent = null;
            if (due.IsSent)
            {
                var (task, rejection) = await Send(_state.View, due.Run, cancellationToken);
                if (CaseTelling.IsTemporary(rejection))
                    return new(false, null);
                sent = rejection is null ? task : null;
            }
            var operation = OperationIds.OfCreated(_id.ToString("N"), $"ran {due.Run:O}");
            var outcome = await Append(new ScheduleRan(due.Run, sent, due.NextAt), PersonId.Clock(_state.View.Area.Pack), operation);
            if (outcome == AppendOutcome.Conflict)
                await Load();
            else if (outcome != AppendOutcome.Durable)
                return new(false, null);
        }
        return new(true, _state?.View.NextAt);
    }

    async Task<(Guid Task, string? Rejection)> Send(TaskScheduleView view, DateTimeOffset run, CancellationToken cancellationToken)
    {
        var id = OperationIds.OfCreated(_id.ToString("N"), $"task {run:O}");
        var command = new SendTask
        {
            Operation = OperationIds.OfCreated(_id.ToString("N"), $"send {run:O}"),
            By = view.BegunBy,
            Area = view.Area,
            Definition = view.Definition,
            Term = view.Rule.Term,
            Schedule = view.Id,
        };
        var rejection = (await tasks.Of(id).Submit(command, cancellationToken)).Rejection;
        if (rejection is not null && !CaseTelling.IsTemporary(rejection))
            LogRefused(_id, rejection);
        return (id, rejection);
    }

    async Task<AppendOutcome> Append(FieldTaskEvent e, PersonId by, Guid operation)
    {
        var at = clock.GetUtcMicroseconds();
        var next = TaskScheduleState.Evolve(_state, _id, e, at, by, operation);
        var (kind, data) = FieldTaskEventJson.Write(e);
        var outcome = await journal.TryAppend(
            new TaskScheduleEntry
            {
                Schedule = next.View,
                // After a run the sweep itself notes the next one.
                CallAt = e is ScheduleBegun or ScheduleResumed ? next.View.NextAt : null,
                Stream = TaskScheduleEntry.StreamOf(_id),
                After = next.View.Version - 1,
                Events = [new(kind, data, (short)next.View.Status)],
                At = at,
                By = by.Key,
                Area = next.View.Area.Key,
                Operation = operation,
            }
        );
        if (outcome == AppendOutcome.Durable)
        {
            _state = next;
            return outcome;
        }
        LogNotStored(_id, outcome.Code());
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle(); // The state in memory may be older than the journal.
        return outcome;
    }

    async Task Load()
    {
        TaskScheduleState? state = null;
        foreach (var s in await reader.Read(TaskScheduleEntry.StreamOf(_id)))
            state = TaskScheduleState.Evolve(state, _id, FieldTaskEventJson.Read(s.Kind, s.Data), s.At, new PersonId(s.By), s.Operation);
        _state = state;
    }

    TaskScheduleAnswer Answer(string? rejection)
    {
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection, _state?.View);
    }
}
