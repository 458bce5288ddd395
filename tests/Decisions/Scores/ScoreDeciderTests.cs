using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Scores;

namespace GridActors.Decisions.Tests.Scores;

/// <summary>How a month is closed and corrected, and who decides about a doubt.</summary>
public sealed class ScoreDeciderTests
{
    static readonly PersonId Worker = new("qinghe/worker-1");
    static readonly PersonId Clerk = new("qinghe/clerk-a1");
    static readonly PersonId Leader = new("qinghe/leader-a");
    static readonly AreaId Village = new("qinghe/C-A1");
    static readonly AreaId Town = new("qinghe/C-A");
    static readonly DateTimeOffset Noon = new(2026, 12, 5, 12, 0, 0, TimeSpan.FromHours(8));

    ScoreState _state = ScoreState.Begin(Worker, new(2026, 11));
    DateTimeOffset _now = Noon;

    [Fact]
    public void Month_is_closed_once_and_the_same_score_again_changes_nothing()
    {
        Settle(Scored(12));

        Assert.Null(ScoreDecider.Settle(_state, Scored(12)));
        Assert.Equal((Noon, 1), (_state.View.ClosedAt, _state.View.Version));
        Assert.Equal((12m, 30m, 40m), ScoreTotals.Of(_state.View.Settled!, _state.View.Adjusted));
    }

    [Fact]
    public void What_comes_late_is_a_correction_that_says_what_changed()
    {
        Settle(Scored(12));
        Settle(Scored(14));

        var correction = Assert.Single(_state.View.Corrections);
        Assert.Equal(new ChangedLine("visits", 12, 14), Assert.Single(correction.Changes));
        Assert.Equal(14, ScoreTotals.Of(_state.View.Settled!, _state.View.Adjusted).Points);
    }

    [Fact]
    public void Correction_keeps_what_had_to_be_visited_and_the_rules_of_the_closing()
    {
        var pin = new MustVisitPin(Guid.NewGuid(), Noon, null);
        Settle(Scored(12) with { MustVisit = [pin] });
        Settle(Scored(14) with { RulesVersion = 9 });

        Assert.Equal(1, _state.View.Settled!.RulesVersion);
        Assert.Equal(pin, Assert.Single(_state.View.Settled.MustVisit));
    }

    [Fact]
    public void Granted_appeal_changes_its_line_and_stays_when_the_line_is_corrected()
    {
        Settle(Scored(12));
        var id = Appealed();
        Assert.Null(When(Decide(id, AppealStatus.Granted, 15), Clerk, Village));

        Assert.Equal((AppealStatus.Granted, 15m), (_state.Appeal(id)!.Status, Points()));
        Settle(Scored(13));
        Assert.Equal(16, Points());
        Settle(Scored(20));
        Assert.Equal(20, Points());
    }

    [Fact]
    public void Refused_appeal_is_raised_once_to_somebody_else_above()
    {
        Settle(Scored(12));
        var id = Appealed();
        Assert.Equal(CaseRejections.WrongStatus, When(Raise(id), Worker));
        Assert.Null(When(Decide(id, AppealStatus.Refused, 0), Clerk, Village));
        Assert.Equal(12, Points());
        Assert.Null(When(Raise(id), Worker));
        Assert.Equal((2, AppealStatus.Open), (_state.Appeal(id)!.Instance, _state.Appeal(id)!.Status));

        Assert.Equal(ScoreRejections.NotYourAppeal, When(Decide(id, AppealStatus.Granted, 20), Clerk, Town));
        Assert.Equal(ScoreRejections.NotYourAppeal, When(Decide(id, AppealStatus.Granted, 20), Leader, Village));
        Assert.Null(When(Decide(id, AppealStatus.PartlyGranted, 18), Leader, Town));

        Assert.Equal(18, Points());
        Assert.Equal([1, 2], _state.Appeal(id)!.Decisions.Select(d => d.Instance));
        Assert.Equal(ScoreRejections.AppealDecided, When(Raise(id), Worker));
    }

    [Fact]
    public void Appeal_that_nobody_decides_in_time_is_raised_too()
    {
        Settle(Scored(12));
        var id = Appealed();
        _now = _now.AddDays(6);

        Assert.Null(When(Raise(id), Worker));
        // There was no first decision, so that anybody who oversees the worker decides.
        Assert.Null(When(Decide(id, AppealStatus.Granted, 13), Clerk, Village));
    }

    [Fact]
    public void Nobody_decides_about_themselves_and_strangers_see_nothing()
    {
        Settle(Scored(12));
        var id = Appealed();

        Assert.Equal(ScoreRejections.NotYourAppeal, When(Decide(id, AppealStatus.Granted, 20), Worker, Village));
        Assert.Equal(CaseRejections.NotFound, When(Decide(id, AppealStatus.Granted, 20), Clerk));
        Assert.Equal(CaseRejections.NotFound, When(Appeal("visits"), Clerk, Village));
        Assert.Equal(CaseRejections.NotFound, When(Raise(id), Clerk, Village));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(11)]
    [InlineData(21)]
    public void Granted_appeal_gives_more_and_no_more_than_there_is(int points)
    {
        Settle(Scored(12));

        Assert.Equal(ScoreRejections.WrongPoints, When(Decide(Appealed(), AppealStatus.Granted, points), Clerk, Village));
    }

    [Fact]
    public void Points_that_were_taken_away_are_given_back_at_most()
    {
        Settle(Scored(12, lost: -4));
        var id = Appealed("returns");

        Assert.Equal(ScoreRejections.WrongPoints, When(Decide(id, AppealStatus.Granted, 1), Clerk, Village));
        Assert.Null(When(Decide(id, AppealStatus.Granted, 0), Clerk, Village));
        Assert.Equal(12, ScoreTotals.Of(_state.View.Settled!, _state.View.Adjusted).Points);
    }

    [Fact]
    public void Line_is_appealed_against_once_in_time_and_again_after_a_correction()
    {
        Assert.Equal(ScoreRejections.NotClosed, When(Appeal("visits"), Worker));
        Settle(Scored(12));
        Assert.Equal(CaseRejections.NotFound, When(Appeal("mileage"), Worker));
        Assert.Equal(ScoreRejections.WrongPoints, When(Appeal("tasks"), Worker));
        When(Decide(Appealed(), AppealStatus.Refused, 0), Clerk, Village);
        Assert.Equal(ScoreRejections.AlreadyAppealed, When(Appeal("visits"), Worker));
        _now = _now.AddDays(15);
        Assert.Equal(ScoreRejections.AppealOver, When(Appeal("returns"), Worker));

        Settle(Scored(11));

        Assert.Null(When(Appeal("visits"), Worker));
    }

    [Fact]
    public void Same_operation_again_changes_nothing()
    {
        Settle(Scored(12));
        var command = Appeal("visits");

        Assert.Null(When(command, Worker));
        Assert.Null(When(command, Worker));
        Assert.Single(_state.View.Appeals);
    }

    [Fact]
    public void Step_of_a_later_version_stops_this_one()
    {
        Settle(Scored(12));
        _state = _state.Evolve(ScoreEventJson.Read("score.doubled/9", "{}"), Noon, Worker, Guid.NewGuid());

        Assert.Equal(CaseRejections.NewerVersion, When(Appeal("visits"), Worker));
        Assert.Null(ScoreDecider.Settle(_state, Scored(20)));
    }

    static SettledScore Scored(decimal visits, decimal lost = 0) =>
        new(
            new("qinghe/C-A1-1"),
            "worker",
            1,
            100,
            [
                new("visits", visits, 20, true, visits, 20),
                new("duty", 0, 10, true, 0, 20),
                new("tasks", 0, 0, false, 0, 0),
                new("returns", lost, 0, true, -lost / 2, null, 10),
            ],
            []
        );

    decimal Points() => ScoreTotals.Points(_state.View.Settled!.Lines[0], _state.View.Adjusted);

    void Settle(SettledScore score) => Evolve(ScoreDecider.Settle(_state, score)!, PersonId.Service("qinghe"), Guid.NewGuid());

    Guid Appealed(string item = "visits")
    {
        var command = Appeal(item);
        Assert.Null(When(command, Worker));
        return command.Appeal;
    }

    static AppealScore Appeal(string item) =>
        new()
        {
            By = Worker,
            Operation = Guid.NewGuid(),
            Appeal = Guid.NewGuid(),
            Item = item,
            Text = "那天没有信号",
        };

    static RaiseAppeal Raise(Guid appeal) =>
        new()
        {
            By = Worker,
            Operation = Guid.NewGuid(),
            Appeal = appeal,
            Text = "请再看",
        };

    static DecideAppeal Decide(Guid appeal, AppealStatus outcome, decimal points) =>
        new()
        {
            By = Clerk,
            Operation = Guid.NewGuid(),
            Appeal = appeal,
            Outcome = outcome,
            Points = points,
            Reason = "核实属实",
        };

    /// <returns>Why it is refused; null when it is accepted, and then it has happened.</returns>
    string? When(ScoreCommand command, PersonId by, AreaId? oversees = null)
    {
        command = command with { By = by };
        var context = new ScoreContext(
            _now,
            since => since.AddDays(14),
            _now.AddDays(5),
            oversees,
            first => oversees is { } from && first.Key.StartsWith(from.Key, StringComparison.Ordinal) && first != from
        );
        var outcome = ScoreDecider.Decide(_state, command, context);
        if (outcome.Event is { } e)
            Evolve(e, by, command.Operation);
        return outcome.Rejection;
    }

    void Evolve(ScoreEvent e, PersonId by, Guid operation)
    {
        var (kind, data) = ScoreEventJson.Write(e.Map(w => w with { Sealed = System.Text.Encoding.UTF8.GetBytes(w.Clear) }));
        var read = ScoreEventJson.Read(kind, data).Map(w => w with { Clear = System.Text.Encoding.UTF8.GetString(w.Sealed!) });
        _state = _state.Evolve(read, _now, by, operation);
    }
}
