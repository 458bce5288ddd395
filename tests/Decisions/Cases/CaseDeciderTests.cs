using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>What each step does. <see cref="CaseStepTableTests"/> has who may take it and when.</summary>
public sealed class CaseDeciderTests
{
    static readonly CaseReported ReportedByCommand = new("P2026-000002", "rubbish", Place, null, "标题", "详情", [], false, [Two]);

    [Fact]
    public void Report_offers_the_case_to_its_recipients()
    {
        var view = Nothing().When(Command(CaseStep.Reported, Reporter), Permission.Report).Then(ReportedByCommand);

        Assert.Equal((CaseStatus.Offered, Reporter, 1), (view.Status, view.Reporter, view.Version));
        Assert.Equal([Two], view.OfferedTo.AsEnumerable());
    }

    [Fact]
    public void Report_solved_on_the_spot_is_two_events_of_one_operation()
    {
        var command = (ReportCase)Command(CaseStep.Reported, Reporter) with { Solved = "清了" };
        var given = Nothing();

        var view = given.When(command, Permission.Report).Then(ReportedByCommand, new CaseResolved("清了", []));

        Assert.Equal((CaseStatus.Resolved, CaseOutcome.Resolved, Reporter, 2), (view.Status, view.Outcome, view.Claimant, view.Version));
        Assert.Single(given.State.Operations);
        given.When(command, Permission.Report).ThenNothing();
    }

    [Fact]
    public void Report_without_the_permission_is_rejected() =>
        Nothing().When(Command(CaseStep.Reported, Reporter), Permission.Read, Permission.Assign).ThenRejected(NotYourArea);

    [Fact]
    public void Report_with_the_id_of_another_case_is_rejected() =>
        Offered().When(Command(CaseStep.Reported, Reporter), Permission.Report).ThenRejected(KeyReused);

    [Fact]
    public void Report_repeated_changes_nothing_and_its_key_is_rejected_for_another_report()
    {
        var operation = OperationIds.Of("p/reporter", "key", "a report"u8);
        var given = Nothing().Happened(Reporter, Reported, operation);

        given.When(Command(CaseStep.Reported, Reporter, operation), Permission.Report).ThenNothing();
        given
            .When(Command(CaseStep.Reported, Reporter, OperationIds.Of("p/reporter", "key", "another report"u8)), Permission.Report)
            .ThenRejected(KeyReused);
    }

    [Fact]
    public void Claim_makes_the_recipient_the_claimant()
    {
        var view = Offered().When(Command(CaseStep.Claimed, One)).Then(new CaseClaimed());

        Assert.Equal((CaseStatus.Claimed, One, view.UpdatedAt), (view.Status, view.Claimant, view.ClaimedAt));
    }

    [Fact]
    public void Second_claim_is_rejected_also_for_the_claimant()
    {
        Claimed().When(Command(CaseStep.Claimed, Two)).ThenRejected(AlreadyClaimed);
        Claimed().When(Command(CaseStep.Claimed, One)).ThenRejected(AlreadyClaimed);
    }

    [Fact]
    public void Release_offers_the_case_again_without_a_claimant()
    {
        var view = OnSite().When(Command(CaseStep.Released, One)).Then(new CaseReleased("理由"));

        Assert.Equal((CaseStatus.Offered, null, null), (view.Status, view.Claimant, view.ClaimedAt));
    }

    [Fact]
    public void Handover_makes_the_other_person_the_claimant()
    {
        var view = Claimed().When(Command(CaseStep.HandedOver, One)).Then(new CaseHandedOver(Two, "理由"));

        Assert.Equal((CaseStatus.Claimed, Two, view.UpdatedAt), (view.Status, view.Claimant, view.ClaimedAt));
    }

    [Fact]
    public void Handover_to_the_claimant_changes_nothing() =>
        Claimed().Happened(One, new CaseHandedOver(Two, "")).When(Command(CaseStep.HandedOver, Two)).ThenNothing();

    [Fact]
    public void Handover_to_an_unknown_person_is_rejected() =>
        Claimed()
            .When(Command(CaseStep.HandedOver, One), new DecisionContext(PermissionSet.None, RecipientExists: false))
            .ThenRejected(NotFound);

    [Fact]
    public void Arriving_twice_changes_nothing() => OnSite().When(Command(CaseStep.OnSite, One)).ThenNothing();

    [Fact]
    public void Transfer_offers_the_case_to_the_departments_people()
    {
        var view = Claimed().When(Command(CaseStep.Transferred, One)).Then(new CaseTransferred("d", "理由", [Two]));

        Assert.Equal((CaseStatus.Offered, "d", null), (view.Status, view.Department, view.Claimant));
        Assert.Equal([Two], view.OfferedTo.AsEnumerable());
    }

    [Fact]
    public void Comment_leaves_the_status_as_it_is()
    {
        foreach (var status in Enum.GetValues<CaseStatus>())
        {
            var view = In(status).When(Command(CaseStep.Commented, Stranger), Permission.Read).Then(new CaseCommented("说明"));
            Assert.Equal((status, CaseStep.Commented, Stranger), (view.Status, view.LastStep, view.UpdatedBy));
        }
    }

    [Fact]
    public void Close_keeps_the_rating_of_the_reporter_alone()
    {
        var byReporter = Resolved().When(Command(CaseStep.Closed, Reporter)).Then(new CaseClosed(4, ""));
        var byPost = Resolved().When(Command(CaseStep.Closed, Stranger), Permission.Read, Permission.Close).Then(new CaseClosed(null, ""));

        Assert.Equal((CaseStatus.Closed, 4), (byReporter.Status, byReporter.Rating));
        Assert.Equal((CaseStatus.Closed, null), (byPost.Status, byPost.Rating));
    }

    [Fact]
    public void Reopen_offers_the_case_again_without_its_outcome()
    {
        var view = Closed().When(Command(CaseStep.Reopened, Reporter)).Then(new CaseReopened("理由"));

        Assert.Equal(
            (CaseStatus.Offered, CaseOutcome.None, null, null, null),
            (view.Status, view.Outcome, view.Claimant, view.ResolvedAt, view.ClosedAt)
        );
    }

    [Fact]
    public void Reoffer_to_other_people_changes_who_has_the_case_and_keeps_the_claim()
    {
        var view = Claimed().When(Command(CaseStep.Reoffered, Service), Names(One)).Then(new CaseReoffered([One], null));

        Assert.Equal((CaseStatus.Claimed, One, CaseStep.Reoffered), (view.Status, view.Claimant, view.LastStep));
        Assert.Equal([One], view.OfferedTo.AsEnumerable());
    }

    [Theory]
    [InlineData(CaseStatus.Claimed)]
    [InlineData(CaseStatus.OnSite)]
    public void Reoffer_after_the_claimant_left_ends_the_claim(CaseStatus status)
    {
        var context = Names(Two) with { ClaimStands = false };

        var view = In(status).When(Command(CaseStep.Reoffered, Service), context).Then(new CaseReoffered([Two], One));

        Assert.Equal((CaseStatus.Offered, null, null), (view.Status, view.Claimant, view.ClaimedAt));
        Assert.Equal([Two], view.OfferedTo.AsEnumerable());
    }

    [Theory]
    [InlineData(CaseStatus.Resolved)]
    [InlineData(CaseStatus.Explained)]
    [InlineData(CaseStatus.Closed)]
    public void Reoffer_of_a_settled_case_keeps_who_settled_it(CaseStatus status)
    {
        var context = Names(Two) with { ClaimStands = false };

        var view = In(status).When(Command(CaseStep.Reoffered, Service), context).Then(new CaseReoffered([Two], null));

        Assert.Equal((status, One), (view.Status, view.Claimant));
    }

    [Fact]
    public void Reoffer_to_the_same_people_changes_nothing()
    {
        foreach (var status in Enum.GetValues<CaseStatus>())
            In(status).When(Command(CaseStep.Reoffered, Service), Names(Two, One)).ThenNothing();
    }

    [Fact]
    public void Reoffer_repeated_by_another_look_changes_nothing()
    {
        var given = Claimed();
        given.When(Command(CaseStep.Reoffered, Service), Names(Two) with { ClaimStands = false }).Then(new CaseReoffered([Two], One));

        given.When(Command(CaseStep.Reoffered, Service), Names(Two)).ThenNothing();
    }

    [Fact]
    public void Reoffer_of_a_missing_case_is_rejected() =>
        Nothing().When(Command(CaseStep.Reoffered, Service), Names(One)).ThenRejected(NotFound);

    [Fact]
    public void Release_and_reopen_offer_the_case_to_those_whom_the_pack_names_now()
    {
        var released = Claimed()
            .When(Command(CaseStep.Released, One), Names(Two, Stranger))
            .Then(new CaseReoffered([Two, Stranger], null), new CaseReleased("理由"));
        var reopened = Closed()
            .When(Command(CaseStep.Reopened, Reporter), Names(Stranger))
            .Then(new CaseReoffered([Stranger], null), new CaseReopened("理由"));

        Assert.Equal((CaseStatus.Offered, CaseStep.Released, null), (released.Status, released.LastStep, released.Claimant));
        Assert.Equal([Two, Stranger], released.OfferedTo.AsEnumerable());
        Assert.Equal((CaseStatus.Offered, CaseStep.Reopened), (reopened.Status, reopened.LastStep));
        Assert.Equal([Stranger], reopened.OfferedTo.AsEnumerable());
    }

    [Fact]
    public void Handover_and_transfer_to_people_who_may_not_receive_the_case_are_rejected()
    {
        var context = Names() with { IsEntitled = false };
        var given = Of((Reporter, Confidential), (One, new CaseClaimed()));

        given.When(Command(CaseStep.HandedOver, One), context).ThenRejected(RecipientNotEntitled);
        given.When(Command(CaseStep.Transferred, One), context).ThenRejected(RecipientNotEntitled);
    }

    [Fact]
    public void Case_at_the_step_limit_takes_only_steps_that_bring_it_to_its_end()
    {
        var given = Claimed();
        while (given.State.Version < CaseDecider.MaxSteps)
            given.Happened(One, new CaseProgressed("还在处理", []));

        var allowed = CaseDecider.Allowed(given.State.Case!, One, PermissionSet.None);
        Assert.Equal(CaseSteps.OnSite | CaseSteps.Resolved | CaseSteps.Explained, allowed);
        foreach (
            var step in new[] { CaseStep.Released, CaseStep.HandedOver, CaseStep.Transferred, CaseStep.Progressed, CaseStep.Commented }
        )
            given.When(Command(step, One), Permission.Read).ThenRejected(TooManySteps);
        given.When(Command(CaseStep.OnSite, One)).Then(new CaseReachedOnSite());
        given.When(Command(CaseStep.Resolved, One)).Then(new CaseResolved("好了", []));
        given.When(Command(CaseStep.Reopened, Reporter)).ThenRejected(TooManySteps);
        given.When(Command(CaseStep.Closed, Reporter)).Then(new CaseClosed(4, ""));
        given.When(Command(CaseStep.Reopened, Reporter)).ThenRejected(TooManySteps);
    }

    [Fact]
    public void Any_loop_of_claim_and_release_ends_at_the_step_limit()
    {
        var given = Offered();
        var steps = 0;
        while (Taken(CaseStep.Claimed) && Taken(CaseStep.Released))
            steps++;

        Assert.InRange(steps, CaseDecider.MaxSteps / 2 - 1, CaseDecider.MaxSteps / 2);
        given.When(Command(CaseStep.Resolved, One)).Then(new CaseResolved("好了", []));

        bool Taken(CaseStep step)
        {
            var outcome = given.When(Command(step, One));
            foreach (var e in outcome.Decision.Events)
                given.Happened(One, e, outcome.Command.Operation);
            return outcome.Decision.Rejection is null;
        }
    }

    [Fact]
    public void Claimant_who_filled_the_history_loses_the_case_to_a_post_that_assigns()
    {
        var given = Claimed();
        while (given.State.Version < CaseDecider.MaxSteps)
            given.Happened(One, new CaseProgressed("还在处理", []));

        given.When(Command(CaseStep.HandedOver, Stranger), Permission.Read, Permission.Assign).Then(new CaseHandedOver(Two, "理由"));
        while (given.State.Version < CaseDecider.MaxSteps + CaseDecider.ReservedForAssigners)
            given.Happened(Stranger, new CaseHandedOver(given.State.Case!.Claimant == One ? Two : One, ""));
        given.When(Command(CaseStep.Released, Stranger), Permission.Read, Permission.Assign).ThenRejected(TooManySteps);
    }

    [Fact]
    public void Case_at_the_step_limit_still_follows_a_changed_pack()
    {
        var given = Claimed();
        while (given.State.Version < CaseDecider.MaxSteps)
            given.Happened(One, new CaseProgressed("还在处理", []));

        given.When(Command(CaseStep.Reoffered, Service), Names(Two) with { ClaimStands = false }).Then(new CaseReoffered([Two], One));
        given.When(Command(CaseStep.Claimed, Two)).Then(new CaseClaimed());
    }

    [Theory]
    [MemberData(nameof(StepsAfterReport))]
    public void Step_on_a_missing_case_is_rejected_as_not_found(CaseStep step) =>
        Nothing().When(Command(step, One), Enum.GetValues<Permission>()).ThenRejected(NotFound);

    [Theory]
    [MemberData(nameof(StepsAfterReport))]
    public void Step_by_a_person_who_may_not_see_the_case_is_rejected_as_not_found(CaseStep step)
    {
        foreach (var status in Enum.GetValues<CaseStatus>())
            In(status)
                .When(Command(step, Stranger), Permission.Assign, Permission.Close, Permission.Reopen, Permission.Transfer)
                .ThenRejected(NotFound);
    }

    [Theory]
    [MemberData(nameof(StepsAfterReport))]
    public void Step_on_a_confidential_case_by_an_unconcerned_person_is_rejected_as_not_found(CaseStep step) =>
        Of((Reporter, Confidential)).When(Command(step, Stranger), Enum.GetValues<Permission>()).ThenRejected(NotFound);

    [Theory]
    [MemberData(nameof(StepsAfterReport))]
    public void Step_after_one_that_only_a_later_version_knows_is_rejected_as_newer(CaseStep step)
    {
        var operation = Guid.NewGuid();
        var given = Claimed().Happened(Two, new CaseUnknown("case.suspended/1", CaseStatus.OnSite), operation);

        given.When(Command(step, One), Enum.GetValues<Permission>()).ThenRejected(NewerVersion);
        given.When(Command(CaseStep.Progressed, Two, operation)).ThenNothing();
        if (step != CaseStep.Reoffered)
            given.When(Command(step, Stranger)).ThenRejected(NotFound);
        Assert.Equal(
            (CaseStatus.OnSite, CaseStep.Unknown, 3, One),
            (given.State.Case!.Status, given.State.Case.LastStep, given.State.Version, given.State.Case.Claimant)
        );
    }

    [Fact]
    public void Step_on_the_version_the_caller_saw_is_accepted() =>
        Claimed().When(Command(CaseStep.Progressed, One) with { IfVersion = 2 }).Then(new CaseProgressed("进展", []));

    [Fact]
    public void Step_on_an_older_version_is_rejected() =>
        Claimed().When(Command(CaseStep.Progressed, One) with { IfVersion = 1 }).ThenRejected(StaleVersion);

    [Fact]
    public void Lost_claim_on_an_older_version_is_rejected_as_already_claimed() =>
        Claimed().When(Command(CaseStep.Claimed, Two) with { IfVersion = 1 }).ThenRejected(AlreadyClaimed);

    [Theory]
    [MemberData(nameof(AllOfThem))]
    public void Repeated_operation_changes_nothing_and_its_key_is_rejected_for_another_request(CaseStep step)
    {
        var operation = OperationIds.Of("p/one", "key", "progress"u8);
        var given = Claimed().Happened(One, new CaseProgressed("进展", []), operation);

        given.When(Command(CaseStep.Progressed, One, operation)).ThenNothing();
        given
            .When(Command(step, One, OperationIds.Of("p/one", "key", "something else"u8)), Enum.GetValues<Permission>())
            .ThenRejected(KeyReused);
    }

    [Fact]
    public void Allowed_steps_are_exactly_those_that_would_be_accepted()
    {
        foreach (var status in Enum.GetValues<CaseStatus>())
        foreach (var person in new[] { Reporter, One, Two, Stranger })
        foreach (var permissions in Subsets())
        {
            var state = In(status).State;
            if (!CaseDecider.MaySee(state.Case!, person, permissions))
                continue;
            var context = new DecisionContext(permissions, [Two], Supervision: new("P2026-D000001", null), Main: Main, Link: Other);
            var accepted = AllSteps
                .Where(step => step is not (CaseStep.Reported or CaseStep.Reoffered))
                .Where(step => !CaseDecider.Decide(state, Command(step, person), context).Events.IsEmpty)
                .Aggregate(CaseSteps.None, (steps, step) => steps | (CaseSteps)(1 << (int)step));
            Assert.Equal((status, person, accepted), (status, person, CaseDecider.Allowed(state.Case!, person, permissions)));
        }

        // Each subset of the permissions that are about cases, alone and with all that are about other things.
        static IEnumerable<PermissionSet> Subsets()
        {
            const int AboutCases = 1 << (int)Permission.ReadHouseholds;
            var others = (1 << Enum.GetValues<Permission>().Length) - AboutCases;
            return Enumerable.Range(0, AboutCases).SelectMany(bits => new[] { new PermissionSet(bits), new PermissionSet(bits | others) });
        }
    }

    [Fact]
    public void Who_solved_a_case_does_not_strike_it_off_where_the_category_asks_for_another()
    {
        var byAnother = new DecisionContext(PermissionSet.Of(Permission.Read, Permission.Close), ClosedByAnother: true);

        Resolved().When(Command(CaseStep.Closed, One), byAnother).ThenRejected(NeedsAnother);
        Resolved().When(Command(CaseStep.Closed, Two), byAnother).Then(new CaseClosed(null, ""));
    }

    static DecisionContext Names(params PersonId[] people) => new(PermissionSet.None, [.. people]);

    public static TheoryData<CaseStep> AllOfThem() => [.. AllSteps];

    /// <summary>Those that a person takes; the service alone offers a case anew.</summary>
    public static TheoryData<CaseStep> StepsAfterReport() => [.. AllSteps.Where(s => s is not (CaseStep.Reported or CaseStep.Reoffered))];
}
