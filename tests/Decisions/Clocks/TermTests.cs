using System.Text.Json;
using GridActors.Domain.Clocks;

namespace GridActors.Decisions.Tests.Clocks;

public sealed class TermTests
{
    [Theory]
    [InlineData("30m", 30, TermUnit.Minutes)]
    [InlineData("24h", 24, TermUnit.Hours)]
    [InlineData("4wh", 4, TermUnit.WorkingHours)]
    [InlineData("7wd", 7, TermUnit.WorkingDays)]
    [InlineData("9999wd", 9999, TermUnit.WorkingDays)]
    public void A_term_is_a_number_and_a_unit_and_is_written_as_it_was_read(string text, int count, TermUnit unit)
    {
        Assert.Equal(new Term(count, unit), Term.Parse(text));
        Assert.Equal(text, Term.Parse(text).ToString());
        Assert.Null(Term.Complaint(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("wd")]
    [InlineData("7 wd")]
    [InlineData("7WD")]
    [InlineData("7d")]
    [InlineData("7w")]
    [InlineData("-7wd")]
    [InlineData("1.5h")]
    [InlineData("7wd\n")]
    [InlineData("７wd")]
    [InlineData("七wd")]
    [InlineData("24 hours")]
    public void Anything_else_is_refused_with_an_example(string text)
    {
        Assert.Null(Term.Parse(text));
        Assert.Equal(
            $"\"{text}\" is no term; write minutes, hours, working hours or working days like 30m, 24h, 4wh or 7wd",
            Term.Complaint(text)
        );
    }

    [Theory]
    [InlineData("0wd")]
    [InlineData("07wd")]
    [InlineData("10000h")]
    [InlineData("99999999999999999999m")]
    public void A_number_out_of_bounds_is_refused_with_the_bounds(string text)
    {
        Assert.Null(Term.Parse(text));
        Assert.Equal($"\"{text}\" is no term; its number is from 1 to 9999, without zeros before it", Term.Complaint(text));
    }

    [Fact]
    public void Terms_of_a_clock_are_kept_as_text()
    {
        var solve = new ClockTerm(new(7, TermUnit.WorkingDays), new(1, TermUnit.WorkingDays));
        var json = JsonSerializer.Serialize(solve);

        Assert.Equal("\"7wd warn 1wd\"", json);
        Assert.Equal(solve, JsonSerializer.Deserialize<ClockTerm>(json));
        Assert.Equal(new(new(7, TermUnit.WorkingDays), null), ClockTerm.Parse("7wd"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Term>("\"7d\""));
    }

    [Theory]
    [InlineData("7wd warn", "\"7wd warn\" is no term; write minutes, hours, working hours or working days like 30m, 24h, 4wh or 7wd")]
    [InlineData("7wd warn 1d", "\"1d\" is no term; write minutes, hours, working hours or working days like 30m, 24h, 4wh or 7wd")]
    [InlineData("7wd warn 0wd", "\"0wd\" is no term; its number is from 1 to 9999, without zeros before it")]
    public void Clock_whose_warning_is_no_term_is_told_by_its_part(string text, string complaint)
    {
        Assert.Null(ClockTerm.Parse(text));
        Assert.Equal(complaint, ClockTerm.Complaint(text));
    }
}
