using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using static GridActors.Contracts.WorkerDays.FieldRecordKind;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>What a worker is doing, by their records.</summary>
public sealed class DutyTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Now = Start.AddHours(9);

    static IEnumerable<DutyRecord> Records(params FieldRecordKind[] kinds) =>
        kinds.Select((k, i) => new DutyRecord(k, Start.AddHours(i), i + 1));

    [Theory]
    [InlineData(DutyState.Off)]
    [InlineData(DutyState.Off, CheckIn, Visit)]
    [InlineData(DutyState.OnDuty, SignIn)]
    [InlineData(DutyState.Off, SignIn, SignOut)]
    [InlineData(DutyState.OnDuty, SignIn, SignOut, SignIn)]
    [InlineData(DutyState.Patrol, SignIn, PatrolStart)]
    [InlineData(DutyState.Patrol, PatrolStart)]
    [InlineData(DutyState.OnDuty, SignIn, PatrolStart, Checkpoint, PatrolEnd)]
    [InlineData(DutyState.Paused, SignIn, PatrolStart, Pause)]
    [InlineData(DutyState.Patrol, SignIn, PatrolStart, Pause, Resume)]
    [InlineData(DutyState.Off, SignIn, PatrolStart, SignOut)]
    [InlineData(DutyState.Off, Pause)]
    public void State_follows_from_the_records(DutyState state, params FieldRecordKind[] kinds)
    {
        Assert.Equal(state, DutyStates.At(Records(kinds), Now, isOpen: true).State);
    }

    [Fact]
    public void Records_out_of_order_make_the_same_state()
    {
        var records = Records(SignIn, PatrolStart, PatrolEnd, Pause, Resume).Reverse().ToList();

        Assert.Equal(DutyState.OnDuty, DutyStates.At(records, Now, isOpen: true).State);
    }

    [Fact]
    public void Visit_lasts_until_its_end()
    {
        DutyRecord[] records = [new(SignIn, Start, 1), new(Visit, Now.AddMinutes(-20), 2, Now.AddMinutes(5))];

        Assert.Equal(new Duty(DutyState.Visit, Now.AddMinutes(-20)), DutyStates.At(records, Now, isOpen: true));
        Assert.Equal(DutyState.OnDuty, DutyStates.At(records, Now.AddMinutes(6), isOpen: true).State);
    }

    [Fact]
    public void Nobody_is_on_duty_in_a_closed_day()
    {
        Assert.Equal(DutyState.Off, DutyStates.At(Records(SignIn), Now, isOpen: false).State);
    }

    [Fact]
    public void Pauses_interrupt_the_time_on_duty()
    {
        var intervals = DutyStates.Intervals(Records(SignIn, Pause, Resume, SignOut, SignIn));

        Assert.Equal(
            [(Start, Start.AddHours(1)), (Start.AddHours(2), Start.AddHours(3)), (Start.AddHours(4), null)],
            intervals.Select(i => (i.From, i.To))
        );
    }
}
