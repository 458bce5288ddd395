using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GridActors.Domain.Packs.Files;
using GridActors.Harness;
using GridActors.Harness.Fuzz;
using GridActors.Simulator.Replay;

// Does anything that a client or a file can hold make the service fail?
var calls = Bench.Number("--calls", 100_000, "calls of the API");
var messages = Bench.Number("--messages", 4_000, "messages to the live hub");
var files = Bench.Number("--files", 4_000, "damaged files for each reader");
var connections = Bench.Number("--connections", 64, "connections at once");
var seed = Bench.Number("--seed", 0, "the same seed makes the same inputs; 0: one that is printed");
var command = new RootCommand(
    "Valid, nearly valid and hostile inputs for the API, the live hub and the readers of files: none may make them fail."
)
{
    calls,
    messages,
    files,
    connections,
    seed,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var start = parsed.GetValue(seed) is var given and not 0 ? given : Random.Shared.Next(1, 1_000_000);
        Bench.Print($"seed {start}");
        var service = await workplace.Start("liling", cancellationToken);
        var callers = await Callers(service, cancellationToken);
        var figures = new JsonObject { ["bench"] = "fuzz", ["seed"] = start };
        var faults = 0;

        var api = await ApiFuzz.Prepare(service.Url, callers);
        await Measure("api", () => api.Run(start, parsed.GetValue(calls), parsed.GetValue(connections), cancellationToken));
        var hub = new HubFuzz(service.Url, callers);
        await Measure("hub", () => hub.Run(start, parsed.GetValue(messages), 16, cancellationToken));
        await Measure("packs", () => Read(Path.Combine(TestPacks.Folder, "qinghe"), Pack));
        await Measure("replay", () => Read(Requests(workplace.Folder), Replayed));
        await Healthy(service, cancellationToken);
        if (faults > 0)
            throw new BenchException($"{faults:N0} faults with seed {start}.");
        return figures;

        async Task Measure(string name, Func<Task<FuzzReport>> run)
        {
            var watch = Stopwatch.StartNew();
            var report = await run();
            var seconds = watch.Elapsed.TotalSeconds;
            Bench.Print($"{name}: {report.Calls:N0} in {seconds:N1} s, {report.Faults:N0} faults");
            foreach (var line in report.Lines())
                Bench.Print(line);
            faults += report.Faults;
            figures[name] = new JsonObject
            {
                ["seconds"] = Bench.Round(seconds, 1),
                ["faults"] = report.Faults,
                ["outcomes"] = new JsonObject(report.Counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
            };
        }

        Task<FuzzReport> Read(string folder, Func<string, string> read) =>
            Task.Run(() => new FileFuzz(folder).Run(start, parsed.GetValue(files), read, cancellationToken), cancellationToken);
    }
);

// People of the demo, with different posts.
static async Task<IReadOnlyList<FuzzCaller>> Callers(MeasuredService service, CancellationToken cancellationToken)
{
    var callers = new List<FuzzCaller>();
    var demo = (await service.Api.Get("/api/demo", null, cancellationToken))["people"]!.AsArray();
    foreach (var person in demo.Select(p => p!["account"]!.GetValue<string>()).Distinct())
        callers.Add(new(person, await service.Api.Token(person, service.Password, cancellationToken)));
    return callers;
}

static async Task Healthy(MeasuredService service, CancellationToken cancellationToken)
{
    if (!await service.Api.IsReady(cancellationToken))
        throw new BenchException("The service isn't ready after the run.");
}

static string Pack(string folder) => PackReader.Read(folder).IsValid ? "accepted" : "refused";

static string Replayed(string folder)
{
    try
    {
        foreach (var path in Directory.GetFiles(folder))
            _ = path.EndsWith(".map", StringComparison.Ordinal) ? CategoryMap.Read(path).Codes.Count : RequestFile.Read(path).Count();
        return "accepted";
    }
    catch (UnusableFileException)
    {
        return "refused";
    }
}

// A few hundred requests of bench/data, plain and compressed, and the categories.
static string Requests(string workplace)
{
    var folder = Path.Combine(workplace, "requests");
    Directory.CreateDirectory(folder);
    var data = Path.Combine(MeasuredService.Home, "bench", "data");
    using var whole = new StreamReader(
        new System.IO.Compression.GZipStream(
            File.OpenRead(Path.Combine(data, "boston_311_2011.csv.gz")),
            System.IO.Compression.CompressionMode.Decompress
        )
    );
    var text = string.Join('\n', Enumerable.Range(0, 200).Select(_ => whole.ReadLine())) + "\n";
    File.WriteAllText(Path.Combine(folder, "requests.csv"), text);
    using (
        var gzip = new System.IO.Compression.GZipStream(
            File.Create(Path.Combine(folder, "requests.csv.gz")),
            System.IO.Compression.CompressionLevel.Fastest
        )
    )
        gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
    File.Copy(Path.Combine(data, "boston_categories.csv"), Path.Combine(folder, "categories.map"));
    return folder;
}
