using Xunit.Abstractions;

namespace GridActors.Faults.Tests.Seeds;

/// <summary>A few seeds; <c>./gridactors bench faults</c> runs many.</summary>
public sealed class SeededRunTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_cluster_in_which_things_go_wrong_loses_nothing_and_does_nothing_twice(int seed)
    {
        var run = new SeededRun(seed);

        await run.Run();

        output.WriteLine($"{run.Did}: {run.Acknowledged} acknowledged, {run.Unheard} sent again");
    }
}
