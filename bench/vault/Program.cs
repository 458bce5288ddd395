using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridActors.Harness;
using GridActors.Postgres;
using GridActors.Sealing;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging.Abstractions;
using KeyVault = GridActors.Storage.Vault.Vault;

const int WarmUp = 2;
const int ListsAsked = 60;

// What does it cost that personal data is encrypted? The same households are written and read sealed and clear, through the same database.
var count = Bench.Number("--households", 560, "the households of an area");
var rounds = Bench.Number("--rounds", 15, "alternating rounds, after two that aren't counted");
var registered = Bench.Number("--registered", 10_000, "households registered through the API, after half as many that aren't counted");
var command = new RootCommand("The cost of encryption: reads and writes of households ÷ the same without.") { count, rounds, registered };
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        await using var server = await PrivatePostgres.Start(
            new() { DataFolder = Path.Combine(workplace.Folder, "data") },
            NullLogger.Instance,
            cancellationToken
        );
        await using var source = DatabaseExtensions.Open(server.ConnectionString);
        await Migrations.Apply(source, cancellationToken);
        await Ledger.MakeClearTables(source, cancellationToken);
        var vault = new KeyVault(source, new(MasterKey.Parse(MasterKey.Generate()), []));
        using var subjects = new SubjectKeys(source);
        var (all, counted) = (parsed.GetValue(count), parsed.GetValue(rounds));
        var random = new Random(1);

        var batches = await Compare((isSealed, round) => Write(Of($"bench/batches-{round}", isSealed), all, batch: 64));
        var single = await Compare((isSealed, round) => Write(Of($"bench/single-{round}", isSealed), all / 10, batch: 1));
        // What is read is one area; the tables have those of all rounds before.
        var households = Household.Make(all, random);
        await Of("bench/read", isSealed: true).Write(households, cancellationToken);
        await Of("bench/read", isSealed: false).Write(households, cancellationToken);
        await using (var analyze = source.CreateCommand("vacuum analyze"))
            await analyze.ExecuteNonQueryAsync(cancellationToken);
        var list = await Compare((isSealed, _) => Read(Of("bench/read", isSealed).ReadHouseholds));
        var search = await Compare((isSealed, _) => Read(token => Of("bench/read", isSealed).Search("王", token)));
        var microseconds = InMemory(vault, households[0].Residents[0]);
        var tokens = TokensPerSecond(vault.Tokens("bench"), households);
        var (registration, own) = await AskTheService(
            parsed.GetValue(registered),
            (single.Sealed - single.Clear) / (all / 10),
            (list.Sealed - list.Clear) / all
        );

        Bench.Print($"  {all} households with {households.Sum(h => h.Residents.Count):N0} residents; medians of {counted} rounds");
        Bench.Print($"  write them, 64 a transaction     {batches}");
        Bench.Print($"  write a tenth, one a transaction {single}");
        Bench.Print($"  register them through the API    {registration}");
        Bench.Print($"  read households and their heads  {list}");
        Bench.Print($"  list a worker's, through the API {own}");
        Bench.Print($"  search residents by a surname    {search}");
        Bench.Print(
            $"  in memory: {microseconds.Seal:F1} us to seal a resident, {microseconds.Open:F1} to open, {microseconds.Json:F1} to parse"
        );
        Bench.Print($"  {tokens:N0} tokens of names a second on one core");
        return new()
        {
            ["bench"] = "vault",
            ["households"] = all,
            ["writeRatio"] = Bench.Round(batches.Ratio),
            ["writeOneRatio"] = Bench.Round(single.Ratio),
            ["registrationRatio"] = Bench.Round(registration.Ratio),
            ["registrationMs"] = Bench.Round(registration.Sealed),
            ["ownListRatio"] = Bench.Round(own.Ratio),
            ["listRatio"] = Bench.Round(list.Ratio),
            ["searchRatio"] = Bench.Round(search.Ratio),
            ["writeMs"] = Bench.Round(batches.Sealed, 1),
            ["listMs"] = Bench.Round(list.Sealed, 1),
            ["searchMs"] = Bench.Round(search.Sealed, 1),
            ["sealMicroseconds"] = Bench.Round(microseconds.Seal),
            ["openMicroseconds"] = Bench.Round(microseconds.Open),
            ["parseMicroseconds"] = Bench.Round(microseconds.Json),
            ["tokensPerSecond"] = Bench.Round(tokens, 0),
        };

        // The service can't do without encryption. What it takes less what encryption adds to the rows is the same without.
        async Task<(Comparison Registration, Comparison List)> AskTheService(int made, double writingAdds, double readingAdds)
        {
            var service = await workplace.Start("liling", cancellationToken, "service");
            var county = County.Liling();
            var some = new MadeUpHouseholds(county, made * 3 / 2, all);
            await some.Register(service, made.., cancellationToken);
            var before = service.TimeUsed();
            await some.Register(service, ..made, cancellationToken);
            var used = service.TimeUsed() - before;
            var registering = (used.Service + used.Database) * 1000 / made;
            var token = await service.Api.Token(county.Leaves[0].Reporter, service.Password, cancellationToken);
            var (times, listed) = (new List<double>(), 0);
            for (var i = 0; i < ListsAsked; i++)
            {
                var watch = Stopwatch.StartNew();
                (_, listed) = await service.Api.Send(
                    service.Api.Request("GET", "/api/households/mine", token),
                    body => JsonNode.Parse(body.Span)!["items"]!.AsArray().Count,
                    cancellationToken
                );
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
            var listing = Bench.Median(times[WarmUp..]);
            return (new(registering, registering - writingAdds), new(listing, listing - (readingAdds * listed)));
        }

        Ledger Of(string area, bool isSealed) => new(source, area, subjects, isSealed ? vault : null);

        async Task<Taken> Write(Ledger ledger, int made, int batch)
        {
            var some = Household.Make(made, random).Chunk(batch).ToList();
            var watch = Stopwatch.StartNew();
            foreach (var written in some)
                await ledger.Write(written, cancellationToken);
            return new(watch.Elapsed, 0);
        }

        async Task<Taken> Read(Func<CancellationToken, Task<int>> read)
        {
            var watch = Stopwatch.StartNew();
            var fields = await read(cancellationToken);
            return new(watch.Elapsed, fields);
        }

        async Task<Comparison> Compare(Func<bool, int, Task<Taken>> run)
        {
            var (encrypted, clear) = (new List<double>(), new List<double>());
            for (var round = 0; round < counted + WarmUp; round++)
            {
                var fields = new HashSet<int>();
                // They take turns in beginning, so that neither always finds what the other left behind.
                foreach (var isSealed in round % 2 == 0 ? new[] { true, false } : [false, true])
                {
                    var taken = await run(isSealed, round);
                    fields.Add(taken.Fields);
                    if (round >= WarmUp)
                        (isSealed ? encrypted : clear).Add(taken.Time.TotalMilliseconds);
                }
                if (fields.Count > 1)
                    throw new BenchException("What was read sealed and what was read clear aren't the same.");
            }
            return new(Bench.Median(encrypted), Bench.Median(clear));
        }
    }
);

// What is done in memory for one resident, without the database.
static (double Seal, double Open, double Json) InMemory(KeyVault vault, Subject resident)
{
    var key = vault.NewKey("bench", resident.Id);
    var clear = JsonSerializer.SerializeToUtf8Bytes(resident.Fields);
    var value = vault.Seal(key, "resident", clear);
    return (
        Time(() => vault.Seal(key, "resident", clear)),
        Time(() => vault.Open(key, "resident", value)),
        Time(() => JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(clear))
    );

    static double Time(Action act)
    {
        const int Times = 5000;
        var rounds = new List<double>();
        for (var round = 0; round < 9; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Times; i++)
                act();
            rounds.Add(watch.Elapsed.TotalMicroseconds / Times);
        }
        return Bench.Median(rounds);
    }
}

static double TokensPerSecond(SearchTokens tokens, IReadOnlyList<Household> households)
{
    var names = households.SelectMany(h => h.Residents).Select(r => r.Fields["name"]).ToList();
    var made = 0;
    var watch = Stopwatch.StartNew();
    while (watch.Elapsed < TimeSpan.FromSeconds(1))
        foreach (var name in names)
            made += tokens.OfName(name).Length;
    return made / watch.Elapsed.TotalSeconds;
}

/// <param name="Fields">How many fields were read.</param>
sealed record Taken(TimeSpan Time, int Fields);

/// <summary>Medians in milliseconds.</summary>
sealed record Comparison(double Sealed, double Clear)
{
    public double Ratio => Sealed / Clear;

    public override string ToString() => $"{Sealed, 7:F1} ms sealed, {Clear, 7:F1} ms clear: x{Ratio:F2}";
}
