using System.Data.Common;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Places;
using GridActors.Domain.Places;
using GridActors.Grains.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Places;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Places;

/// <summary>
/// The only writer of one place. Its state is in clear while it is active; what it writes is sealed. When it went to another area, went or
/// came back, its moment in the table of clocks calls it until what belongs to it has followed.
/// </summary>
[GrainType("place")]
public sealed partial class PlaceGrain(
    JournalWriter journal,
    JournalReader reader,
    PlaceEntries entries,
    PlaceContexts contexts,
    PlaceQueries queries,
    GrainReferences<IPlaceGrain> places,
    ServiceTime clock,
    ILogger<PlaceGrain> logger
) : Grain, IPlaceGrain
{
    const int MaxAttempts = 3;

    /// <summary>How many are told at a time: a building has hundreds of dwellings.</summary>
    const int ToldAtOnce = 32;

    Guid _id;
    PlaceState? _state;
    SubjectKey? _key;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        await Load(cancellationToken);
    }

    public async Task<PlaceAnswer> Submit(PlaceCommand command, CancellationToken cancellationToken) =>
        Answer(command.By, await Take(command, cancellationToken), command is IServiceCommand);

    public Task<PlaceAnswer> Get(PersonId viewer, CancellationToken cancellationToken) => Task.FromResult(Answer(viewer, null));

    public async Task<ClockAnswer> Settle(CancellationToken cancellationToken)
    {
        try
        {
            if (_state is not { View: var view })
                return new(IsTaken: true, null);
            foreach (var told in (await queries.Behind(view, cancellationToken)).Chunk(ToldAtOnce))
            {
                var answers = await Task.WhenAll(told.Select(t => Tell(t.Id, t.Step, view, cancellationToken)));
                if (answers.Any(a => CaseTelling.IsTemporary(a.Rejection)))
                {
                    LogNotFollowed(null, _id);
                    return new(IsTaken: false, null);
                }
                foreach (var answer in answers)
                    if (answer.Rejection is { } rejection)
                        LogRefused(_id, rejection);
            }
            return new(IsTaken: true, null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotFollowed(e, _id);
            return new(IsTaken: false, null);
        }
    }

    Task<PlaceAnswer> Tell(Guid child, string step, PlaceView view, CancellationToken cancellationToken) =>
        places
            .Of(child)
            .Submit(
                new FollowPlace
                {
                    // However often it is told of the step, it is one operation.
                    Operation = OperationIds.Of(view.UpdatedBy.Key, $"place {view.Id:N} {view.Version} {step}", []),
                    By = view.UpdatedBy,
                    Area = view.Area,
                    IsGone = !view.IsInUse,
                },
                cancellationToken
            );

    /// <returns>Why the command was refused; null when it was taken.</returns>
    async Task<string?> Take(PlaceCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            if (await Context(command, cancellationToken) is not { } context)
                return CaseRejections.Unavailable;
            var decision = PlaceDecider.Decide(_state, _id, command, context);
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
    async Task<string?> Append(PlaceEvent e, PersonId by, Guid operation)
    {
        var at = clock.GetUtcMicroseconds();
        var next = PlaceState.Evolve(_state, _id, e, at, by, operation);
        var key = _key ?? entries.NewKey(next.View.Area.Pack, _id);
        DateTimeOffset? callAt = e is PlaceMoved or PlaceClosed or PlaceReopened ? at : null;
        var outcome = await journal.TryAppend(entries.Of(next, e, key, isNew: _key is null, at, callAt));
        if (outcome == AppendOutcome.Durable)
        {
            (_state, _key) = (next, key);
            return null;
        }
        LogNotStored(_id, outcome.Code());
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle(); // The state in memory may be older than the journal.
        return outcome.Code();
    }

    async ValueTask<PlaceContext?> Context(PlaceCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await contexts.For(_state?.View, command, cancellationToken);
        }
        catch (DbException)
        {
            return null;
        }
    }

    async Task Load(CancellationToken cancellationToken)
    {
        var stored = await reader.Read(PlaceEntry.StreamOf(_id));
        (_state, _key) = stored.Count == 0 ? (null, null) : await entries.Fold(_id, stored, cancellationToken);
    }

    PlaceAnswer Answer(PersonId person, string? rejection, bool isService = false)
    {
        if (_state is { } state && (isService || contexts.Access(state.View.Area, person).MaySee))
            return new(rejection, state.View);
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection ?? CaseRejections.NotFound, null);
    }
}
