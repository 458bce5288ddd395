using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Merged duplicates: who merges them, and how they follow the main case.</summary>
public sealed class MergeTests
{
    static readonly DecisionContext Checks = new(PermissionSet.Of(Permission.Read, Permission.Close), Main: Main);
    static readonly CaseMerged Merged = new(Main, "理由");

    [Fact]
    public void Merged_case_is_nobodys_and_its_reporter_alone_follows_it()
    {
        var view = Claimed().When(Command(CaseStep.Merged, Stranger), Checks).Then(Merged);

        Assert.Equal((CaseStatus.Merged, null, Main), (view.Status, view.Claimant, view.MergedInto));
        Assert.Equal([Reporter], view.Concerned());
        Assert.Equal(Urgency.None, view.Urgency);
    }

    [Fact]
    public void Case_is_merged_by_whoever_may_close_it_into_one_that_can_be_main()
    {
        Claimed().When(Command(CaseStep.Merged, One), Checks with { Permissions = default }).ThenRejected(NotPermitted);
        Claimed().When(Command(CaseStep.Merged, Stranger), Checks with { Main = null }).ThenRejected(NotMergeable);
        Resolved().When(Command(CaseStep.Merged, Stranger), Checks).ThenRejected(WrongStatus);
        Claimed().Happened(Stranger, Merged).When(Command(CaseStep.Merged, Stranger), Checks).ThenRejected(WrongStatus);
        Claimed().Happened(Stranger, Merged).When(Command(CaseStep.Claimed, Two)).ThenRejected(WrongStatus);
    }

    [Fact]
    public void Merging_ends_every_clock()
    {
        var time = new WorkingTime(WorkSchedule.Default, "Asia/Shanghai");
        var clocks = new CategoryClocks
        {
            Respond = ClockTerm.Parse("30m"),
            Solve = ClockTerm.Parse("24h"),
            Idle = ClockTerm.Parse("2h"),
        };
        var state = CaseState.Initial;
        foreach (var e in new CaseEvent[] { Reported with { Plan = new("digest", clocks) }, new CaseClaimed(), Merged })
            state = CaseState.Evolve(state, CaseClockRules.Plan(state, e, time, Noon), new(Guid.NewGuid(), Noon, One, Guid.NewGuid()));

        Assert.NotEmpty(state.Case!.Clocks);
        Assert.DoesNotContain(state.Case.Clocks, c => c.IsOpen);
    }

    [Fact]
    public void Merged_case_is_closed_and_opened_with_the_main_one()
    {
        var given = Claimed().Happened(Stranger, Merged);
        var solved = given.When(Follow(CaseStatus.Resolved, 3), default(DecisionContext)).Then(Stepped(CaseStatus.Resolved, 3));
        Assert.Equal((CaseStatus.Merged, CaseStatus.Resolved), (solved.Status, solved.MergedInto!.Status));

        var closed = given.When(Follow(CaseStatus.Closed, 4), default(DecisionContext)).Then(Stepped(CaseStatus.Closed, 4));
        Assert.Equal((CaseStatus.Closed, CaseOutcome.Resolved), (closed.Status, closed.Outcome));
        Assert.NotNull(closed.ClosedAt);

        var again = given.When(Follow(CaseStatus.Offered, 5), default(DecisionContext)).Then(Stepped(CaseStatus.Offered, 5));
        Assert.Equal((CaseStatus.Merged, CaseOutcome.None, null), (again.Status, again.Outcome, again.ClosedAt));
    }

    [Fact]
    public void News_that_come_late_or_from_another_case_change_nothing()
    {
        var given = Claimed().Happened(Stranger, Merged);
        given.When(Follow(CaseStatus.Claimed, 3), default(DecisionContext)).ThenNothing();
        given.When(Follow(CaseStatus.Closed, 2), default(DecisionContext)).ThenNothing();
        given.When(Follow(CaseStatus.Closed, 3) with { Main = Guid.NewGuid() }, default(DecisionContext)).ThenNothing();

        // Whoever opens it again wants it handled for itself.
        var own = given.When(Command(CaseStep.Reopened, Reporter)).Then(new CaseReopened("理由"));
        Assert.Equal((CaseStatus.Offered, null), (own.Status, own.MergedInto));
        given.When(Follow(CaseStatus.Closed, 9), default(DecisionContext)).ThenNothing();
    }

    [Fact]
    public void Duplicate_joins_once()
    {
        var join = new JoinDuplicate
        {
            Operation = Guid.NewGuid(),
            By = Stranger,
            Duplicate = Guid.NewGuid(),
            Number = "P2026-000007",
        };
        var given = Closed();
        var view = given.When(join, default(DecisionContext)).Then(new CaseDuplicateJoined(new(join.Duplicate, join.Number)));
        Assert.Equal([new(join.Duplicate, join.Number)], view.Duplicates.AsEnumerable());
        given.When(join with { Operation = Guid.NewGuid() }, default(DecisionContext)).ThenNothing();
    }

    [Fact]
    public void Main_case_is_an_earlier_open_one_that_the_person_sees_and_may_close()
    {
        var (main, duplicate) = (Offered().State.Case!, Offered().State.Case! with { Id = Guid.NewGuid(), ReportedAt = Noon.AddHours(1) });
        var may = PermissionSet.Of(Permission.Close);

        Assert.True(MergeDecider.CanBeMain(duplicate, main, may, sees: true));
        Assert.False(MergeDecider.CanBeMain(duplicate, main, may, sees: false));
        Assert.False(MergeDecider.CanBeMain(duplicate, main, default, sees: true));
        Assert.False(MergeDecider.CanBeMain(main, duplicate, may, sees: true));
        Assert.False(MergeDecider.CanBeMain(main, main, may, sees: true));
        Assert.False(MergeDecider.CanBeMain(duplicate, main with { Status = CaseStatus.Merged }, may, sees: true));
        Assert.False(MergeDecider.CanBeMain(duplicate, main with { Status = CaseStatus.Closed }, may, sees: true));
        Assert.False(MergeDecider.CanBeMain(duplicate, main with { Confidential = true }, may, sees: true));
        var leads = (main with { Confidential = true }, duplicate with { Confidential = true });
        Assert.True(MergeDecider.CanBeMain(leads.Item2, leads.Item1, may, sees: true));
        Assert.False(MergeDecider.CanBeMain(leads.Item2, leads.Item1 with { Category = "other" }, may, sees: true));
    }

    static FollowMain Follow(CaseStatus status, int version) =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = Service,
            Main = Main.Id,
            Status = status,
            Outcome = CaseOutcome.Resolved,
            Version = version,
        };

    static CaseMainStepped Stepped(CaseStatus status, int version) =>
        new(Main with { Status = status, Version = version }, CaseOutcome.Resolved);
}
