using GridActors.Domain.Rotas;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The keys <c>rotas</c> and <c>classes</c>, the rules that name times and rotas, and <c>duty.csv</c>.</summary>
public sealed class DutyFileTests
{
    const string Table = """
        rota,area,person,from,to,days,begins,ends
        night,430181121210,sm-1,2026-11-01,,monday dayoff,,
        night,430181121,sm-1,2026-11-01,2026-11-30,,20:00,24:00

        """;

    [Fact]
    public void Rotas_shifts_and_rules_are_read()
    {
        using var files = With(Table);

        var pack = files.Read().Pack!;

        Assert.Equal(new Rota("night", "夜间值班", "", 1050, 510), Assert.Single(pack.Rotas));
        Assert.Equal(
            [
                new("night", "430181121210", "sm-1", new(2026, 11, 1), null, DutyDays.Monday | DutyDays.DayOff, 1050, 510),
                new Shift("night", "430181121", "sm-1", new(2026, 11, 1), new(2026, 11, 30), DutyDays.None, 1200, 1440),
            ],
            pack.Shifts.AsEnumerable()
        );
        var rules = pack.Categories[0].Recipients;
        Assert.Equal(
            [
                ("worker", null, "office", false),
                ("dispatcher", "night", "outside-office", false),
                ("dispatcher", null, "22:00-06:00", true),
            ],
            rules.Select(r => (r.Post, r.Rota, r.When?.ToString(), r.OfClass))
        );
        Assert.Equal("430181121210", rules[2].Within);
        Assert.True(pack.Categories[0].FollowsTime);
    }

    [Theory]
    [InlineData("night,430181121210", "noon,430181121210", "duty.csv:2: rota noon is not in pack.yaml")]
    [InlineData("430181121210,sm-1", "430181121999,sm-1", "duty.csv:2: area 430181121999 is not in areas.csv")]
    [InlineData("430181121210,sm-1", "430181121210,sm-9", "duty.csv:2: person sm-9 is not in people.csv")]
    [InlineData("2026-11-01,,", "1 November,,", "duty.csv:2: from is \"1 November\"; it must be a date like 2026-07-05")]
    [InlineData("2026-11-30", "2026-10-30", "duty.csv:3: the shift ends on 2026-10-30, before it begins on 2026-11-01")]
    [InlineData("monday dayoff", "monday holiday", "duty.csv:2: days: \"holiday\" must be one of sunday, monday")]
    [InlineData("20:00,24:00", "8 pm,24:00", "duty.csv:3: begins is \"8 pm\"; it must be a time of the day like 17:30")]
    [InlineData("430181121,sm-1", "430181121,sm-3", "duty.csv:3: sm-3 is on duty in 430181121, but holds no post there or above")]
    public void Wrong_shift_is_told_with_its_line(string old, string with, string error)
    {
        using var files = With(Table.Replace(old, with, StringComparison.Ordinal));

        Assert.StartsWith(error, Assert.Single(files.Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rota: night", "rota: noon", "catalogue.yaml:10: rota of a recipient: noon is not in pack.yaml")]
    [InlineData("when: office", "when: lunch", "catalogue.yaml:9: when of a recipient: \"lunch\" must be office, outside-office, or times")]
    [InlineData("when: outside-office", "when: office", "catalogue.yaml:4: category pothole reaches nobody at some times: leave out")]
    [InlineData("within: 430181121210", "within: moon", "catalogue.yaml:4: category pothole: within names moon, which is no area")]
    [InlineData("class: 道路, recipients", "class: 桥梁, recipients", "catalogue.yaml:1: class 桥梁 is no class of a category")]
    [InlineData("{post: police}, ", "{post: police, rota: night}, ", "catalogue.yaml:12: category lead is confidential, so it reaches")]
    public void Wrong_rule_is_told_with_its_line(string old, string with, string error)
    {
        using var files = With(Table);
        files.Replace("catalogue.yaml", old, with);

        Assert.StartsWith(error, Assert.Single(files.Errors()), StringComparison.Ordinal);
    }

    static SmallPack With(string duty)
    {
        var files = new SmallPack { ["duty.csv"] = duty };
        files.Replace(
            "pack.yaml",
            "departments:",
            "rotas:\n  - {id: night, name: 夜间值班, begins: \"17:30\", ends: \"08:30\"}\ndepartments:"
        );
        files.Replace(
            "catalogue.yaml",
            "categories:",
            "classes:\n  - {class: 道路, recipients: [{post: dispatcher, when: \"22:00-06:00\", within: 430181121210}]}\ncategories:"
        );
        files.Replace(
            "catalogue.yaml",
            "    recipients: [{post: worker}, {post: dispatcher, at: town}]",
            "    recipients: [{post: worker, when: office},\n      {post: dispatcher, at: town, rota: night, when: outside-office}]"
        );
        return files;
    }
}
