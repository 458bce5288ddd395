using System.Text.Json;
using GridActors.Silo.Verbs;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>What <c>clock due</c> and <c>clock hours</c> write.</summary>
public sealed class ClockAnswersTests
{
    [Fact]
    public void A_due_time_is_one_line_of_json_with_the_agreed_names()
    {
        var (isSound, lines) = Ask("2026-02-12T08:40:00Z 7wd\n");

        Assert.True(isSound);
        var answer = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal(
            ["from", "term", "dueAt", "provisional", "explanation", "explanationEn", "counted", "skipped"],
            answer.EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal("2026-02-12T16:40:00+08:00", answer.GetProperty("from").GetString());
        Assert.Equal("7wd", answer.GetProperty("term").GetString());
        Assert.Equal("2026-02-28T17:30:00+08:00", answer.GetProperty("dueAt").GetString());
        Assert.False(answer.GetProperty("provisional").GetBoolean());
        Assert.Equal("2026-02-13", answer.GetProperty("counted")[0].GetString());
        Assert.Equal((7, 9), (answer.GetProperty("counted").GetArrayLength(), answer.GetProperty("skipped").GetArrayLength()));
    }

    [Theory]
    [InlineData("", "a line is a time and a term, as 2026-02-12T16:40:00+08:00 7wd")]
    [InlineData("2026-02-12T16:40:00+08:00", "a line is a time and a term, as 2026-02-12T16:40:00+08:00 7wd")]
    [InlineData("2026-02-12T16:40:00+08:00 7wd 3", "a line is a time and a term, as 2026-02-12T16:40:00+08:00 7wd")]
    [InlineData(
        "2026-02-12T16:40:00 7wd",
        "\"2026-02-12T16:40:00\" is no time; write RFC 3339 with its offset, as 2026-02-12T16:40:00+08:00"
    )]
    [InlineData(
        "2026-02-30T16:40:00+08:00 7wd",
        "\"2026-02-30T16:40:00+08:00\" is no time; write RFC 3339 with its offset, as 2026-02-12T16:40:00+08:00"
    )]
    [InlineData("0001-01-01T00:00:00Z 7wd", "\"0001-01-01T00:00:00Z\" lies outside the years 1900 to 2999")]
    [InlineData("9999-12-31T00:00:00Z 7wd", "\"9999-12-31T00:00:00Z\" lies outside the years 1900 to 2999")]
    [InlineData("2026-02-12T16:40:00+08:00 0wd", "\"0wd\" is no term; its number is from 1 to 9999, without zeros before it")]
    public void A_wrong_line_is_answered_with_an_error_and_the_others_are_answered(string wrong, string error)
    {
        var (isSound, lines) = Ask($"2026-02-12T16:40:00+08:00 1h\n{wrong}\n2026-02-12T16:40:00+08:00 9999wd\n");

        Assert.False(isSound);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("{\"from\"", lines[0], StringComparison.Ordinal);
        var answer = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal((2, error), (answer.GetProperty("line").GetInt32(), answer.GetProperty("error").GetString()));
        Assert.StartsWith("{\"from\"", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1900-01-01T00:00:00Z")]
    [InlineData("2999-12-31T23:59:59Z")]
    public void The_longest_terms_have_an_answer_at_both_ends_of_time(string from)
    {
        var (isSound, lines) = Ask($"{from} 9999wd\n{from} 9999wh\n{from} 9999h\n{from} 9999m\n");

        Assert.True(isSound, string.Join('\n', lines));
    }

    [Fact]
    public void Hours_are_written_with_the_agreed_names_and_the_published_years()
    {
        var output = new StringWriter();
        new ClockAnswers(Liling, output, asJson: true).Hours(Schedule, "Asia/Shanghai");

        Assert.Equal(
            """{"calendar":"china","timeZone":"Asia/Shanghai","office":[["08:30","12:00"],["14:30","17:30"]],"""
                + "\"years\":[2022,2023,2024,2025,2026]}",
            output.ToString().TrimEnd()
        );
    }

    [Fact]
    public void Seasons_closures_and_extra_workdays_are_written_where_there_are_some()
    {
        var output = new StringWriter();
        var schedule = Schedule with
        {
            Seasons = [new(new(6, 1), new(9, 30), new([new(0, 24 * 60)]))],
            Closures = [new(new(2026, 7, 6), new(2026, 7, 7), "洪水", "")],
            Workdays = [new(new(2026, 7, 11), "补班", "")],
        };
        new ClockAnswers(Liling, output, asJson: true).Hours(schedule, "Asia/Shanghai");

        Assert.EndsWith(
            "\"seasons\":[{\"from\":\"06-01\",\"to\":\"09-30\",\"office\":[[\"00:00\",\"24:00\"]]}],"
                + "\"closures\":[{\"from\":\"2026-07-06\",\"to\":\"2026-07-07\",\"reason\":\"洪水\"}],"
                + "\"workdays\":[{\"date\":\"2026-07-11\",\"reason\":\"补班\"}]}",
            output.ToString().TrimEnd(),
            StringComparison.Ordinal
        );
    }

    static (bool IsSound, string[] Lines) Ask(string input)
    {
        var output = new StringWriter { NewLine = "\n" };
        var isSound = new ClockAnswers(Liling, output, asJson: true).Lines(new StringReader(input));
        return (isSound, output.ToString().TrimEnd('\n').Split('\n'));
    }
}
