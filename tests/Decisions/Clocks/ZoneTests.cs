using GridActors.Domain;
using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>
/// A pack may be anywhere: clocks that are put forward and back, also by half an hour and at midnight, and days that don't exist.
/// </summary>
public sealed class ZoneTests
{
    static readonly WorkSchedule Office = Weekends(new OfficeInterval(9 * 60, 17 * 60));

    [Theory]
    // New York: forward on Sun 2026-03-08 at 02:00, back on Sun 2026-11-01 at 02:00.
    [InlineData("America/New_York", "2026-03-07T12:00:00-05:00", "24h", "2026-03-08T13:00:00-04:00")]
    [InlineData("America/New_York", "2026-10-31T12:00:00-04:00", "24h", "2026-11-01T11:00:00-05:00")]
    [InlineData("America/New_York", "2026-11-01T00:30:00-04:00", "60m", "2026-11-01T01:30:00-04:00")]
    [InlineData("America/New_York", "2026-11-01T00:30:00-04:00", "120m", "2026-11-01T01:30:00-05:00")]
    [InlineData("America/New_York", "2026-03-06T12:00:00-05:00", "1wd", "2026-03-09T17:00:00-04:00")]
    [InlineData("America/New_York", "2026-03-06T16:00:00-05:00", "2wh", "2026-03-09T10:00:00-04:00")]
    [InlineData("Europe/Berlin", "2026-03-27T16:00:00+01:00", "2wh", "2026-03-30T10:00:00+02:00")]
    // The day is that of the place, whatever offset the time was written with.
    [InlineData("Asia/Shanghai", "2026-03-02T17:00:00Z", "1wd", "2026-03-04T17:00:00+08:00")]
    [InlineData("Asia/Kathmandu", "2026-03-02T18:10:00Z", "1wd", "2026-03-03T17:00:00+05:45")]
    // Samoa had no Friday 2011-12-30.
    [InlineData("Pacific/Apia", "2011-12-29T10:00:00-10:00", "1wd", "2012-01-02T17:00:00+14:00")]
    [InlineData("Pacific/Apia", "2011-12-28T10:00:00-10:00", "2wd", "2012-01-02T17:00:00+14:00")]
    public void Office_hours_follow_the_clock_on_the_wall(string zone, string from, string term, string due) =>
        Assert.Equal(due, Due(new(Office, zone), from, term));

    [Theory]
    // A working day of 23, 25, 23.5, 24.5 hours.
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 23.5)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 24.5)]
    // Put forward and back at midnight: the day begins at 01:00; its last hour comes twice.
    [InlineData("America/Sao_Paulo", "2018-11-04", 23)]
    [InlineData("America/Sao_Paulo", "2018-02-17", 25)]
    public void A_day_has_the_hours_that_pass(string zone, string day, double hours)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var schedule = Weekends(RoundTheClock) with { Workdays = [new(date, "", "")] };
        var time = new WorkingTime(schedule, zone);

        Assert.Equal(TimeSpan.FromHours(hours), time.Between(time.StartOf(date), time.StartOf(date.AddDays(1))));
    }

    [Theory]
    [InlineData(90, 150, "2026-03-08T01:30:00-05:00", "2026-03-08T03:00:00-04:00")] // Closes at 02:30, which is skipped.
    [InlineData(150, 300, "2026-03-08T03:00:00-04:00", "2026-03-08T05:00:00-04:00")] // Opens at 02:30, which is skipped.
    [InlineData(60, 90, "2026-11-01T01:00:00-04:00", "2026-11-01T01:30:00-05:00")] // From the first 01:00 to the second 01:30.
    public void Hours_within_a_change_of_the_clocks_have_one_beginning_and_one_end(int opens, int closes, string from, string to)
    {
        var time = new WorkingTime(
            Weekends(new OfficeInterval(opens, closes)) with
            {
                Workdays = [new(DateOnly.FromDateTime(At(from).DateTime), "", "")],
            },
            "America/New_York"
        );

        Assert.Equal(At(to) - At(from), time.Between(At(from).AddHours(-3), At(to).AddHours(3)));
        Assert.Equal(to, WrittenTime.Write(time.Due(At(from).AddDays(-1), Of("1wd")).At));
    }

    [Fact]
    public void Round_the_clock_hours_share_no_moment()
    {
        // The night repeats the hour after midnight in Havana, and the minute before it in St John's.
        foreach (var (zone, year) in new[] { ("America/Havana", 2024), ("America/St_Johns", 2006), ("America/Sao_Paulo", 2018) })
        {
            var every = Enumerable.Range(0, 365).Select(d => new DateOnly(year, 1, 1).AddDays(d));
            var time = new WorkingTime(
                Weekends(RoundTheClock) with
                {
                    Workdays = [.. every.Select(d => new ExtraWorkday(d, "", ""))],
                },
                zone
            );
            var (from, to) = (time.StartOf(new(year, 1, 2)), time.StartOf(new(year, 12, 30)));

            Assert.Equal(to - from, time.Between(from, to));
        }
    }
}
