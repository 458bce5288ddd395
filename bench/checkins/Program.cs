using System.CommandLine;
using System.Text.Json.Nodes;
using GridActors.CheckIns;
using GridActors.Harness;

// How many durable check-ins a second does the service take over HTTP, compared with what PostgreSQL does with the same rows? And how long
// does a worker wait who signs in at eight together with everybody else?
var seconds = Bench.Number("--seconds", 6, "how long each measurement of a round takes");
var rounds = Bench.Number("--rounds", 3, "rounds of pgbench and phones in turn");
var connections = Bench.Number("--connections", 64, "HTTP connections");
var warmUp = Bench.Number(
    "--warm-up",
    60,
    "for how many seconds phones send before the first round, half of it one by one and half in batches"
);
var minute = Bench.Number("--minute", 60, "within how many seconds all 1,253 workers sign in");
var load = Bench.Number("--load", 20, "reports a second beside it");
var command = new RootCommand("Durable check-ins through HTTP ÷ pgbench inserting the same rows.")
{
    seconds,
    rounds,
    connections,
    warmUp,
    minute,
    load,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var (length, wide) = (parsed.GetValue(seconds), parsed.GetValue(connections));
        var service = await workplace.Start("chengtanjiang", cancellationToken);
        string[] accounts = [.. Stewards().Select(s => s.Account)];
        var phones = await Phones.SignIn(service, workplace.Folder, accounts, cancellationToken);
        var pgbench = new PgBench(service, workplace.Folder);
        // A service that runs for weeks is measured, and not the compiling of its first minute.
        foreach (var items in (int[])[1, 20])
            await phones.Rush(items, wide, parsed.GetValue(warmUp) / 2, cancellationToken);

        var results = new List<Round>();
        for (var round = 0; round < parsed.GetValue(rounds); round++)
        {
            var inserts = await pgbench.Run(length, cancellationToken);
            var before = service.TimeUsed();
            var one = await phones.Rush(1, wide, length, cancellationToken);
            var used = service.TimeUsed() - before;
            before = service.TimeUsed();
            var twenty = await phones.Rush(20, wide, length, cancellationToken);
            var usedByTwenty = service.TimeUsed() - before;
            var result = new Round(inserts, one.PerSecond, twenty.PerSecond * 20, one.Errors + twenty.Errors);
            results.Add(result);
            Bench.Print(
                $"  {round + 1}  pgbench {inserts, 6:N0}/s; "
                    + $"batches of one {one.PerSecond, 6:N0}/s (p50 {one.P50Ms:F1} p99 {one.P99Ms:F1} ms), ratio {result.One:F2}; "
                    + $"of twenty {result.TwentyPerSecond, 6:N0}/s (p50 {twenty.P50Ms:F1} p99 {twenty.P99Ms:F1} ms), "
                    + $"ratio {result.Twenty:F2}; {result.Errors} errors; "
                    + $"{used.Service / Math.Max(1, one.Done) * 1e6:N0} µs of the service a request of one, "
                    + $"{usedByTwenty.Service / Math.Max(1, twenty.Done) * 1e6:N0} of twenty"
            );
        }

        var category = (await Traffic.Categories(service, accounts[0], cancellationToken))[0];
        (string Account, string Area)[] reports = [.. Stewards().Take(50)];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beside = Beside(service, reports, category, parsed.GetValue(load), stop.Token);
        var rate = (double)phones.Count / parsed.GetValue(minute);
        var (times, refused, _) = await Pace.Run(
            rate,
            TimeSpan.FromSeconds(parsed.GetValue(minute)),
            wide,
            (number, ct) => phones.Send(phones.Request(number, "sign-in", 1), ct),
            cancellationToken
        );
        await stop.CancelAsync();
        await beside;
        Bench.Print(
            $"  {phones.Count:N0} sign-ins in {parsed.GetValue(minute)} s beside {parsed.GetValue(load)} a second: {times}, {refused} bad"
        );
        var errors = refused + results.Sum(r => r.Errors);
        var figures = new JsonObject
        {
            ["bench"] = "checkins",
            ["ratioOfOne"] = Bench.Round(Bench.Median(results.Select(r => r.One))),
            ["ratioOfTwenty"] = Bench.Round(Bench.Median(results.Select(r => r.Twenty))),
            ["pgbenchPerSecond"] = Bench.Round(Bench.Median(results.Select(r => r.Inserts)), 0),
            ["onePerSecond"] = Bench.Round(Bench.Median(results.Select(r => r.OnePerSecond)), 0),
            ["twentyPerSecond"] = Bench.Round(Bench.Median(results.Select(r => r.TwentyPerSecond)), 0),
            ["signInMs"] = times.Json(),
            ["errors"] = errors,
        };
        return errors == 0 ? figures : throw new BenchException($"{errors} requests failed: {figures.ToJsonString()}");
    }
);

// The stewards of the micro-grids, with their areas.
static IEnumerable<(string Account, string Area)> Stewards() =>
    File.ReadLines(Path.Combine(MeasuredService.Home, "packs", "chengtanjiang", "posts.csv"))
        .Select(l => l.Split(','))
        .Where(l => l is [_, "grid-steward", _])
        .Select(l => ($"chengtanjiang/{l[2]}", l[0]));

// The normal load of the morning: reports of cases.
static async Task Beside(
    MeasuredService service,
    (string Account, string Area)[] reporters,
    string category,
    int rate,
    CancellationToken cancellationToken
)
{
    try
    {
        await Pace.Run(
            rate,
            TimeSpan.FromHours(1),
            16,
            async (number, ct) =>
            {
                var (account, area) = reporters[number % reporters.Length];
                var token = await service.Api.Token(account, service.Password, ct);
                var request = service.Api.Request(
                    "POST",
                    "/api/cases",
                    token,
                    Guid.NewGuid().ToString("N"),
                    $$"""{"category":"{{category}}","area":"{{area}}","title":"占道垃圾"}"""
                );
                await service.Api.Send(request, _ => 0, ct);
                return true;
            },
            cancellationToken
        );
    }
    catch (OperationCanceledException)
    {
        // The sign-ins are measured.
    }
}

sealed record Round(double Inserts, double OnePerSecond, double TwentyPerSecond, long Errors)
{
    public double One => OnePerSecond / Inserts;
    public double Twenty => TwentyPerSecond / Inserts;
}
