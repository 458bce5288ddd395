using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GridActors.Faults.Tests.Seeds;

// Is anything lost, done twice or shown wrong when silos, web processes, the database, its disk, connections and clocks fail under load?
// Every seed is one run. Runs share a cluster until one of them finds a fault, or so many were made that its small disk fills up.
const int RunsOfACluster = 50;
var longestRun = TimeSpan.FromMinutes(5);
var seeds = Bench.Number("--seeds", 200, "how many runs");
var first = Bench.Number("--first", 1, "the seed of the first run");
var command = new RootCommand("Seeded runs of a cluster in which things go wrong, and how many of them found a fault.") { seeds, first };
return await Bench.Run(
    args,
    command,
    async (parsed, _, cancellationToken) =>
    {
        var failed = new List<int>();
        var (acknowledged, unheard, done) = (0, 0, 0);
        var last = parsed.GetValue(first) + parsed.GetValue(seeds) - 1;
        SeededStand? stand = null;
        try
        {
            for (var seed = parsed.GetValue(first); seed <= last && !cancellationToken.IsCancellationRequested; seed++)
            {
                var watch = Stopwatch.StartNew();
                if (stand is not null && done % RunsOfACluster == 0)
                {
                    await stand.DisposeAsync();
                    stand = null;
                }
                stand ??= await SeededStand.Create();
                var run = new SeededRun(seed, stand);
                var verdict = "right";
                try
                {
                    await run.Run().WaitAsync(longestRun, cancellationToken);
                    (acknowledged, unheard) = (acknowledged + run.Acknowledged, unheard + run.Unheard);
                }
                catch (Exception e)
                {
                    var log = Path.Combine(Path.GetTempPath(), $"gridactors-faults-{seed}.log");
                    await File.WriteAllTextAsync(log, $"{e}\n{stand.Output}", CancellationToken.None);
                    verdict = $"{e.Message} (more in {log})";
                    failed.Add(seed);
                    await stand.DisposeAsync();
                    stand = null;
                }
                done++;
                Bench.Print($"  seed {seed}, {watch.Elapsed.TotalSeconds:F0} s, {run.Did}: {verdict}");
            }
        }
        finally
        {
            if (stand is not null)
                await stand.DisposeAsync();
        }
        return new JsonObject
        {
            ["bench"] = "faults",
            ["runs"] = done,
            ["failedSeeds"] = new JsonArray([.. failed.Select(s => (JsonNode)s)]),
            ["acknowledged"] = acknowledged,
            ["sentAgain"] = unheard,
        };
    }
);
