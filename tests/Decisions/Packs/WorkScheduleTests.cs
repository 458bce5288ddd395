using GridActors.Domain.Clocks;
using GridActors.Domain.Packs.Files;
using GridActors.Storage.Packs;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The working time that a pack configures.</summary>
public sealed class WorkScheduleTests
{
    const string After = "registerPrefix: SM";

    [Fact]
    public void Office_hours_seasons_closures_and_extra_workdays_are_read()
    {
        using var small = new SmallPack();
        small.Replace(
            "pack.yaml",
            After,
            """
            registerPrefix: SM
            calendar: china
            office: [["08:00", "12:00"], ["12:00", "24:00"]]
            seasons:
              - {from: 11-15, to: 02-29, office: [["09:00", "16:30"]]}
            closures:
              - {from: 2026-07-06, to: 2026-07-07, reason: 洪水, reasonEn: Flood}
              - {from: 2026-07-09, reason: 停电}
            workdays:
              - {date: 2026-07-11, reason: 补班}
            """
        );
        var schedule = small.Read().Pack!.WorkSchedule;

        Assert.Equal([new(480, 720), new(720, 1440)], schedule.Office.Intervals.AsEnumerable());
        var season = Assert.Single(schedule.Seasons);
        Assert.Equal((new MonthDay(11, 15), new MonthDay(2, 29)), (season.From, season.To));
        Assert.Equal([new(540, 990)], season.Office.Intervals.AsEnumerable());
        Assert.Equal(
            [new(new(2026, 7, 6), new(2026, 7, 7), "洪水", "Flood"), new(new(2026, 7, 9), new(2026, 7, 9), "停电", "")],
            schedule.Closures.AsEnumerable()
        );
        Assert.Equal([new(new(2026, 7, 11), "补班", "")], schedule.Workdays.AsEnumerable());
        Assert.Equal([2022, 2023, 2024, 2025, 2026], schedule.Calendar.Years.Select(y => y.Year));
        Assert.Contains(new OfficialDay(new(2026, 2, 14), false, "春节", "Spring Festival"), schedule.Calendar.Years[^1].Days);
    }

    [Fact]
    public void A_pack_without_hours_works_by_the_usual_ones()
    {
        using var small = new SmallPack();

        Assert.Equal([new(510, 720), new(870, 1050)], small.Read().Pack!.WorkSchedule.Office.Intervals.AsEnumerable());
    }

    [Theory]
    [InlineData("calendar: mars", "pack.yaml:5: calendar of the pack: \"mars\" is no calendar; there is china")]
    [InlineData("office: 08:30-17:30", "pack.yaml:5: office of the pack must be a list")]
    [InlineData("office: []", "pack.yaml:5: office of the pack must not be empty")]
    [InlineData("office: [[\"08:30\"]]", "pack.yaml:5: office of the pack must be a list of pairs like [[\"08:30\",\"12:00\"]")]
    [InlineData(
        "office: [[\"8:30\", \"12:00\"]]",
        "pack.yaml:5: office: \"8:30\" to \"12:00\" must be times of the day from 00:00 to 24:00"
    )]
    [InlineData("office: [[\"22:00\", \"06:00\"]]", "pack.yaml:5: office: 22:00 must be before 06:00; hours that go past midnight are two")]
    [InlineData(
        "office: [[\"08:30\", \"12:00\"],\n  [\"11:30\", \"17:00\"]]",
        "pack.yaml:6: office: 11:30 lies before the interval before it ends"
    )]
    [InlineData("office: [[\"08:30\", \"09:00\"]]", "pack.yaml:5: office: a day must have an hour at least")]
    [InlineData("seasons: [{from: 06-01, to: 09-30}]", "pack.yaml:5: office of a season is missing")]
    [InlineData(
        "seasons: [{from: 6-1, to: 02-30, office: [[\"08:30\", \"12:00\"]]}]",
        "pack.yaml:5: from of a season: \"6-1\" is no day of the year; write month and day, as 06-01",
        "pack.yaml:5: to of a season: \"02-30\" is no day of the year"
    )]
    [InlineData(
        "seasons:\n  - {from: 11-01, to: 02-28, office: [[\"08:30\", \"12:00\"]]}\n"
            + "  - {from: 02-28, to: 03-31, office: [[\"08:30\", \"12:00\"]]}",
        "pack.yaml:7: the season 02-28 to 03-31 overlaps the one 11-01 to 02-28"
    )]
    [InlineData("closures: [{from: 2026-02-30, reason: 洪水}]", "pack.yaml:5: from of a closure: \"2026-02-30\" is no date")]
    [InlineData(
        "closures: [{from: 2026-07-07, to: 2026-07-06, reason: 洪水}]",
        "pack.yaml:5: the closure ends on 2026-07-06, before it begins"
    )]
    [InlineData(
        "closures: [{from: 2026-07-07, to: 2062-07-08, reason: 洪水}]",
        "pack.yaml:5: the closure from 2026-07-07 to 2062-07-08 has more"
    )]
    [InlineData("closures: [{from: 2026-07-07}]", "pack.yaml:5: reason of a closure is missing")]
    [InlineData(
        "workdays: [{day: 2026-07-07}]",
        "pack.yaml:5: date of a workday is missing",
        "pack.yaml:5: \"day\" is no key of a workday"
    )]
    [InlineData(
        "closures: [{from: 2026-07-07, reason: 洪水}]\nworkdays: [{date: 2026-07-07, reason: 补班}]",
        "pack.yaml:1: 2026-07-07 is both in closures and in workdays"
    )]
    public void A_mistake_in_the_working_time_is_reported_with_its_line(string keys, params string[] expected)
    {
        using var small = new SmallPack();
        small.Replace("pack.yaml", After, $"{After}\n{keys}");

        var errors = small.Errors().ToList();
        Assert.All(expected, x => Assert.Contains(errors, e => e.StartsWith(x, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2028.json", """{"year": 2027, "days": []}""", "calendar/china/2028.json: year 2027 must be the name of the file")]
    [InlineData(
        "2028.json",
        """{"year": 2028, "days": [""",
        "calendar/china/2028.json:1: this is not JSON of the form that a calendar has"
    )]
    [InlineData("2028.json", "null", "calendar/china/2028.json:1: the file must be one JSON object")]
    [InlineData(
        "2028.json",
        """{"year": 2028, "days": [{"name": "元旦", "date": "2031-01-01", "isOffDay": true}]}""",
        "calendar/china/2028.json: day 2031-01-01 is not of 2028"
    )]
    public void A_mistake_in_a_calendar_beside_the_pack_is_reported(string file, string content, string expected)
    {
        using var small = new SmallPack();
        Calendar(small, file, content);

        Assert.StartsWith(expected, Assert.Single(small.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_that_is_published_changes_the_packs_digest_and_its_due_times()
    {
        using var small = new SmallPack();
        Calendar(small, "2027.json", """{"year": 2027, "days": []}""");
        var before = small.Read().Pack!;
        Calendar(small, "2027.json", """{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}""");
        var after = small.Read().Pack!;

        Assert.Empty(before.WorkSchedule.Calendar.Years);
        Assert.Equal([2027], after.WorkSchedule.Calendar.Years.Select(y => y.Year));
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Equal(after.Digest, PackReader.DigestOf(small.Folder));
    }

    [Fact]
    public void A_working_time_that_was_stored_is_read_back()
    {
        using var small = new SmallPack();
        small.Replace(
            "pack.yaml",
            After,
            $$"""
            {{After}}
            seasons: [{from: 06-01, to: 09-30, office: [["08:00", "12:00"]]}]
            closures: [{from: 2026-07-06, reason: 洪水}]
            """
        );
        var pack = small.Read().Pack!;
        var stored = System.Text.Json.JsonSerializer.Serialize(pack, PackStore.Json);
        var read = System.Text.Json.JsonSerializer.Deserialize<Domain.Packs.Pack>(stored, PackStore.Json)!;

        Assert.Equal(stored, System.Text.Json.JsonSerializer.Serialize(read, PackStore.Json));
        Assert.Equal(pack.Categories[0].Clocks, read.Categories[0].Clocks);
        var start = Clocks.GivenTime.At("2026-07-03T09:00:00+08:00");
        Assert.Equal(
            new WorkingTime(pack.WorkSchedule, pack.TimeZone).Due(start, new(3, TermUnit.WorkingDays)),
            new WorkingTime(read.WorkSchedule, read.TimeZone).Due(start, new(3, TermUnit.WorkingDays))
        );
    }

    static void Calendar(SmallPack pack, string file, string content)
    {
        var folder = Directory.CreateDirectory(Path.Combine(pack.Folder, "..", "data", "calendar", "china")).FullName;
        File.WriteAllText(Path.Combine(folder, file), content);
    }
}
