using Xunit.Abstractions;

namespace GridActors.Faults.Tests.Seeds;

/// <summary>A few seeds; <c>./gridactors bench faults</c> runs many.</summary>
public sealed class SeededRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_cluster_in_which_things_go_wrong_loses_nothing_and_does_nothing_twice()
    {
        await using var stand = await SeededStand.Create();
        for (var seed = 1; seed <= 4; seed++)
        {
            var run = new SeededRun(seed, stand);
            try
            {
                await run.Run();
            }
            catch
            {
                output.WriteLine($"{run.Did}\n{stand.Errors}");
                throw;
            }
            output.WriteLine($"{run.Did}: {run.Acknowledged} acknowledged, {run.Unheard} sent again");
        }
    }
}
