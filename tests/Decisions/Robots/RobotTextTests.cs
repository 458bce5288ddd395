using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Robots;

namespace GridActors.Decisions.Tests.Robots;

/// <summary>What a robot writes: one message for what has come since its last one, within the bytes that a message may have.</summary>
public sealed class RobotTextTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Single_notice_is_one_line()
    {
        Assert.Equal("超期（办结）：P2026-000001 井盖缺失，阳三石社区，期限 11月22日 12:00", RobotText.Of("醴陵市", [Breach(1)], false));
        Assert.Equal(
            "Overdue (solution): P2026-000001 Manhole cover, 阳三石社区, due 22 Nov 12:00",
            RobotText.Of("Liling", [Breach(1) with { Category = "Manhole cover" }], true)
        );
        var climbed = Breach(2) with { Event = RobotEvent.Escalated, Clock = null, About = "镇", DueAt = null };
        Assert.Equal("升级（镇）：P2026-000002 井盖缺失，阳三石社区", RobotText.Of("醴陵市", [climbed], false));
    }

    [Fact]
    public void More_notices_than_a_group_reads_are_listed_by_urgency_and_the_rest_is_counted()
    {
        var notices = Enumerable.Range(1, 30).Select(i => i % 3 == 0 ? Breach(i) : Warning(i)).ToList();
        var lines = RobotText.Of("醴陵市", notices, false).Split('\n');

        Assert.Equal("醴陵市：30 条提醒", lines[0]);
        Assert.All(lines[1..11], l => Assert.StartsWith("超期", l, StringComparison.Ordinal));
        Assert.All(lines[11..13], l => Assert.StartsWith("临期", l, StringComparison.Ordinal));
        Assert.Equal("另有 18 条：临期 18 条", lines[13]);
        Assert.Equal(14, lines.Length);
        Assert.EndsWith("and 18 more: Due soon 18", RobotText.Of("Liling", notices, true), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_notice_is_listed_or_counted_however_few_bytes_there_are()
    {
        var notices = Enumerable.Range(1, 40).Select(Breach).ToList();
        for (var bytes = 150; bytes < 3000; bytes += 37)
        {
            var text = RobotText.Of("醴陵市", notices, false, bytes);
            Assert.True(Encoding.UTF8.GetByteCount(text) <= bytes);
            var lines = text.Split('\n');
            var counted = int.Parse(lines[^1].Split(' ')[1], CultureInfo.InvariantCulture);
            if (bytes > 250)
                Assert.Equal(40, lines.Length - 2 + counted);
        }
    }

    [Fact]
    public void What_passed_while_the_service_was_down_is_one_line()
    {
        var late = Enumerable.Range(1, 5_000).Select(i => Breach(i) with { IsLate = true });
        var text = RobotText.Of("醴陵市", [.. late, Warning(6_000)], false);

        Assert.Equal(
            ["醴陵市：5001 条提醒", "服务中断期间：超期 5000 条", "临期（办结）：P2026-006000 井盖缺失，阳三石社区，期限 11月22日 12:00"],
            text.Split('\n')
        );
        // Few of them say more when they are named.
        Assert.Contains("P2026-000001", RobotText.Of("醴陵市", [Breach(1) with { IsLate = true }], false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("汉字汉字", 12, "汉字汉字")]
    [InlineData("汉字汉字", 11, "汉字…")]
    [InlineData("a汉字", 6, "a…")]
    [InlineData("👨‍👩‍👧事项事项", 24, "👨‍👩‍👧事…")]
    [InlineData("👨‍👩‍👧事项事项", 20, "…")]
    [InlineData("e\u0301e\u0301e\u0301", 8, "e\u0301…")]
    public void Text_is_cut_between_characters(string text, int bytes, string cut)
    {
        Assert.Equal(cut, RobotText.Cut(text, bytes));
        Assert.True(Encoding.UTF8.GetByteCount(cut) <= bytes);
    }

    static RobotNotice Breach(int number) =>
        new(
            RobotEvent.Breached,
            string.Create(CultureInfo.InvariantCulture, $"P2026-{number:D6}"),
            "井盖缺失",
            "阳三石社区",
            ClockName.Solve,
            "",
            Noon,
            Noon.AddSeconds(number),
            false
        );

    static RobotNotice Warning(int number) => Breach(number) with { Event = RobotEvent.Warned };
}
