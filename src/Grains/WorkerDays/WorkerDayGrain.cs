using System.Data.Common;
using System.Globalization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Grains.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using GridActors.Storage.WorkerDays;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.WorkerDays;

/// <summary>
/// The only writer of what is said about one worker's day. It knows the records by their rows, and never holds them: a check-in is no call
/// of it.
/// </summary>
[GrainType("worker-day")]
public sealed partial class WorkerDayGrain(
    JournalWriter journal,
    JournalReader reader,
    WorkerDayQueries queries,
    WorkerDayCalls calls,
    WorkerDaySealer sealer,
    IPacks packs,
    ServiceTime clock,
    ILogger<WorkerDayGrain> logger
) : Grain, IWorkerDayGrain
{
    const int MaxAttempts = 3;

    string _key = "";
    WorkerDayState _state = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = this.GetPrimaryKeyString();
        return Load(cancellationToken);
    }

    public async Task<WorkerDayAnswer> Submit(WorkerDayCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            if (packs.Current.Pack(_state.View.Person.Pack) is not { } pack)
                return Answer(CaseRejections.Unavailable);
            try
            {
                var (record, area) = await RecordOf(pack, command, cancellationToken);
                var decision = WorkerDayDecider.Decide(_state, command, record, WorkerDayRules.RulesOf(pack).Thresholds);
                if (decision.Event is not { } e)
                    return Answer(decision.Rejection);
                var code = await Append(pack, e, area, command.By, command.Operation, cancellationToken);
                if (code != AppendOutcome.Conflict.Code())
                    return Answer(code);
            }
            catch (DbException)
            {
                return Answer(CaseRejections.Unavailable);
            }
            await Load(cancellationToken);
        }
        return Answer(AppendOutcome.Conflict.Code());
    }

    public Task<WorkerDayAnswer> Get(CancellationToken cancellationToken) => Task.FromResult(Answer(null));

    public async Task<bool> Settle(CancellationToken cancellationToken)
    {
        var (person, day) = (_state.View.Person, _state.View.Day);
        if (packs.Current.Pack(person.Pack) is not { } pack)
            return false;
        if (WorkerDayDecider.Settle(_state, await queries.Count(person, day, cancellationToken)) is not { } e)
        {
            // A process of a newer version knows events of the day that this one doesn't, and finishes it.
            if (!_state.HasUnknown)
                await calls.FinishDay(person, day, _state.Records, cancellationToken);
            return true;
        }
        var by = PersonId.Service(person.Pack);
        var operation = OperationIds.Of(by.Key, $"{_key} {_state.View.Version}", []);
        var home = pack.Person(person) is { } entry ? WorkerDayRules.HomeOf(entry) : null;
        return await Append(pack, e, (home ?? pack.Root).Id, by, operation, cancellationToken) is null;
    }

    /// <summary>The record of which a flag is cleared, and the area in which the day is counted or the record is.</summary>
    async Task<(FlaggedRecord? Record, AreaId Area)> RecordOf(
        LoadedPack pack,
        WorkerDayCommand command,
        CancellationToken cancellationToken
    )
    {
        var (person, home) = (_state.View.Person, pack.Person(_state.View.Person) is { } e ? WorkerDayRules.HomeOf(e) : null);
        var area = (home ?? pack.Root).Id;
        if (command is not ClearFlag clear || await queries.Find(person, clear.Record, cancellationToken) is not var (row, open))
            return (null, area);
        if (row.Day != _state.View.Day)
            return (null, area);
        var mayClear =
            pack.StandIn(row.Area.Code) is { } node && pack.Person(command.By)?.Over(node).Has(Permission.OverseeWorkers) == true;
        return (new(row.Kind, row.Details.Facts, open, mayClear), row.Area);
    }

    /// <returns>Why the event isn't durable; null when it is.</returns>
    async Task<string?> Append(
        LoadedPack pack,
        WorkerDayEvent e,
        AreaId area,
        PersonId by,
        Guid operation,
        CancellationToken cancellationToken
    )
    {
        var (person, day) = (_state.View.Person, _state.View.Day);
        SubjectKey? key = e is DiaryWritten or HandedOver ? await sealer.NeededKey(pack, person, day, cancellationToken) : null;
        var stored = e.Map(words => sealer.Seal(key, words));
        var (kind, data) = WorkerDayEventJson.Write(stored);
        var at = clock.GetUtcMicroseconds();
        var outcome = await journal.TryAppend(
            new WorkerDayEntry
            {
                Stream = WorkerDayEntry.StreamOf(_key),
                After = _state.View.Version,
                Events = [new(kind, data, 0)],
                At = at,
                By = by.Key,
                Area = area.Key,
                Operation = operation,
                Person = person,
                Day = day,
                Event = stored,
            }
        );
        if (outcome == AppendOutcome.Durable)
        {
            _state = _state.Evolve(e, at, by, operation);
            return null;
        }
        LogNotStored(_state.View.Day, outcome.Code());
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle(); // The state in memory may be older than the journal.
        return outcome.Code();
    }

    async Task Load(CancellationToken cancellationToken)
    {
        var (person, day) = (new PersonId(_key[..^11]), DateOnly.ParseExact(_key[^10..], "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var state = WorkerDayState.Begin(person, day);
        var stored = await reader.Read(WorkerDayEntry.StreamOf(_key));
        var isSealed = packs.Current.Pack(person.Pack)?.Pack.Households is not null;
        var key = stored.Count == 0 ? null : await sealer.KeyOf(person, day, cancellationToken);
        foreach (var s in stored)
        {
            var e = WorkerDayEventJson.Read(s.Kind, s.Data).Map(words => sealer.Open(key, words, isSealed));
            state = state.Evolve(e, s.At, new PersonId(s.By), s.Operation);
        }
        _state = state;
    }

    WorkerDayAnswer Answer(string? rejection)
    {
        if (_state.View.Version == 0)
            DeactivateOnIdle(); // Nothing was said about most days; they are read again when they are looked at.
        return new(rejection, _state.View);
    }
}
