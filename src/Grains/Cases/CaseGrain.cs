using System.Collections.Immutable;
using System.Data.Common;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Grains.Live;
using GridActors.Storage.Cases;
using GridActors.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>The only writer of one case: decide, make durable, evolve, tell, answer.</summary>
[GrainType("case")]
public sealed partial class CaseGrain(
    JournalWriter journal, JournalReader reader, RegisterNumbers numbers, IPacks packs, ChangeFeed feed, TimeProvider clock, ILogger<CaseGrain> logger)
    : Grain, ICaseGrain
{
    // A conflict means another activation of this case wrote first; a third one in a row means something is wrong.
    const int Attempts = 3;

    Guid _id;
    CaseState _state = CaseState.Initial;
    Watchers<ICaseObserver>? _watchers; // Few cases are ever watched.

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = Guid.ParseExact(this.GetPrimaryKeyString(), "N");
        await Load();
    }

    public async Task<CaseAnswer> Submit(CaseCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Circumstances circumstances;
            try
            {
                circumstances = await Around(command, cancellationToken);
            }
            catch (DbException e)
            {
                LogNoNumber(e, _id);
                return Answer(command.By, CaseRejections.Unavailable);
            }
            var decision = CaseDecider.Decide(_state, command, circumstances);
            if (decision.Rejection is { } rejection) return Answer(command.By, rejection);
            if (decision.Events.IsEmpty) return Done(command.By);

            var now = Now();
            var next = Fold(decision.Events, new(_id, now, command.By, command.Operation));
            switch (await Append(decision.Events, next.Case!, command, now))
            {
                case null:
                    var before = _state.Case;
                    _state = next;
                    Tell(before, next.Case!);
                    return Done(command.By);
                case Conflict when attempt < Attempts:
                    await Load();
                    continue;
                case Conflict:
                    LogContested(_id);
                    return Answer(command.By, CaseRejections.Busy);
                case var refusal:
                    return Answer(command.By, refusal);
            }
        }
    }

    public Task<CaseAnswer> Get(PersonId viewer, CancellationToken cancellationToken) => Task.FromResult(Answer(viewer));

    public Task<CaseView?> Watch(ICaseObserver observer, CancellationToken cancellationToken)
    {
        (_watchers ??= new(clock)).Add(observer);
        return Task.FromResult(_state.Case);
    }

    public Task Unwatch(ICaseObserver observer, CancellationToken cancellationToken)
    {
        _watchers?.Remove(observer);
        return Task.CompletedTask;
    }

    const string Conflict = "conflict";

    /// <returns>Null when durable; <see cref="Conflict"/>; or the code of a refusal.</returns>
    async Task<string?> Append(ImmutableArray<CaseEvent> events, CaseView after, CaseCommand command, DateTimeOffset now)
    {
        try
        {
            var result = await journal.Append(new CaseEntry
            {
                Stream = CaseEntry.StreamOf(_id),
                After = _state.Version,
                Events = [.. events.Select(CaseEventJson.Write).Select(e => new JournalEvent(e.Kind, e.Data))],
                At = now,
                By = command.By.Key,
                Area = after.Area.Key,
                Operation = command.Operation,
                Before = _state.Case,
                Case = after,
            });
            return result == AppendResult.Appended ? null : Conflict;
        }
        catch (JournalBusyException)
        {
            return CaseRejections.Busy;
        }
        catch (JournalUnavailableException e)
        {
            LogUnavailable(_id, e.OutcomeUnknown);
            if (!e.OutcomeUnknown) return CaseRejections.Unavailable;
            // What this activation believes may be behind the journal: the next one reads it again.
            DeactivateOnIdle();
            return CaseRejections.OutcomeUnknown;
        }
    }

    /// <summary>To the microsecond, as PostgreSQL keeps it: what is in memory is what will be read back.</summary>
    DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    async Task Load()
    {
        var state = CaseState.Initial;
        foreach (var e in await reader.Read(CaseEntry.StreamOf(_id)))
            state = CaseState.Evolve(state, CaseEventJson.Read(e.Kind, e.Data), new(_id, e.At, new(string.Intern(e.By)), e.Operation));
        _state = state;
    }

    CaseState Fold(ImmutableArray<CaseEvent> events, EventContext context)
    {
        var state = _state;
        foreach (var e in events) state = CaseState.Evolve(state, e, context);
        return state;
    }

    async ValueTask<Circumstances> Around(CaseCommand command, CancellationToken cancellationToken)
    {
        var current = packs.Current;
        if (command is not ReportCase report)
        {
            if (_state.Case is not { } view) return default;
            var permissions = current.Over(command.By, view.Area);
            return command switch
            {
                TransferCase transfer => new(permissions, Recipients(current, view, transfer.Department)),
                HandOverCase handOver => new(permissions, ToIsKnown: handOver.To.Pack == view.Area.Pack && current.Person(handOver.To) is not null),
                _ => new(permissions),
            };
        }
        // Looked up again where it is decided: the pack may have changed on the way here.
        if (current.Area(report.Area) is not { } place || current.PackOf(report.Area) is not { } pack || !pack.Categories.TryGetValue(report.Category, out var category)) return default;
        var allowed = current.Over(report.By, report.Area);
        // A number that no case gets is a gap in the register.
        var number = _state.Case is null && allowed.Has(Permission.Report) ? await numbers.Next(pack, clock.GetUtcNow(), cancellationToken) : "";
        return new(allowed, pack.Recipients(category, place), number, category.Confidential);
    }

    static ImmutableArray<PersonId> Recipients(LoadedPacks packs, CaseView view, string department) =>
        packs.PackOf(view.Area) is { } pack && packs.Area(view.Area) is { } area && pack.Departments.TryGetValue(department, out var to)
            ? pack.Recipients(to, area)
            : view.OfferedTo;

    void Tell(CaseView? before, CaseView after)
    {
        feed.Publish(before, after);
        _watchers?.Tell(o => o.Changed(after));
    }

    /// <summary>Who took the last step is answered with what it led to, also where that took the case out of their sight: released, handed over, transferred.</summary>
    CaseAnswer Done(PersonId by)
    {
        if (_state.Case is not { } view || view.UpdatedBy != by) return Answer(by);
        var permissions = packs.Current.Over(by, view.Area);
        return new(null, view, CaseDecider.MaySee(view, by, permissions) ? CaseDecider.Allowed(view, by, permissions) : CaseSteps.None);
    }

    CaseAnswer Answer(PersonId viewer, string? rejection = null)
    {
        if (_state.Case is not { } view)
        {
            DeactivateOnIdle(); // There is no such case, and nothing to keep in memory.
            return new(rejection ?? CaseRejections.NotFound, null, CaseSteps.None);
        }
        var permissions = packs.Current.Over(viewer, view.Area);
        return CaseDecider.MaySee(view, viewer, permissions)
            ? new(rejection, view, CaseDecider.Allowed(view, viewer, permissions))
            : new(rejection ?? CaseRejections.NotFound, null, CaseSteps.None);
    }
}
