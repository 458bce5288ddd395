using System.Data.Common;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Domain.Surveys;
using GridActors.Grains.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Surveys;

/// <summary>
/// The only writer of one answer sheet. It asks the survey what is asked, and the household who lives there; neither ever waits for a
/// sheet. Answers are in clear while it is active; what it writes is sealed with the key of the household or resident.
/// </summary>
[GrainType("survey-sheet")]
public sealed partial class SheetGrain(
    JournalWriter journal,
    JournalReader reader,
    SheetSealer sealer,
    GrainReferences<ISurveyGrain> surveys,
    GrainReferences<IHouseholdGrain> households,
    IPacks packs,
    ServiceTime clock,
    ILogger<SheetGrain> logger
) : Grain, ISheetGrain
{
    const int MaxAttempts = 3;

    Guid _id;
    SheetState? _state;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        return Load(cancellationToken);
    }

    public async Task<SheetAnswer> Submit(SheetCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            if (await Context(command, cancellationToken) is not var (context, key))
                return new(CaseRejections.Unavailable, null);
            var decision = SheetDecider.Decide(_state, command, context);
            if (decision.Event is not { } e)
                return Answer(decision.Rejection, context);
            if (key is null)
                return Answer(SurveyRejections.NotAsked, context);
            var outcome = await Append(e, command, context.Survey!.Definition, key);
            if (outcome == AppendOutcome.Durable)
                return Answer(null, context);
            LogNotStored(_id, outcome.Code());
            if (outcome == AppendOutcome.Unknown)
                DeactivateOnIdle(); // The state in memory may be older than the journal.
            if (outcome != AppendOutcome.Conflict)
                return new(outcome.Code(), null);
            await Load(cancellationToken);
        }
        return new(AppendOutcome.Conflict.Code(), null);
    }

    public async Task<SheetAnswer> Get(PersonId viewer, CancellationToken cancellationToken)
    {
        if (_state is { } state && (await households.Of(state.View.Household).Get(viewer, cancellationToken)).Household is not null)
        {
            // Who was erased meanwhile is forgotten here, too.
            if (await sealer.KeyOf(state.View.Subject, cancellationToken) is null)
                _state = state with { View = state.View with { Answers = Facts.None, Reason = "" } };
            return new(null, _state.View);
        }
        if (_state is null)
            DeactivateOnIdle();
        return new(CaseRejections.NotFound, null);
    }

    async Task<AppendOutcome> Append(SurveyEvent e, SheetCommand command, SurveyDefinition definition, SubjectKey key)
    {
        var at = clock.GetUtcMicroseconds();
        var next = SheetState.Evolve(_state, _id, e, at, command.By, command.Operation);
        var outcome = await journal.TryAppend(sealer.Of(_state, next, e, definition, key, at));
        if (outcome == AppendOutcome.Durable)
            _state = next;
        return outcome;
    }

    /// <returns>Null when the database is unavailable, or the pack isn't loaded.</returns>
    async Task<(SheetContext Context, SubjectKey? Key)?> Context(SheetCommand command, CancellationToken cancellationToken)
    {
        var survey = await surveys.Of(command.Survey).Get(cancellationToken);
        // Who answers by a code has no rights of their own: what counts are those of whoever gave it to them.
        var person = command is AnswerInvitation { InvitedBy: var inviting } ? inviting : command.By;
        var household = (await households.Of(command.Household).Get(person, cancellationToken)).Household;
        if (survey is null || household is null || household.Area.Pack != survey.Area.Pack)
            return (new(survey, null, false, false, default), null);
        if (packs.Current.PackOf(household.Area) is not { } pack)
            return null;
        var access = HouseholdAccess.Of(pack, person, household.Area, household.Worker);
        var asked = pack.Areas.GetValueOrDefault(survey.Area.Code);
        var lives = pack.Areas.GetValueOrDefault(household.Area.Code);
        var isInArea = asked is not null && lives is not null && asked.Contains(lives);
        try
        {
            var key = await sealer.KeyOf(command.Subject, cancellationToken);
            return (new(survey, household, isInArea, access.MayEdit, pack.Day(clock.GetUtcNow())), key);
        }
        catch (DbException)
        {
            return null;
        }
    }

    async Task Load(CancellationToken cancellationToken)
    {
        var stored = await reader.Read(SheetEntry.StreamOf(_id));
        _state = stored.Count == 0 ? null : sealer.Fold(_id, stored, await sealer.KeyOf(SubjectOf(stored[0]), cancellationToken));
    }

    static Guid SubjectOf(StoredEvent first) =>
        SurveyEventJson.Read(first.Kind, first.Data) switch
        {
            SheetFilled e => e.Place.Subject,
            SheetRefused e => e.Place.Subject,
            _ => default,
        };

    /// <summary>Whoever may see the household is told of the sheet, also when it was answered already.</summary>
    SheetAnswer Answer(string? rejection, SheetContext context)
    {
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection, context.Household is null ? null : _state?.View);
    }
}
