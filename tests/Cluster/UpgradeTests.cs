using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>A new version takes the place of the old one while people work, process after process (docs/operations.md).</summary>
[Collection(Measured.Name)]
public sealed class UpgradeTests(ITestOutputHelper output)
{
    [PreviousBuildFact]
    public Task Rolling_silos_and_then_web_processes_under_load_fails_no_call_and_stops_no_board_for_a_second() =>
        TimeBound.Holds(output.WriteLine, Roll);

    async Task Roll()
    {
        var previous = PreviousBuild.Folder;
        await using var cluster = new TestCluster(await TestPostgres.EmptyDatabase()) { Packs = PreviousBuild.Packs };
        var silos = new[] { await cluster.Start("silo", previous), await cluster.Start("silo", previous) };
        await cluster.HasSilos(2);
        var webs = new[] { await cluster.Start("web", previous), await cluster.Start("web", previous) };
        var load = new ClusterLoad(await webs[0].As("dispatcher-1"), await webs[0].As("worker-1"), webs);
        using var stopping = new CancellationTokenSource();
        var work = load.Run(stopping.Token);
        await load.Goes(500);
        await using var screen = await webs[0].Connect("dispatcher-1");
        await screen.WatchArea("C");
        await screen.Next("AreaChanged", _ => true);
        load.RoundTime = ClusterLoad.UsualRound;
        var pace = new BoardPace(screen);

        foreach (var silo in silos)
        {
            pace.Next("start");
            await cluster.Start("silo");
            await cluster.HasSilos(3);
            pace.Next("started");
            await load.Goes(100);
            pace.Next("stop");
            await silo.Stop();
            await load.Goes(100);
        }
        var pause = await pace.Stop();
        foreach (var web in webs)
        {
            var next = await cluster.Start("web");
            // The balancer learns that it is unready, and sends it no more requests.
            load.Processes = [.. load.Processes.Where(p => p != web), next];
            await load.Goes(100);
            await web.Stop();
        }
        await load.Goes(100);
        await stopping.CancelAsync();
        await work.WithinDeadline();

        load.Print(output, $"from {previous}");
        pause.Print(output);
        Assert.Empty(load.Failures);
        pause.IsBelow(TimeSpan.FromSeconds(1));
        await cluster.BoardsEqual(load.Processes[0]);
    }

    [Fact]
    public async Task Two_cluster_ids_on_one_database_are_two_clusters_with_the_same_cases()
    {
        await using var cluster = await TestCluster.Create();
        var blue = await cluster.Start(options: ["--cluster-id", "blue"]);
        var green = await cluster.Start(options: ["--cluster-id", "green"]);
        var reported = await (await blue.As("dispatcher-1")).Report("C-A1-1");

        var claimed = await (await green.As("worker-1")).Do(reported.Id, "claim");

        Assert.Equal("claimed", claimed.Status);
        foreach (var id in new[] { "blue", "green" })
            Assert.Equal(1, await cluster.Count("select count(*) from OrleansMembershipTable where Status = 3 and DeploymentId = $1", id));
        // It holds an older state of the case, and learns from the journal that it was claimed.
        (await (await blue.As("worker-2")).Step(reported.Id, "claim")).Expect(409, "already-claimed");
        await cluster.BoardsEqual(blue);
        await cluster.BoardsEqual(green);
    }
}
