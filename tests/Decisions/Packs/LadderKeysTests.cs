using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The ladder of the catalogue and of a category.</summary>
public sealed class LadderKeysTests
{
    const string Steps = """
        - {level: village, posts: [police], climbsOn: [solve], clocks: {step: 2wd}}
        - {level: town, posts: [dispatcher, police], keepsClaim: true, climbsOn: [solve, step],
           clocks: {respond: 1h, step: 3wd warn 1wd, idle: 1wd}}
        """;

    [Fact]
    public void Ladder_is_read_from_the_lowest_level_up()
    {
        using var files = With(Steps);
        var pack = files.Read().Pack!;

        Assert.Equal(["village", "town"], pack.Ladder.Select(s => s.Level));
        var town = pack.Ladder[1];
        Assert.Equal(["dispatcher", "police"], town.Posts.AsEnumerable());
        Assert.Equal([ClockName.Solve, ClockName.Step], town.ClimbsOn.AsEnumerable());
        Assert.Equal(new StepClocks(ClockTerm.Parse("1h"), ClockTerm.Parse("3wd warn 1wd"), ClockTerm.Parse("1wd")), town.Clocks);
        Assert.Equal((false, true), (pack.Ladder[0].KeepsClaim, town.KeepsClaim));
        Assert.Null(pack.Categories[0].Ladder);
    }

    [Fact]
    public void Category_has_a_ladder_of_its_own_or_none()
    {
        using var files = With(Steps);
        files.Replace("catalogue.yaml", "    materials: [现场照片]", "    ladder: []");

        Assert.Empty(files.Read().Pack!.Categories[0].Ladder!.Value);
    }

    [Theory]
    [InlineData("level: village", "level: moon", "catalogue.yaml:2: level of a step of the ladder: level moon is not in pack.yaml")]
    [InlineData("level: town", "level: grid", "catalogue.yaml:3: level grid of the ladder is not above the one before it")]
    [InlineData("posts: [police]", "posts: [king]", "catalogue.yaml:2: post king of the ladder is not in pack.yaml")]
    [InlineData("posts: [police]", "posts: [worker]", "catalogue.yaml:2: post worker of the ladder is never held at level village")]
    [InlineData(
        "climbsOn: [solve],",
        "climbsOn: [idle],",
        "catalogue.yaml:2: \"idle\" of the ladder is no clock to climb on; there are respond, onSite, solve, reply, step"
    )]
    [InlineData("step: 2wd", "solve: 2wd", "catalogue.yaml:2: \"solve\" is no key of the clocks of a step of the ladder")]
    [InlineData("keepsClaim", "keeps", "catalogue.yaml:3: \"keeps\" is no key of a step of the ladder")]
    public void Mistake_in_a_ladder_is_told_with_its_line(string old, string with, string error)
    {
        using var files = With(Steps.Replace(old, with, StringComparison.Ordinal));

        Assert.Contains(files.Errors(), e => e.StartsWith(error, StringComparison.Ordinal));
    }

    [Fact]
    public void Supervision_is_the_packs_and_a_category_can_have_another()
    {
        using var files = new SmallPack();
        files.Replace("catalogue.yaml", "categories:", "supervision: {on: [solve, step], answer: 1wd warn 2wh}\ncategories:");
        files.Replace("catalogue.yaml", "    materials: [现场照片]", "    supervision: {answer: 4h}");
        var pack = files.Read().Pack!;

        Assert.Equal([ClockName.Solve, ClockName.Step], pack.Supervision.On.AsEnumerable());
        Assert.Equal(ClockTerm.Parse("1wd warn 2wh"), pack.Supervision.Answer);
        Assert.Empty(pack.Categories[0].Supervision!.On);

        files.Replace("catalogue.yaml", "on: [solve, step]", "on: [close]");
        Assert.Contains(
            "catalogue.yaml:1: \"close\" of the supervision is no clock to supervise; there are respond, onSite, solve, reply, idle, step, "
                + "forward",
            files.Errors()
        );
    }

    static SmallPack With(string ladder)
    {
        var files = new SmallPack();
        files.Replace("catalogue.yaml", "categories:", $"ladder:\n  {ladder.ReplaceLineEndings("\n  ")}\ncategories:");
        return files;
    }
}
