using GridActors.Silo.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GridActors.Service.Tests.Hosting;

public sealed class ClockStepsTests
{
    [Fact]
    public void A_move_of_the_clock_is_told_once_and_passing_time_is_none()
    {
        var clock = new MovedClock();
        var steps = new ClockSteps(clock);
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(TimeSpan.Zero, steps.Next());

        clock.Ahead = TimeSpan.FromHours(-2);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(TimeSpan.FromHours(-2), steps.Next());
        Assert.Equal(TimeSpan.Zero, steps.Next());

        clock.Ahead = TimeSpan.FromMinutes(5);
        Assert.Equal(TimeSpan.FromMinutes(125), steps.Next());
    }

    [Fact]
    public void A_process_that_stands_still_while_it_reads_the_clock_takes_that_for_no_move()
    {
        var clock = new Pausing();
        var steps = new ClockSteps(clock);
        clock.PausesFor = TimeSpan.FromSeconds(10);

        Assert.Equal(TimeSpan.Zero, steps.Next());
        clock.PausesFor = TimeSpan.Zero;
        Assert.InRange(steps.Next(), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Time passes after the clock was read.</summary>
    sealed class Pausing : FakeTimeProvider
    {
        public TimeSpan PausesFor { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            var now = base.GetUtcNow();
            Advance(PausesFor);
            return now;
        }

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
