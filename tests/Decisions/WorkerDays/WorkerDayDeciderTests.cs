using GridActors.Contracts.WorkerDays;
using GridActors.Domain;
using GridActors.Domain.WorkerDays;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>What may be said about a worker's day.</summary>
public sealed class WorkerDayDeciderTests
{
    static WorkerDayOutcome Decide(WorkerDayState state, WorkerDayCommand command, FlaggedRecord? record = null) =>
        WorkerDayDecider.Decide(state, command, record, FieldThresholds.Default);

    [Fact]
    public void Cleared_flag_gives_the_record_its_grade_again()
    {
        var e = (FlagCleared)Decide(Given.Day(), Given.Clear(), Given.Record(true, FlagKind.OutsideArea)).Event!;

        Assert.Equal((EvidenceGrade.A, "在社区开会"), (e.Grade, e.Reason));
        Assert.Equal([GradeReason.PositionPrecise], e.Reasons.AsEnumerable());
    }

    [Fact]
    public void Record_with_another_flag_stays_doubted()
    {
        var e = (FlagCleared)Decide(Given.Day(), Given.Clear(), Given.Record(true, FlagKind.OutsideArea, FlagKind.Mocked)).Event!;

        Assert.Equal(EvidenceGrade.C, e.Grade);
        Assert.Contains((GradeReason)103, e.Reasons);
    }

    [Fact]
    public void Nobody_clears_a_doubt_about_themselves()
    {
        Assert.Equal("own-flag", Decide(Given.Day(), Given.Clear(Given.Worker), Given.Record(true, FlagKind.OutsideArea)).Rejection);
    }

    [Fact]
    public void Who_does_not_oversee_the_area_learns_nothing_of_the_record()
    {
        Assert.Equal("not-found", Decide(Given.Day(), Given.Clear(), Given.Record(false, FlagKind.OutsideArea)).Rejection);
        Assert.Equal("not-found", Decide(Given.Day(), Given.Clear()).Rejection);
    }

    [Fact]
    public void Flag_that_is_not_there_or_was_cleared_is_refused()
    {
        Assert.Equal("no-flag", Decide(Given.Day(), Given.Clear(), Given.Record(true, FlagKind.Mocked)).Rejection);
    }

    [Fact]
    public void Repeat_of_a_command_changes_nothing()
    {
        var command = Given.Clear();
        var e = Decide(Given.Day(), command, Given.Record(true, FlagKind.OutsideArea)).Event!;
        var state = Given.Day().After(e, Given.Head, command.Operation);

        Assert.Equal(new(null, null), Decide(state, command, Given.Record(true)));
        Assert.Equal(Given.Head, Assert.Single(state.View.Cleared).By);
    }

    [Fact]
    public void Words_are_the_workers_own()
    {
        var diary = new WriteDiary
        {
            By = Given.Worker,
            Operation = Guid.NewGuid(),
            Text = "走访两户",
        };

        Assert.Equal("走访两户", ((DiaryWritten)Decide(Given.Day(), diary).Event!).Words.Clear);
        Assert.Equal("not-found", Decide(Given.Day(), diary with { By = Given.Head }).Rejection);
    }

    [Fact]
    public void Later_words_replace_earlier_ones()
    {
        var state = Given.Day().After(new DiaryWritten(SealedWords.Of("上午"))).After(new DiaryWritten(SealedWords.Of("全天")));

        Assert.Equal("全天", state.View.Diary!.Text);
        Assert.Equal(2, state.View.Version);
    }

    [Fact]
    public void Day_is_closed_once_and_corrected_by_what_comes_late()
    {
        var closed = (DayClosed)WorkerDayDecider.Settle(Given.Day(), new(4, 2, 1, 1, 0))!;
        var state = Given.Day().After(closed);

        Assert.Equal(new DayClosed(4, 2, 1, 1), closed);
        Assert.Null(WorkerDayDecider.Settle(state, new(4, 2, 1, 1, 0)));
        var corrected = (DayCorrected)WorkerDayDecider.Settle(state, new(6, 3, 2, 1, 2))!;
        Assert.Equal(new DayCorrected(6, 2), corrected);
        Assert.Null(WorkerDayDecider.Settle(state.After(corrected), new(6, 3, 2, 1, 2)));
    }
}
