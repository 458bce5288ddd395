using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>Tables that were worked out by hand from the schedules of the State Council.</summary>
public sealed class DueTimeTests
{
    [Theory]
    // 2022: off 01-31 to 02-06, worked Sat 01-29 and Sun 01-30.
    [InlineData("2022-01-28T10:00:00+08:00", "3wd", "2022-02-07T17:30:00+08:00")]
    [InlineData("2022-01-31T10:00:00+08:00", "1wd", "2022-02-07T17:30:00+08:00")]
    // 2023: off 01-21 to 01-27, worked Sat 01-28 and Sun 01-29.
    [InlineData("2023-01-20T17:30:00+08:00", "2wd", "2023-01-29T17:30:00+08:00")]
    [InlineData("2023-01-20T23:59:59+08:00", "3wd", "2023-01-30T17:30:00+08:00")]
    // 2024: off 02-10 to 02-17, worked Sun 02-04 and Sun 02-18. 02-09 is an ordinary Friday.
    [InlineData("2024-02-02T09:00:00+08:00", "1wd", "2024-02-04T17:30:00+08:00")]
    [InlineData("2024-02-08T09:00:00+08:00", "2wd", "2024-02-18T17:30:00+08:00")]
    [InlineData("2024-02-08T09:00:00+08:00", "7wd", "2024-02-23T17:30:00+08:00")]
    // 2025: off 01-28 to 02-04, worked Sun 01-26 and Sat 02-08.
    [InlineData("2025-01-25T12:00:00+08:00", "5wd", "2025-02-07T17:30:00+08:00")]
    [InlineData("2025-01-25T12:00:00+08:00", "6wd", "2025-02-08T17:30:00+08:00")]
    // 2026: off 02-15 to 02-23, worked Sat 02-14 and Sat 02-28.
    [InlineData("2026-02-12T16:40:00+08:00", "7wd", "2026-02-28T17:30:00+08:00")]
    [InlineData("2026-02-14T00:00:00+08:00", "1wd", "2026-02-24T17:30:00+08:00")]
    [InlineData("2026-02-13T23:59:59.9999999+08:00", "1wd", "2026-02-14T17:30:00+08:00")]
    public void Working_days_around_the_Spring_Festival(string from, string term, string due) => Assert.Equal(due, Due(Liling, from, term));

    [Theory]
    // 2022: off 10-01 to 10-07, worked Sat 10-08 and Sun 10-09.
    [InlineData("2022-09-30T08:00:00+08:00", "3wd", "2022-10-10T17:30:00+08:00")]
    // 2023: off Fri 09-29 to 10-06, worked Sat 10-07 and Sun 10-08.
    [InlineData("2023-09-28T08:00:00+08:00", "7wd", "2023-10-13T17:30:00+08:00")]
    // 2024: off 10-01 to 10-07, worked Sun 09-29 and Sat 10-12.
    [InlineData("2024-09-27T08:00:00+08:00", "7wd", "2024-10-12T17:30:00+08:00")]
    // 2025: off 10-01 to 10-08, worked Sun 09-28 and Sat 10-11.
    [InlineData("2025-09-30T08:00:00+08:00", "3wd", "2025-10-11T17:30:00+08:00")]
    [InlineData("2025-10-03T08:00:00+08:00", "1wd", "2025-10-09T17:30:00+08:00")]
    // 2026: Mid-Autumn 09-25 to 09-27, worked Sun 09-20; off 10-01 to 10-07, worked Sat 10-10.
    [InlineData("2026-09-18T08:00:00+08:00", "1wd", "2026-09-20T17:30:00+08:00")]
    [InlineData("2026-09-24T08:00:00+08:00", "7wd", "2026-10-12T17:30:00+08:00")]
    public void Working_days_around_National_Day(string from, string term, string due) => Assert.Equal(due, Due(Liling, from, term));

    [Theory]
    [InlineData("2026-03-02T09:00:00+08:00", "3wh", "2026-03-02T12:00:00+08:00")] // Not when the afternoon begins.
    [InlineData("2026-03-02T12:00:00+08:00", "3wh", "2026-03-02T17:30:00+08:00")]
    [InlineData("2026-03-02T13:00:00+08:00", "3wh", "2026-03-02T17:30:00+08:00")]
    [InlineData("2026-03-02T11:00:00+08:00", "2wh", "2026-03-02T15:30:00+08:00")]
    [InlineData("2026-03-02T17:30:00+08:00", "1wh", "2026-03-03T09:30:00+08:00")]
    [InlineData("2026-03-02T03:00:00+08:00", "1wh", "2026-03-02T09:30:00+08:00")]
    [InlineData("2026-03-07T10:00:00+08:00", "13wh", "2026-03-10T17:30:00+08:00")] // Saturday; Monday and Tuesday have 6.5 hours each.
    [InlineData("2026-02-14T16:30:30.5+08:00", "2wh", "2026-02-24T09:30:30.5+08:00")]
    public void Working_hours_are_due_at_the_end_of_an_interval(string from, string term, string due) =>
        Assert.Equal(due, Due(Liling, from, term));

    [Theory]
    [InlineData("2024-02-28T10:00:00+08:00", "24h", "2024-02-29T10:00:00+08:00")]
    [InlineData("2023-02-28T10:00:00+08:00", "24h", "2023-03-01T10:00:00+08:00")]
    [InlineData("2024-02-28T10:00:00+08:00", "1wd", "2024-02-29T17:30:00+08:00")]
    [InlineData("2024-02-29T10:00:00+08:00", "1wd", "2024-03-01T17:30:00+08:00")]
    [InlineData("2024-02-28T17:00:00+08:00", "1wh", "2024-02-29T09:00:00+08:00")]
    public void A_leap_day_is_a_day(string from, string term, string due) => Assert.Equal(due, Due(Liling, from, term));

    [Theory]
    [InlineData("2026-02-14T23:59:00+08:00", "2m", "2026-02-15T00:01:00+08:00")]
    [InlineData("2026-02-14T16:00:00Z", "30m", "2026-02-15T00:30:00+08:00")]
    [InlineData("2026-12-31T12:00:00+08:00", "24h", "2027-01-01T12:00:00+08:00")]
    public void Minutes_and_hours_run_on_through_days_off(string from, string term, string due)
    {
        Assert.Equal(due, Due(Liling, from, term));
        Assert.False(Liling.Due(At(from), Of(term)).Provisional);
    }

    [Theory]
    [InlineData("2026-12-30T10:00:00+08:00", "1wd", false)]
    [InlineData("2026-12-30T10:00:00+08:00", "2wd", true)]
    [InlineData("2026-12-31T17:00:00+08:00", "1wh", true)]
    [InlineData("2026-12-31T16:30:00+08:00", "1wh", false)]
    [InlineData("2021-12-31T10:00:00+08:00", "1wd", false)] // The day of the start isn't counted, so that its year doesn't matter.
    [InlineData("2021-12-30T10:00:00+08:00", "1wd", true)]
    [InlineData("2021-12-31T17:00:00+08:00", "1wh", true)]
    [InlineData("2021-12-31T17:30:00+08:00", "1wh", false)] // Its office hours are over.
    public void A_due_time_is_provisional_when_it_crosses_a_year_that_is_not_published(string from, string term, bool provisional) =>
        Assert.Equal(provisional, Liling.Due(At(from), Of(term)).Provisional);

    [Fact]
    public void The_schedule_of_a_year_can_name_days_of_the_year_before() =>
        // 2022-12-31 is a day off by the schedule of 2023. It is a Saturday, too.
        Assert.Equal(DayKind.Holiday, Liling.Day(new(2022, 12, 31)).Kind);

    [Theory]
    [InlineData("2026-07-03T10:00:00+08:00", "1wd", "2026-07-08T18:00:00+08:00")] // Closed on 07-06 and 07-07.
    [InlineData("2026-07-10T10:00:00+08:00", "1wd", "2026-07-11T18:00:00+08:00")] // An extra workday.
    [InlineData("2026-07-08T11:00:00+08:00", "2wh", "2026-07-08T16:00:00+08:00")]
    [InlineData("2026-09-30T16:00:00+08:00", "3wh", "2026-10-08T09:30:00+08:00")]
    [InlineData("2026-12-30T16:30:00+08:00", "1wd", "2026-12-31T16:30:00+08:00")]
    public void Seasons_closures_and_extra_workdays_of_the_place_count(string from, string term, string due)
    {
        var schedule = Schedule with
        {
            Seasons =
            [
                new(new(6, 1), new(9, 30), new([new(8 * 60, 12 * 60), new(15 * 60, 18 * 60)])),
                new(new(12, 1), new(2, 28), new([new(9 * 60, 16 * 60 + 30)])),
            ],
            Closures = [new(new(2026, 7, 6), new(2026, 7, 7), "洪水", "Flood")],
            Workdays = [new(new(2026, 7, 11), "补班", "")],
        };

        Assert.Equal(due, Due(new(schedule, "Asia/Shanghai"), from, term));
    }

    [Theory]
    [InlineData("2026-02-28T17:30:00+08:00", "1wd", "2026-02-27T17:30:00+08:00")]
    [InlineData("2026-02-28T17:30:00+08:00", "6wd", "2026-02-13T17:30:00+08:00")]
    [InlineData("2026-03-02T17:30:00+08:00", "3wh", "2026-03-02T14:30:00+08:00")] // When the afternoon begins: somebody is there.
    [InlineData("2026-03-02T17:30:00+08:00", "4wh", "2026-03-02T11:00:00+08:00")]
    [InlineData("2026-01-05T09:00:00+08:00", "1wh", "2026-01-04T17:00:00+08:00")] // Sun 01-04 is worked.
    [InlineData("2026-02-22T10:00:00+08:00", "1wd", "2026-02-14T17:30:00+08:00")]
    [InlineData("2026-02-22T10:00:00+08:00", "30m", "2026-02-22T09:30:00+08:00")]
    public void A_warning_comes_as_long_before_as_its_term_says(string due, string term, string at) =>
        Assert.Equal(At(at), Liling.Before(At(due), Of(term)));

    [Fact]
    public void Office_time_is_shared_without_losing_a_minute()
    {
        DateTimeOffset[] handedOver =
        [
            At("2026-02-13T08:30:00+08:00"),
            At("2026-02-13T09:00:40+08:00"),
            At("2026-02-13T12:10:00+08:00"),
            At("2026-02-23T12:00:00+08:00"),
            At("2026-02-24T08:31:20+08:00"),
        ];

        Assert.Equal([30L, 180L, 180L + 390L, 1L], Liling.Minutes(handedOver).AsEnumerable());
        Assert.Equal(TimeSpan.FromMinutes(780) + TimeSpan.FromSeconds(80), Liling.Between(handedOver[0], handedOver[^1]));
        Assert.Equal(-Liling.Between(handedOver[0], handedOver[^1]), Liling.Between(handedOver[^1], handedOver[0]));
    }
}
