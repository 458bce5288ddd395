using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;
using GridActors.Domain.FieldTasks;

namespace GridActors.Decisions.Tests.FieldTasks;

/// <summary>When schedules run, on the official calendar of 2026: 1 to 8 October are off, 10 October (a Saturday) is worked.</summary>
public sealed class TaskScheduleTests
{
    static readonly WorkingTime Time = new(
        WorkSchedule.Default with
        {
            Calendar = new(
                "china",
                [
                    new(
                        2026,
                        [
                            .. Enumerable.Range(1, 8).Select(d => new OfficialDay(new(2026, 10, d), true, "国庆节", "National Day")),
                            new(new(2026, 10, 10), false, "国庆节", "National Day"),
                        ]
                    ),
                ]
            ),
        },
        "Asia/Shanghai"
    );

    static DateTimeOffset At(int month, int day, int hour = 8) => new(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8));

    static TaskScheduleRule Rule(string recurrence, ScheduleDays days, MissedRuns missed = MissedRuns.Latest) =>
        new(recurrence, new(2026, 9, 1), new(8, 0), days, missed, "1wd");

    [Theory]
    [InlineData(ScheduleDays.Every, 6)]
    [InlineData(ScheduleDays.Working, 13)]
    [InlineData(ScheduleDays.NextWorking, 9)]
    public void Tuesday_of_a_holiday_is_kept_left_out_or_moved_as_the_rule_says(ScheduleDays days, int day) =>
        Assert.Equal(At(10, day), ScheduleRuns.NextAfter(Rule("FREQ=WEEKLY;BYDAY=TU", days), Time, At(9, 29)));

    [Fact]
    public void Make_up_day_counts_as_a_working_day() =>
        Assert.Equal(At(10, 10), ScheduleRuns.NextAfter(Rule("FREQ=DAILY", ScheduleDays.Working), Time, At(10, 9)));

    [Fact]
    public void Runs_moved_to_one_day_are_one_run()
    {
        var rule = Rule("FREQ=DAILY", ScheduleDays.NextWorking);
        Assert.Equal(At(10, 9), ScheduleRuns.NextAfter(rule, Time, At(9, 30)));
        Assert.Equal(At(10, 10), ScheduleRuns.NextAfter(rule, Time, At(10, 9)));
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=TU", true)]
    [InlineData("RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15", true)]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231", true)]
    [InlineData("FREQ=HOURLY", false)]
    [InlineData("FREQ=DAILY;BYHOUR=1,2", false)]
    [InlineData("every Tuesday", false)]
    [InlineData("", false)]
    public void Recurrence_is_by_days_or_longer(string text, bool isOne) => Assert.Equal(isOne, ScheduleRuns.IsRecurrence(text));

    [Fact]
    public void Rule_that_never_comes_is_refused_and_one_that_ends_has_no_further_run()
    {
        Assert.Null(ScheduleRuns.NextAfter(Rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ScheduleDays.Every), Time, At(9, 1)));
        Assert.Null(ScheduleRuns.NextAfter(Rule("FREQ=DAILY;COUNT=3", ScheduleDays.Every), Time, At(9, 3)));
        var begin = new BeginSchedule
        {
            By = GivenTask.Leader,
            Area = new("qinghe/C"),
            Definition = GivenTask.Patrol,
            Rule = Rule("FREQ=DAILY;COUNT=3", ScheduleDays.Every),
        };
        Assert.Equal("never-runs", TaskScheduleDecider.Decide(null, begin, true, Time, At(9, 30)).Rejection);
        Assert.Equal("not-permitted", TaskScheduleDecider.Decide(null, begin, false, Time, At(9, 1)).Rejection);
    }

    [Theory]
    [InlineData(MissedRuns.All, new[] { true, true, true })]
    [InlineData(MissedRuns.Latest, new[] { false, false, true })]
    [InlineData(MissedRuns.Skip, new[] { false, false, false })]
    public void Missed_runs_follow_the_rule(MissedRuns missed, bool[] sent)
    {
        var schedule = Begun(Rule("FREQ=DAILY", ScheduleDays.Every, missed), At(9, 1, 0));

        Assert.Equal(sent, Catch(ref schedule, At(9, 3, 10)));
        Assert.Equal((At(9, 4), sent.Count(s => s)), (schedule.View.NextAt, schedule.View.Runs));
        Assert.Equal([true], Catch(ref schedule, At(9, 4)));
    }

    [Fact]
    public void Paused_schedule_runs_nothing_and_goes_on_from_when_it_is_resumed()
    {
        var schedule = Begun(Rule("FREQ=DAILY", ScheduleDays.Every, MissedRuns.All), At(9, 1, 0));
        Step(ref schedule, new PauseSchedule { By = GivenTask.Leader, Reason = "放假" }, At(9, 1, 1));
        Assert.Null(TaskScheduleDecider.Due(schedule.View, Time, At(9, 5)));
        Step(ref schedule, new ResumeSchedule { By = GivenTask.Leader }, At(9, 5, 9));
        Assert.Equal(At(9, 6), schedule.View.NextAt);
        Step(ref schedule, new EndSchedule { By = GivenTask.Leader, Reason = "不再需要" }, At(9, 5, 10));
        Assert.Null(schedule.View.NextAt);
        var resume = new ResumeSchedule { By = GivenTask.Leader, Operation = Guid.NewGuid() };
        Assert.Equal("schedule-ended", TaskScheduleDecider.Decide(schedule, resume, true, Time, At(9, 6)).Rejection);
    }

    static TaskScheduleState Begun(TaskScheduleRule rule, DateTimeOffset now)
    {
        TaskScheduleState? state = null;
        var begin = new BeginSchedule
        {
            By = GivenTask.Leader,
            Area = new("qinghe/C"),
            Definition = GivenTask.Patrol,
            Rule = rule,
        };
        Step(ref state!, begin, now);
        return state!;
    }

    static void Step(ref TaskScheduleState state, TaskScheduleCommand command, DateTimeOffset now)
    {
        var outcome = TaskScheduleDecider.Decide(state, command with { Operation = Guid.NewGuid() }, true, Time, now);
        Assert.Null(outcome.Rejection);
        state = TaskScheduleState.Evolve(state, Guid.NewGuid(), outcome.Event!, now, command.By, Guid.NewGuid());
    }

    static List<bool> Catch(ref TaskScheduleState state, DateTimeOffset now)
    {
        var sent = new List<bool>();
        while (TaskScheduleDecider.Due(state.View, Time, now) is { } due)
        {
            sent.Add(due.IsSent);
            var ran = new ScheduleRan(due.Run, due.IsSent ? Guid.NewGuid() : null, due.NextAt);
            state = TaskScheduleState.Evolve(state, state.View.Id, ran, now, PersonId.Clock("qinghe"), Guid.NewGuid());
        }
        return sent;
    }
}
