using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>The due times of tasks, and what a changed calendar does to them.</summary>
public sealed class TaskTests
{
    static readonly WorkingTime Time = new(WorkSchedule.Default, "Asia/Shanghai");

    /// <summary>The offices are closed on the Monday and the Tuesday after <see cref="Noon"/>.</summary>
    static readonly WorkingTime Flooded = new(
        WorkSchedule.Default with
        {
            Closures = [new(new(2026, 11, 23), new(2026, 11, 24), "防汛", "")],
        },
        "Asia/Shanghai"
    );

    [Fact]
    public void Closure_moves_an_open_task_and_calls_the_case_at_its_new_time()
    {
        var given = Tasked("1wd");
        var before = given.State.Case!;
        Assert.False(ClockMoves.IsOutdated(before, Time));
        Assert.True(ClockMoves.IsOutdated(before, Flooded));

        var replanned = Assert.IsType<CaseReplanned>(CaseClockRules.Plan(given.State, new CaseReplanned(), Flooded, Noon.AddHours(1)));
        var after = given.Happened(Service, replanned).State.Case!;

        Assert.Equal(before.Tasks[0].Assigned.DueAt.AddDays(2), after.Tasks[0].Assigned.DueAt);
        Assert.False(ClockMoves.IsOutdated(after, Flooded));
        Assert.Equal(
            [new ClockMoment(ClockName.Task, after.Tasks[0].Assigned.DueAt)],
            TaskDecider.WithMoments([], before, after).AsEnumerable()
        );
        Assert.Empty(TaskDecider.WithMoments([], after, after with { UpdatedAt = Noon }));
    }

    [Fact]
    public void Task_that_is_finished_or_counts_hours_stays_where_it_was()
    {
        Assert.False(ClockMoves.IsOutdated(Tasked("24h").State.Case!, Flooded));
        Assert.False(ClockMoves.IsOutdated(Tasked("1wd").Happened(One, new CaseTaskFinished(1, true, "")).State.Case!, Flooded));
    }

    [Fact]
    public void Task_whose_new_time_is_still_to_come_is_not_late_any_more()
    {
        var given = Tasked("1wd");
        var due = given.State.Case!.Tasks[0].Assigned.DueAt;
        given.Happened(Service, new CaseClockBreached(ClockName.Task, due));
        Assert.NotNull(given.State.Case!.Tasks[0].BreachedAt);

        var after = given.Happened(Service, CaseClockRules.Plan(given.State, new CaseReplanned(), Flooded, Noon)).State.Case!;

        Assert.Null(after.Tasks[0].BreachedAt);
    }

    [Fact]
    public void Task_that_was_decided_a_moment_before_the_case_heard_of_it_is_not_moved_by_the_same_calendar()
    {
        var given = Claimed();
        var (decided, heard) = (Noon.AddMinutes(2), Noon.AddMinutes(3));
        var due = Time.Due(decided, Term.Parse("48h")!.Value);
        var task = new AssignedTask("清运", null, [One], "48h", due.At.ToUniversalTime(), due.Provisional);
        CaseEvent[] decisions =
        [
            new CaseMeetingDecided("P2026-M000001", new("p/A"), "清运", true, [task]),
            new CaseConsultationDecided(Guid.Empty, "P2026-H000001", "清运", [task]),
        ];

        foreach (var decision in decisions)
        {
            var planned = CaseClockRules.Plan(given.State, decision, Time, heard);
            var after = CaseState.Evolve(given.State, planned, new(given.State.Case!.Id, heard, Two, Guid.Empty)).Case!;

            Assert.Equal(task.DueAt.AddMinutes(1), after.Tasks[0].Assigned.DueAt);
            Assert.False(ClockMoves.IsOutdated(after, Time));
        }
    }

    static GivenCase Tasked(string term)
    {
        var parsed = Term.Parse(term)!.Value;
        // The meeting is the third event, and so three minutes after noon.
        var due = Time.Due(Noon.AddMinutes(3), parsed);
        var task = new AssignedTask("清运", null, [One], term, due.At.ToUniversalTime(), due.Provisional);
        return Claimed().Happened(Two, new CaseMeetingDecided("P2026-M000001", new("p/A"), "清运", true, [task]));
    }
}
