using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GridActors.Claims;
using GridActors.Harness;
using Npgsql;

// What does it cost that half of the actors are in another process? All claims go to one process, alone or with a second silo beside it.
var cases = Bench.Number("--cases", 160_000, "cases to claim, reported before; every claim takes one and wakes it from the journal");
var seconds = Bench.Number("--seconds", 5, "how long wrk claims in a round, after as long to warm up");
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
        var reporting = await workplace.Start("liling", cancellationToken, "reporting", shared: shared);
        var offered = await Preparation.Report(reporting, all, 300, cancellationToken);
        await reporting.Stop();
        // Without statistics PostgreSQL would read whole tables to count the cases of an area that starts.
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var analyze = source.CreateCommand("vacuum analyze"))
        {
            analyze.CommandTimeout = 300;
            await analyze.ExecuteNonQueryAsync(cancellationToken);
        }

        var (one, two) = (new List<double>(), new List<double>());
        var slice = all / count / 2;
        for (var round = 0; round < count; round++)
        {
            var at = round * 2 * slice;
            one.Add(await Measure(1, [.. offered.Skip(at).Take(slice)], $"one-{round}"));
            two.Add(await Measure(2, [.. offered.Skip(at + slice).Take(slice)], $"two-{round}"));
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

        // Fresh processes: a case is activated where its first claim places it, so with two silos about half of them are in the other one.
        async Task<double> Measure(int silos, IReadOnlyList<OfferedCase> cases, string name)
        {
            var services = new List<MeasuredService>();
            for (var i = 0; i < silos; i++)
                services.Add(await workplace.Start("liling", cancellationToken, $"{name}-{i}", shared: shared));
            var wrk = new Wrk(services[0], workplace.Folder);
            var warmUp = cases.Count / 2;
            await wrk.Claim([.. cases.Take(warmUp)], wide, length, cancellationToken);
            var before = services.Sum(s => s.TimeUsed().Service);
            var claims = await wrk.Claim([.. cases.Skip(warmUp)], wide, length, cancellationToken);
            var used = services.Sum(s => s.TimeUsed().Service) - before;
            foreach (var service in services)
                await service.Stop();
            Bench.Print($"    {silos} silos: {claims.PerSecond:N0} claims/s, p99 {claims.P99Ms:F1} ms");
            return claims.Errors == 0 ? used / claims.Done * 1e6 : throw new BenchException($"{claims.Errors} claims failed.");
        }
    }
);
