using System.Data.Common;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Grains.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Scores;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Scores;

/// <summary>
/// The only writer of one worker's month: its closing, corrections and appeals. Until it is closed, the score is computed whenever somebody
/// looks, and no actor knows it.
/// </summary>
[GrainType("score")]
public sealed partial class ScoreGrain(
    JournalWriter journal,
    JournalReader reader,
    WordSealer sealer,
    IPacks packs,
    ServiceTime clock,
    ILogger<ScoreGrain> logger
) : Grain, IScoreGrain
{
    const int MaxAttempts = 3;
    const int MonthLength = 7;
    const string InEvent = "score-event";

    string _key = "";
    ScoreState _state = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = this.GetPrimaryKeyString();
        return Load(cancellationToken);
    }

    public async Task<ScoreAnswer> Submit(ScoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                // Another attempt at the same command was answered while this one waited for its turn.
                cancellationToken.ThrowIfCancellationRequested();
                if (packs.Current.Pack(_state.View.Person.Pack) is not { Pack.Scores: { } rules } pack)
                    return Answer(ScoreRejections.NoScores);
                var decision = ScoreDecider.Decide(_state, command, ContextOf(pack, rules, command));
                if (decision.Event is not { } e)
                    return Answer(decision.Rejection);
                var code = await Append(pack, e, command.By, command.Operation, cancellationToken);
                if (code != AppendOutcome.Conflict.Code())
                    return Answer(code);
                await Load(cancellationToken);
            }
        }
        catch (DbException)
        {
            return Answer(CaseRejections.Unavailable);
        }
        return Answer(AppendOutcome.Conflict.Code());
    }

    public Task<ScoreAnswer> Get(CancellationToken cancellationToken) => Task.FromResult(Answer(null));

    public async Task<bool> Settle(SettledScore score, CancellationToken cancellationToken)
    {
        if (packs.Current.Pack(_state.View.Person.Pack) is not { } pack)
            return false;
        if (ScoreDecider.Settle(_state, score) is not { } e)
            return true;
        var by = PersonId.Service(pack.Pack.Id);
        var operation = OperationIds.Of(by.Key, $"{_key} {_state.View.Version}", []);
        return await Append(pack, e, by, operation, cancellationToken) is null;
    }

    ScoreContext ContextOf(LoadedPack pack, ScoreRules rules, ScoreCommand command)
    {
        var now = clock.GetUtcMicroseconds();
        var home = _state.View.Settled is { } settled ? pack.StandIn(settled.Area.Code) : null;
        var from = home is null
            ? null
            : pack.Person(command.By)
                ?.Posts.Where(p => p.Post.May.Contains(Permission.OverseeWorkers) && p.Area.Contains(home))
                .Select(p => p.Area)
                .MinBy(a => a.Upwards().Count());
        return new(
            now,
            since => pack.WorkingTime.Due(since, rules.AppealWithin).At,
            pack.WorkingTime.Due(now, rules.AppealAnswer).At,
            from?.Id,
            first =>
                from is not null && pack.StandIn(first.Code) is { } below && from.Contains(below) && (from != below || from == pack.Root)
        );
    }

    /// <returns>Why the event isn't durable; null when it is.</returns>
    async Task<string?> Append(LoadedPack pack, ScoreEvent e, PersonId by, Guid operation, CancellationToken cancellationToken)
    {
        var key = e is ScoreClosed or ScoreCorrected ? null : await sealer.NeededKey(pack, Subject, cancellationToken);
        var (kind, data) = ScoreEventJson.Write(e.Map(words => sealer.Seal(key, InEvent, words)));
        var at = clock.GetUtcMicroseconds();
        var next = _state.Evolve(e, at, by, operation);
        var outcome = await journal.TryAppend(
            new ScoreEntry
            {
                Stream = ScoreEntry.StreamOf(_key),
                After = _state.View.Version,
                Events = [new(kind, data, 0)],
                At = at,
                By = by.Key,
                Area = next.View.Settled!.Area.Key,
                Operation = operation,
                Month = next.View,
            }
        );
        if (outcome == AppendOutcome.Durable)
        {
            _state = next;
            return null;
        }
        LogNotStored(_state.View.Month, outcome.Code());
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle(); // The state in memory may be older than the journal.
        return outcome.Code();
    }

    async Task Load(CancellationToken cancellationToken)
    {
        var person = new PersonId(_key[..^(MonthLength + 1)]);
        var state = ScoreState.Begin(
            person,
            ScoreMonth.Parse(_key[^MonthLength..]) ?? throw new FormatException("The key names no month.")
        );
        _state = state;
        var stored = await reader.Read(ScoreEntry.StreamOf(_key));
        var isSealed = packs.Current.Pack(person.Pack)?.Pack.Households is not null;
        var key = stored.Count > 1 ? await sealer.KeyOf(Subject, cancellationToken) : null;
        foreach (var s in stored)
        {
            var e = ScoreEventJson.Read(s.Kind, s.Data).Map(words => sealer.Open(key, InEvent, words, isSealed));
            state = state.Evolve(e, s.At, new PersonId(s.By), s.Operation);
        }
        _state = state;
    }

    Guid Subject => WordSealer.SubjectOf(_state.View.Person, $"score {_key[^MonthLength..]}");

    ScoreAnswer Answer(string? rejection)
    {
        if (_state.View.Version == 0)
            DeactivateOnIdle(); // Most months are looked at while they are open.
        return new(rejection, _state.View);
    }
}
