using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>It runs beside the other tests, because it mostly waits until dead silos are declared dead.</summary>
public sealed class SupervisedTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_supervisor_brings_the_service_back_after_all_silos_were_killed()
    {
        await using var cluster = await TestCluster.Create();
        var doomed = new[] { cluster.Launch(), cluster.Launch() };
        foreach (var process in doomed)
            await process.Ready();
        await cluster.HasSilos(2);
        var dispatcher = await doomed[0].As("dispatcher-1");
        var id = (await dispatcher.Report("C-A1-1")).Id;
        foreach (var process in doomed)
            await process.Kill();

        // The ports are new, which is the worst case: the membership table still lists the dead silos as alive.
        var (watch, starts) = (Stopwatch.StartNew(), 1);
        var next = cluster.Add();
        for (; !await next.TryStart(); starts++)
            Assert.InRange(starts, 1, 2);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"ready {watch.Elapsed.TotalSeconds:F1} s after all were killed, at start {starts}")
        );

        Assert.Equal(id, (await (dispatcher with { Url = next.Url }).Case(id)).Id);
        await cluster.HasSilos(1);
        await cluster.BoardsEqual(next);
    }
}
