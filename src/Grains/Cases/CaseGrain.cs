using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Grains.Live;
using GridActors.Storage.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>
/// Takes the commands of one case, one at a time: it decides, computes the next state, appends the events to the journal, publishes, and
/// answers. Should another activation have written first, it loads the case again and decides again.
/// </summary>
[GrainType("case")]
public sealed partial class CaseGrain(
    JournalWriter journal,
    JournalReader reader,
    DecisionContexts contexts,
    IPacks packs,
    ChangeFeed feed,
    ServiceTime clock,
    ILogger<CaseGrain> logger
) : Grain, ICaseGrain
{
    // A conflict means that another activation of this case wrote first. A third one in a row means that something is wrong.
    const int MaxAttempts = 3;

    Guid _id;
    CaseState _state = CaseState.Initial;
    Watchers<ICaseObserver>? _watchers; // Few cases are ever watched.

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        await Load();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _watchers?.AskToRenew();
        return Task.CompletedTask;
    }

    public async Task<CaseAnswer> Submit(CaseCommand command, CancellationToken cancellationToken) =>
        await Take(command, cancellationToken) is { } rejection ? Answer(command.By, rejection) : await Accepted(command);

    public async Task<ClockAnswer> Fire(ClockName clock, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        if (_state.Case is not { } view)
            return new(IsTaken: true, null);
        var by = PersonId.Clock(view.Area.Pack);
        // However often the same moment is fired, it is one operation.
        var operation = OperationIds.Of(by.Key, string.Create(CultureInfo.InvariantCulture, $"{_id:N} {clock} {moment:O}"), []);
        var command = new FireClock
        {
            Operation = operation,
            By = by,
            Clock = clock,
            Moment = moment,
        };
        var rejection = await Take(command, cancellationToken);
        return new(rejection is null or CaseRejections.NotFound, CaseClockRules.NextMoment(_state.Case!.Clocks, clock, moment));
    }

    /// <returns>Why the command was refused; null when it was taken.</returns>
    async Task<string?> Take(CaseCommand command, CancellationToken cancellationToken)
    {
        // Another attempt at the same command was answered while this one waited for its turn.
        cancellationToken.ThrowIfCancellationRequested();
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await contexts.Load(_id, _state.Case, command, cancellationToken) is not { } context)
                return CaseRejections.Unavailable;
            var at = Now(command);
            var decision = CaseDecider.Decide(_state, command, context with { At = at });
            if (decision.Rejection is { } rejection)
                return rejection;
            if (decision.Events.IsEmpty)
                return null;

            var working = packs.Current.Pack(command.By.Pack)?.WorkingTime;
            var (next, entry) = CaseEntries.Evolve(_state, decision.Events, working, new(_id, at, command.By, command.Operation));
            var outcome = await Append(entry);
            if (outcome == AppendOutcome.Conflict)
            {
                await Load();
                continue;
            }
            if (outcome != AppendOutcome.Durable)
                return outcome.Code();
            _state = next;
            feed.Publish(entry.Before, entry.Case);
            _watchers?.Notify(o => o.Changed(entry.Case));
            return null;
        }
        LogContested(_id);
        return AppendOutcome.Conflict.Code();
    }

    public Task<CaseAnswer> Get(PersonId viewer, CancellationToken cancellationToken) => Task.FromResult(Answer(viewer));

    public Task<CaseView?> Watch(ICaseObserver observer, CancellationToken cancellationToken)
    {
        (_watchers ??= new(clock, logger)).Add(observer);
        return Task.FromResult(_state.Case);
    }

    public Task Unwatch(ICaseObserver observer, CancellationToken cancellationToken)
    {
        _watchers?.Remove(observer);
        return Task.CompletedTask;
    }

    async Task Load() => _state = await Read();

    /// <param name="last">The operation to stop after; null for all there are.</param>
    async Task<CaseState> Read(Guid? last = null)
    {
        var state = CaseState.Initial;
        foreach (var e in await reader.Read(CaseEntry.StreamOf(_id)))
        {
            if (last is not null && e.Operation != last && state.Operations is [.., var latest] && latest == last)
                break;
            var read = CaseEventJson.Read(e.Kind, e.Data, (CaseStatus)e.Status);
            state = CaseState.Evolve(state, read, new(_id, e.At, new(string.Intern(e.By)), e.Operation));
        }
        return state;
    }

    DateTimeOffset Now(CaseCommand command)
    {
        var now = clock.GetUtcMicroseconds();
        // The database says that the moment has come: this process's clock may be a little behind.
        return command is FireClock { Moment: var moment } && moment > now ? moment : now;
    }

    async Task<AppendOutcome> Append(CaseEntry entry)
    {
        var outcome = await journal.TryAppend(entry);
        if (outcome is AppendOutcome.Unavailable or AppendOutcome.Unknown)
            LogUnavailable(_id, outcome == AppendOutcome.Unknown);
        // The state in memory may be older than the journal: the next activation reads it again.
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle();
        return outcome;
    }

    /// <summary>
    /// Shows the case to the person who took a step. Where they may not see it after the step, it is the case as the step left it, and so
    /// is every repeat's answer, whatever has happened since.
    /// </summary>
    async Task<CaseAnswer> Accepted(CaseCommand command)
    {
        var isHidden = _state.Case is { } view && !CaseDecider.MaySee(view, command.By, packs.Current.Over(command.By, view.Area));
        if (!isHidden || !_state.Operations.Contains(command.Operation))
            return Answer(command.By);
        var then = _state.Operations[^1] == command.Operation ? _state : await Read(command.Operation);
        return new(null, then.Case, CaseSteps.None);
    }

    CaseAnswer Answer(PersonId viewer, string? rejection = null)
    {
        // There is no such case, so the activation isn't needed; or a silo of a later version knows more of it.
        if (_state.Case is null || _state.HasUnknown)
            DeactivateOnIdle();
        if (_state.Case is { } view && Allowed(view, viewer) is { } steps)
            return new(rejection, view, _state.HasUnknown ? CaseSteps.None : steps);
        return new(rejection ?? CaseRejections.NotFound, null, CaseSteps.None);
    }

    /// <summary>What a person may do with the case now; null where they may not see it.</summary>
    CaseSteps? Allowed(CaseView view, PersonId person)
    {
        var permissions = packs.Current.Over(person, view.Area);
        if (!CaseDecider.MaySee(view, person, permissions))
            return null;
        var pack = packs.Current.PackOf(view.Area);
        var mayApprove = view.Request is not null && pack is not null && CaseRouting.MayApprove(pack, RoutedCase.Of(view), person);
        var actsForClaimant =
            pack is { Leaves.IsEmpty: false } && Deputies.StandsInForClaimant(pack, RoutedCase.Of(view), person, clock.GetUtcNow());
        return CaseDecider.Allowed(view, person, permissions, _state.Plan, mayApprove, pack, clock.GetUtcNow(), actsForClaimant);
    }
}
