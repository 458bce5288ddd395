using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>
/// How much is left until a due time, as lists say it. 2026-02-14 and 02-28 are make-up workdays around the Spring Festival.
/// </summary>
public sealed class RemainingTests
{
    [Theory]
    [InlineData("2026-02-12T16:40:00+08:00", 7)] // 02-13, 02-14, 02-24 to 02-28.
    [InlineData("2026-02-14T18:00:00+08:00", 5)]
    [InlineData("2026-02-20T10:00:00+08:00", 5)] // In the middle of the holiday.
    [InlineData("2026-02-28T08:00:00+08:00", 0)]
    public void Working_days_left_are_those_after_today_up_to_the_day_when_it_is_due(string now, int days) =>
        Assert.Equal(days, Left(now, "2026-02-28T17:30:00+08:00", TermUnit.WorkingDays).WorkingDays);

    [Theory]
    [InlineData(TermUnit.WorkingHours)]
    [InlineData(TermUnit.WorkingDays)]
    public void Working_time_left_is_office_time_alone(TermUnit unit)
    {
        // An hour this afternoon, the days off, and three and a half hours of the morning.
        var left = Left("2026-02-14T16:30:00+08:00", "2026-02-24T12:00:00+08:00", unit);

        Assert.Equal((TimeSpan.FromHours(4.5), true), (left.Time, left.IsOfficeTime));
    }

    [Theory]
    [InlineData(TermUnit.Minutes)]
    [InlineData(TermUnit.Hours)]
    public void Time_left_of_a_term_that_runs_on_is_all_time(TermUnit unit) =>
        Assert.Equal(
            new Remaining(TimeSpan.FromDays(9), false, null),
            Left("2026-02-14T16:30:00+08:00", "2026-02-23T16:30:00+08:00", unit)
        );

    [Fact]
    public void What_was_due_before_has_less_than_nothing_left()
    {
        Assert.Equal(
            new Remaining(TimeSpan.FromMinutes(-30), true, null),
            Left("2026-02-25T09:00:00+08:00", "2026-02-24T17:30:00+08:00", TermUnit.WorkingDays)
        );
        Assert.Equal(
            new Remaining(TimeSpan.FromMinutes(-30), false, null),
            Left("2026-02-25T09:00:00+08:00", "2026-02-25T08:30:00+08:00", TermUnit.Hours)
        );
    }

    [Fact]
    public void Office_hours_of_some_days_are_the_intervals_of_the_working_days_among_them()
    {
        var hours = Liling.OfficeHours(new(2026, 2, 13), new(2026, 2, 24)).Select(i => $"{i.Opens:MM-dd HH:mm}-{i.Closes:HH:mm}");

        Assert.Equal(
            ["02-13 08:30-12:00", "02-13 14:30-17:30", "02-14 08:30-12:00", "02-14 14:30-17:30", "02-24 08:30-12:00", "02-24 14:30-17:30"],
            hours
        );
        Assert.Equal(
            ["12-31", "12-31", "01-04", "01-04"],
            Liling.OfficeHours(new(2025, 12, 31), new(2026, 1, 4)).Select(i => $"{i.Opens:MM-dd}")
        );
    }

    static Remaining Left(string now, string due, TermUnit unit) => Liling.Remaining(At(now), At(due), unit);
}
