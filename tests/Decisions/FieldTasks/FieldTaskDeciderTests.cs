using GridActors.Contracts.FieldTasks;
using GridActors.Domain.FieldTasks;

namespace GridActors.Decisions.Tests.FieldTasks;

/// <summary>The rules of tasks that are sent down.</summary>
public sealed class FieldTaskDeciderTests
{
    static readonly DateTimeOffset Morning = GivenTask.Morning;

    [Fact]
    public void Sending_needs_the_permission_somebody_to_send_it_to_and_a_time_to_come()
    {
        var command = GivenTask.Sending();
        string? Rejected(FieldTaskContext context) => FieldTaskDecider.Decide(null, command, context).Rejection;

        Assert.Equal("not-permitted", Rejected(GivenTask.At(Morning, maySend: false)));
        Assert.Equal("no-targets", Rejected(GivenTask.At(Morning) with { Targets = [] }));
        Assert.Equal("due-passed", Rejected(GivenTask.At(Morning, due: Morning)));
        Assert.Null(Rejected(GivenTask.At(Morning, due: Morning.AddMinutes(1))));
    }

    [Fact]
    public void First_completion_counts_and_its_repeat_changes_nothing()
    {
        var task = GivenTask.Sent();
        var done = GivenTask.Doing(GivenTask.One);
        var context = GivenTask.At(Morning.AddHours(1), GivenTask.One);

        Assert.Null(task.Take(done, context));
        Assert.Null(task.Take(done, context));
        Assert.Equal(2, task.View.Version);
        Assert.Equal("already-done", task.Do(GivenTask.One, Morning.AddHours(2)));
        Assert.Equal(new TaskTally(3, 2, 0, 1, 0, 0, 1), task.View.Tally);
    }

    [Fact]
    public void Completion_needs_every_item_and_the_proof_that_is_asked_for()
    {
        var task = GivenTask.Sent();
        var context = GivenTask.At(Morning.AddHours(1), GivenTask.One);

        Assert.Equal("proof-missing", task.Take(GivenTask.Doing(GivenTask.One) with { Ticked = ["litter", "other"] }, context));
        Assert.Equal("proof-missing", task.Take(GivenTask.Doing(GivenTask.One) with { Photos = [] }, context));
        var counted = GivenTask.Sent(GivenTask.Patrol with { Proof = TaskProof.Count, CountName = "户" });
        Assert.Equal("proof-missing", counted.Take(GivenTask.Doing(GivenTask.One), context));
        Assert.Null(counted.Take(GivenTask.Doing(GivenTask.One) with { Count = 0 }, context));
    }

    [Fact]
    public void Who_has_no_to_do_there_is_refused()
    {
        var task = GivenTask.Sent();
        Assert.Equal("not-your-task", task.Take(GivenTask.Doing(GivenTask.One), GivenTask.At(Morning)));
        Assert.Equal("not-found", task.Take(GivenTask.Doing(new("C-B1-1")), GivenTask.At(Morning)));
    }

    [Fact]
    public void Recall_reaches_what_is_open_and_leaves_what_is_done()
    {
        var task = GivenTask.Sent();
        task.Do(GivenTask.One, Morning.AddHours(1));

        Assert.Null(task.Recall(Morning.AddHours(2)));

        Assert.Equal(TargetStatus.Done, task.State!.Targets[GivenTask.One].Status);
        Assert.Equal(TargetStatus.Recalled, task.State.Targets[GivenTask.Two].Status);
        Assert.Equal("task-recalled", task.Do(GivenTask.Two, Morning.AddHours(3)));
        Assert.Equal("task-recalled", task.Recall(Morning.AddHours(3)));
        Assert.Null(task.Settle(Morning.AddHours(9)));
    }

    [Fact]
    public void Completion_taken_without_a_signal_before_the_recall_stands_beside_it()
    {
        var task = GivenTask.Sent();
        task.Recall(Morning.AddHours(2));

        Assert.Equal("task-recalled", task.Do(GivenTask.Two, Morning.AddHours(5), Morning.AddHours(3)));
        Assert.Null(task.Do(GivenTask.Two, Morning.AddHours(5), Morning.AddHours(1)));

        Assert.Equal((TargetStatus.Recalled, true), (task.State!.Targets[GivenTask.Two].Status, task.State.Targets[GivenTask.Two].IsRead));
        Assert.Equal("task-recalled", task.Do(GivenTask.Two, Morning.AddHours(6), Morning.AddHours(1)));
    }

    [Fact]
    public void Lateness_is_by_the_time_at_which_it_was_done_and_not_by_its_arrival()
    {
        var task = GivenTask.Sent();
        task.Do(GivenTask.One, Morning.AddHours(6), Morning.AddHours(3));
        task.Do(GivenTask.Two, Morning.AddHours(6), Morning.AddHours(5));
        task.Do(GivenTask.Three, Morning.AddHours(6), Morning.AddDays(-1));

        Assert.Equal(
            [false, true, true],
            new[] { GivenTask.One, GivenTask.Two, GivenTask.Three }.Select(t => task.State!.Targets[t].IsLate)
        );
        Assert.Equal(2, task.View.Tally.DoneLate);
    }

    [Fact]
    public void Clock_reminds_once_and_notes_once_that_the_time_is_over()
    {
        var task = GivenTask.Sent();
        Assert.Equal(Morning.AddHours(3), task.View.CallAt);
        Assert.Null(task.Settle(Morning.AddHours(2)));

        Assert.IsType<TaskReminded>(task.Settle(Morning.AddHours(3)));
        Assert.Null(task.Settle(Morning.AddHours(3.5)));
        Assert.IsType<TaskFellDue>(task.Settle(Morning.AddHours(4)));
        Assert.Null(task.Settle(Morning.AddHours(5)));
        Assert.Equal((3, null), (task.View.Tally.Late, task.View.CallAt));
    }

    [Fact]
    public void Whoever_is_late_already_is_not_reminded_that_time_is_short()
    {
        var task = GivenTask.Sent();
        Assert.IsType<TaskFellDue>(task.Settle(Morning.AddHours(7)));
    }

    [Fact]
    public void Change_asks_those_who_have_not_done_it_again_and_keeps_whom_it_was_sent_to()
    {
        var task = GivenTask.Sent();
        task.Do(GivenTask.One, Morning.AddHours(1));
        task.Take(
            new ReadTarget
            {
                Operation = Guid.NewGuid(),
                By = GivenTask.Worker,
                Area = GivenTask.Two.Area,
            },
            GivenTask.At(Morning.AddHours(1), GivenTask.Two)
        );
        task.Settle(Morning.AddHours(4));
        var change = new ChangeTask
        {
            Operation = Guid.NewGuid(),
            By = GivenTask.Leader,
            Definition = GivenTask.Patrol with { Text = "也看排污口", Audience = new([], ["clerk"]) },
        };

        Assert.Equal("due-passed", task.Take(change, GivenTask.At(Morning.AddHours(5), due: Morning.AddHours(4.5))));
        Assert.Null(task.Take(change, GivenTask.At(Morning.AddHours(5), due: Morning.AddHours(8), remind: Morning.AddHours(7))));

        Assert.Equal((2, "worker", null), (task.View.Revision, task.View.Definition.Audience.Posts[0], task.View.FellDueAt));
        Assert.Equal(new TaskTally(3, 2, 0, 1, 0, 0, 1), task.View.Tally);
        Assert.Equal(Morning.AddHours(7), task.View.CallAt);
    }

    [Fact]
    public void Refused_or_done_to_do_is_returned_and_then_done()
    {
        var task = GivenTask.Sent();
        var refuse = new RefuseTarget
        {
            Operation = Guid.NewGuid(),
            By = GivenTask.Worker,
            Area = GivenTask.One.Area,
            Reason = "没有河道",
        };
        var back = new ReturnTarget
        {
            Operation = Guid.NewGuid(),
            By = GivenTask.Leader,
            Area = GivenTask.One.Area,
            Reason = "有一条沟",
        };

        Assert.Equal("not-done", task.Take(back, GivenTask.At(Morning)));
        Assert.Null(task.Take(refuse, GivenTask.At(Morning, GivenTask.One)));
        Assert.Equal(1, task.View.Tally.Refused);
        Assert.Equal("not-permitted", task.Take(back, GivenTask.At(Morning, maySend: false)));
        Assert.Null(task.Take(back, GivenTask.At(Morning.AddHours(1))));
        Assert.Null(task.Do(GivenTask.One, Morning.AddHours(2)));
        Assert.Equal(new TaskTally(3, 2, 0, 1, 0, 0, 1), task.View.Tally);
    }

    [Fact]
    public void Cost_is_what_the_sender_says_or_such_tasks_took_or_what_is_asked()
    {
        Assert.Equal((10, "checklist"), TaskCost.Of(GivenTask.Patrol, null));
        Assert.Equal((10, "checklist"), TaskCost.Of(GivenTask.Patrol, (25, 4)));
        Assert.Equal((25, "similar"), TaskCost.Of(GivenTask.Patrol, (25, 5)));
        Assert.Equal((40, "sender"), TaskCost.Of(GivenTask.Patrol with { Minutes = 40 }, (25, 5)));
    }
}
