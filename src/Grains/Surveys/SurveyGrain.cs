using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Packs;
using GridActors.Domain.Surveys;
using GridActors.Grains.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Surveys;

/// <summary>The only writer of one survey's definition and state. Answers have actors of their own: <see cref="SheetGrain"/>.</summary>
[GrainType("survey")]
public sealed partial class SurveyGrain(
    JournalWriter journal,
    JournalReader reader,
    IPacks packs,
    ServiceTime clock,
    ILogger<SurveyGrain> logger
) : Grain, ISurveyGrain
{
    const int MaxAttempts = 3;

    Guid _id;
    SurveyState? _state;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKey();
        return Load();
    }

    public async Task<SurveyAnswer> Submit(SurveyCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            var decision = SurveyDecider.Decide(_state, command, Context(command));
            if (decision.Event is not { } e)
                return Answer(decision.Rejection, command);
            var at = clock.GetUtcMicroseconds();
            var next = SurveyState.Evolve(_state, _id, e, at, command.By, command.Operation);
            var outcome = await journal.TryAppend(EntryOf(next, e, at));
            if (outcome == AppendOutcome.Durable)
            {
                _state = next;
                return Answer(null, command);
            }
            LogNotStored(_id, outcome.Code());
            if (outcome == AppendOutcome.Unknown)
                DeactivateOnIdle(); // The state in memory may be older than the journal.
            if (outcome != AppendOutcome.Conflict)
                return Answer(outcome.Code(), command);
            await Load();
        }
        return Answer(AppendOutcome.Conflict.Code(), command);
    }

    public Task<SurveyView?> Get(CancellationToken cancellationToken)
    {
        if (_state is null)
            DeactivateOnIdle();
        return Task.FromResult(_state?.View);
    }

    SurveyContext Context(SurveyCommand command)
    {
        if ((_state?.View.Area ?? (command as DraftSurvey)?.Area) is not { } area)
            return new(false, false);
        if (
            packs.Current.Person(command.By) is not { } person
            || packs.Current.PackOf(area)?.Areas.GetValueOrDefault(area.Code) is not { } node
        )
            return new(false, false);
        var access = command.By.Pack == area.Pack ? SurveyAccess.Of(person, node) : default;
        return new(access.MaySee, access.MayManage);
    }

    static SurveyEntry EntryOf(SurveyState next, SurveyEvent e, DateTimeOffset at)
    {
        var (kind, data) = SurveyEventJson.Write(e);
        return new()
        {
            Survey = next.View,
            Stream = SurveyEntry.StreamOf(next.View.Id),
            After = next.View.Version - 1,
            Events = [new(kind, data, (short)next.View.Status)],
            At = at,
            By = next.View.UpdatedBy.Key,
            Area = next.View.Area.Key,
            Operation = next.Operations[^1],
        };
    }

    async Task Load()
    {
        SurveyState? state = null;
        foreach (var s in await reader.Read(SurveyEntry.StreamOf(_id)))
            state = SurveyState.Evolve(state, _id, SurveyEventJson.Read(s.Kind, s.Data), s.At, new PersonId(s.By), s.Operation);
        _state = state;
    }

    SurveyAnswer Answer(string? rejection, SurveyCommand command)
    {
        if (_state is { } state && (command is IServiceCommand || Context(command).MaySee))
            return new(rejection, state.View);
        if (_state is null)
            DeactivateOnIdle();
        return new(rejection ?? CaseRejections.NotFound, null);
    }
}
