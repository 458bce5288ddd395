using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>Clocks fire whatever happens to a silo.</summary>
public sealed class DueClockTests(ITestOutputHelper output)
{
    /// <summary>How many clocks fall due; <c>GRIDACTORS_CASES=10000</c> measures what docs/benchmarks.md tells.</summary>
    static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("GRIDACTORS_CASES") ?? "1000", CultureInfo.InvariantCulture);

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Clocks_that_fall_due_while_a_silo_is_killed_are_fired_once_each()
    {
        using var packs = new CopiedPacks();
        packs.Change("catalogue.yaml", line => line.Replace("clocks: {onSite: 30m}", "clocks: {onSite: 1m}", StringComparison.Ordinal));
        await using var cluster = new TestCluster(await TestPostgres.NewDatabase()) { Packs = packs.Folder };
        var doomed = await cluster.Start();
        var survivor = await cluster.Start();
        await cluster.HasSilos(2);
        var watch = Stopwatch.StartNew();
        Client[] reporters = [await doomed.As("dispatcher-1"), await survivor.As("dispatcher-1")];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Cases),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (n, _) => await reporters[n % 2].Report("C-A2-1", "hazard")
        );
        output.WriteLine($"{Cases} cases reported in {ClusterLoad.Seconds(watch.Elapsed)}");

        await Eventually.Is(() => Breaches(cluster), n => n >= Cases / 4, Patience);
        await doomed.Kill();
        await Eventually.Is(() => Breaches(cluster), n => n == Cases, Patience);
        await Eventually.Is(() => cluster.Count("select count(*) from clock_moment where moment < now()"), n => n == 0, Patience);

        Assert.Equal(Cases, await Breaches(cluster));
        Assert.Equal(Cases, await cluster.Count("select count(distinct stream) from journal where kind = 'case.clock-breached/1'"));
        output.WriteLine($"the last one was fired {await MillisecondsAfterLastDue(cluster)} ms after the last was due");
        await cluster.BoardsEqual(survivor);
    }

    static Task<long> Breaches(TestCluster cluster) => cluster.Count("select count(*) from journal where kind = 'case.clock-breached/1'");

    static Task<long> MillisecondsAfterLastDue(TestCluster cluster) =>
        cluster.Count(
            """
            select (extract(epoch from max(at) - max((data->>'dueAt')::timestamptz)) * 1000)::bigint
            from journal where kind = 'case.clock-breached/1'
            """
        );
}
