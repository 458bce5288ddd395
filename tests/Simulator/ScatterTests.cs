using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Tests;

public sealed class ScatterTests
{
    [Fact]
    public void Every_one_of_820_grids_gets_some_of_the_file_and_none_gets_many()
    {
        const int grids = 820;
        var counts = new int[grids];
        foreach (var row in CommittedData.Rows)
            counts[Scatter.Pick(row.Id, "grid", grids)]++;

        Assert.InRange(counts.Min(), 30, 71);
        Assert.InRange(counts.Max(), 71, 120);
    }

    [Fact]
    public void A_request_goes_to_the_same_grid_in_every_version()
    {
        Assert.Equal([481, 580, 44], new[] { "101000295613", "101000295614", "101000369430" }.Select(id => Scatter.Pick(id, "grid", 820)));
    }

    [Fact]
    public void Picks_for_different_purposes_are_independent()
    {
        var same = CommittedData.Rows.Count(r => Scatter.Pick(r.Id, "grid", 10) == Scatter.Pick(r.Id, "claim", 10));

        Assert.InRange(same, CommittedData.Rows.Count / 11, CommittedData.Rows.Count / 9);
    }
}
