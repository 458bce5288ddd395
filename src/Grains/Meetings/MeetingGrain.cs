using System.Data.Common;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Meetings;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Meetings;
using GridActors.Domain.Packs;
using GridActors.Grains.Cases;
using GridActors.Storage.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Meetings;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Meetings;

/// <summary>
/// The only writer of one meeting. It writes what is decided to a stream of its own, and then tells the cases, which take each step once.
/// Should it be stopped in between, its moment in the table of clocks calls it again.
/// </summary>
[GrainType("meeting")]
public sealed partial class MeetingGrain(
    JournalWriter journal,
    JournalReader reader,
    MeetingQueries queries,
    RegisterNumbers numbers,
    GrainReferences<ICaseGrain> cases,
    IPacks packs,
    ServiceTime clock,
    ILogger<MeetingGrain> logger
) : Grain, IMeetingGrain
{
    const int MaxAttempts = 3;

    MeetingState _state = null!;

    /// <summary>
    /// How many decisions cases have been told of since this activation began: after a restart they are told of all again.
    /// </summary>
    int _told;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Load();

    public async Task<MeetingAnswer> Submit(MeetingCommand command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            // Another attempt at the same command was answered while this one waited for its turn.
            cancellationToken.ThrowIfCancellationRequested();
            var at = clock.GetUtcMicroseconds();
            if (await Context(command, at, cancellationToken) is not { } context)
                return Answer(command.By, CaseRejections.Unavailable);
            var decision = MeetingDecider.Decide(_state, command, context);
            if (decision.Event is not { } e)
                return Answer(command.By, decision.Rejection);
            var next = _state.Evolve(e, at, command.By, command.Operation);
            var outcome = await journal.TryAppend(EntryOf(next, e, command, at));
            if (outcome == AppendOutcome.Durable)
            {
                _state = next;
                await TellCases(cancellationToken);
                return Answer(command.By);
            }
            LogNotStored(_state.Id, outcome.Code());
            if (outcome == AppendOutcome.Unknown)
                DeactivateOnIdle(); // The state in memory may be older than the journal.
            if (outcome != AppendOutcome.Conflict)
                return Answer(command.By, outcome.Code());
            await Load();
        }
        return Answer(command.By, AppendOutcome.Conflict.Code());
    }

    public Task<MeetingAnswer> Get(PersonId viewer, CancellationToken cancellationToken) => Task.FromResult(Answer(viewer));

    public async Task<ClockAnswer> TellCases(CancellationToken cancellationToken)
    {
        try
        {
            for (; _told < _state.Told.Length; _told++)
            {
                var (id, command) = _state.Told[_told];
                var rejection = (await cases.Of(id).Submit(command, cancellationToken)).Rejection;
                if (CaseTelling.IsTemporary(rejection))
                {
                    LogNotTold(null, _state.Id);
                    return new(IsTaken: false, null);
                }
                if (rejection is not null)
                    LogRefused(_state.Id, rejection);
            }
            return new(IsTaken: true, null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotTold(e, _state.Id);
            return new(IsTaken: false, null);
        }
    }

    /// <returns>Null when the database, which has the ledger and gives out the number, is unavailable, or the pack isn't loaded.</returns>
    async Task<MeetingContext?> Context(MeetingCommand command, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if ((command is OpenMeeting open ? open.Area : _state.View?.Area) is not { } area)
            return new(MayConvene: true); // There is no such meeting, which the decision says.
        if (packs.Current.PackOf(area) is not { } pack)
            return null;
        var context = new MeetingContext(MayConvene(command.By, area));
        if (!context.MayConvene)
            return context;
        if (command is DecideItem decide)
        {
            var view = (await cases.Of(decide.Case).Get(command.By, cancellationToken)).Case;
            return context with
            {
                IsCaseOpen = view is { IsOver: false },
                Tasks = view is null ? [] : [.. decide.Tasks.Select(order => Plan(pack, view, order, at))],
            };
        }
        if (command is not OpenMeeting || _state.View is not null)
            return context;
        try
        {
            var ledger = await queries.Ledger(area, cancellationToken);
            var number = await numbers.NextMeeting(pack, at, cancellationToken);
            return context with { Number = number, Agenda = [.. ledger.Select(l => l.Case.Id)] };
        }
        catch (DbException e)
        {
            LogNotRead(e, _state.Id);
            return null;
        }
    }

    static AssignedTask? Plan(LoadedPack pack, CaseView view, TaskOrder order, DateTimeOffset at) =>
        Term.Parse(order.Term) is { } term ? TaskDecider.Plan(pack, view, order.Text, order.Person, order.Post, term, at) : null;

    static MeetingEntry EntryOf(MeetingState next, MeetingEvent e, MeetingCommand command, DateTimeOffset at)
    {
        var (kind, data) = MeetingEventJson.Write(e);
        return new()
        {
            Meeting = next.View!,
            Stream = MeetingEntry.StreamOf(next.Id),
            After = next.Version - 1,
            Events = [new(kind, data, (short)(next.View!.IsOpen ? 0 : 1))],
            At = at,
            By = command.By.Key,
            Area = next.View.Area.Key,
            Operation = command.Operation,
        };
    }

    async Task Load()
    {
        var id = this.GetPrimaryKey();
        var state = MeetingState.Begin(id);
        foreach (var e in await reader.Read(MeetingEntry.StreamOf(id)))
            state = state.Evolve(MeetingEventJson.Read(e.Kind, e.Data), e.At, new(e.By), e.Operation);
        _state = state;
    }

    MeetingAnswer Answer(PersonId person, string? rejection = null)
    {
        if (_state.View is { } view && packs.Current.Over(person, view.Area).Has(Permission.Read))
            return new(rejection, view, MayConvene(person, view.Area));
        if (_state.View is null)
            DeactivateOnIdle();
        return new(rejection ?? CaseRejections.NotFound, null, false);
    }

    bool MayConvene(PersonId person, AreaId area) => packs.Current.Over(person, area).Has(Permission.Convene);
}
