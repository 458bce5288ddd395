using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Returned work: who checks a settled case may send it back, and how often.</summary>
public sealed class ReturnTests
{
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");
    static readonly DecisionContext Checks = new(PermissionSet.Of(Permission.Read, Permission.Close));
    static readonly CaseReturned Returned = new("理由");

    [Fact]
    public void Returned_case_is_its_claimants_again_and_keeps_by_whom_and_why()
    {
        var view = Resolved().When(Command(CaseStep.Returned, Stranger), Checks).Then(Returned);

        Assert.Equal((CaseStatus.Claimed, CaseOutcome.None, One), (view.Status, view.Outcome, view.Claimant));
        Assert.Null(view.ResolvedAt);
        var returned = Assert.Single(view.Returns);
        Assert.Equal((Stranger, "理由"), (returned.By, returned.Reason));
    }

    [Fact]
    public void Return_starts_the_solution_again_and_keeps_the_record_of_the_first_run()
    {
        var clocks = new CategoryClocks
        {
            Respond = ClockTerm.Parse("30m"),
            OnSite = ClockTerm.Parse("24h"),
            Solve = ClockTerm.Parse("72h warn 12h"),
            Reply = ClockTerm.Parse("72h"),
            Idle = ClockTerm.Parse("8h"),
            Close = ClockTerm.Parse("48h"),
        };
        var state = CaseState.Initial;
        (double Hours, PersonId By, CaseEvent Event)[] steps =
        [
            (0, Reporter, Reported with { Plan = new("digest", clocks) }),
            (1, One, new CaseClaimed()),
            (2, One, new CaseResolved("好了", [])),
            (10, Stranger, Returned),
        ];
        foreach (var (hours, by, e) in steps)
            state = CaseState.Evolve(
                state,
                CaseClockRules.Plan(state, e, Time, Noon.AddHours(hours)),
                new(Guid.NewGuid(), Noon.AddHours(hours), by, Guid.NewGuid())
            );

        var runs = state.Case!.Clocks;
        Assert.Equal([ClockState.Met, ClockState.Running], runs.Where(c => c.Name == ClockName.Solve).Select(c => c.State));
        Assert.Equal([ClockState.Met, ClockState.Running], runs.Where(c => c.Name == ClockName.Reply).Select(c => c.State));
        Assert.Equal(
            (Noon.AddHours(82), Noon.AddHours(70)),
            (CaseClockRules.Current(runs, ClockName.Solve)!.DueAt, CaseClockRules.Current(runs, ClockName.Solve)!.WarnAt)
        );
        Assert.Equal(Noon.AddHours(18), CaseClockRules.Current(runs, ClockName.Idle)!.DueAt);
        Assert.Equal(ClockState.Cancelled, CaseClockRules.Current(runs, ClockName.Close)!.State);
        // Somebody took it on, and was there: that isn't promised again.
        Assert.Single(runs, c => c.Name == ClockName.Respond);
        Assert.Single(runs, c => c.Name == ClockName.OnSite);
    }

    [Fact]
    public void Last_return_brings_the_case_to_the_next_level_and_then_there_is_none()
    {
        var twice = Checks with { MaxReturns = 2, Up = ToVillage with { KeepsClaim = true } };
        var given = Resolved();
        given.When(Command(CaseStep.Returned, Stranger), twice).Then(Returned);
        given.When(Command(CaseStep.Resolved, One)).Then(new CaseResolved("好了", []));

        var escalated = new CaseEscalated(null, "village", null, "理由", [Two], [], false, StepClocks.None) { AfterReturns = true };
        var view = given.When(Command(CaseStep.Returned, Stranger), twice).Then(Returned, escalated);
        Assert.Equal((CaseStatus.Offered, "village", 2), (view.Status, view.Level, view.Returns.Length));
        Assert.Contains("\"afterReturns\":true", CaseEventJson.Write(escalated).Data, StringComparison.Ordinal);

        given.When(Command(CaseStep.Claimed, Two)).Then(new CaseClaimed());
        given.When(Command(CaseStep.Resolved, Two)).Then(new CaseResolved("好了", []));
        given.When(Command(CaseStep.Returned, Stranger), twice).ThenRejected(ReturnedTooOften);
        given.When(Command(CaseStep.Returned, Stranger), twice with { MaxReturns = 3 }).Then(Returned, escalated with { From = "village" });
    }

    [Fact]
    public void Last_return_stays_with_the_claimant_where_no_level_is_above()
    {
        var given = Resolved();
        given.When(Command(CaseStep.Returned, Stranger), Checks with { MaxReturns = 1 }).Then(Returned);
        given.When(Command(CaseStep.Resolved, One)).Then(new CaseResolved("好了", []));

        given.When(Command(CaseStep.Returned, Stranger), Checks with { MaxReturns = 1 }).ThenRejected(ReturnedTooOften);
        given.When(Command(CaseStep.Closed, Stranger), Checks).Then(new CaseClosed(null, ""));
    }

    [Fact]
    public void Case_of_somebody_who_left_the_post_is_offered_again()
    {
        var left = Checks with { ClaimStands = false, Recipients = [Two] };
        var view = Resolved().When(Command(CaseStep.Returned, Stranger), left).Then(Returned, new CaseReoffered([Two], One));

        Assert.Equal((CaseStatus.Offered, 1), (view.Status, view.Returns.Length));
    }

    [Fact]
    public void Who_solved_a_case_does_not_return_it_where_the_category_asks_for_another()
    {
        Resolved().When(Command(CaseStep.Returned, One), Checks with { ClosedByAnother = true }).ThenRejected(NeedsAnother);
        Resolved().When(Command(CaseStep.Returned, Two), Checks with { ClosedByAnother = true }).Then(Returned);
    }

    [Fact]
    public void Explanation_is_returned_unless_the_category_takes_it_as_final()
    {
        Explained().When(Command(CaseStep.Returned, Stranger), Checks).Then(Returned);
        Explained().When(Command(CaseStep.Returned, Stranger), Checks with { ExplanationIsFinal = true }).ThenRejected(ExplanationIsFinal);
        Resolved().When(Command(CaseStep.Returned, Stranger), Checks with { ExplanationIsFinal = true }).Then(Returned);
    }

    [Fact]
    public void Closed_case_is_reopened_until_its_time_is_over()
    {
        var at = Noon.AddDays(3);
        var within = new DecisionContext(default, [One, Two], At: at, ReopenUntil: at);
        Closed().When(Command(CaseStep.Reopened, Reporter), within).Then(new CaseReopened("理由"));
        Closed().When(Command(CaseStep.Reopened, Reporter), within with { At = at.AddTicks(1) }).ThenRejected(ReopeningOver);
        Closed()
            .When(
                Command(CaseStep.Reopened, Stranger),
                within with
                {
                    At = at.AddTicks(1),
                    Permissions = PermissionSet.Of(Permission.Read),
                }
            )
            .ThenRejected(NotPermitted);
    }
}
