using GridActors.Contracts.Areas;
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
/// The only writer of one task and all its to-dos, so that a completion and a recall never both win (docs/adr/0017-field-tasks.md). It
/// calls no other actor.
/// </summary>
[GrainType("field-task")]
public sealed partial class FieldTaskGrain(
    JournalWriter journal,
    JournalReader reader,
    TaskFeed feed,
    IPacks packs,
    ServiceTime clock,
    ILogger<FieldTaskGrain> logger
) : Grain, IFieldTaskGrain
{
    const int MaxAttempts = 3;

    Guid _id;
    FieldTaskState? _state;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        return Load();
    }

    public async Task<FieldTaskAnswer> Submit(FieldTaskCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            var at = clock.GetUtcMicroseconds();
            if (Context(command, at) is not { } context)
                return Answer(CaseRejections.Unavailable);
            var decision = FieldTaskDecider.Decide(_state, command, context);
            var target =
                command is ReturnTarget back ? new TargetKey(back.Area, back.Person)
                : command is TargetCommand ? context.Own
                : null;
            if (decision.Event is not { } e)
                return Answer(decision.Rejection, target);
            var outcome = await Append(e, at, command.By, command.Operation);
            if (outcome == AppendOutcome.Durable)
                return Answer(null, target);
            if (outcome != AppendOutcome.Conflict)
                return Answer(outcome.Code());
            await Load();
        }
        return Answer(AppendOutcome.Conflict.Code());
    }

    public async Task<ClockAnswer> Settle(CancellationToken cancellationToken)
    {
        // A reminder and the end of the time may have come together, and another activation may have been faster.
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var at = clock.GetUtcMicroseconds();
            if (FieldTaskDecider.Settle(_state, at) is not { } e)
                return new(true, _state?.View.CallAt);
            var name = e.GetType().Name;
            var operation = OperationIds.OfCreated(_id.ToString("N"), $"{name} {_state!.View.Revision} {_state.View.CallAt:O}");
            var outcome = await Append(e, at, PersonId.Clock(_state.View.Area.Pack), operation);
            if (outcome == AppendOutcome.Conflict)
                await Load();
            else if (outcome != AppendOutcome.Durable)
                return new(false, null);
        }
        return new(false, null);
    }

    public Task<FieldTaskView?> Get(CancellationToken cancellationToken)
    {
        if (_state is null)
            DeactivateOnIdle();
        return Task.FromResult(_state?.View);
    }

    async Task<AppendOutcome> Append(FieldTaskEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var next = FieldTaskState.Evolve(_state, _id, e, at, by, operation);
        var (kind, data) = FieldTaskEventJson.Write(e);
        var area = e is TargetEvent step ? new AreaId(next.View.Area.Pack, step.Target.Area) : next.View.Area;
        var outcome = await journal.TryAppend(
            new FieldTaskEntry
            {
                Task = next.View,
                Event = e,
                CallAt = e is TaskSent or TaskChanged ? next.View.CallAt : null,
                Stream = FieldTaskEntry.StreamOf(_id),
                After = next.View.Version - 1,
                Events = [new(kind, data, (short)next.View.Status)],
                At = at,
                By = by.Key,
                Area = area.Key,
                Operation = operation,
            }
        );
        if (outcome == AppendOutcome.Durable)
        {
            Notify(e, _state ?? next, area);
            _state = next;
            return outcome;
        }
        LogNotStored(_id, outcome.Code());
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle(); // The state in memory may be older than the journal.
        return outcome;
    }

    /// <param name="before">The open to-dos are those that a step of the whole task concerns.</param>
    void Notify(FieldTaskEvent e, FieldTaskState before, AreaId area)
    {
        if (e is TargetEvent)
            feed.Notify(area);
        else
            foreach (var (target, state) in before.Targets)
                if (state.Status == TargetStatus.Open)
                    feed.Notify(new(area.Pack, target.Area));
    }

    /// <returns>Null when the pack isn't loaded.</returns>
    FieldTaskContext? Context(FieldTaskCommand command, DateTimeOffset at)
    {
        var send = command as SendTask;
        if ((_state?.View.Area ?? send?.Area) is not { } area)
            return new(at);
        if (packs.Current.PackOf(area) is not { } pack)
            return null;
        var node = pack.StandIn(command is ReturnTarget step ? step.Area : area.Code);
        var maySend =
            node is not null
            && command.By.Pack == area.Pack
            && packs.Current.Person(command.By)?.Over(node).Has(Permission.SendTasks) == true;
        if (command is TargetCommand { Area: var code } && _state is { } state)
        {
            var own = TaskPeople.Own(pack, state.View.Definition.Audience, state.Targets.Keys.Where(t => t.Area == code), command.By, at);
            return new(at, maySend, Own: own);
        }
        if (send is not null)
        {
            var (due, remind) = TaskRules.Times(pack.WorkingTime, send.Definition, send.DueAt, send.Term, at);
            return new(at, maySend, node is null ? [] : TaskPeople.Targets(node, send.Definition.Audience), due, remind);
        }
        if (command is ChangeTask change)
        {
            var (due, remind) = TaskRules.Times(pack.WorkingTime, change.Definition, change.DueAt, change.Term, at);
            return new(at, maySend, DueAt: due, RemindAt: remind);
        }
        return new(at, maySend);
    }

    async Task Load()
    {
        FieldTaskState? state = null;
        foreach (var s in await reader.Read(FieldTaskEntry.StreamOf(_id)))
            state = FieldTaskState.Evolve(state, _id, FieldTaskEventJson.Read(s.Kind, s.Data), s.At, new PersonId(s.By), s.Operation);
        _state = state;
    }

    FieldTaskAnswer Answer(string? rejection, TargetKey? target = null)
    {
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection, _state?.View, target);
    }
}
