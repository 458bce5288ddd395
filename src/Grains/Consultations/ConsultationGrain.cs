using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Consultations;
using GridActors.Grains.Cases;
using GridActors.Storage.Cases;
using GridActors.Storage.Consultations;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Consultations;

/// <summary>
/// The only writer of one consultation. It begins with the event of its case that calls it, and writes what is said and decided to a stream
/// of its own. Then it tells the case, which takes each step once. Should it be stopped in between, its moment in the table of clocks calls
/// it again.
/// </summary>
[GrainType("consultation")]
public sealed partial class ConsultationGrain(
    JournalWriter journal,
    JournalReader reader,
    ConsultationQueries queries,
    GrainReferences<ICaseGrain> cases,
    ConsultationContexts contexts,
    ServiceTime clock,
    ILogger<ConsultationGrain> logger
) : Grain, IConsultationGrain
{
    const int MaxAttempts = 3;

    Guid _id;
    ConsultationState? _state;

    /// <summary>How many steps the case has been told of since this activation began: after a restart it is told of all again.</summary>
    int _told;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        await Load(cancellationToken);
    }

    public async Task<ConsultationAnswer> Submit(ConsultationCommand command, CancellationToken cancellationToken)
    {
        if (await CaseFor(command.By, cancellationToken) is not { } view)
            return NotFound;
        var rejection = await Take(command, view, cancellationToken);
        if (rejection is not null)
            return Answer(command.By, view, rejection);
        await TellCase(cancellationToken);
        return Answer(command.By, await CaseFor(command.By, cancellationToken) ?? view);
    }

    public async Task<ConsultationAnswer> Get(PersonId viewer, CancellationToken cancellationToken) =>
        await CaseFor(viewer, cancellationToken) is { } view ? Answer(viewer, view) : NotFound;

    public async Task<ClockAnswer> TellCase(CancellationToken cancellationToken)
    {
        try
        {
            while (_state is { } state && _told < state.Told.Length)
            {
                var answer = await cases.Of(state.View.Case).Submit(state.Told[_told], cancellationToken);
                if (CaseTelling.IsTemporary(answer.Rejection))
                {
                    LogNotTold(null, _id);
                    return new(IsTaken: false, null);
                }
                if (answer.Rejection is { } rejection)
                    LogRefused(_id, rejection);
                _told++;
            }
            return new(IsTaken: true, null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotTold(e, _id);
            return new(IsTaken: false, null);
        }
    }

    /// <returns>Why the command was refused; null when it was taken.</returns>
    async Task<string?> Take(ConsultationCommand command, CaseView view, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            if (_state is not { } state)
                return CaseRejections.NotFound;
            var at = clock.GetUtcMicroseconds();
            if (contexts.For(state.View, view, command, at) is not { } context)
                return CaseRejections.Unavailable;
            var decision = ConsultationDecider.Decide(state, command, context);
            if (decision.Event is not { } e)
                return decision.Rejection;
            var outcome = await journal.TryAppend(EntryOf(state, e, view, command, at));
            if (outcome == AppendOutcome.Durable)
            {
                _state = state.Evolve(e, at, command.By, command.Operation);
                return null;
            }
            LogNotStored(_id, outcome.Code());
            if (outcome == AppendOutcome.Unknown)
                DeactivateOnIdle(); // The state in memory may be older than the journal.
            if (outcome != AppendOutcome.Conflict)
                return outcome.Code();
            await Load(cancellationToken);
        }
        return AppendOutcome.Conflict.Code();
    }

    ConsultationEntry EntryOf(ConsultationState state, ConsultationEvent e, CaseView view, ConsultationCommand command, DateTimeOffset at)
    {
        var (kind, data) = ConsultationEventJson.Write(e);
        return new()
        {
            Id = _id,
            Stream = ConsultationEntry.StreamOf(_id),
            After = state.Version,
            Events = [new(kind, data, (short)(e is ConsultationDecided ? ConsultationStatus.Decided : ConsultationStatus.Open))],
            At = at,
            By = command.By.Key,
            Area = view.Area.Key,
            Operation = command.Operation,
        };
    }

    async Task Load(CancellationToken cancellationToken)
    {
        _state = null;
        if (await queries.CaseOf(_id, cancellationToken) is not { } @case)
            return;
        foreach (var e in await reader.Read(CaseEntry.StreamOf(@case)))
            if (CaseEventJson.Read(e.Kind, e.Data, (CaseStatus)e.Status) is CaseConsultationCalled called && called.Consultation == _id)
                _state = ConsultationState.Begin(@case, called, e.At, new(e.By));
        foreach (var e in await reader.Read(ConsultationEntry.StreamOf(_id)))
            _state = _state?.Evolve(ConsultationEventJson.Read(e.Kind, e.Data), e.At, new(e.By), e.Operation);
    }

    /// <returns>The case as a person may see it; null when they may not, or there is no such consultation.</returns>
    async Task<CaseView?> CaseFor(PersonId person, CancellationToken cancellationToken)
    {
        if (_state is { } state)
            return (await cases.Of(state.View.Case).Get(person, cancellationToken)).Case;
        DeactivateOnIdle();
        return null;
    }

    ConsultationAnswer Answer(PersonId person, CaseView view, string? rejection = null)
    {
        var actions = contexts.For(_state!.View, view, person, clock.GetUtcMicroseconds()) is { } context
            ? ConsultationDecider.Allowed(_state, person, context)
            : ConsultationActions.None;
        return new(rejection, _state.View, view, actions);
    }

    static ConsultationAnswer NotFound { get; } = new(CaseRejections.NotFound, null, null, ConsultationActions.None);
}
