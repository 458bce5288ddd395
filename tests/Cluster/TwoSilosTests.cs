namespace GridActors.Cluster.Tests;

/// <summary>Two processes with one database work as one service.</summary>
public sealed class TwoSilosTests
{
    [Fact]
    public async Task Two_claims_through_two_silos_have_one_winner()
    {
        await using var cluster = await TestCluster.Create();
        ServiceProcess[] silos = [cluster.Launch(), cluster.Launch()];
        foreach (var silo in silos)
            await silo.Ready();
        await cluster.HasSilos(2);
        var (dispatcher, first, second) = (await silos[0].As("dispatcher-1"), await silos[0].As("worker-1"), await silos[0].As("worker-2"));

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 60),
            async (n, _) =>
            {
                var (near, far) = (silos[n % 2].Url, silos[1 - n % 2].Url);
                var id = (await (dispatcher with { Url = near }).Report("C-A1-1")).Id;
                var both = await Task.WhenAll((first with { Url = far }).Step(id, "claim"), (second with { Url = near }).Step(id, "claim"));
                Assert.Equal([200, 409], both.Select(a => a.Status).Order());
                var (won, lost) = both[0].Status == 200 ? (both[0], both[1]) : (both[1], both[0]);
                Assert.Equal(won.As<CaseView>().Claimant, lost.Expect(409, "already-claimed").Body.GetProperty("claimant").GetString());
            }
        );

        foreach (var silo in silos)
            await cluster.BoardsEqual(silo);
    }
}
