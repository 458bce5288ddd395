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

    [Fact]
    public void Longest_silence_is_between_two_records_on_duty_and_not_in_a_pause()
    {
        var records = new[]
        {
            new DutyRecord(SignIn, Start, 1),
            new DutyRecord(CheckIn, Start.AddMinutes(50), 2),
            new DutyRecord(Pause, Start.AddMinutes(80), 3),
            new DutyRecord(Resume, Start.AddMinutes(300), 4),
            new DutyRecord(SignOut, Start.AddMinutes(310), 5),
        };

        Assert.Equal(TimeSpan.FromMinutes(50), DutyStates.LongestSilence(records, now: null));
        Assert.Equal(TimeSpan.FromMinutes(50), DutyStates.LongestSilence(records.Reverse(), now: Start.AddDays(1)));
    }

    [Fact]
    public void Longest_silence_of_an_open_day_counts_until_now_and_of_a_closed_one_until_its_last_record()
    {
        var records = new[] { new DutyRecord(SignIn, Start, 1), new DutyRecord(CheckIn, Start.AddMinutes(10), 2) };

        Assert.Equal(TimeSpan.FromMinutes(90), DutyStates.LongestSilence(records, Start.AddMinutes(100)));
        Assert.Equal(TimeSpan.FromMinutes(10), DutyStates.LongestSilence(records, now: null));
        // The clock of the service was set back: nothing is silent for less than no time.
        Assert.Equal(TimeSpan.FromMinutes(10), DutyStates.LongestSilence(records, Start.AddMinutes(-5)));
    }

    [Fact]
    public void Longest_silence_begins_when_a_visit_ends()
    {
        var records = new[]
        {
            new DutyRecord(SignIn, Start, 1),
            new DutyRecord(Visit, Start.AddMinutes(5), 2, Start.AddMinutes(65)),
            new DutyRecord(CheckIn, Start.AddMinutes(40), 3),
            new DutyRecord(SignOut, Start.AddMinutes(70), 4),
        };

        Assert.Equal(TimeSpan.FromMinutes(5), DutyStates.LongestSilence(records, now: null));
    }

    [Fact]
    public void Longest_silence_is_unknown_without_duty()
    {
        Assert.Null(DutyStates.LongestSilence([], Start));
        Assert.Null(DutyStates.LongestSilence([new(CheckIn, Start, 1)], Start.AddHours(3)));
        Assert.Equal(TimeSpan.Zero, DutyStates.LongestSilence([new(SignIn, Start, 1)], Start));
    }
}
