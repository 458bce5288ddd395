using System.Diagnostics;
using GridActors.Domain.Clocks;
using Xunit.Abstractions;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

public sealed class DueTimeSpeedTests(ITestOutputHelper output)
{
    /// <summary>
    /// What is asked when a calendar changes: every open clock of a county at once. The processor time of this thread's work is
    /// printed.
    /// </summary>
    [Fact]
    public void A_hundred_thousand_due_times_take_less_than_two_seconds_of_one_core()
    {
        Term[] terms = [Of("30m"), Of("24h"), Of("4wh"), Of("40wh"), Of("3wd"), Of("7wd"), Of("60wd")];
        var start = At("2022-01-01T00:00:00+08:00");
        var time = new WorkingTime(Schedule, "Asia/Shanghai"); // Its tables are part of what is measured.
        var last = start;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100_000; i++)
            last = time.Due(start.AddMinutes(i * 25), terms[i % terms.Length]).At;
        var took = watch.Elapsed;

        output.WriteLine($"100,000 due times: {took.TotalMilliseconds:0} ms");
        Assert.True(last > start);
        Assert.True(took < TimeSpan.FromSeconds(2), $"took {took}");
    }
}
