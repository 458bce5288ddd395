using GridActors.Contracts.Appointments;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Appointments;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Grains.Cases;
using GridActors.Storage.Appointments;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Appointments;

/// <summary>The only writer of one appointment. It is in clear while the actor is active; what it writes is sealed.</summary>
[GrainType("appointment")]
public sealed partial class AppointmentGrain(
    JournalWriter journal,
    JournalReader reader,
    AppointmentSealer sealer,
    IPacks packs,
    ServiceTime clock,
    ILogger<AppointmentGrain> logger
) : Grain, IAppointmentGrain
{
    const int MaxAttempts = 3;

    Guid _id;
    AppointmentState? _state;
    SubjectKey? _key;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        return Load(cancellationToken);
    }

    public async Task<AppointmentAnswer> Submit(AppointmentCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            var at = clock.GetUtcMicroseconds();
            var decision = AppointmentDecider.Decide(_state, _id, command, Context(command, at));
            if (decision.Event is not { } e)
                return Answer(decision.Rejection, command.By);
            var next = AppointmentState.Evolve(_state, _id, e, at, command.By, command.Operation);
            var entry = sealer.Of(next, e, _key, at, CallAt(next.View, e, at));
            var outcome = await journal.TryAppend(entry);
            if (outcome == AppendOutcome.Durable)
            {
                _state = next;
                _key =
                    entry.Erased.Count > 0 ? null
                    : entry.NewKeys is [var made] ? made
                    : _key;
                return Answer(null, command.By);
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

    public Task<AppointmentAnswer> Get(PersonId viewer, CancellationToken cancellationToken) => Task.FromResult(Answer(null, viewer));

    public async Task<ClockAnswer> Remind(CancellationToken cancellationToken)
    {
        if (_state is not { } state)
            return new(IsTaken: true, null);
        var by = PersonId.Service(state.View.Area.Pack);
        // Of one time there is one reminder, whichever silo is called for it, and however often.
        var operation = OperationIds.Of(by.Key, $"reminder {_id:N} {state.View.From.UtcTicks}", []);
        var answer = await Submit(new RemindAppointment { Operation = operation, By = by }, cancellationToken);
        return new(IsTaken: !CaseTelling.IsTemporary(answer.Rejection), null);
    }

    AppointmentContext Context(AppointmentCommand command, DateTimeOffset at)
    {
        if (((command as BookAppointment)?.Area ?? _state?.View.Area) is not { } area || packs.Current.PackOf(area) is not { } pack)
            return new(MaySee: false);
        var access = HouseholdAccess.Of(pack, command.By, area, null);
        var worker = command switch
        {
            BookAppointment book => book.Worker,
            MoveAppointment move => move.Worker,
            _ => command.By,
        };
        return new(
            access.MaySee,
            access.MayEdit || access.MayReveal,
            access.IsLinked,
            HouseholdAccess.Of(pack, worker, area, null).IsLinked,
            _state is { } state && AppointmentRules.IsDue(pack, state.View, at)
        );
    }

    DateTimeOffset? CallAt(AppointmentView view, AppointmentEvent e, DateTimeOffset now) =>
        e is AppointmentBooked or AppointmentMoved && packs.Current.PackOf(view.Area) is { } pack
            ? AppointmentRules.NextReminder(pack, view.From, now)
            : null;

    async Task Load(CancellationToken cancellationToken)
    {
        var stored = await reader.Read(AppointmentEntry.StreamOf(_id));
        _key = stored.Count == 0 ? null : await sealer.KeyOf(_id, cancellationToken);
        _state = sealer.Fold(_id, stored, _key);
    }

    AppointmentAnswer Answer(string? rejection, PersonId person)
    {
        if (
            _state is { View: var view }
            && (person == view.Worker || person == PersonId.Service(view.Area.Pack) || MaySee(person, view.Area))
        )
            return new(rejection, view);
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection ?? CaseRejections.NotFound, null);
    }

    bool MaySee(PersonId person, AreaId area) =>
        packs.Current.PackOf(area) is { } pack && HouseholdAccess.Of(pack, person, area, null).MaySee;
}
