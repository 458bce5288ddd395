using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using GridActors.Harness;

// How long until a service with half a year of cases answers again?
var requests = Bench.Number("--requests", 58_251, "how many of the file's requests are replayed before");
var starts = Bench.Number("--starts", 5, "how often it is started");
var scripts = Bench.Number("--script-starts", 3, "how often by ./gridactors up, which looks first whether there is something to build");
var file = new Option<string>("--file")
{
    Description = "the recorded requests",
    DefaultValueFactory = _ => Path.Combine(MeasuredService.Home, "bench", "data", "boston_311_2011.csv.gz"),
};
var command = new RootCommand("The second start: from the process to an answer, with the replayed data.")
{
    requests,
    starts,
    scripts,
    file,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        const string Account = "ll-centre-1";
        var service = await workplace.Start("liling", cancellationToken);
        var first = service.TookToStart;
        Bench.Print($"  first start, database made: {first.TotalSeconds:F2} s");
        var root = County.Liling().Root;
        var token = await service.Api.Token(Account, service.Password, cancellationToken);
        await Replay(service, parsed.GetValue(file)!, parsed.GetValue(requests), cancellationToken);
        var (reported, _) = await Board(service, root, token, cancellationToken);

        var stop = Stopwatch.StartNew();
        await service.Stop();
        Bench.Print($"  {reported:N0} cases; clean stop {stop.Elapsed.TotalSeconds:F2} s");
        var (ready, answered) = await Starts(parsed.GetValue(starts), script: false);
        Bench.Print($"  ready    {string.Join("  ", ready.Select(s => $"{s:F2}"))} s, median {Bench.Median(ready):F2}");
        Bench.Print($"  answered {string.Join("  ", answered.Select(s => $"{s:F2}"))} s, median {Bench.Median(answered):F2}");
        var figures = new JsonObject
        {
            ["bench"] = "start",
            ["cases"] = reported,
            ["firstSeconds"] = Bench.Round(first.TotalSeconds),
            ["readySeconds"] = Bench.Round(Bench.Median(ready)),
            ["answeredSeconds"] = Bench.Round(Bench.Median(answered)),
            ["ready"] = Bench.Array(ready),
            ["answered"] = Bench.Array(answered),
        };
        if (parsed.GetValue(scripts) > 0)
        {
            await Starts(1, script: true); // Builds, and isn't counted.
            var (scripted, scriptedAnswered) = await Starts(parsed.GetValue(scripts), script: true);
            Bench.Print(
                $"  by ./gridactors up: ready {string.Join("  ", scripted.Select(s => $"{s:F2}"))} s, median {Bench.Median(scripted):F2}"
            );
            figures["scriptReadySeconds"] = Bench.Round(Bench.Median(scripted));
            figures["scriptAnsweredSeconds"] = Bench.Round(Bench.Median(scriptedAnswered));
            figures["script"] = Bench.Array(scripted);
        }
        return figures;

        async Task<(List<double> Ready, List<double> Answered)> Starts(int times, bool script)
        {
            var (readies, answers) = (new List<double>(), new List<double>());
            for (var i = 0; i < times; i++)
            {
                await service.Start(cancellationToken, script);
                var watch = Stopwatch.StartNew();
                var (cases, _) = await Board(service, root, token, cancellationToken);
                if (cases != reported)
                    throw new BenchException($"The board shows {cases:N0} cases after the start; it showed {reported:N0}.");
                readies.Add(service.TookToStart.TotalSeconds);
                answers.Add(service.TookToStart.TotalSeconds + watch.Elapsed.TotalSeconds);
                await service.Stop();
            }
            return (readies, answers);
        }
    }
);

static async Task<(int Reported, JsonNode Board)> Board(
    MeasuredService service,
    string root,
    string token,
    CancellationToken cancellationToken
)
{
    var board = await service.Api.Get($"/api/areas/{root}/board", token, cancellationToken);
    return (board["counts"]!["reported"]!.GetValue<int>(), board);
}

static async Task Replay(MeasuredService service, string file, int requests, CancellationToken cancellationToken)
{
    string[] arguments =
    [
        MeasuredService.Program("Simulator"),
        "replay",
        file,
        "--url",
        service.Url.ToString(),
        "--account",
        "ll-centre-1",
        "--limit",
        requests.ToString(CultureInfo.InvariantCulture),
    ];
    var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
    start.Environment["GRIDACTORS_DEMO_PASSWORD"] = service.Password;
    using var replay = Process.Start(start)!;
    try
    {
        replay.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                Bench.Print($"  replay: {text}");
        };
        replay.BeginErrorReadLine();
        var output = await replay.StandardOutput.ReadToEndAsync(cancellationToken);
        await replay.WaitForExitAsync(cancellationToken);
        if (replay.ExitCode != 0)
            throw new BenchException($"The replay failed: {output}");
    }
    finally
    {
        if (!replay.HasExited)
            replay.Kill();
    }
}
