using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Domain.Registrations;
using GridActors.Grains.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Registrations;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Registrations;

/// <summary>The only writer of one application. It is in clear while the actor is active; what it writes is sealed.</summary>
[GrainType("registration")]
public sealed partial class RegistrationGrain(
    JournalWriter journal,
    JournalReader reader,
    RegistrationSealer sealer,
    IPacks packs,
    ServiceTime clock,
    ILogger<RegistrationGrain> logger
) : Grain, IRegistrationGrain
{
    const int MaxAttempts = 3;

    Guid _id;
    RegistrationState? _state;
    SubjectKey? _key;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        return Load(cancellationToken);
    }

    public async Task<RegistrationAnswer> Submit(RegistrationCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            var decision = RegistrationDecider.Decide(_state, _id, command, new(MayEdit(command.By, _state?.View.Area)));
            if (decision.Event is not { } e)
                return Answer(decision.Rejection, command.By, command is IServiceCommand);
            var at = clock.GetUtcMicroseconds();
            var next = RegistrationState.Evolve(_state, _id, e, at, command.By, command.Operation);
            var entry = sealer.Of(next, e, command, _key, at);
            var outcome = await journal.TryAppend(entry);
            if (outcome == AppendOutcome.Durable)
            {
                _state = next;
                _key =
                    entry.Erased.Count > 0 ? null
                    : entry.NewKeys is [var made] ? made
                    : _key;
                return Answer(null, command.By, command is IServiceCommand);
            }
            LogNotStored(_id, outcome.Code());
            if (outcome == AppendOutcome.Unknown)
                DeactivateOnIdle(); // The state in memory may be older than the journal.
            if (outcome != AppendOutcome.Conflict)
                return new(outcome.Code(), null);
            await Load(cancellationToken);
        }
        return new(AppendOutcome.Conflict.Code(), null);
    }

    public Task<RegistrationAnswer> Get(PersonId viewer, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(null, viewer, viewer == PersonId.Service(viewer.Pack) && viewer.Pack == _state?.View.Area.Pack));

    bool MayEdit(PersonId person, AreaId? area) =>
        area is { } place && packs.Current.PackOf(place) is { } pack && HouseholdAccess.Of(pack, person, place, null).MayEdit;

    async Task Load(CancellationToken cancellationToken)
    {
        var stored = await reader.Read(RegistrationEntry.StreamOf(_id));
        _key = stored.Count == 0 ? null : await sealer.KeyOf(_id, cancellationToken);
        _state = sealer.Fold(_id, stored, _key);
    }

    RegistrationAnswer Answer(string? rejection, PersonId person, bool isService)
    {
        if (_state is { } state && (isService || MayEdit(person, state.View.Area)))
            return new(rejection, state.View);
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection ?? CaseRejections.NotFound, null);
    }
}
