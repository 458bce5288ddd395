using GridActors.Domain.Clocks;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

public sealed class ExplanationTests
{
    [Fact]
    public void Working_days_are_explained_day_by_day()
    {
        var why = DueExplanation.Of(Liling, new(At("2026-02-12T16:40:00+08:00"), Of("7wd")));

        Assert.Equal(
            "7个工作日，自2026-02-12（周四）16:40起，当日不计；计入02-13、02-14（调休上班）、02-24至02-27、02-28（调休上班）；"
                + "不计02-15至02-23（春节放假）；第7个工作日下班时到期，即2026-02-28（周六）17:30。",
            why.Chinese
        );
        Assert.Equal(
            "7 working days from Thu 2026-02-12 16:40, that day not counted: counted 02-13, 02-14 (make-up workday), 02-24 to 02-27, "
                + "02-28 (make-up workday); left out 02-15 to 02-23 (Spring Festival); due at the close of office hours of working day 7, "
                + "Sat 2026-02-28 17:30.",
            why.English
        );
        Assert.Equal([13, 14, 24, 25, 26, 27, 28], why.Counted.Select(d => d.Day));
        Assert.Equal(Enumerable.Range(15, 9), why.Skipped.Select(d => d.Day));
    }

    [Fact]
    public void Working_hours_are_explained_with_the_time_of_each_day()
    {
        var why = DueExplanation.Of(Liling, new(At("2026-03-05T16:40:30+08:00"), Of("14wh")));

        Assert.Equal(
            "14个工作时，自2026-03-05（周四）16:40:30起，只计工作日办公时间；计入03-05（49分30秒）、03-06（6小时30分）、03-09（6小时30分）、"
                + "03-10（10分30秒）；不计03-07至03-08（周末）；2026-03-10（周二）08:40:30到期。",
            why.Chinese
        );
        Assert.Equal(
            "14 working hours from Thu 2026-03-05 16:40:30, office hours of working days alone: counted 03-05 (49 min 30 s), "
                + "03-06 (6 h 30 min), 03-09 (6 h 30 min), 03-10 (10 min 30 s); left out 03-07 to 03-08 (weekend); "
                + "due Tue 2026-03-10 08:40:30.",
            why.English
        );
        Assert.Equal([5, 6, 9, 10], why.Counted.Select(d => d.Day));
        Assert.Equal([7, 8], why.Skipped.Select(d => d.Day));
    }

    [Fact]
    public void Hours_count_no_days_and_leave_none_out()
    {
        var why = DueExplanation.Of(Liling, new(At("2026-02-15T23:00:00+08:00"), Of("24h")));

        Assert.Equal("24小时，自2026-02-15（周日）23:00起连续计算，节假日不扣除；2026-02-16（周一）23:00到期。", why.Chinese);
        Assert.Equal("24 hours from Sun 2026-02-15 23:00, without a stop and days off included; due Mon 2026-02-16 23:00.", why.English);
        Assert.Empty(why.Counted);
        Assert.Empty(why.Skipped);
    }

    [Fact]
    public void A_year_that_is_not_published_is_named()
    {
        var why = DueExplanation.Of(Liling, new(At("2026-12-30T10:00:00+08:00"), Of("2wd")));

        Assert.EndsWith(
            "即2027-01-01（周五）17:30。2027年的放假安排尚未公布，暂只扣除周末，本到期时间为暂定。",
            why.Chinese,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "The days off of 2027 aren't published yet; weekends alone are left out there, so this time is provisional.",
            why.English,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Pauses_closures_and_extensions_are_explained()
    {
        var time = new WorkingTime(
            Schedule with
            {
                Closures = [new(new(2026, 3, 4), new(2026, 3, 4), "洪水", "Flood")],
                Workdays = [new(new(2026, 3, 7), "防汛", "")],
            },
            "Asia/Shanghai"
        );
        var run = new ClockRun(At("2026-03-02T10:00:00+08:00"), Of("2wd"))
        {
            Pauses = [new(At("2026-03-03T10:00:00+08:00"), At("2026-03-05T10:00:00+08:00"))],
            Extensions = [Of("2wd")],
        };
        var why = DueExplanation.Of(time, run);

        Assert.Equal(time.Due(run), why.Due);
        Assert.Equal(
            "2个工作日，自2026-03-02（周一）10:00起，当日不计；计入03-03、03-06；不计03-04（停止办公：洪水）；暂停顺延1个工作日：03-05；"
                + "第2个工作日下班时到期，即2026-03-06（周五）17:30。"
                + "经批准延期2个工作日，自2026-03-06（周五）17:30起，当日不计；计入03-07（加班：防汛）、03-09；不计03-08（周末）；"
                + "第2个工作日下班时到期，即2026-03-09（周一）17:30。",
            why.Chinese
        );
        Assert.Equal(
            "2 working days from Mon 2026-03-02 10:00, that day not counted: counted 03-03, 03-06; left out 03-04 (offices closed: Flood); "
                + "held by a pause, 1 working day: 03-05; due at the close of office hours of working day 2, Fri 2026-03-06 17:30. "
                + "Extended by 2 working days from Fri 2026-03-06 17:30, that day not counted: counted 03-07 (extra workday: 防汛), 03-09; "
                + "left out 03-08 (weekend); due at the close of office hours of working day 2, Mon 2026-03-09 17:30.",
            why.English
        );
        Assert.Equal([3, 6, 7, 9], why.Counted.Select(d => d.Day));
        Assert.Equal([4, 8], why.Skipped.Select(d => d.Day));
    }

    [Fact]
    public void A_long_list_of_days_is_cut_and_counted()
    {
        var why = DueExplanation.Of(Liling, new(At("2024-01-01T10:00:00+08:00"), Of("500wd")));

        Assert.Equal(500, why.Counted.Length);
        Assert.Contains("等，共500天；", why.Chinese, StringComparison.Ordinal);
        Assert.Contains(" and more, 500 days in all;", why.English, StringComparison.Ordinal);
        Assert.InRange(why.English.Length, 100, 2000);
    }
}
