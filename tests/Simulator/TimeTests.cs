using GridActors.Simulator.Day;
using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Tests;

public sealed class TimeTests
{
    static readonly TimeSpan Summer = TimeSpan.FromHours(-4);
    static readonly TimeSpan Winter = TimeSpan.FromHours(-5);

    [Fact]
    public void A_time_in_the_repeated_hour_is_the_first_one_unless_the_order_says_otherwise()
    {
        var times = CityClock
            .Boston.Time([Row("2011-11-06 00:50:00"), Row("2011-11-06 01:54:07"), Row("2011-11-06 01:13:20"), Row("2011-11-06 02:10:00")])
            .ToList();

        Assert.Equal(
            [At(0, 50, 0, Summer), At(1, 54, 7, Summer), At(1, 13, 20, Winter), At(2, 10, 0, Winter)],
            times.Select(t => t.Opened)
        );
    }

    [Fact]
    public void A_request_isnt_closed_before_it_was_opened()
    {
        var secondPass = CityClock.Boston.Instant(new DateTime(2011, 11, 6, 1, 10, 0), At(1, 30, 0, Summer));

        Assert.Equal(At(1, 10, 0, Winter), secondPass);
    }

    [Fact]
    public void A_time_in_the_skipped_hour_is_read_by_the_clock_before()
    {
        var instant = CityClock.Boston.Instant(new DateTime(2012, 3, 11, 2, 30, 0), DateTimeOffset.MinValue);

        Assert.Equal(new DateTimeOffset(2012, 3, 11, 2, 30, 0, Winter), instant);
    }

    [Fact]
    public void The_whole_file_never_goes_back_in_time()
    {
        var times = CityClock.Boston.Time(CommittedData.Rows).ToList();

        Assert.Equal(times, times.OrderBy(t => t.Opened));
        Assert.All(times, t => Assert.True(t.Closed is null || (t.Opened <= t.Claimed && t.Claimed <= t.Closed)));
    }

    [Fact]
    public async Task Two_hours_of_wall_clock_across_the_end_of_summer_time_are_three_hours()
    {
        var clock = new ImpatientTime();
        var times = CityClock.Boston.Time([Row("2011-11-06 00:30:00"), Row("2011-11-06 02:30:00")]).ToList();
        var pace = Pace.Divided(times[0].Opened, speed: 60, clock);

        await pace.Until(times[1].Opened, CancellationToken.None);

        Assert.Equal([TimeSpan.FromMinutes(3)], clock.Pauses);
    }

    [Fact]
    public async Task A_past_moment_and_full_speed_are_not_waited_for()
    {
        var clock = new ImpatientTime();
        var now = At(12, 0, 0, Winter);

        await Pace.Divided(now, speed: 1, clock).Until(now.AddHours(-1), CancellationToken.None);
        await Pace.Max.Until(now.AddYears(9), CancellationToken.None);

        Assert.Empty(clock.Pauses);
    }

    [Fact]
    public async Task A_wait_of_years_is_split_into_pieces_a_timer_can_take()
    {
        var clock = new ImpatientTime();
        var now = At(12, 0, 0, Winter);

        await Pace.Divided(now, speed: 1, clock).Until(now.AddYears(2), CancellationToken.None);

        Assert.All(clock.Pauses, p => Assert.True(p <= TimeSpan.FromDays(30)));
        Assert.Equal(now.AddYears(2) - now, clock.Pauses.Aggregate(TimeSpan.Zero, (sum, p) => sum + p));
    }

    [Fact]
    public void Mornings_are_busiest_nights_are_quiet_and_the_day_adds_up()
    {
        var minutes = Enumerable
            .Range(0, 24 * 60)
            .Select(m => (Time: new TimeOnly(m / 60, m % 60), Rate: 0.0))
            .Select(m => (m.Time, Rate: RateCurve.At(m.Time)))
            .ToList();

        Assert.InRange(minutes.Average(m => m.Rate), 0.99, 1.01);
        Assert.InRange(minutes.MaxBy(m => m.Rate).Time, new TimeOnly(8, 0), new TimeOnly(10, 0));
        Assert.All(minutes.Where(m => m.Time < new TimeOnly(5, 0)), m => Assert.InRange(m.Rate, 0.01, 0.2));
        Assert.All(minutes, m => Assert.True(m.Rate <= RateCurve.Peak + 1e-9));
        Assert.All(minutes.Zip(minutes.Skip(1)), pair => Assert.True(Math.Abs(pair.First.Rate - pair.Second.Rate) < 0.05));
    }

    [Fact]
    public async Task A_days_clock_runs_through_midnight_at_its_speed()
    {
        var clock = new ImpatientTime();
        var day = new DayClock(new TimeOnly(23, 30), speed: 60, clock);

        await day.Wait(TimeSpan.FromHours(1), CancellationToken.None);

        Assert.Equal([TimeSpan.FromMinutes(1)], clock.Pauses);
        Assert.Equal(new TimeOnly(0, 30), day.Now);
    }

    static FileRow Row(string opened) =>
        new("1", "t", DateTime.Parse(opened, System.Globalization.CultureInfo.InvariantCulture), null, false, "");

    static DateTimeOffset At(int hour, int minute, int second, TimeSpan offset) => new(2011, 11, 6, hour, minute, second, offset);
}
