using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>Which area stands for one that is gone, and where its households go.</summary>
public sealed class FormerAreaTests
{
    const string Town = "430181121";
    const string East = "430181121210";
    const string EastGrid = "430181121210001";
    const string WestGrid = "430181121211001";
    const string Removed = "430181121210002";

    static readonly Area Gone = new(Removed, "东村第二网格", "grid", East, "", true);

    [Fact]
    public void Only_successor_takes_what_was_there()
    {
        var pack = With([Gone], (EastGrid, Removed));

        Assert.Equal(EastGrid, pack.Former(Removed)!.OnlySuccessor!.Code);
        Assert.Equal(EastGrid, pack.StandIn(Removed)!.Code);
        Assert.Contains($"small/{Removed}", pack.Areas[EastGrid].WithFormer.Select(a => a.Key));
    }

    [Fact]
    public void Area_that_has_all_successors_stands_for_one_that_was_split()
    {
        var pack = With([Gone], (EastGrid, Removed), (WestGrid, Removed));

        Assert.Null(pack.Former(Removed)!.OnlySuccessor);
        Assert.Equal([EastGrid, WestGrid], pack.Former(Removed)!.Successors.Select(s => s.Code));
        Assert.Equal(Town, pack.StandIn(Removed)!.Code);
    }

    [Fact]
    public void Nearest_area_above_stands_for_one_that_nothing_was_made_of()
    {
        var village = new Area("430181121299", "已撤村", "village", Town, "", false);
        var pack = With([village, Gone with { Parent = village.Code }]);

        Assert.Equal(Town, pack.StandIn(Removed)!.Code);
        Assert.Empty(pack.Former(Removed)!.Successors);
    }

    [Fact]
    public void Successor_of_a_successor_that_is_gone_too_takes_it()
    {
        var later = Gone with { Code = "430181121210003", Predecessors = [Removed] };
        var pack = With([Gone, later], (WestGrid, later.Code));

        Assert.Equal(WestGrid, pack.Former(Removed)!.OnlySuccessor!.Code);
    }

    [Fact]
    public void Area_that_the_pack_never_had_has_nobody() => Assert.Null(With([]).StandIn("430181999"));

    [Theory]
    [InlineData(EastGrid, $"area {EastGrid} is its own predecessor")]
    [InlineData(East, $"predecessor {East} of area {EastGrid} is its parent")]
    [InlineData("C-Z、C-Z", $"a predecessor of area {EastGrid} stands twice")]
    public void Predecessor_that_makes_no_sense_is_named_by_its_line(string predecessors, string complaint)
    {
        using var small = WithColumn(predecessors);

        Assert.Equal([$"areas.csv:5: {complaint}"], small.Errors());
    }

    [Fact]
    public void Predecessors_are_read_with_spaces_or_commas_of_Chinese_between_them()
    {
        using var small = WithColumn("C-X C-Y、C-Z");

        Assert.Equal(["C-X", "C-Y", "C-Z"], small.Read().Pack!.Areas.Single(a => a.Code == EastGrid).Predecessors.AsEnumerable());
    }

    static SmallPack WithColumn(string predecessors)
    {
        var small = new SmallPack();
        var lines = small["areas.csv"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        small["areas.csv"] = string.Join(
            '\n',
            lines.Select(
                (l, i) => $"{l},{(i == 0 ? "predecessors" : l.StartsWith(EastGrid, StringComparison.Ordinal) ? predecessors : "")}"
            )
        );
        return small;
    }

    static LoadedPack With(Area[] gone, params (string Code, string Predecessor)[] made)
    {
        using var small = new SmallPack();
        var pack = small.Read().Pack!;
        return LoadedPack.Build(
            pack with
            {
                Areas =
                [
                    .. pack.Areas.Select(a => a with { Predecessors = [.. made.Where(m => m.Code == a.Code).Select(m => m.Predecessor)] }),
                ],
                FormerAreas = [.. gone],
            }
        );
    }
}
