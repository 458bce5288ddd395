using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Pauses and extensions: who may ask and decide, what the limits are, and where the clocks stand afterwards.</summary>
public sealed class TimeRequestTests
{
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");
    static readonly PersonId Head = new("p/head");

    static readonly CategoryClocks Clocks = new()
    {
        Respond = ClockTerm.Parse("30m"),
        Solve = ClockTerm.Parse("72h warn 12h"),
        Reply = ClockTerm.Parse("72h"),
        Idle = ClockTerm.Parse("8h"),
        Pause = ClockTerm.Parse("48h"),
        Extension = Term.Parse("5wd"),
    };

    CaseState _state = CaseState.Initial;
    int _steps;

    [Fact]
    public void Claimant_asks_and_those_above_are_told()
    {
        Claimed();

        Happens(2, One, new CasePauseAsked("等待配件", ["proof"], [Head]));

        Assert.Equal((TimeRequestKind.Pause, One), (_state.Case!.Request!.Kind, _state.Case.Request.By));
        Assert.Contains(Head, _state.Case.Concerned());
        Assert.True(CaseAccess.MaySee(_state.Case with { Confidential = true }, Head, reads: false));
    }

    [Theory]
    [InlineData("two", NotClaimant)]
    [InlineData("one", null)]
    public void Pause_is_asked_for_by_the_claimant_alone(string by, string? code)
    {
        Claimed();

        Assert.Equal(code, Decide(3, new AskForPause { By = new("p/" + by), Reason = "理由" }).Rejection);
    }

    [Theory]
    [InlineData("5wd", null)]
    [InlineData("6wd", NotAllowedByCatalogue)]
    [InlineData("24h", NotAllowedByCatalogue)]
    [InlineData("1wd", null)]
    public void Extension_is_no_longer_than_the_catalogue_says(string term, string? code)
    {
        Claimed();

        Assert.Equal(code, Decide(3, Extension(term)).Rejection);
    }

    [Fact]
    public void Page_offers_each_person_what_would_be_accepted()
    {
        Claimed();
        Assert.Equal(CaseSteps.PauseAsked | CaseSteps.ExtensionAsked, Allowed(One));
        Assert.Equal(CaseSteps.None, Allowed(Two));

        Happens(3, One, new CasePauseAsked("理由", ["proof"], [Head]));
        Assert.Equal(CaseSteps.None, Allowed(One));
        Assert.Equal(CaseSteps.Paused | CaseSteps.RequestRefused, Allowed(Head, mayApprove: true));

        Happens(4, Head, new CasePaused(""));
        Assert.Equal(CaseSteps.ExtensionAsked | CaseSteps.Resumed, Allowed(One));

        CaseSteps Allowed(PersonId person, bool mayApprove = false) =>
            CaseDecider.Allowed(_state.Case!, person, PermissionSet.None, _state.Plan, mayApprove) & OfTime;
    }

    const CaseSteps OfTime =
        CaseSteps.PauseAsked
        | CaseSteps.ExtensionAsked
        | CaseSteps.Paused
        | CaseSteps.Extended
        | CaseSteps.RequestRefused
        | CaseSteps.Resumed;

    [Fact]
    public void Nothing_is_asked_for_where_the_catalogue_allows_nothing()
    {
        Claimed(Clocks with { Pause = null, Extension = null });

        Assert.Equal(NotAllowedByCatalogue, Decide(3, new AskForPause { By = One, Reason = "理由" }).Rejection);
        Assert.Equal(NotAllowedByCatalogue, Decide(3, Extension("1wd")).Rejection);
    }

    [Fact]
    public void Nothing_is_asked_for_twice_or_where_nobody_may_approve()
    {
        Claimed();
        Assert.Equal(NoApprover, Decide(3, Extension("1wd"), new(PermissionSet.Of(), Approvers: [])).Rejection);
        Happens(3, One, new CaseExtensionAsked(new(1, TermUnit.WorkingDays), "理由", [Head]));

        Assert.Equal(RequestPending, Decide(4, Extension("1wd")).Rejection);
    }

    [Fact]
    public void Request_is_decided_by_somebody_above_and_never_by_who_asked()
    {
        Claimed();
        Happens(3, One, new CasePauseAsked("理由", ["proof"], [Head]));

        Assert.Equal(NotPermitted, Decide(4, new GrantTime { By = One }, new(PermissionSet.Of(), MayApprove: true)).Rejection);
        Assert.Equal(NotPermitted, Decide(4, new GrantTime { By = Head }, new(PermissionSet.Of())).Rejection);
        Assert.IsType<CasePaused>(Assert.Single(Decide(4, new GrantTime { By = Head }, new(PermissionSet.Of(), MayApprove: true)).Events));
    }

    [Fact]
    public void Refusal_ends_the_request_and_moves_nothing()
    {
        Claimed();
        var before = _state.Case!.Clocks;
        Happens(3, One, new CasePauseAsked("理由", ["proof"], [Head]));

        Happens(4, Head, new CaseRequestRefused("不需要"));

        Assert.Null(_state.Case!.Request);
        Assert.Equal(before, _state.Case.Clocks);
    }

    [Fact]
    public void Pause_stops_what_was_promised_and_the_idle_clock()
    {
        Paused(10);

        Assert.Equal((ClockState.Paused, ClockState.Paused), (Run(ClockName.Solve).State, Run(ClockName.Reply).State));
        Assert.Equal(ClockState.Cancelled, Run(ClockName.Idle).State);
        Assert.Equal((ClockState.Running, Noon.AddHours(58)), (Run(ClockName.Pause).State, Run(ClockName.Pause).DueAt));
        Assert.Null(_state.Case!.DueAt);
        Assert.Null(CaseClockRules.NextMoment(Run(ClockName.Solve)));
    }

    [Fact]
    public void Work_on_a_paused_case_does_not_begin_the_idle_clock()
    {
        Paused(10);

        Happens(11, One, new CaseProgressed("看过了", []));

        Assert.Equal(ClockState.Cancelled, Run(ClockName.Idle).State);
    }

    [Fact]
    public void Clocks_go_on_after_a_pause_with_the_time_that_passed_added()
    {
        Paused(10);
        var before = _state.Case!;

        Happens(30, One, new CaseResumed());

        Assert.Equal((ClockState.Running, Noon.AddHours(92)), (Run(ClockName.Solve).State, Run(ClockName.Solve).DueAt));
        Assert.Equal(Noon.AddHours(80), Run(ClockName.Solve).WarnAt);
        Assert.Equal((ClockState.Running, Noon.AddHours(38)), (Run(ClockName.Idle).State, Run(ClockName.Idle).DueAt));
        Assert.Equal(ClockState.Met, Run(ClockName.Pause).State);
        Assert.Equal(
            [ClockName.Solve, ClockName.Reply, ClockName.Idle],
            CaseClockRules.NewMoments(before, _state.Case!).Select(m => m.Clock).Order()
        );
        Assert.Equal(Noon.AddHours(92), Time.Due(ClockMoves.RunOf(Run(ClockName.Solve), Term.Parse("72h")!.Value)).At);
    }

    [Fact]
    public void Case_goes_on_by_itself_when_the_longest_pause_is_over()
    {
        Paused(10);

        var decision = CaseDecider.Decide(
            _state,
            new FireClock
            {
                Operation = Guid.NewGuid(),
                By = PersonId.Clock("p"),
                Clock = ClockName.Pause,
                Moment = Noon.AddHours(58),
            },
            new(PermissionSet.Of(), At: Noon.AddHours(58))
        );

        Assert.Equal([CaseStep.ClockBreached, CaseStep.Resumed], decision.Events.Select(e => e.Step));
    }

    [Fact]
    public void Catalogue_says_how_often_a_case_is_paused()
    {
        Paused(10);
        Assert.Equal(NotAllowedByCatalogue, Decide(11, new AskForPause { By = One, Reason = "理由" }).Rejection);
        Happens(12, One, new CaseResumed());

        Assert.Equal(NotAllowedByCatalogue, Decide(13, new AskForPause { By = One, Reason = "理由" }).Rejection);
    }

    [Fact]
    public void What_ran_out_stays_so_in_a_pause_and_can_not_be_extended()
    {
        Claimed();
        Happens(73, PersonId.Clock("p"), new CaseClockBreached(ClockName.Solve, Noon.AddHours(72)));
        Happens(73, PersonId.Clock("p"), new CaseClockBreached(ClockName.Reply, Noon.AddHours(72)));

        Assert.Equal(NotAllowedByCatalogue, Decide(74, new AskForPause { By = One, Reason = "理由" }).Rejection);
        Assert.Equal(NotAllowedByCatalogue, Decide(74, Extension("1wd")).Rejection);
    }

    [Fact]
    public void Extension_adds_its_own_term_to_the_due_time()
    {
        Claimed();
        Happens(3, One, new CaseExtensionAsked(new(2, TermUnit.WorkingDays), "理由", [Head]));

        Happens(4, Head, new CaseExtended(new(2, TermUnit.WorkingDays), ""));

        // Due on Wednesday the 25th, 20:00 in Shanghai; two working days later it is the close of Friday.
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 17, 30, 0, TimeSpan.FromHours(8)), Run(ClockName.Solve).DueAt);
        Assert.Equal(Run(ClockName.Solve).DueAt, Run(ClockName.Reply).DueAt);
        Assert.Equal("2wd", Assert.Single(Run(ClockName.Solve).Changes!.Extensions));
        Assert.Equal(NotAllowedByCatalogue, Decide(5, Extension("1wd")).Rejection);
    }

    [Fact]
    public void Extension_that_is_granted_late_takes_the_breach_away()
    {
        Claimed();
        Happens(71, One, new CaseExtensionAsked(new(2, TermUnit.WorkingDays), "理由", [Head]));
        Happens(72, PersonId.Clock("p"), new CaseClockBreached(ClockName.Solve, Noon.AddHours(72)));
        Assert.Equal(Urgency.Overdue, _state.Case!.Urgency);

        Happens(73, Head, new CaseExtended(new(2, TermUnit.WorkingDays), ""));

        Assert.Equal((ClockState.Running, null), (Run(ClockName.Solve).State, Run(ClockName.Solve).BreachedAt));
        Assert.NotEqual(Urgency.Overdue, _state.Case!.Urgency);
    }

    [Fact]
    public void Warning_that_passed_while_a_clock_was_moved_stands()
    {
        Claimed(Clocks with { Solve = ClockTerm.Parse("72h warn 71h"), Reply = null });
        Happens(2, PersonId.Clock("p"), new CaseClockWarned(ClockName.Solve, Noon.AddHours(72)));
        Happens(3, One, new CasePauseAsked("理由", ["proof"], [Head]));
        Happens(4, Head, new CasePaused(""));

        Happens(10, One, new CaseResumed());

        Assert.Equal((ClockState.Warned, Noon.AddHours(78)), (Run(ClockName.Solve).State, Run(ClockName.Solve).DueAt));
    }

    [Theory]
    [InlineData(CaseStep.Released)]
    [InlineData(CaseStep.Transferred)]
    public void Pause_ends_when_nobody_works_on_the_case_any_more(CaseStep step)
    {
        Paused(10);
        CaseCommand command =
            step == CaseStep.Released
                ? new ReleaseCase { By = One, Reason = "理由" }
                : new TransferCase
                {
                    By = One,
                    Department = "d",
                    Reason = "理由",
                };

        var decision = Decide(12, command, new(PermissionSet.Of(), Recipients: [One, Two]));

        Assert.Equal([CaseStep.Resumed, step], decision.Events.Select(e => e.Step));
    }

    [Fact]
    public void Resolving_a_paused_case_meets_its_clocks()
    {
        Paused(10);

        Happens(12, One, new CaseResolved("好了", []));

        Assert.Equal((ClockState.Met, ClockState.Cancelled), (Run(ClockName.Solve).State, Run(ClockName.Pause).State));
    }

    [Fact]
    public void Request_ends_when_the_claim_changes_hands()
    {
        Claimed();
        Happens(3, One, new CasePauseAsked("理由", ["proof"], [Head]));

        Happens(4, One, new CaseHandedOver(Two, "理由"));

        Assert.Null(_state.Case!.Request);
        Assert.DoesNotContain(Head, _state.Case.Concerned());
    }

    [Fact]
    public void Changed_calendar_moves_clocks_that_count_working_time()
    {
        Claimed(Clocks with { Solve = ClockTerm.Parse("3wd warn 1wd"), Reply = ClockTerm.Parse("8wh") });
        var flooded = new WorkingTime(
            WorkSchedule.Default with
            {
                Closures = [new(new(2026, 11, 24), new(2026, 11, 25), "洪水", "Flood")],
            },
            "Asia/Shanghai"
        );
        Assert.False(ClockMoves.IsOutdated(_state.Case!, Time));
        Assert.True(ClockMoves.IsOutdated(_state.Case!, flooded));
        var before = Run(ClockName.Solve);

        Happens(3, Service, new CaseReplanned(), flooded);

        Assert.Equal(before.DueAt.AddDays(2), Run(ClockName.Solve).DueAt);
        Assert.Equal((ClockState.Running, null), (Run(ClockName.Solve).State, Run(ClockName.Solve).Changes));
        Assert.False(ClockMoves.IsOutdated(_state.Case!, flooded));
    }

    [Fact]
    public void Changed_calendar_moves_no_hours_that_run_on()
    {
        Claimed();
        var closed = new WorkingTime(
            WorkSchedule.Default with
            {
                Closures = [new(new(2026, 11, 22), new(2026, 12, 31), "洪水", "Flood")],
            },
            "Asia/Shanghai"
        );

        Assert.False(ClockMoves.IsOutdated(_state.Case!, closed));
    }

    void Claimed(CategoryClocks? clocks = null)
    {
        Happens(0, Reporter, Reported with { Plan = new("0f3c", clocks ?? Clocks) });
        Happens(1, One, new CaseClaimed());
    }

    void Paused(double hour)
    {
        Claimed();
        Happens(hour - 1, One, new CasePauseAsked("等待配件", ["proof"], [Head]));
        Happens(hour, Head, new CasePaused("同意"));
    }

    static AskForExtension Extension(string term) =>
        new()
        {
            By = One,
            Term = term,
            Reason = "理由",
        };

    CaseClock Run(ClockName name) => CaseClockRules.Current(_state.Case!.Clocks, name)!;

    Decision Decide(double hour, CaseCommand command, DecisionContext? context = null) =>
        CaseDecider.Decide(
            _state,
            command with
            {
                Operation = Guid.NewGuid(),
            },
            (context ?? new(PermissionSet.Of(), Approvers: [Head])) with
            {
                At = Noon.AddHours(hour),
            }
        );

    void Happens(double hour, PersonId by, CaseEvent e, WorkingTime? time = null)
    {
        var at = Noon.AddHours(hour);
        var planned = CaseClockRules.Plan(_state, e, time ?? Time, at);
        _state = CaseState.Evolve(_state, planned, new(Guid.Empty, at, by, new(++_steps, 0, 0, new byte[8])));
    }
}
