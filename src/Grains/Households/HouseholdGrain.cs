using System.Data.Common;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Grains.Areas;
using GridActors.Grains.Cases;
using GridActors.Storage.Households;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Households;

/// <summary>
/// The only writer of one household. Its state is in clear while it is active; what it writes is sealed. When it owes something to others,
/// its moment in the table of clocks calls it again until that is done.
/// </summary>
[GrainType("household")]
public sealed partial class HouseholdGrain(
    JournalWriter journal,
    JournalReader reader,
    HouseholdEntries entries,
    HouseholdContexts contexts,
    HouseholdDuties duties,
    HouseholdFeed feed,
    GrainReferences<IHouseholdGrain> households,
    ServiceTime clock,
    ILogger<HouseholdGrain> logger
) : Grain, IHouseholdGrain
{
    const int MaxAttempts = 3;

    Guid _id;
    HouseholdState? _state;
    Dictionary<Guid, SubjectKey> _keys = [];

    /// <summary>How many households were told since this activation began: after a restart they are told again.</summary>
    int _told;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        await Load(cancellationToken);
    }

    public async Task<HouseholdAnswer> Submit(HouseholdCommand command, CancellationToken cancellationToken)
    {
        var rejection = await Take(command, cancellationToken);
        if (rejection is null)
            await Settle(cancellationToken);
        var isService = command is IServiceCommand || (_state is { } s && command.By == PersonId.Service(s.View.Area.Pack));
        return Answer(command.By, rejection, isService);
    }

    public async Task<HouseholdAnswer> Receive(ReceiveResidents command, CancellationToken cancellationToken) =>
        Answer(command.By, await Take(command, cancellationToken), isService: true);

    public Task<HouseholdAnswer> Get(PersonId viewer, CancellationToken cancellationToken) => Task.FromResult(Answer(viewer, null));

    public async Task<ClockAnswer> Settle(CancellationToken cancellationToken)
    {
        try
        {
            while (_state is { } state && _told < state.Owed.Length)
            {
                var owed = state.Owed[_told];
                var answer = await households.Of(owed.To).Receive(owed.Command, cancellationToken);
                if (CaseTelling.IsTemporary(answer.Rejection))
                {
                    LogNotSettled(null, _id);
                    return new(IsTaken: false, null);
                }
                if (answer.Rejection is { } rejection)
                    LogRefused(_id, rejection);
                _told++;
            }
            return await RaiseCases(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotSettled(e, _id);
            return new(IsTaken: false, null);
        }
    }

    /// <summary>Raises the service cases of certificates that lapse: each certificate has one, whatever happens in between.</summary>
    async Task<ClockAnswer> RaiseCases(CancellationToken cancellationToken)
    {
        while (_state is { } state && duties.NextCase(state.View, clock.GetUtcNow()) is { } due)
        {
            var answer = await duties.Raise(state.View, due, cancellationToken);
            if (CaseTelling.IsTemporary(answer.Rejection))
                return new(IsTaken: false, null);
            if (answer.Rejection is { } refused)
                LogRefused(_id, refused);
            if (await Append(new CertificateRaised(due.Resident, due.Certificate, due.Case), due.By, due.Operation) is not null)
                return new(IsTaken: false, null);
        }
        return new(IsTaken: true, _state is { } now ? duties.NextMoment(now.View, clock.GetUtcNow()) : null);
    }

    /// <returns>Why the command was refused; null when it was taken.</returns>
    async Task<string?> Take(HouseholdCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            if (await Context(command, cancellationToken) is not { } context)
                return CaseRejections.Unavailable;
            if (command is ReceiveResidents receive)
                foreach (var (subject, key) in await entries.Stored(receive, _id, cancellationToken))
                    _keys[subject] = key;
            var decision = HouseholdDecider.Decide(_state, _id, command, context);
            if (decision.Event is not { } e)
                return decision.Rejection;
            var code = await Append(e, command.By, command.Operation);
            if (code != AppendOutcome.Conflict.Code())
                return code;
            await Load(cancellationToken);
        }
        return AppendOutcome.Conflict.Code();
    }

    /// <returns>Why the event isn't durable; null when it is.</returns>
    async Task<string?> Append(HouseholdEvent e, PersonId by, Guid operation)
    {
        var at = clock.GetUtcMicroseconds();
        var next = HouseholdState.Evolve(_state, _id, e, at, by, operation);
        var keys = entries.WithNewKeys(_keys, next.View.Area.Pack, e);
        var entry = entries.Of(_state, next, e, _keys, keys, at, duties.CallAt(_state?.View, next, e, at));
        var outcome = await journal.TryAppend(entry);
        if (outcome == AppendOutcome.Durable)
        {
            feed.Notify(_state?.View, next.View);
            (_state, _keys) = (next, keys);
            foreach (var erased in entry.Erased)
                _keys.Remove(erased);
            return null;
        }
        LogNotStored(_id, outcome.Code());
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle(); // The state in memory may be older than the journal.
        return outcome.Code();
    }

    async ValueTask<HouseholdContext?> Context(HouseholdCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await contexts.For(_state?.View, command, clock.GetUtcNow(), cancellationToken);
        }
        catch (DbException)
        {
            return null;
        }
    }

    async Task Load(CancellationToken cancellationToken)
    {
        var stored = await reader.Read(HouseholdEntry.StreamOf(_id));
        (_state, _keys) = stored.Count == 0 ? (null, []) : await entries.Fold(_id, stored, cancellationToken);
    }

    HouseholdAnswer Answer(PersonId person, string? rejection, bool isService = false)
    {
        if (_state is { } state && (isService || contexts.Access(state.View, person).MaySee))
            return new(rejection, state.View);
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection ?? CaseRejections.NotFound, null);
    }
}
