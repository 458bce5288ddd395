using GridActors.Domain;
using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

public sealed class PauseTests
{
    static readonly ClockRun Solve = new(At("2026-02-12T16:40:00+08:00"), Of("7wd"));

    [Theory]
    [InlineData("2026-02-13T09:00:00+08:00", "2026-02-13T17:00:00+08:00", "2026-02-28T17:30:00+08:00")] // Within a day.
    [InlineData("2026-02-13T09:00:00+08:00", "2026-02-14T08:00:00+08:00", "2026-03-02T17:30:00+08:00")] // The day it goes on counts.
    [InlineData("2026-02-14T09:00:00+08:00", "2026-02-23T08:00:00+08:00", "2026-02-28T17:30:00+08:00")] // Days off alone.
    [InlineData("2026-02-14T09:00:00+08:00", "2026-02-25T08:00:00+08:00", "2026-03-03T17:30:00+08:00")]
    public void A_pause_moves_working_days_by_those_after_it_began_up_to_the_day_it_ends(string from, string to, string due) =>
        Assert.Equal(due, Written(Solve with { Pauses = [new(At(from), At(to))] }));

    [Theory]
    [InlineData("4wh", "2026-02-12T12:00:00+08:00", "2026-02-12T14:30:00+08:00", "2026-02-12T15:30:00+08:00")]
    [InlineData("4wh", "2026-02-12T11:00:00+08:00", "2026-02-12T15:00:00+08:00", "2026-02-12T17:00:00+08:00")]
    [InlineData("24h", "2026-02-12T11:00:00+08:00", "2026-02-12T15:00:30+08:00", "2026-02-13T14:00:30+08:00")]
    [InlineData("30m", "2026-02-12T10:10:00+08:00", "2026-02-15T10:10:00+08:00", "2026-02-15T10:30:00+08:00")]
    public void A_pause_moves_other_clocks_by_the_time_of_their_kind(string term, string from, string to, string due)
    {
        var start = At(term == "4wh" ? "2026-02-12T09:00:00+08:00" : "2026-02-12T10:00:00+08:00");

        Assert.Equal(due, Written(new ClockRun(start, Of(term)) { Pauses = [new(At(from), At(to))] }));
    }

    [Fact]
    public void Pauses_add_up()
    {
        var run = Solve with
        {
            Pauses =
            [
                new(At("2026-02-13T09:00:00+08:00"), At("2026-02-14T08:00:00+08:00")),
                new(At("2026-02-14T10:00:00+08:00"), At("2026-02-24T08:00:00+08:00")),
            ],
        };

        Assert.Equal("2026-03-03T17:30:00+08:00", Written(run));
    }

    [Theory]
    [InlineData("3wd", "2026-03-04T17:30:00+08:00")]
    [InlineData("24h", "2026-03-01T17:30:00+08:00")]
    [InlineData("1wh", "2026-03-02T09:30:00+08:00")]
    public void An_extension_adds_its_own_term_to_the_due_time(string extension, string due) =>
        Assert.Equal(due, Written(Solve with { Extensions = [Of(extension)] }));

    [Fact]
    public void An_extension_of_a_paused_clock_follows_the_moved_due_time()
    {
        var run = Solve with
        {
            Pauses = [new(At("2026-02-13T09:00:00+08:00"), At("2026-02-14T08:00:00+08:00"))],
            Extensions = [Of("1wd"), Of("2h")],
        };

        Assert.Equal("2026-03-03T19:30:00+08:00", Written(run));
    }

    [Fact]
    public void A_run_is_due_at_another_time_under_another_calendar()
    {
        var flood = new WorkingTime(
            Schedule with
            {
                Closures = [new(new(2026, 2, 25), new(2026, 2, 26), "洪水", "Flood")],
            },
            "Asia/Shanghai"
        );

        Assert.Equal("2026-02-28T17:30:00+08:00", Written(Solve));
        Assert.Equal("2026-03-03T17:30:00+08:00", WrittenTime.Write(flood.Due(Solve).At));
    }

    [Fact]
    public void An_extension_into_an_unknown_year_makes_the_due_time_provisional()
    {
        var run = new ClockRun(At("2026-12-30T10:00:00+08:00"), Of("1wd"));

        Assert.False(Liling.Due(run).Provisional);
        Assert.True(Liling.Due(run with { Extensions = [Of("1wd")] }).Provisional);
        Assert.True(Liling.Due(run with { Extensions = [Of("1wd"), Of("1h")] }).Provisional);
    }

    static string Written(ClockRun run) => WrittenTime.Write(Liling.Due(run).At);
}
