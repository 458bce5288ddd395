using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GridActors.Harness;

// How soon does a worker see all households of a grid, and somebody in the county find one resident among a million?
const int HouseholdSize = 4;
const int GridSize = 560;
var residents = Bench.Number("--residents", 1_000_000, "residents in the database, four a household");
var reads = Bench.Number("--reads", 400, "how often each question is asked");
var command = new RootCommand("Lists of a grid's households, and searches among many residents.") { residents, reads };
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var (count, asked) = (parsed.GetValue(residents) / HouseholdSize, parsed.GetValue(reads));
        var service = await workplace.Start("liling", cancellationToken);
        var county = County.Liling();
        var made = new MadeUpHouseholds(county, count, GridSize);
        var watch = Stopwatch.StartNew();
        await made.Register(service, .., cancellationToken);
        var perSecond = count / watch.Elapsed.TotalSeconds;
        Bench.Print(
            $"  {count:N0} households with {count * HouseholdSize:N0} residents in {watch.Elapsed.TotalSeconds:F0} s ({perSecond:N0}/s)"
        );
        // They were registered over years: neither the actors of all of them nor their keys are in memory.
        await service.Stop();
        await service.Start(cancellationToken);
        await using (var connection = await service.Connect(cancellationToken))
        await using (var analyze = new Npgsql.NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 600 })
            await analyze.ExecuteNonQueryAsync(cancellationToken);

        var result = new JsonObject
        {
            ["bench"] = "households",
            ["residents"] = count * HouseholdSize,
            ["registeredPerSecond"] = Bench.Round(perSecond, 0),
        };
        var worker = await service.Api.Token(county.Leaves[0].Reporter, service.Password, cancellationToken);
        var director = await service.Api.Token("ll-centre-director", service.Password, cancellationToken);
        await Ask("a grid's households, all of them", "list", _ => service.Api.Request("GET", "/api/households/mine", worker), GridSize);
        await Ask("a page of the county's households", "page", _ => service.Api.Request("GET", "/api/households?limit=50", director), 50);
        foreach (var (name, text) in MadeUpHouseholds.Searches())
            await Ask($"search by {name}", name.Replace(' ', '-'), i => Search(text(i)), 1);
        return result;

        byte[] Search(string text) => service.Api.Request("POST", "/api/residents/search", director, body: $$"""{"text":"{{text}}"}""");

        async Task Ask(string what, string id, Func<int, byte[]> request, int atLeast)
        {
            var (took, random) = (new Histogram(), new Random(1));
            for (var i = 0; i < asked; i++)
            {
                var sent = Stopwatch.GetTimestamp();
                var (status, found) = await service.Api.Send(
                    request(random.Next(count)),
                    body => JsonNode.Parse(body.Span)!["items"]!.AsArray().Count,
                    cancellationToken
                );
                // The first ones warm up.
                if (i >= asked / 10)
                    took.Add(Stopwatch.GetElapsedTime(sent));
                if (status != 200 || found < atLeast)
                    throw new BenchException($"{what}: {found} found, answered {status}.");
            }
            Bench.Print($"  {what, -36} {took}");
            result[id] = took.Json();
        }
    }
);
