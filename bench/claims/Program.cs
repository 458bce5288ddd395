using System.CommandLine;
using System.Text.Json.Nodes;
using GridActors.Claims;
using GridActors.Harness;

// How many durable claims a second does the service accept over HTTP, compared with what PostgreSQL does with the same rows?
var cases = Bench.Number("--cases", 300_000, "cases to claim, reported before; every claim takes one");
var seconds = Bench.Number("--seconds", 5, "how long wrk claims in a round, and the paced client at the end");
var rounds = Bench.Number("--rounds", 3, "rounds of pgbench and wrk in turn");
var connections = Bench.Number("--connections", 64, "HTTP connections");
var officials = Bench.Number("--officials", 300, "how many people claim, about");
var cold = new Option<bool>("--cold")
{
    Description = "starts the service anew before the rounds: every claim wakes its case from the journal",
};
var withoutClocks = new Option<bool>("--without-clocks")
{
    Description = "takes a copy of the pack without clocks, ladder and supervision, to see what they cost",
};
var command = new RootCommand("Durable claims through HTTP ÷ pgbench doing the same update and insert.")
{
    cases,
    seconds,
    rounds,
    connections,
    officials,
    cold,
    withoutClocks,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var (all, count, length, wide) = (
            parsed.GetValue(cases),
            parsed.GetValue(rounds),
            parsed.GetValue(seconds),
            parsed.GetValue(connections)
        );
        var pack = parsed.GetValue(withoutClocks) ? CopiedPack.WithoutClocks(workplace.Folder) : "liling";
        var service = await workplace.Start(pack, cancellationToken);
        var offered = await Preparation.Report(service, all, parsed.GetValue(officials), cancellationToken);
        if (parsed.GetValue(cold))
        {
            await service.Stop();
            await service.Start(cancellationToken);
        }

        var claimers = new Claimers(service, workplace.Folder);
        await using var pgbench = await PgBench.Prepare(service, workplace.Folder, all, cancellationToken);
        // The first slice is for the warm-up, the last quarter of the cases for the paced client.
        var slice = all * 3 / 4 / (count + 1);
        var results = new List<Round>();
        await pgbench.Run(PgBench.Transaction, count, count + 1, cancellationToken);
        var warmUp = await claimers.Claim([.. offered.Take(slice)], wide, length, cancellationToken);
        Bench.Print($"  warm-up, not counted: claims {warmUp.PerSecond, 6:N0}/s, {warmUp.Errors} errors");
        for (var round = 0; round < count; round++)
        {
            // A transaction of two statements is what one would write by hand. The single statement is the least that PostgreSQL must do.
            var transaction = await pgbench.Run(PgBench.Transaction, round, count + 1, cancellationToken);
            var before = service.TimeUsed();
            var claims = await claimers.Claim([.. offered.Skip((round + 1) * slice).Take(slice)], wide, length, cancellationToken);
            var used = service.TimeUsed() - before;
            var statement = await pgbench.Run(PgBench.Statement, round, count + 1, cancellationToken);
            var result = new Round(transaction, statement, claims, used.Service / claims.Done * 1e6, used.Database / claims.Done * 1e6);
            results.Add(result);
            Bench.Print(
                $"  {round + 1}  pgbench {transaction, 6:N0}/s, in one statement {statement, 6:N0}/s; claims {claims.PerSecond, 6:N0}/s, "
                    + $"p50 {claims.P50Ms:F1} p99 {claims.P99Ms:F1} ms, {claims.Errors} errors; "
                    + $"{result.ServiceUs:N0} µs of the service and {result.DatabaseUs:N0} µs of the database each; "
                    + $"ratio {result.Ratio:F2} ({claims.PerSecond / statement:F2})"
            );
        }
        await pgbench.Check(warmUp.Done + results.Sum(r => r.Claims.Done), (results.Count + 1) * wide, cancellationToken);
        await pgbench.Leave(cancellationToken);

        var half = Bench.Median(results.Select(r => r.Claims.PerSecond)) / 2;
        var rest = offered.Skip((count + 1) * slice).ToList();
        var paced = await Paced.Claim(
            service,
            rest,
            half,
            TimeSpan.FromSeconds(Math.Min(length, (int)(rest.Count / half) - 2)),
            wide,
            cancellationToken
        );
        Bench.Print($"  at half of that, {half:N0}/s: {paced.Times}, {paced.Errors} errors");
        var errors = warmUp.Errors + results.Sum(r => r.Claims.Errors) + paced.Errors;
        var figures = new JsonObject
        {
            ["bench"] = "claims",
            ["cases"] = all,
            ["cold"] = parsed.GetValue(cold),
            ["withoutClocks"] = parsed.GetValue(withoutClocks),
            ["ratio"] = Bench.Round(Bench.Median(results.Select(r => r.Ratio))),
            ["ratios"] = Bench.Array(results.Select(r => r.Ratio)),
            ["ratioToOneStatement"] = Bench.Round(Bench.Median(results.Select(r => r.Claims.PerSecond / r.Statement))),
            ["claimsPerSecond"] = Bench.Round(Bench.Median(results.Select(r => r.Claims.PerSecond)), 0),
            ["pgbenchPerSecond"] = Bench.Round(Bench.Median(results.Select(r => r.Transaction)), 0),
            ["pgbenchOneStatementPerSecond"] = Bench.Round(Bench.Median(results.Select(r => r.Statement)), 0),
            ["fullLoadP50Ms"] = Bench.Round(Bench.Median(results.Select(r => r.Claims.P50Ms))),
            ["fullLoadP99Ms"] = Bench.Round(Bench.Median(results.Select(r => r.Claims.P99Ms))),
            ["halfLoadPerSecond"] = Bench.Round(paced.PerSecond, 0),
            ["halfLoadMs"] = paced.Times.Json(),
            ["serviceUsPerClaim"] = Bench.Round(Bench.Median(results.Select(r => r.ServiceUs)), 0),
            ["databaseUsPerClaim"] = Bench.Round(Bench.Median(results.Select(r => r.DatabaseUs)), 0),
            ["serviceMegabytes"] = service.Memory() / 1_000_000,
            ["errors"] = errors,
        };
        return errors == 0 ? figures : throw new BenchException($"{errors} claims failed: {figures.ToJsonString()}");
    }
);

sealed record Round(double Transaction, double Statement, WrkResult Claims, double ServiceUs, double DatabaseUs)
{
    public double Ratio => Claims.PerSecond / Transaction;
}
