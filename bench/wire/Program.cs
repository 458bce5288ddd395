using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GridActors.Claims;
using GridActors.Harness;

// What does it cost that half of the actors are in another process? All claims go to one process, alone or with a second silo beside it.
var cases = Bench.Number("--cases", 100_000, "cases that are reported before each measurement; every claim takes one");
var seconds = Bench.Number("--seconds", 5, "how long wrk claims in a measurement, after as long to warm up");
var rounds = Bench.Number("--rounds", 2, "rounds with one silo and with two in turn");
var connections = Bench.Number("--connections", 64, "HTTP connections");
var command = new RootCommand("Processor time of the service for a claim with two silos ÷ with one.")
{
    cases,
    seconds,
    rounds,
    connections,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var (all, length, count, wide) = (
            parsed.GetValue(cases),
            parsed.GetValue(seconds),
            parsed.GetValue(rounds),
            parsed.GetValue(connections)
        );
        await using var database = await TestPostgres.Start();
        var shared = new SharedDatabase(database.ConnectionString, RandomNumberGenerator.GetHexString(16, lowercase: true));
        var (one, two) = (new List<double>(), new List<double>());
        for (var round = 0; round < count; round++)
        {
            one.Add(await Measure(1, $"one-{round}"));
            two.Add(await Measure(2, $"two-{round}"));
            Bench.Print($"  {round + 1}  one silo {one[^1]:N0} µs, two silos {two[^1]:N0} µs of processor time a claim");
        }
        return new JsonObject
        {
            ["bench"] = "wire",
            ["cases"] = all,
            ["ratio"] = Bench.Round(Bench.Median(one.Zip(two, (a, b) => b / a))),
            ["oneSiloUs"] = Bench.Array(one, 0),
            ["twoSilosUs"] = Bench.Array(two, 0),
        };

        // Fresh processes, which have compiled what they run once the cases are reported. Orleans places about half of the cases in the
        // other silo, if there is one.
        async Task<double> Measure(int silos, string name)
        {
            var services = new List<MeasuredService>();
            try
            {
                for (var i = 0; i < silos; i++)
                    services.Add(await workplace.Start("liling", cancellationToken, $"{name}-{i}", shared: shared));
                var offered = await Preparation.Report(services[0], all, 300, cancellationToken, name);
                var claimers = new Claimers(services[0], workplace.Folder);
                await claimers.Claim([.. offered.Take(all / 2)], wide, length, cancellationToken);
                var before = services.Sum(s => s.TimeUsed().Service);
                var claims = await claimers.Claim([.. offered.Skip(all / 2)], wide, length, cancellationToken);
                var used = services.Sum(s => s.TimeUsed().Service) - before;
                Bench.Print($"    {silos} silos: {claims.PerSecond:N0} claims/s, p99 {claims.P99Ms:F1} ms");
                return claims.Errors == 0 ? used / claims.Done * 1e6 : throw new BenchException($"{claims.Errors} claims failed.");
            }
            finally
            {
                // Before the database, which they wait for.
                foreach (var service in services)
                    await service.Stop();
            }
        }
    }
);
