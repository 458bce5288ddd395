using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>What starts, meets and ends the clocks of a case, and what follows when their moments come.</summary>
public sealed class CaseClockTests
{
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");
    static readonly PersonId Clock = PersonId.Clock("p");

    static readonly CategoryClocks Clocks = new()
    {
        Respond = ClockTerm.Parse("30m"),
        OnSite = ClockTerm.Parse("24h"),
        Solve = ClockTerm.Parse("72h warn 12h"),
        Reply = ClockTerm.Parse("72h"),
        Idle = ClockTerm.Parse("8h"),
        Close = ClockTerm.Parse("48h"),
    };

    CaseState _state = CaseState.Initial;
    int _steps;

    [Fact]
    public void Report_starts_the_promises_at_registration()
    {
        Happens(0, Reporter, Reported(Clocks));

        Assert.Equal(
            [("Respond", 0.5), ("OnSite", 24), ("Solve", 72), ("Reply", 72)],
            _state.Case!.Clocks.Select(c => (c.Name.ToString(), (c.DueAt - Noon).TotalHours))
        );
        Assert.Equal(Noon.AddHours(60), Run(ClockName.Solve).WarnAt);
        Assert.Equal(Noon.AddHours(0.5), _state.Case.DueAt);
    }

    [Fact]
    public void Category_without_clocks_has_none()
    {
        Happens(0, Reporter, Reported(CategoryClocks.None));
        Happens(1, One, new CaseClaimed());

        Assert.Empty(_state.Case!.Clocks);
        Assert.Equal((null, Urgency.None), (_state.Case.DueAt, _state.Case.Urgency));
    }

    [Fact]
    public void Claim_meets_the_response_and_starts_the_idle_clock()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(0.25, One, new CaseClaimed());

        Assert.Equal((ClockState.Met, Noon.AddHours(0.25)), (Run(ClockName.Respond).State, Run(ClockName.Respond).EndedAt));
        Assert.Equal((ClockState.Running, Noon.AddHours(8.25)), (Run(ClockName.Idle).State, Run(ClockName.Idle).DueAt));
        Assert.Equal(Noon.AddHours(24), _state.Case!.DueAt);
    }

    [Theory]
    [InlineData(CaseStep.Commented)]
    [InlineData(CaseStep.HandedOver)]
    [InlineData(CaseStep.Progressed)]
    [InlineData(CaseStep.Transferred)]
    public void What_was_promised_is_moved_by_no_edit_handover_or_transfer(CaseStep step)
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(1, One, new CaseClaimed());
        var solve = Run(ClockName.Solve);

        Happens(
            5,
            One,
            step switch
            {
                CaseStep.Commented => new CaseCommented("说明"),
                CaseStep.HandedOver => new CaseHandedOver(Two, "理由"),
                CaseStep.Progressed => new CaseProgressed("进展", []),
                _ => new CaseTransferred("d", "理由", [Two]),
            }
        );

        Assert.Equal(solve, Run(ClockName.Solve));
    }

    [Fact]
    public void Transfer_starts_the_promises_again_where_the_category_says_so()
    {
        Happens(0, Reporter, Reported(Clocks with { RestartOnTransfer = true }));
        Happens(5, One, new CaseTransferred("d", "理由", [Two]));

        Assert.Equal(Noon.AddHours(77), Run(ClockName.Solve).DueAt);
        Assert.Equal([ClockState.Cancelled, ClockState.Running], Runs(ClockName.Solve).Select(c => c.State));
    }

    [Fact]
    public void Transfer_of_an_unclaimed_case_moves_no_response()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(0.25, One, new CaseTransferred("d", "理由", [Two]));

        Assert.Equal(Noon.AddHours(0.5), Assert.Single(Runs(ClockName.Respond)).DueAt);
    }

    [Fact]
    public void Release_waits_for_a_response_again_and_moves_nothing_else()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(0.25, One, new CaseClaimed());
        Happens(2, One, new CaseReleased("理由"));

        Assert.Equal([ClockState.Met, ClockState.Running], Runs(ClockName.Respond).Select(c => c.State));
        Assert.Equal(ClockState.Cancelled, Run(ClockName.Idle).State);
        Assert.Equal(Noon.AddHours(72), Run(ClockName.Solve).DueAt);
    }

    [Fact]
    public void Explanation_meets_the_reply_and_cancels_the_solution()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(1, One, new CaseClaimed());
        Happens(2, One, new CaseExplained("不属实"));

        Assert.Equal((ClockState.Met, ClockState.Cancelled), (Run(ClockName.Reply).State, Run(ClockName.Solve).State));
        Assert.Equal((ClockState.Running, Noon.AddHours(50)), (Run(ClockName.Close).State, Run(ClockName.Close).DueAt));
        Assert.Null(_state.Case!.DueAt);
    }

    [Fact]
    public void Closing_ends_every_clock()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(1, One, new CaseClaimed());
        Happens(2, One, new CaseResolved("好了", []));
        Happens(3, Reporter, new CaseClosed(5, ""));

        Assert.DoesNotContain(_state.Case!.Clocks, c => c.IsOpen);
        Assert.Equal(Urgency.None, _state.Case.Urgency);
    }

    [Fact]
    public void Reopening_starts_new_clocks_and_keeps_the_old_ones()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(1, One, new CaseClaimed());
        Happens(2, One, new CaseResolved("好了", []));
        Happens(100, Reporter, new CaseReopened("又坏了"));

        Assert.Equal([ClockState.Met, ClockState.Running], Runs(ClockName.Solve).Select(c => c.State));
        Assert.Equal(Noon.AddHours(172), Run(ClockName.Solve).DueAt);
        Assert.Equal(ClockState.Cancelled, Run(ClockName.Close).State);
    }

    [Fact]
    public void Idle_clock_keeps_its_last_run_only()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(1, One, new CaseClaimed());
        for (var hour = 2; hour < 60; hour++)
            Happens(hour, One, new CaseProgressed("进展", []));

        Assert.Equal(Noon.AddHours(67), Assert.Single(Runs(ClockName.Idle)).DueAt);
    }

    [Fact]
    public void Runs_of_a_case_that_goes_back_and_forth_stay_bounded()
    {
        Happens(0, Reporter, Reported(Clocks));
        for (var i = 1; i < 400; i += 2)
        {
            Happens(i, One, new CaseClaimed());
            Happens(i + 1, One, new CaseReleased("理由"));
        }

        Assert.InRange(_state.Case!.Clocks.Length, 1, 40);
        Assert.Equal(Noon.AddHours(72), Run(ClockName.Solve).DueAt);
    }

    [Fact]
    public void Moment_of_a_warning_is_recorded_and_makes_the_case_due_soon()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(0.1, One, new CaseClaimed());
        Happens(1, One, new CaseReachedOnSite());

        Fires(60, ClockName.Solve, 60, new CaseClockWarned(ClockName.Solve, Noon.AddHours(72)));

        Assert.Equal((ClockState.Warned, Urgency.DueSoon), (Run(ClockName.Solve).State, _state.Case!.Urgency));
        Assert.Equal(Noon.AddHours(72), CaseClockRules.NextMoment(_state.Case.Clocks, ClockName.Solve, Noon.AddHours(60)));
    }

    [Fact]
    public void Due_time_makes_the_case_overdue_until_it_is_met()
    {
        Happens(0, Reporter, Reported(Clocks));

        Fires(0.5, ClockName.Respond, 0.5, new CaseClockBreached(ClockName.Respond, Noon.AddHours(0.5)));
        Assert.Equal(Urgency.Overdue, _state.Case!.Urgency);

        Happens(1, One, new CaseClaimed());
        Assert.Equal((ClockState.Met, Noon.AddHours(0.5)), (Run(ClockName.Respond).State, Run(ClockName.Respond).BreachedAt));
        Assert.Equal(Urgency.None, _state.Case.Urgency);
    }

    [Fact]
    public void Warning_that_comes_after_the_due_time_is_recorded_with_it()
    {
        Happens(0, Reporter, Reported(Clocks));

        Fires(
            80,
            ClockName.Solve,
            60,
            new CaseClockWarned(ClockName.Solve, Noon.AddHours(72)),
            new CaseClockBreached(ClockName.Solve, Noon.AddHours(72))
        );
    }

    [Fact]
    public void Moment_that_came_already_changes_nothing_the_second_time()
    {
        Happens(0, Reporter, Reported(Clocks));
        Fires(0.5, ClockName.Respond, 0.5, new CaseClockBreached(ClockName.Respond, Noon.AddHours(0.5)));

        Fires(0.6, ClockName.Respond, 0.5);
    }

    [Fact]
    public void Moment_of_a_run_that_is_over_changes_nothing()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(0.1, One, new CaseClaimed());

        Fires(0.5, ClockName.Respond, 0.5);
        Happens(4, One, new CaseProgressed("进展", []));
        Fires(8.1, ClockName.Idle, 8.1);
    }

    [Fact]
    public void Claim_on_which_nothing_happens_lapses_and_the_case_is_offered_again()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(1, One, new CaseClaimed());

        Fires(9, ClockName.Idle, 9, new CaseClockBreached(ClockName.Idle, Noon.AddHours(9)), new CaseLapsed(One, [One, Two]));

        Assert.Equal((CaseStatus.Offered, null), (_state.Case!.Status, _state.Case.Claimant));
        Assert.Equal((ClockState.Running, Noon.AddHours(9.5)), (Run(ClockName.Respond).State, Run(ClockName.Respond).DueAt));
        Assert.Equal(ClockState.Cancelled, Run(ClockName.Idle).State);
    }

    [Fact]
    public void Settled_case_that_nobody_strikes_off_is_closed()
    {
        Happens(0, Reporter, Reported(Clocks));
        Happens(1, One, new CaseClaimed());
        Happens(2, One, new CaseResolved("好了", []));

        Fires(50, ClockName.Close, 50, new CaseClockBreached(ClockName.Close, Noon.AddHours(50)), new CaseClosed(null, ""));

        Assert.Equal((CaseStatus.Closed, null), (_state.Case!.Status, _state.Case.Rating));
    }

    [Fact]
    public void First_moments_of_started_runs_are_what_a_case_waits_for()
    {
        Happens(0, Reporter, Reported(Clocks));

        Assert.Equal(
            [
                new(ClockName.Respond, Noon.AddHours(0.5)),
                new(ClockName.OnSite, Noon.AddHours(24)),
                new(ClockName.Solve, Noon.AddHours(60)),
                new ClockMoment(ClockName.Reply, Noon.AddHours(72)),
            ],
            CaseClockRules.NewMoments(null, _state.Case!).AsEnumerable()
        );
        var before = _state.Case!;
        Happens(1, One, new CaseClaimed());
        Assert.Equal([new ClockMoment(ClockName.Idle, Noon.AddHours(9))], CaseClockRules.NewMoments(before, _state.Case!).AsEnumerable());
        before = _state.Case!;
        Happens(2, Two, new CaseCommented("说明"));
        Assert.Empty(CaseClockRules.NewMoments(before, _state.Case!));
    }

    static CaseReported Reported(CategoryClocks clocks) => GivenCase.Reported with { Plan = new("0f3c", clocks) };

    CaseClock Run(ClockName name) => CaseClockRules.Current(_state.Case!.Clocks, name)!;

    IEnumerable<CaseClock> Runs(ClockName name) => _state.Case!.Clocks.Where(c => c.Name == name);

    void Happens(double hour, PersonId by, CaseEvent e)
    {
        var at = Noon.AddHours(hour);
        var planned = CaseClockRules.Plan(_state, e, Time, at);
        _state = CaseState.Evolve(_state, planned, new(Guid.Empty, at, by, new(++_steps, 0, 0, new byte[8])));
    }

    void Fires(double now, ClockName clock, double moment, params CaseEvent[] expected)
    {
        var command = new FireClock
        {
            Operation = Guid.NewGuid(),
            By = Clock,
            Clock = clock,
            Moment = Noon.AddHours(moment),
        };
        var decision = CaseDecider.Decide(_state, command, new(PermissionSet.Of(), At: Noon.AddHours(now)));

        Assert.Null(decision.Rejection);
        Assert.Equal(expected.Select(CaseEventJson.Write), decision.Events.Select(CaseEventJson.Write));
        foreach (var e in decision.Events)
            Happens(now, Clock, e);
    }
}
