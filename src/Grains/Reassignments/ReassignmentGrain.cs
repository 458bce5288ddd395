using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Reassignments;
using GridActors.Domain.Packs;
using GridActors.Domain.Reassignments;
using GridActors.Grains.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Reassignments;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Reassignments;

/// <summary>
/// The only writer of one reassignment. It writes the whole list first, and then tells the households, some at a time. Should it be stopped
/// in between, <see cref="ReassignmentSweep"/> calls it again; a household that was told already takes the repeat as done.
/// </summary>
[GrainType("reassignment")]
public sealed partial class ReassignmentGrain(
    JournalWriter journal,
    JournalReader reader,
    GrainReferences<IHouseholdGrain> households,
    IPacks packs,
    ServiceTime clock,
    ILogger<ReassignmentGrain> logger
) : Grain, IReassignmentGrain
{
    const int MaxAttempts = 3;

    /// <summary>How many are told before the progress is written: some seconds' work.</summary>
    const int BatchSize = 240;

    /// <summary>Enough that the journal writes their events together, few beside people's.</summary>
    const int MaxAtOnce = 24;

    ReassignmentState _state = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Load();

    public async Task<ReassignmentAnswer> Submit(ReassignmentCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            if (packs.Current.Pack(command.By.Pack) is not { } pack)
                return new(CaseRejections.Unavailable, null);
            var decision = ReassignmentDecider.Decide(_state, command, Context(pack, command));
            if (decision.Event is not { } e)
                return Answer(decision.Rejection);
            var code = await Append(e, command.By, command.Operation);
            if (code is null)
                return Answer(null);
            if (code != AppendOutcome.Conflict.Code())
                return Answer(code);
            await Load();
        }
        return Answer(AppendOutcome.Conflict.Code());
    }

    public async Task<bool> Continue(CancellationToken cancellationToken)
    {
        if (_state.View is not { IsRunning: true } view)
            return true;
        var steps = _state.Next(BatchSize);
        var rejections = new string?[steps.Count];
        foreach (var some in steps.Index().Chunk(MaxAtOnce))
            await Task.WhenAll(some.Select(s => Tell(s.Index, s.Item)));
        if (rejections.Any(CaseTelling.IsTemporary))
            return false;
        var left = steps.Zip(rejections).Where(s => s.Second is not null).Select(s => s.First.Household);
        var progress = new ReassignmentProgressed(view.Done + steps.Count, [.. left]);
        var by = view.UndoneBy ?? view.By;
        var operation = OperationIds.Of(by.Key, $"reassignment {view.Id:N} {_state.Version}", []);
        if (await Append(progress, by, operation) is not null)
            await Load();
        return _state.View is not { IsRunning: true };

        async Task Tell(int index, HouseholdStep step)
        {
            if (step.Command is { } command)
                rejections[index] = (await households.Of(step.Household).Submit(command, cancellationToken)).Rejection;
        }
    }

    /// <returns>Why the event isn't durable; null when it is.</returns>
    async Task<string?> Append(ReassignmentEvent e, PersonId by, Guid operation)
    {
        var at = clock.GetUtcMicroseconds();
        var next = _state.Evolve(e, at, by, operation);
        var (kind, data) = ReassignmentEventJson.Write(e);
        var outcome = await journal.TryAppend(
            new ReassignmentEntry
            {
                Reassignment = next.View!,
                Stream = ReassignmentEntry.StreamOf(next.Id),
                After = next.Version - 1,
                Events = [new(kind, data, (short)next.View!.Status)],
                At = at,
                By = by.Key,
                Area = next.View.Area.Key,
                Operation = operation,
            }
        );
        if (outcome == AppendOutcome.Durable)
        {
            _state = next;
            return null;
        }
        LogNotStored(_state.Id, outcome.Code());
        if (outcome == AppendOutcome.Unknown)
            DeactivateOnIdle(); // The state in memory may be older than the journal.
        return outcome.Code();
    }

    ReassignmentContext Context(LoadedPack pack, ReassignmentCommand command)
    {
        var parts = (command as ApplyReassignment)?.Parts ?? _state.View?.Parts ?? [];
        var areas = parts.SelectMany(p => new[] { p.From, p.To }).Distinct().Select(a => Edited(pack, a, command.By)).ToList();
        var all = areas.OfType<AreaNode>().ToList();
        var common = all.Count == 0 ? pack.Root : all[0].Upwards().First(above => all.All(above.Contains));
        return new(
            areas.Count > 0 && all.Count == areas.Count,
            parts.All(p => p.To.Pack == pack.Pack.Id && pack.Areas.ContainsKey(p.To.Code)),
            common.Id,
            clock.GetUtcNow()
        );
    }

    /// <summary>The area where somebody may edit households, or the one that stands for it; null when they may not.</summary>
    static AreaNode? Edited(LoadedPack pack, AreaId area, PersonId person) =>
        area.Pack == pack.Pack.Id
        && pack.StandIn(area.Code) is { } node
        && (person == PersonId.Service(pack.Pack.Id) || pack.Person(person)?.Over(node).Has(Permission.EditHouseholds) == true)
            ? node
            : null;

    async Task Load()
    {
        var id = this.GetPrimaryKey();
        var state = ReassignmentState.Begin(id);
        foreach (var e in await reader.Read(ReassignmentEntry.StreamOf(id)))
            state = state.Evolve(ReassignmentEventJson.Read(e.Kind, e.Data), e.At, new(e.By), e.Operation);
        _state = state;
    }

    ReassignmentAnswer Answer(string? rejection)
    {
        if (_state.View is null)
            DeactivateOnIdle();
        return new(rejection, rejection is null ? _state.View : null);
    }
}
