using System.CommandLine;
using System.Text.Json.Nodes;
using GridActors.Harness;
using GridActors.Tree;

// Does a change cost more in a county of 50,000 areas than in one of 1,000?
var small = Bench.Number("--small", 1_000, "areas of the small county, at least");
var big = Bench.Number("--big", 50_000, "areas of the big county, at least");
var touched = Bench.Number("--leaves", 400, "grids in which something happens, as many in both");
var rate = Bench.Number("--rate", 200, "changes a second");
var seconds = Bench.Number("--seconds", 15, "how long a round is");
var rounds = Bench.Number("--rounds", 3, "rounds of each, in turn");
var warmUp = Bench.Number("--warm-up", 10, "seconds of the same load before");
var command = new RootCommand("What one change costs the service, in a small county and in a big one.")
{
    small,
    big,
    touched,
    rate,
    seconds,
    rounds,
    warmUp,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var counties = new List<CountyRun>();
        foreach (var (name, areas) in new[] { ("small", parsed.GetValue(small)), ("big", parsed.GetValue(big)) })
        {
            var folder = TreePack.Write(Path.Combine(workplace.Folder, name), areas, parsed.GetValue(touched));
            var service = await workplace.Start(folder, cancellationToken, $"{name}-data");
            var run = await CountyRun.Prepare(County.Read(folder, TreePack.Worker), service, cancellationToken);
            Bench.Print(
                $"{name}: {run.County.Areas:N0} areas, {run.County.Leaves.Count} of them touched; "
                    + $"started in {service.TookToStart.TotalSeconds:F1} s"
            );
            await run.Measure(parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(warmUp)), cancellationToken);
            counties.Add(run);
        }

        var length = TimeSpan.FromSeconds(parsed.GetValue(seconds));
        var figures = counties.ToDictionary(c => c, _ => new List<RoundFigures>());
        for (var round = 1; round <= parsed.GetValue(rounds); round++)
            foreach (var (number, county) in counties.Index())
            {
                var measured = await county.Measure(parsed.GetValue(rate), length, cancellationToken);
                figures[county].Add(measured);
                Bench.Print(
                    $"  {round} {(number == 0 ? "small" : "big  ")}  {measured.ServiceUs, 6:N0} µs of the service a change, "
                        + $"{measured.DatabaseUs:N0} µs of the database; "
                        + $"write {measured.Writes}; county's board {measured.Board}"
                );
            }

        var ratios = figures[counties[1]].Zip(figures[counties[0]], (b, s) => b.ServiceUs / s.ServiceUs).ToList();
        Bench.Print($"  big ÷ small: {string.Join("  ", ratios.Select(r => $"{r:F2}"))}, median {Bench.Median(ratios):F2}");
        var errors = figures.Values.SelectMany(f => f).Sum(f => f.Errors);
        return new JsonObject
        {
            ["bench"] = "tree",
            ["ratio"] = Bench.Round(Bench.Median(ratios)),
            ["ratios"] = Bench.Array(ratios),
            ["small"] = Json(counties[0]),
            ["big"] = Json(counties[1]),
            ["errors"] = errors,
        };

        JsonObject Json(CountyRun county) =>
            new()
            {
                ["areas"] = county.County.Areas,
                ["leaves"] = county.County.Leaves.Count,
                ["serviceUsPerChange"] = Bench.Round(Bench.Median(figures[county].Select(f => f.ServiceUs)), 0),
                ["databaseUsPerChange"] = Bench.Round(Bench.Median(figures[county].Select(f => f.DatabaseUs)), 0),
                ["writeP50Ms"] = Bench.Round(Bench.Median(figures[county].Select(f => f.Writes.Ms(0.5)))),
                ["writeP99Ms"] = Bench.Round(Bench.Median(figures[county].Select(f => f.Writes.Ms(0.99)))),
                ["boardP50Ms"] = Bench.Round(Bench.Median(figures[county].Select(f => f.Board.Ms(0.5)))),
                ["boardP99Ms"] = Bench.Round(Bench.Median(figures[county].Select(f => f.Board.Ms(0.99)))),
            };
    }
);
