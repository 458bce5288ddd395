using System.Data.Common;
using System.Text.Json;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.SubjectRequests;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Domain.SubjectRequests;
using GridActors.Grains.Cases;
using GridActors.Storage.Households;
using GridActors.Storage.Journal;
using GridActors.Storage.SubjectRequests;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.SubjectRequests;

/// <summary>
/// The only writer of one request of a resident. What is granted is done by the household, as one operation of this request however often
/// it is asked for; only then the request is carried out.
/// </summary>
[GrainType("subject-request")]
public sealed partial class SubjectRequestGrain(
    JournalWriter journal,
    JournalReader reader,
    HouseholdSealer sealer,
    SubjectKeys subjects,
    SubjectRequestQueries queries,
    GrainReferences<IHouseholdGrain> households,
    IPacks packs,
    ServiceTime clock,
    ILogger<SubjectRequestGrain> logger
) : Grain, ISubjectRequestGrain
{
    const int MaxAttempts = 3;

    SubjectRequestState _state = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<SubjectRequestAnswer> Submit(SubjectRequestCommand command, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                // Another attempt at the same command was answered while this one waited for its turn.
                cancellationToken.ThrowIfCancellationRequested();
                var (view, context) = await Context(command, cancellationToken);
                var decision = SubjectRequestDecider.Decide(_state, command, context);
                if (decision.Event is not { } e)
                    return Answer(context.MaySee, decision.Rejection);
                if (command is CarryOutSubjectRequest { Step: { } step } && view is not null)
                {
                    var done = await households.Of(view.Id).Submit(Of(step, command.By), cancellationToken);
                    if (done.Rejection is { } refused)
                        return Answer(context.MaySee, refused);
                    e = new SubjectRequestCarriedOut(done.Household?.Version);
                }
                var code = await Append(e, command, cancellationToken);
                if (code != AppendOutcome.Conflict.Code())
                    return Answer(context.MaySee, code);
                await Load(cancellationToken);
            }
        }
        catch (DbException)
        {
            return new(CaseRejections.Unavailable, null);
        }
        return new(AppendOutcome.Conflict.Code(), null);
    }

    public async Task<SubjectRequestAnswer> Get(PersonId viewer, CancellationToken cancellationToken)
    {
        if (_state.View is not { } view)
            return Answer(maySee: false, null);
        var household = await Household(view.Resident, view.Household, viewer, cancellationToken);
        if (household is null || Access(household, viewer) is { MayEdit: false, MayErase: false })
            return Answer(maySee: false, null);
        var answer = Answer(maySee: true, null);
        return household.Resident(view.Resident) is { IsErased: true } ? answer with { View = WithoutTexts(view) } : answer;
    }

    /// <summary>The same operation of the request, whoever asks for it again; with another content it is refused.</summary>
    HouseholdCommand Of(HouseholdCommand step, PersonId by) =>
        step with
        {
            Operation = OperationIds.Of(
                $"subject-request {_state.Id:N}",
                "carry out",
                JsonSerializer.SerializeToUtf8Bytes<object>(step with { By = _state.View!.OpenedBy, Operation = default })
            ),
            By = by,
        };

    async Task<(HouseholdView? Household, SubjectRequestContext Context)> Context(
        SubjectRequestCommand command,
        CancellationToken cancellationToken
    )
    {
        var (resident, known) =
            command is OpenSubjectRequest open ? (open.Resident, open.Household)
            : _state.View is { } view ? (view.Resident, view.Household)
            : default;
        var household = await Household(resident, known, command.By, cancellationToken);
        if (household is null || packs.Current.Pack(household.Area.Pack) is not { Pack.Households: { } rules } pack)
            return (null, new(false, false, false, false, default));
        var (mayEdit, mayErase) = Access(household, command.By);
        var due = pack.WorkingTime.Due(clock.GetUtcMicroseconds(), rules.RequestAnswer.Term).At;
        return (household, new(true, mayEdit, mayErase, household.Resident(resident) is { IsErased: false }, due));
    }

    /// <summary>The household that the resident is in by now, for somebody who may see it.</summary>
    async Task<HouseholdView?> Household(Guid resident, Guid known, PersonId viewer, CancellationToken cancellationToken)
    {
        var household = await queries.HouseholdOf(resident, cancellationToken) ?? known;
        return household == default ? null : (await households.Of(household).Get(viewer, cancellationToken)).Household;
    }

    (bool MayEdit, bool MayErase) Access(HouseholdView household, PersonId person) =>
        packs.Current.Pack(household.Area.Pack) is { } pack && pack.StandIn(household.Area.Code) is { } node
            ? (
                HouseholdAccess.Of(pack, person, household.Area, household.Worker).MayEdit,
                pack.Person(person)?.Over(node).Has(Permission.Administer) == true
            )
            : default;

    /// <returns>Why the event isn't durable; null when it is.</returns>
    async Task<string?> Append(SubjectRequestEvent e, SubjectRequestCommand command, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcMicroseconds();
        var next = _state.Evolve(e, at, command.By, command.Operation);
        var view = next.View!;
        var keys = await subjects.Of([view.Resident], cancellationToken);
        var (kind, data) = SubjectRequestEventJson.Write(sealer.Seal(e, keys.GetValueOrDefault(view.Resident)));
        var outcome = await journal.TryAppend(
            new SubjectRequestEntry
            {
                Request = view,
                Stream = SubjectRequestEntry.StreamOf(next.Id),
                After = view.Version - 1,
                Events = [new(kind, data, (short)view.Status)],
                At = at,
                By = command.By.Key,
                Area = view.Area.Key,
                Operation = command.Operation,
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

    async Task Load(CancellationToken cancellationToken)
    {
        var id = this.GetPrimaryKey();
        var events = (await reader.Read(SubjectRequestEntry.StreamOf(id)))
            .Select(s => (Stored: s, Event: SubjectRequestEventJson.Read(s.Kind, s.Data)))
            .ToList();
        var resident = events.Select(e => e.Event).OfType<SubjectRequestOpened>().Select(e => e.Resident).FirstOrDefault();
        var keys = await subjects.Of([resident], cancellationToken);
        var state = SubjectRequestState.Begin(id);
        foreach (var (s, e) in events)
            state = state.Evolve(sealer.Open(e, keys.GetValueOrDefault(resident)), s.At, new PersonId(s.By), s.Operation);
        _state = state;
    }

    /// <summary>What this activation read before the resident's key was destroyed.</summary>
    static SubjectRequestView WithoutTexts(SubjectRequestView view) => view with { Asker = "", Wanted = "", Reason = "" };

    SubjectRequestAnswer Answer(bool maySee, string? rejection)
    {
        if (_state.View is null)
            DeactivateOnIdle();
        return maySee ? new(rejection, _state.View) : new(rejection ?? CaseRejections.NotFound, null);
    }
}
