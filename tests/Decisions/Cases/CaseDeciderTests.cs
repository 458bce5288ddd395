using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Every rule of docs/cases.md.</summary>
public sealed class CaseDeciderTests
{
    [Fact]
    public void A_report_offers_the_case_to_its_recipients()
    {
        var view = Nothing().When(Command(CaseStep.Reported, Reporter), Permission.Report)
            .Is(new CaseReported("P2026-000002", "rubbish", Place, null, "标题", "详情", [], false, [Two]));

        Assert.Equal((CaseStatus.Offered, Reporter, 1), (view.Status, view.Reporter, view.Version));
    }

    [Fact]
    public void A_report_solved_on_the_spot_is_two_events_of_one_operation()
    {
        var command = (ReportCase)Command(CaseStep.Reported, Reporter) with { Solved = "清了" };
        var given = Nothing();

        var view = given.When(command, Permission.Report).Is(new CaseReported("P2026-000002", "rubbish", Place, null, "标题", "详情", [], false, [Two]), new CaseResolved("清了", []));

        Assert.Equal((CaseStatus.Resolved, CaseOutcome.Resolved, Reporter, 2), (view.Status, view.Outcome, view.Claimant, view.Version));
        Assert.Single(given.State.Operations);
        given.When(command, Permission.Report).IsNothingNew();
    }

    [Fact]
    public void Who_may_not_report_there_does_not() => Nothing().When(Command(CaseStep.Reported, Reporter), Permission.Read, Permission.Assign).IsRejected(NotYourArea);

    [Fact]
    public void A_second_report_with_the_id_of_another_case_is_another_call() =>
        Offered().When(Command(CaseStep.Reported, Reporter), Permission.Report).IsRejected(KeyReused);

    [Fact]
    public void A_report_repeated_is_nothing_new_and_its_key_serves_no_other()
    {
        var operation = OperationIds.Of("p/reporter", "key", "a report"u8);
        var given = Nothing().Happened(Reporter, Reported, operation);

        given.When(Command(CaseStep.Reported, Reporter, operation), Permission.Report).IsNothingNew();
        given.When(Command(CaseStep.Reported, Reporter, OperationIds.Of("p/reporter", "key", "another report"u8)), Permission.Report).IsRejected(KeyReused);
    }

    [Fact]
    public void A_case_full_of_words_takes_no_more_of_them_and_still_comes_to_its_end()
    {
        var given = Claimed();
        while (given.State.Version < CaseDecider.MostSteps) given.Happened(One, new CaseProgressed("还在处理", []));

        given.When(Command(CaseStep.Progressed, One)).IsRejected(TooManySteps);
        given.When(Command(CaseStep.Commented, Reporter)).IsRejected(TooManySteps);
        given.When(Command(CaseStep.Resolved, One)).Is(new CaseResolved("好了", []));
        given.When(Command(CaseStep.Closed, Reporter)).Is(new CaseClosed(4, ""));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_case_that_is_not_there_takes_no_step(CaseStep step)
    {
        if (step != CaseStep.Reported) Nothing().When(Command(step, One), Enum.GetValues<Permission>()).IsRejected(NotFound);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void To_who_may_not_see_it_there_is_no_case(CaseStep step)
    {
        if (step == CaseStep.Reported) return;
        foreach (var status in Enum.GetValues<CaseStatus>()) In(status).When(Command(step, Stranger), Permission.Assign, Permission.Close, Permission.Reopen, Permission.Transfer).IsRejected(NotFound);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_confidential_case_is_none_whatever_ones_posts_permit(CaseStep step)
    {
        if (step != CaseStep.Reported) Of((Reporter, Confidential)).When(Command(step, Stranger), Enum.GetValues<Permission>()).IsRejected(NotFound);
    }

    [Fact]
    public void One_recipient_claims_and_the_others_hear_that_it_is_taken()
    {
        var given = Offered();
        var view = given.When(Command(CaseStep.Claimed, One)).Is(new CaseClaimed());

        Assert.Equal((CaseStatus.Claimed, One, view.UpdatedAt), (view.Status, view.Claimant, view.ClaimedAt));
        given.When(Command(CaseStep.Claimed, Two)).IsRejected(AlreadyClaimed);
        given.When(Command(CaseStep.Claimed, One)).IsRejected(AlreadyClaimed);
    }

    [Theory]
    [InlineData(CaseStatus.Claimed, AlreadyClaimed)]
    [InlineData(CaseStatus.OnSite, AlreadyClaimed)]
    [InlineData(CaseStatus.Resolved, AlreadyClaimed)]
    [InlineData(CaseStatus.Explained, AlreadyClaimed)]
    [InlineData(CaseStatus.Closed, WrongStatus)]
    public void A_case_that_is_not_offered_is_not_claimed(CaseStatus status, string code) => In(status).When(Command(CaseStep.Claimed, Two)).IsRejected(code);

    [Fact]
    public void Whom_it_was_not_offered_to_does_not_claim_it_whatever_they_may() =>
        Offered().When(Command(CaseStep.Claimed, Stranger), Enum.GetValues<Permission>()).IsRejected(NotRecipient);

    [Theory]
    [InlineData(CaseStatus.Offered, WrongStatus, WrongStatus)]
    [InlineData(CaseStatus.Claimed, null, NotClaimant)]
    [InlineData(CaseStatus.OnSite, null, NotClaimant)]
    [InlineData(CaseStatus.Resolved, WrongStatus, WrongStatus)]
    [InlineData(CaseStatus.Explained, WrongStatus, WrongStatus)]
    [InlineData(CaseStatus.Closed, WrongStatus, WrongStatus)]
    public void What_only_the_claimant_does_is_done_while_they_hold_it(CaseStatus status, string? claimant, string? other)
    {
        foreach (var step in new[] { CaseStep.OnSite, CaseStep.Progressed, CaseStep.Resolved, CaseStep.Explained })
        {
            Assert.Equal((step, claimant), (step, In(status).When(Command(step, One)).Decision.Rejection));
            Assert.Equal((step, other), (step, In(status).When(Command(step, Two), Enum.GetValues<Permission>()).Decision.Rejection));
        }
    }

    [Fact]
    public void Arriving_twice_is_arriving_once() => OnSite().When(Command(CaseStep.OnSite, One)).IsNothingNew();

    [Fact]
    public void Releasing_offers_it_again_and_forgets_who_had_it()
    {
        var view = OnSite().When(Command(CaseStep.Released, One)).Is(new CaseReleased("理由"));

        Assert.Equal((CaseStatus.Offered, null, null), (view.Status, view.Claimant, view.ClaimedAt));
        OnSite().When(Command(CaseStep.Released, Stranger), Permission.Read, Permission.Assign).Is(new CaseReleased("理由"));
        OnSite().When(Command(CaseStep.Released, Two)).IsRejected(NotClaimant);
    }

    [Theory]
    [InlineData(CaseStatus.Offered, true)]
    [InlineData(CaseStatus.Claimed, true)]
    [InlineData(CaseStatus.OnSite, true)]
    [InlineData(CaseStatus.Resolved, false)]
    [InlineData(CaseStatus.Explained, false)]
    [InlineData(CaseStatus.Closed, false)]
    public void Who_may_assign_hands_it_over_until_it_is_done(CaseStatus status, bool may)
    {
        var then = In(status).When(Command(CaseStep.HandedOver, Stranger), Permission.Read, Permission.Assign);
        if (may) Assert.Equal(Two, then.Is(new CaseHandedOver(Two, "理由")).Claimant);
        else then.IsRejected(WrongStatus);
    }

    [Fact]
    public void Handing_over_to_who_has_it_is_nothing_new_and_to_who_is_unknown_is_refused()
    {
        Claimed().Happened(One, new CaseHandedOver(Two, "")).When(Command(CaseStep.HandedOver, Two)).IsNothingNew();
        Claimed().When(Command(CaseStep.HandedOver, One), new Circumstances(PermissionSet.None, ToIsKnown: false)).IsRejected(NotFound);
        Claimed().When(Command(CaseStep.HandedOver, Two)).IsRejected(NotClaimant);
    }

    [Theory]
    [InlineData(CaseStatus.Offered, true)]
    [InlineData(CaseStatus.Claimed, true)]
    [InlineData(CaseStatus.OnSite, true)]
    [InlineData(CaseStatus.Resolved, false)]
    [InlineData(CaseStatus.Explained, false)]
    [InlineData(CaseStatus.Closed, false)]
    public void Transferring_offers_it_to_the_departments_people(CaseStatus status, bool may)
    {
        var then = In(status).When(Command(CaseStep.Transferred, Stranger), Permission.Read, Permission.Transfer);
        if (!may)
        {
            then.IsRejected(WrongStatus);
            return;
        }
        var view = then.Is(new CaseTransferred("d", "理由", [Two]));
        Assert.Equal((CaseStatus.Offered, "d", null), (view.Status, view.Department, view.Claimant));
        Assert.Equal([Two], view.OfferedTo.AsEnumerable());
        In(status).When(Command(CaseStep.Transferred, Two), Permission.Read, Permission.Assign).IsRejected(NotPermitted);
    }

    [Theory]
    [InlineData(CaseStatus.Offered, false)]
    [InlineData(CaseStatus.Claimed, false)]
    [InlineData(CaseStatus.OnSite, false)]
    [InlineData(CaseStatus.Resolved, true)]
    [InlineData(CaseStatus.Explained, true)]
    [InlineData(CaseStatus.Closed, false)]
    public void Its_reporter_or_who_may_closes_what_is_done(CaseStatus status, bool may)
    {
        var byReporter = In(status).When(Command(CaseStep.Closed, Reporter));
        var byPost = In(status).When(Command(CaseStep.Closed, Stranger), Permission.Read, Permission.Close);
        if (may)
        {
            Assert.Equal((CaseStatus.Closed, 4), byReporter.Is(new CaseClosed(4, "")) is var view ? (view.Status, view.Rating) : default);
            Assert.Null(byPost.Is(new CaseClosed(null, "")).Rating);
            In(status).When(Command(CaseStep.Closed, One), Permission.Read, Permission.Reopen).IsRejected(NotPermitted);
            return;
        }
        byReporter.IsRejected(WrongStatus);
        byPost.IsRejected(WrongStatus);
    }

    [Theory]
    [InlineData(CaseStatus.Offered, false)]
    [InlineData(CaseStatus.Claimed, false)]
    [InlineData(CaseStatus.OnSite, false)]
    [InlineData(CaseStatus.Resolved, true)]
    [InlineData(CaseStatus.Explained, true)]
    [InlineData(CaseStatus.Closed, true)]
    public void Its_reporter_or_who_may_reopens_what_was_done(CaseStatus status, bool may)
    {
        var byReporter = In(status).When(Command(CaseStep.Reopened, Reporter));
        if (!may)
        {
            byReporter.IsRejected(WrongStatus);
            return;
        }
        var view = byReporter.Is(new CaseReopened("理由"));
        Assert.Equal((CaseStatus.Offered, CaseOutcome.None, null, null, null), (view.Status, view.Outcome, view.Claimant, view.ResolvedAt, view.ClosedAt));
        In(status).When(Command(CaseStep.Reopened, Stranger), Permission.Read, Permission.Reopen).Is(new CaseReopened("理由"));
        In(status).When(Command(CaseStep.Reopened, One), Permission.Read, Permission.Close).IsRejected(NotPermitted);
    }

    [Fact]
    public void Everybody_who_sees_it_comments_at_any_time()
    {
        foreach (var status in Enum.GetValues<CaseStatus>())
        {
            var view = In(status).When(Command(CaseStep.Commented, Stranger), Permission.Read).Is(new CaseCommented("说明"));
            Assert.Equal((status, CaseStep.Commented, Stranger), (view.Status, view.LastStep, view.UpdatedBy));
        }
    }

    [Fact]
    public void Who_insists_on_a_version_gets_that_version_or_nothing()
    {
        Claimed().When(Command(CaseStep.Progressed, One) with { IfVersion = 2 }).Is(new CaseProgressed("进展", []));
        Claimed().When(Command(CaseStep.Progressed, One) with { IfVersion = 1 }).IsRejected(StaleVersion);
        Claimed().When(Command(CaseStep.Claimed, Two) with { IfVersion = 1 }).IsRejected(AlreadyClaimed);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_key_stands_for_one_request_and_no_other(CaseStep step)
    {
        var operation = OperationIds.Of("p/one", "key", "progress"u8);
        var given = Claimed().Happened(One, new CaseProgressed("进展", []), operation);

        given.When(Command(CaseStep.Progressed, One, operation)).IsNothingNew();
        given.When(Command(step, One, OperationIds.Of("p/one", "key", "something else"u8)), Enum.GetValues<Permission>()).IsRejected(KeyReused);
    }

    [Fact]
    public void What_is_offered_to_somebody_is_what_would_be_accepted_from_them()
    {
        foreach (var status in Enum.GetValues<CaseStatus>())
            foreach (var person in new[] { Reporter, One, Two, Stranger })
                foreach (var permissions in Subsets())
                {
                    var (given, set) = (In(status), PermissionSet.Of(permissions));
                    if (!CaseDecider.MaySee(given.State.Case!, person, set)) continue;
                    var allowed = CaseDecider.Allowed(given.State.Case!, person, set);
                    foreach (var step in AllSteps.Where(s => s != CaseStep.Reported))
                    {
                        var decision = CaseDecider.Decide(given.State, Command(step, person), new(set, [Two]));
                        var isNew = decision.Rejection is null && !decision.Events.IsEmpty;
                        // Handing over to who has it is accepted and nothing new: the offer stands for any other person.
                        if (step != CaseStep.HandedOver) Assert.Equal((status, person, step, isNew), (status, person, step, (allowed & (CaseSteps)(1 << (int)step)) != 0));
                    }
                }

        static IEnumerable<Permission[]> Subsets()
        {
            var all = Enum.GetValues<Permission>();
            return Enumerable.Range(0, 1 << all.Length).Select(bits => all.Where((_, i) => (bits & 1 << i) != 0).ToArray());
        }
    }

    public static TheoryData<CaseStep> Steps() => [.. AllSteps];
}
