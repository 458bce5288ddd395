using GridActors.Web.Webhooks;

namespace GridActors.Decisions.Tests.Webhooks;

/// <summary>When a message is sent again that wasn't taken.</summary>
public sealed class RetryScheduleTests
{
    static readonly TimeSpan[] Published =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    [Fact]
    public void Ten_attempts_follow_the_published_schedule()
    {
        for (var attempt = 1; attempt <= Published.Length; attempt++)
        {
            Assert.Equal(Published[attempt - 1], RetrySchedule.After([], attempt, null, jitter: 0));
            Assert.Equal(Published[attempt - 1] * 1.1, RetrySchedule.After([], attempt, null, jitter: 1));
        }
        Assert.Null(RetrySchedule.After([], Published.Length + 1, null, 0));
    }

    [Fact]
    public void Receiver_that_asks_for_more_time_gets_it_but_no_more_than_a_day()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), RetrySchedule.After([], 1, TimeSpan.FromMinutes(1), 0));
        Assert.Equal(TimeSpan.FromMinutes(5), RetrySchedule.After([], 2, TimeSpan.FromMinutes(1), 0));
        Assert.Equal(TimeSpan.FromDays(1), RetrySchedule.After([], 1, TimeSpan.FromDays(400), 0));
        Assert.Equal(TimeSpan.FromSeconds(5), RetrySchedule.After([], 1, TimeSpan.FromDays(-1), 0));
    }

    [Fact]
    public void Settings_have_a_schedule_of_their_own()
    {
        TimeSpan[] own = [TimeSpan.FromSeconds(1)];

        Assert.Equal(own[0], RetrySchedule.After(own, 1, null, 0));
        Assert.Null(RetrySchedule.After(own, 2, null, 0));
    }
}
