using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Handovers to other systems: who may, what an answer does, and what an end of the claim does.</summary>
public sealed class ForwardTests
{
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");
    static readonly Guid Message = Guid.Parse("5f0c1a52-7f1e-4a9b-8d0e-2c1b7a9e3f44");
    static readonly CaseForwarded Sent = new("hotline", "属于供水公司", Message, ClockTerm.Parse("2h warn 30m"));
    static readonly PersonId Hotline = PersonId.System("p", "hotline");

    static GivenCase Forwarded() => Claimed().Happened(Stranger, Sent);

    static AnswerForward Answer(ForwardAnswer answer, Guid? message = null, string system = "hotline", Guid? operation = null) =>
        new()
        {
            By = Hotline,
            Operation = operation ?? Guid.NewGuid(),
            System = system,
            Message = message ?? Message,
            Answer = answer,
            Text = "说明",
        };

    [Fact]
    public void System_that_the_category_does_not_name_is_refused() =>
        Claimed()
            .When(Command(CaseStep.Forwarded, Stranger), new DecisionContext(PermissionSet.Of(Permission.Read, Permission.Forward)))
            .ThenRejected(SystemNotAllowed);

    [Fact]
    public void Same_operation_has_the_same_message_and_another_one_another()
    {
        var (first, second) = (Command(CaseStep.Forwarded, Stranger), Command(CaseStep.Forwarded, Stranger));
        Guid Of(CaseCommand command) =>
            ((CaseForwarded)Claimed().When(command, Permission.Read, Permission.Forward).Decision.Events[0]).Message;

        Assert.Equal(Of(first), Of(first));
        Assert.NotEqual(Of(first), Of(second));
    }

    [Fact]
    public void Second_handover_waits_for_the_answer_to_the_first() =>
        Forwarded().When(Command(CaseStep.Forwarded, Stranger), Permission.Read, Permission.Forward).ThenRejected(AlreadyForwarded);

    [Fact]
    public void Solved_elsewhere_is_resolved_and_stays_with_the_claimant()
    {
        var view = Forwarded()
            .When(Answer(ForwardAnswer.Solved), default(DecisionContext))
            .Then(new CaseForwardAnswered("hotline", Message, ForwardAnswer.Solved, "说明", false), new CaseResolved("说明", []));

        Assert.Equal((CaseStatus.Resolved, CaseOutcome.Resolved, One), (view.Status, view.Outcome, view.Claimant));
        Assert.Equal((ForwardState.Solved, "说明"), (view.Forwards[0].State, view.Forwards[0].Answer));
    }

    [Fact]
    public void Refused_goes_on_with_the_claimant_and_can_go_to_another_system()
    {
        var given = Forwarded();
        var view = given
            .When(Answer(ForwardAnswer.Refused), default(DecisionContext))
            .Then(new CaseForwardAnswered("hotline", Message, ForwardAnswer.Refused, "说明", false));

        Assert.Equal((CaseStatus.Claimed, One, null), (view.Status, view.Claimant, view.OpenForward));
        Assert.Equal(ForwardState.Refused, view.Forwards[0].State);
        var again = given.When(Command(CaseStep.Forwarded, Stranger), Permission.Read, Permission.Forward).Decision;
        Assert.Null(again.Rejection);
    }

    [Fact]
    public void Progress_is_recorded_and_the_answer_is_still_owed()
    {
        var view = Forwarded()
            .When(Answer(ForwardAnswer.Progress), default(DecisionContext))
            .Then(new CaseForwardAnswered("hotline", Message, ForwardAnswer.Progress, "说明", false));

        Assert.Equal(ForwardState.Waiting, view.OpenForward!.State);
    }

    [Fact]
    public void Answer_to_another_message_or_of_another_system_is_not_found()
    {
        Forwarded().When(Answer(ForwardAnswer.Solved, Guid.NewGuid()), default(DecisionContext)).ThenRejected(NotFound);
        Forwarded().When(Answer(ForwardAnswer.Solved, system: "city"), default(DecisionContext)).ThenRejected(NotFound);
        Claimed().When(Answer(ForwardAnswer.Solved), default(DecisionContext)).ThenRejected(NotFound);
    }

    [Fact]
    public void Repeated_answer_changes_nothing()
    {
        var given = Forwarded();
        var answer = Answer(ForwardAnswer.Refused);
        given
            .When(answer, default(DecisionContext))
            .Then(new CaseForwardAnswered("hotline", Message, ForwardAnswer.Refused, "说明", false));

        given.When(answer, default(DecisionContext)).ThenNothing();
    }

    [Fact]
    public void Late_answer_is_recorded_and_changes_nothing()
    {
        var given = Forwarded().Happened(One, new CaseRecalled("自行处理"));
        var view = given
            .When(Answer(ForwardAnswer.Solved), default(DecisionContext))
            .Then(new CaseForwardAnswered("hotline", Message, ForwardAnswer.Solved, "说明", true));

        Assert.Equal((CaseStatus.Claimed, ForwardState.Withdrawn), (view.Status, view.Forwards[0].State));
    }

    [Fact]
    public void Claimant_and_those_who_may_forward_take_it_back()
    {
        var command = Command(CaseStep.Recalled, One);
        Assert.Equal(ForwardState.Withdrawn, Forwarded().When(command).Then(new CaseRecalled("理由")).Forwards[0].State);
        Forwarded().When(Command(CaseStep.Recalled, Stranger), Permission.Read, Permission.Forward).Then(new CaseRecalled("理由"));
        Forwarded().When(Command(CaseStep.Recalled, Two)).ThenRejected(NotPermitted);
        Claimed().When(command).ThenRejected(NotForwarded);
    }

    public static TheoryData<CaseStep> Ends() =>
        [CaseStep.Released, CaseStep.Transferred, CaseStep.Resolved, CaseStep.Explained, CaseStep.Escalated];

    [Theory]
    [MemberData(nameof(Ends))]
    public void Step_that_ends_the_work_on_the_case_withdraws_it(CaseStep step)
    {
        var given = Forwarded();
        var decision = given.When(Command(step, One)).Decision;
        Assert.Null(decision.Rejection);
        foreach (var e in decision.Events)
            given.Happened(One, e);

        Assert.Equal((null, ForwardState.Withdrawn), (given.State.Case!.OpenForward, given.State.Case.Forwards[0].State));
    }

    [Fact]
    public void Its_clock_runs_until_the_answer_and_the_idle_clock_does_not_run_meanwhile()
    {
        var state = Started(CaseState.Initial, 0, Reported with { Plan = new("digest", new() { Idle = ClockTerm.Parse("6h") }) });
        state = Started(state, 1, new CaseClaimed());
        Assert.Equal(ClockState.Running, StateOf(state, ClockName.Idle));

        state = Started(state, 2, Sent);
        Assert.Equal(Noon.AddHours(4), CaseClockRules.Current(state.Case!.Clocks, ClockName.Forward)!.DueAt);
        Assert.Equal(Noon.AddHours(4), state.Case.OpenForward!.DueAt);
        Assert.Equal(ClockState.Cancelled, StateOf(state, ClockName.Idle));

        // What the claimant does meanwhile doesn't begin it again.
        state = Started(state, 3, new CaseProgressed("已联系", []));
        Assert.Equal(ClockState.Cancelled, StateOf(state, ClockName.Idle));

        state = Started(state, 3.5, new CaseForwardAnswered("hotline", Message, ForwardAnswer.Refused, "不属于", false));
        Assert.Equal((ClockState.Met, ClockState.Running), (StateOf(state, ClockName.Forward), StateOf(state, ClockName.Idle)));
    }

    [Fact]
    public void Breach_climbs_as_the_catalogue_says()
    {
        var state = Started(Claimed().State, 2, Sent);
        var due = Noon.AddHours(4);
        var fire = new FireClock
        {
            By = PersonId.Clock("p"),
            Operation = Guid.NewGuid(),
            Clock = ClockName.Forward,
            Moment = due,
        };
        state = Started(state, 3.5, new CaseClockWarned(ClockName.Forward, due));
        var events = CaseDecider.Decide(state, fire, new DecisionContext(default, At: due, Up: ToVillage)).Events;

        Assert.Equal([CaseStep.ClockBreached, CaseStep.Escalated], events.Select(e => e.Step));
        foreach (var e in events)
            state = Started(state, 4, e);
        Assert.Equal((ForwardState.Withdrawn, ClockState.Cancelled), (state.Case!.Forwards[0].State, StateOf(state, ClockName.Forward)));
    }

    static ClockState StateOf(CaseState state, ClockName clock) => CaseClockRules.Current(state.Case!.Clocks, clock)!.State;

    static CaseState Started(CaseState state, double hours, CaseEvent e) =>
        CaseState.Evolve(
            state,
            CaseClockRules.Plan(state, e, Time, Noon.AddHours(hours)),
            new(Guid.NewGuid(), Noon.AddHours(hours), One, Guid.NewGuid())
        );
}
