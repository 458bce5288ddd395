using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using GridActors.Harness;
using GridActors.Scores;

// How soon is a county's month of scores there, computed again by other rules, and closed?
// And how soon does a worker see a record in theirs?
const string Director = "ll-centre-director";
const string Worker = "ll-w-0002";
const string Here = """{"lon":113.4,"lat":27.6,"accuracy":8}""";
const int Months = 24;
var rounds = Bench.Number("--rounds", 10, "how often the month of all workers is asked for");
var records = Bench.Number("--records", 200, "how many records are sent, each followed by a look at the score");
var command = new RootCommand("The scores of 820 workers over two years of 680,276 visits and 82,513 cases.") { rounds, records };
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var service = await workplace.Start("liling", cancellationToken);
        var workers = await TwoYears.Write(service, cancellationToken);
        var director = await service.Api.Token(Director, service.Password, cancellationToken);
        var worker = await service.Api.Token(Worker, service.Password, cancellationToken);
        var before = service.Memory();

        var month = new Histogram();
        for (var i = 0; i < parsed.GetValue(rounds); i++)
            month.Add(await Took(() => List(month: null)));
        Bench.Print($"  a month of {workers} workers: {month}");
        var memory = (service.Memory() - before) / 1e6;
        Bench.Print($"  memory that it took: {memory:F0} MB");

        var first = DateOnly.FromDateTime(DateTime.UtcNow).AddMonths(1 - Months);
        var recomputed = await Took(async () =>
        {
            for (var i = 0; i < Months; i++)
                await List(first.AddMonths(i).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        });
        Bench.Print($"  {Months} months by given rules: {recomputed.TotalSeconds:F1} s");

        var screen = new Histogram();
        for (var i = 0; i < parsed.GetValue(records); i++)
            screen.Add(await Took(() => RecordAndLook(i)));
        Bench.Print($"  from a record to its score: {screen}");

        long closed = 0;
        var closing = await Took(async () => closed = await TwoYears.Close(service, cancellationToken));
        if (closed != workers)
            throw new BenchException($"{closed} of {workers} months were closed.");
        Bench.Print($"  {closed} months closed: {closing.TotalSeconds:F2} s, of which up to a second is waited for");
        return new()
        {
            ["bench"] = "scores",
            ["workers"] = workers,
            ["month"] = month.Json(),
            ["memoryMegabytes"] = Bench.Round(memory, 0),
            ["twoYearsSeconds"] = Bench.Round(recomputed.TotalSeconds, 1),
            ["screen"] = screen.Json(),
            ["closingSeconds"] = Bench.Round(closing.TotalSeconds),
        };

        async Task List(string? month)
        {
            var of = month is null ? "" : $"&month={month}&version=1";
            var answer = await service.Api.Get($"/api/scores?area=430281{of}", director, cancellationToken);
            if (answer["people"]!.AsArray().Count != workers)
                throw new BenchException("The list doesn't have everybody.");
        }

        async Task RecordAndLook(int number)
        {
            var now = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
            var item =
                $$$"""{"id":"{{{Guid.NewGuid()}}}","sequence":{{{number + 1}}},"at":"{{{now}}}","kind":"check-in","position":{{{Here}}}}""";
            var body = $$$"""{"device":"bench-screen","sentAt":"{{{now}}}","items":[{{{item}}}]}""";
            var request = service.Api.Request("POST", "/api/check-ins", worker, body: body);
            var (status, answer) = await service.Api.Send(request, sent => Encoding.UTF8.GetString(sent.Span), cancellationToken);
            if (status != 200 || !answer!.Contains("\"taken\"", StringComparison.Ordinal))
                throw new BenchException($"A record answered {status}.");
            var score = await service.Api.Get("/api/scores/me", worker, cancellationToken);
            if (score["days"]!["onDuty"]!.GetValue<int>() == 0)
                throw new BenchException("The score doesn't know the record.");
        }

        static async Task<TimeSpan> Took(Func<Task> work)
        {
            var watch = Stopwatch.StartNew();
            await work();
            return watch.Elapsed;
        }
    }
);
