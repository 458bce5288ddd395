using GridActors.Domain.Clocks;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>A due time can be counted again from its days.</summary>
public sealed class DueStageTests
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
                            new(new(2026, 2, 14), false, "春节", "Spring Festival"),
                            .. Enumerable.Range(15, 9).Select(d => new OfficialDay(new(2026, 2, d), true, "春节", "Spring Festival")),
                            new(new(2026, 2, 28), false, "春节", "Spring Festival"),
                        ]
                    ),
                ]
            ),
        },
        "Asia/Shanghai"
    );
    static readonly DateTimeOffset Thursday = new(2026, 2, 12, 16, 40, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Seventh_counted_day_is_the_day_on_which_seven_working_days_are_due()
    {
        var (due, stages) = DueStage.Of(Time, new(Thursday, new(7, TermUnit.WorkingDays)));

        var days = Assert.Single(stages).Days();
        var counted = days.Where(d => d.Use == DayUse.Counted).Select(d => (d.Date.Month, d.Date.Day));
        Assert.Equal([(2, 13), (2, 14), (2, 24), (2, 25), (2, 26), (2, 27), (2, 28)], counted);
        Assert.Equal(Enumerable.Range(15, 9), days.Where(d => d.Use == DayUse.Skipped).Select(d => d.Date.Day));
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 17, 30, 0, TimeSpan.FromHours(8)), due.At);
    }

    [Fact]
    public void Extension_is_a_stage_from_the_due_time_before_and_a_pause_holds_days()
    {
        var run = new ClockRun(Thursday, new(1, TermUnit.WorkingDays))
        {
            Pauses = [new(Thursday.AddMinutes(5), Thursday.AddDays(1))],
            Extensions = [new(2, TermUnit.WorkingDays)],
        };

        var (due, stages) = DueStage.Of(Time, run);

        Assert.Equal([false, true], stages.Select(s => s.IsExtension));
        Assert.Equal([DayUse.Held, DayUse.Counted], stages[0].Days().Select(d => d.Use));
        Assert.Equal((stages[0].Due, due.At), (stages[1].From, stages[1].Due));
        Assert.Equal(new DateOnly(2026, 2, 25), stages[1].Days()[^1].Date);
    }
}
