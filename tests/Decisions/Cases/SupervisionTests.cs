using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Supervision notices: who issues them, and who owes the answer.</summary>
public sealed class SupervisionTests
{
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");
    static readonly SupervisionTerms Terms = new("P2026-D000001", ClockTerm.Parse("6h warn 1h"));
    static readonly CaseSupervised Notice = new("P2026-D000001", null, "理由", Terms.Answer);

    [Fact]
    public void Notice_gets_its_number_and_starts_the_clock_of_its_answer()
    {
        var decision = Claimed()
            .When(
                Command(CaseStep.Supervised, Stranger),
                new DecisionContext(PermissionSet.Of(Permission.Read, Permission.Supervise), Supervision: Terms)
            )
            .Decision;
        Assert.Equal([CaseEventJson.Write(Notice)], decision.Events.Select(CaseEventJson.Write));

        var state = Started(Claimed().State, 1, Notice);
        var open = state.Case!.OpenSupervision!;
        Assert.Equal(("P2026-D000001", "理由", Noon.AddHours(7)), (open.Number, open.Reason, open.DueAt!.Value));
        Assert.Equal(CaseStatus.Claimed, state.Case.Status);
    }

    [Fact]
    public void Second_notice_waits_for_the_answer_to_the_first() =>
        Claimed()
            .Happened(Stranger, Notice)
            .When(Command(CaseStep.Supervised, Stranger), Permission.Read, Permission.Supervise)
            .ThenRejected(AlreadySupervised);

    [Fact]
    public void Claimant_answers_and_the_clock_is_met()
    {
        var state = Started(Started(Claimed().State, 1, Notice), 2, new CaseSupervisionAnswered(Notice.Number, "明天完工"));

        var answered = Assert.Single(state.Case!.Supervisions);
        Assert.Equal((One, "明天完工", Noon.AddHours(2)), (answered.AnsweredBy!.Value, answered.Answer, answered.AnsweredAt!.Value));
        Assert.Null(state.Case.OpenSupervision);
        Assert.Equal(ClockState.Met, CaseClockRules.Current(state.Case.Clocks, ClockName.Answer)!.State);
    }

    [Fact]
    public void Claimant_alone_owes_the_answer_and_the_recipients_while_there_is_none()
    {
        var claimed = Claimed().Happened(Stranger, Notice);
        claimed.When(Command(CaseStep.SupervisionAnswered, Two)).ThenRejected(NotPermitted);
        claimed.When(Command(CaseStep.SupervisionAnswered, One)).Then(new CaseSupervisionAnswered(Notice.Number, "答复"));

        var offered = Offered().Happened(Stranger, Notice);
        Assert.True(CaseDecider.Allowed(offered.State.Case!, Two, default).HasFlag(CaseSteps.SupervisionAnswered));
        Assert.False(CaseDecider.Allowed(offered.State.Case!, Reporter, default).HasFlag(CaseSteps.SupervisionAnswered));
    }

    [Fact]
    public void Breach_issues_a_notice_by_the_rule_and_once()
    {
        var state = Started(CaseState.Initial, 0, Reported with { Plan = new("digest", new() { Solve = ClockTerm.Parse("24h") }) });
        var fire = new FireClock
        {
            By = PersonId.Clock("p"),
            Operation = Guid.NewGuid(),
            Clock = ClockName.Solve,
            Moment = Noon.AddHours(24),
        };
        var context = new DecisionContext(default, At: fire.Moment, Supervision: Terms);

        Assert.Equal(
            [
                CaseEventJson.Write(new CaseClockBreached(ClockName.Solve, fire.Moment)),
                CaseEventJson.Write(new CaseSupervised(Terms.Number, ClockName.Solve, "", Terms.Answer)),
            ],
            CaseDecider.Decide(state, fire, context).Events.Select(CaseEventJson.Write)
        );
        var rule = new SupervisionRule([ClockName.Solve], Terms.Answer);
        Assert.True(SupervisionDecider.IsIssuedBy(state.Case!, ClockName.Solve, rule));
        Assert.False(SupervisionDecider.IsIssuedBy(state.Case!, ClockName.Reply, rule));
        Assert.False(SupervisionDecider.IsIssuedBy(Started(state, 1, Notice).Case!, ClockName.Solve, rule));
    }

    static CaseState Started(CaseState state, double hours, CaseEvent e) =>
        CaseState.Evolve(
            state,
            CaseClockRules.Plan(state, e, Time, Noon.AddHours(hours)),
            new(Guid.NewGuid(), Noon.AddHours(hours), One, Guid.NewGuid())
        );
}
