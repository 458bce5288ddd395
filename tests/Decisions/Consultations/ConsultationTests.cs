using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Consultations;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Consultations;

/// <summary>Consultations: who calls one, who gives an opinion, who decides when, and what the case knows of it.</summary>
public sealed class ConsultationTests
{
    static readonly PersonId Leader = new("p/leader");
    static readonly PersonId Clerk = new("p/clerk");
    static readonly Guid Id = Guid.Parse("22222222-2222-2222-2222-222222222222");
    static readonly HeldPost Post = new("leader", "A");
    static readonly ConsultationTerms Terms = new(
        Id,
        "P2026-H000001",
        [new("town", "镇", "Town", [Leader], null), new("village", "村", "Village", [Clerk, One], null)],
        ClockTerm.Parse("24h warn 2h"),
        2,
        Post
    );
    static readonly CaseConsultationCalled Called = new(Id, Terms.Number, "理由", Terms.Parties, Terms.Opinion, 2, Post);
    static readonly AssignedTask Task = new("架桥", "station", [Two], "3wd", Noon.AddDays(3), false);
    static readonly CaseConsultationDecided Decided = new(Id, Terms.Number, "架设钢便桥", [Task]);

    [Fact]
    public void Call_invites_the_parties_and_starts_the_clock_of_their_opinions()
    {
        var decision = Claimed().When(Call(), Consulting(Terms)).Decision;
        Assert.Equal([CaseEventJson.Write(Called)], decision.Events.Select(CaseEventJson.Write));

        var given = Claimed().Happened(Stranger, Planned(Called));
        var view = given.State.Case!;
        Assert.Equal([Leader, Clerk, One], view.Consulted.AsEnumerable());
        Assert.Equal(ClockState.Running, CaseClockRules.Current(view.Clocks, ClockName.Opinion)!.State);
        Assert.Superset(new HashSet<PersonId> { Leader, Clerk }, view.Concerned().ToHashSet());
    }

    [Fact]
    public void Call_needs_the_permission_a_party_and_no_other_consultation()
    {
        Claimed().When(Call(), Permission.Read).ThenRejected(NotPermitted);
        Claimed().When(Call(), Consulting(null)).ThenRejected(NoParty);
        Claimed().When(Call(), Consulting(Terms with { Parties = [] })).ThenRejected(NoParty);
        Claimed().Happened(Stranger, Called).When(Call(), Consulting(Terms)).ThenRejected(AlreadyConsulted);
        Closed().When(Call(), Consulting(Terms)).ThenRejected(WrongStatus);
    }

    [Fact]
    public void Case_records_every_opinion_once_and_the_last_one_meets_the_clock()
    {
        var given = Claimed().Happened(Stranger, Planned(Called));
        var first = new RecordOpinion
        {
            By = Leader,
            Consultation = Id,
            Party = "town",
            Text = "可行",
        };

        var view = given.When(first, default(DecisionContext)).Then(new CaseOpinionGiven(Id, "town", "可行", IsLast: false));
        Assert.Equal([Clerk, One], view.Consulted.AsEnumerable());
        given.When(first with { Operation = Guid.NewGuid() }, default(DecisionContext)).ThenNothing();

        view = given
            .When(first with { Operation = Guid.NewGuid(), By = Clerk, Party = "village" }, default(DecisionContext))
            .Then(new CaseOpinionGiven(Id, "village", "可行", IsLast: true));
        Assert.Empty(view.Consulted);
        Assert.Equal(ClockState.Met, CaseClockRules.Current(view.Clocks, ClockName.Opinion)!.State);
    }

    [Fact]
    public void Decision_ends_the_consultation_and_gives_its_tasks_to_their_owners()
    {
        var given = Claimed().Happened(Stranger, Called);
        var record = new RecordConsultationDecision
        {
            By = Stranger,
            Consultation = Id,
            Text = "架设钢便桥",
            Tasks = [Task],
        };

        var view = given.When(record, default(DecisionContext)).Then(Decided);
        Assert.Equal((null, "架设钢便桥"), (view.OpenConsultation, view.Consultations[0].Decision));
        Assert.Equal([Two], view.Tasked.AsEnumerable());
        Assert.Equal(new ClockMoment(ClockName.Task, Task.DueAt), Assert.Single(TaskDecider.WithMoments([], Claimed().State.Case, view)));
        given.When(record with { Operation = Guid.NewGuid() }, default(DecisionContext)).ThenNothing();
    }

    [Fact]
    public void Task_is_finished_by_its_owner_the_holder_of_its_post_or_who_decided_it()
    {
        var given = Claimed().Happened(Stranger, Called).Happened(Stranger, Decided);

        given.When(Finish(One)).ThenRejected(NotPermitted);
        given.When(Finish(Reporter, task: 2)).ThenRejected(NotFound);
        Assert.Null(given.When(Finish(One), new DecisionContext(PermissionSet.None, HoldsPost: true)).Decision.Rejection);
        Assert.Null(given.When(Finish(Stranger), Permission.Read).Decision.Rejection);
        var view = given.When(Finish(Two)).Then(new CaseTaskFinished(1, true, "架通"));

        Assert.Equal((Two, true, "架通"), (view.Tasks[0].FinishedBy!.Value, view.Tasks[0].IsDone, view.Tasks[0].Note));
        Assert.Empty(view.Tasked);
        given.When(Finish(Two)).ThenRejected(AlreadyFinished);
    }

    [Fact]
    public void Time_of_a_task_runs_out_once_and_not_when_it_is_finished()
    {
        var given = Claimed().Happened(Stranger, Called).Happened(Stranger, Decided);
        var fire = new FireClock
        {
            By = PersonId.Clock("p"),
            Clock = ClockName.Task,
            Moment = Task.DueAt,
        };

        given.When(fire with { Moment = Task.DueAt.AddHours(1) }, default(DecisionContext)).ThenNothing();
        var view = given.When(fire, default(DecisionContext)).Then(new CaseClockBreached(ClockName.Task, Task.DueAt));
        Assert.NotNull(view.Tasks[0].BreachedAt);
        given.When(fire with { Operation = Guid.NewGuid() }, default(DecisionContext)).ThenNothing();

        var finished = Claimed().Happened(Stranger, Called).Happened(Stranger, Decided).Happened(Two, new CaseTaskFinished(1, true, ""));
        finished.When(fire, default(DecisionContext)).ThenNothing();
    }

    [Fact]
    public void Consulted_and_tasked_people_see_the_case_but_never_a_confidential_one()
    {
        var view = Claimed().Happened(Stranger, Called).Happened(Stranger, Decided).State.Case!;
        Assert.True(CaseAccess.MaySee(view, Clerk, reads: false));

        var secret = Of((Reporter, Confidential), (Stranger, Called), (Stranger, Decided)).State.Case!;
        Assert.False(CaseAccess.MaySee(secret, Clerk, reads: true));
        Assert.DoesNotContain(Clerk, secret.Concerned());
        Assert.Contains(Two, secret.Tasked); // It is offered to them.
    }

    [Fact]
    public void Party_gives_one_opinion_until_the_decision()
    {
        var state = Begun();
        var context = Context(speaksFor: ["village"]);

        Assert.Equal(NotAParty, Decide(state, Opinion(Clerk), context with { SpeaksFor = [] }).Rejection);
        Assert.Equal(NotAParty, Decide(state, Opinion(Clerk) with { Party = "town" }, context).Rejection);
        Assert.Equal(new OpinionGiven("village", "可行"), Decide(state, Opinion(Clerk), context).Event);

        state = state.Evolve(new OpinionGiven("village", "可行"), Noon, Clerk, Guid.NewGuid());
        Assert.Equal(NotAParty, Decide(state, Opinion(One), context).Rejection);
        state = state.Evolve(new ConsultationDecided("就这样", []), Noon, Stranger, Guid.NewGuid());
        Assert.Equal(AlreadyDecided, Decide(state, Opinion(Leader), Context(speaksFor: ["town"])).Rejection);
    }

    [Fact]
    public void Decision_waits_for_the_opinions_or_the_end_of_their_time_and_is_the_callers()
    {
        var state = Begun();
        var caller = Context(mayConsult: true);
        var decide = new DecideConsultation { By = Stranger, Text = "架设钢便桥" };

        Assert.Equal(OpinionsMissing, Decide(state, decide, caller).Rejection);
        Assert.NotNull(Decide(state, decide, caller with { AreOpinionsDue = true }).Event);
        state = state
            .Evolve(new OpinionGiven("village", "可行"), Noon, Clerk, Guid.NewGuid())
            .Evolve(new OpinionGiven("town", "可行"), Noon, Leader, Guid.NewGuid());
        Assert.NotNull(Decide(state, decide, caller).Event);
        Assert.Equal(NotPermitted, Decide(state, decide with { By = Clerk }, caller).Rejection);
        Assert.NotNull(Decide(state, decide with { By = Clerk }, caller with { HoldsPost = true }).Event);
        Assert.Equal(NotPermitted, Decide(state, decide, caller with { MayConsult = false }).Rejection);
        Assert.Equal(NotFound, Decide(state, decide, caller with { Tasks = [null] }).Rejection);
        Assert.Equal(ConsultationActions.Decide, ConsultationDecider.Allowed(state, Stranger, caller) & ConsultationActions.Decide);
    }

    [Fact]
    public void Repeated_operation_changes_nothing_and_its_key_is_rejected_for_another_request()
    {
        var operation = OperationIds.Of("p/clerk", "key", "one"u8);
        var state = Begun().Evolve(new OpinionGiven("village", "可行"), Noon, Clerk, operation);
        var context = Context(speaksFor: ["village", "town"]);

        Assert.Equal(default, Decide(state, Opinion(Clerk) with { Operation = operation }, context));
        var other = OperationIds.Of("p/clerk", "key", "two"u8);
        Assert.Equal(KeyReused, Decide(state, Opinion(Clerk) with { Operation = other }, context).Rejection);
    }

    [Fact]
    public void Case_is_told_of_each_step_by_one_operation()
    {
        var state = Begun()
            .Evolve(new OpinionGiven("village", "可行"), Noon, Clerk, Guid.NewGuid())
            .Evolve(new ConsultationDecided("就这样", []), Noon, Stranger, Guid.NewGuid());

        Assert.Equal([Clerk, Stranger], state.Told.Select(c => c.By));
        Assert.Equal(2, state.Told.Select(c => c.Operation).Distinct().Count());
    }

    [Fact]
    public void Every_kind_ever_written_loads_with_all_its_data()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Consultations", "golden");
        foreach (var kind in ConsultationEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(folder, $"{kind.Replace('/', '-')}.json"));
            var written = ConsultationEventJson.Write(ConsultationEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), kind);
        }
        Assert.Equal(ConsultationEventJson.AllKinds.Count, Directory.GetFiles(folder).Length);
        Assert.True(Begun().Evolve(ConsultationEventJson.Read("consultation.decided/2", "{}"), Noon, One, Guid.NewGuid()).HasUnknown);
    }

    static CaseConsultationCalled Planned(CaseConsultationCalled called) =>
        called with
        {
            Started = [new(ClockName.Opinion, called.Opinion!.Value.Term, Noon.AddDays(1), null, false)],
        };

    static ConsultationState Begun() => ConsultationState.Begin(Guid.NewGuid(), Called, Noon, Stranger);

    static ConsultationOutcome Decide(ConsultationState state, ConsultationCommand command, ConsultationContext context) =>
        ConsultationDecider.Decide(
            state,
            command with
            {
                Operation = command.Operation == default ? Guid.NewGuid() : command.Operation,
            },
            context
        );

    static ConsultationContext Context(ImmutableArray<string>? speaksFor = null, bool mayConsult = false) =>
        new(Claimed().State.Case!, speaksFor ?? [], mayConsult, Tasks: []);

    static GiveOpinion Opinion(PersonId by) => new() { By = by, Text = "可行" };

    static CallConsultation Call() =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = Stranger,
            Reason = "理由",
        };

    static DecisionContext Consulting(ConsultationTerms? terms) =>
        new(PermissionSet.Of(Permission.Read, Permission.Consult), Consultation: terms);

    static FinishTask Finish(PersonId by, int task = 1) =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = by,
            Task = task,
            IsDone = true,
            Note = "架通",
        };
}
