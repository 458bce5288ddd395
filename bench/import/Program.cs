using System.CommandLine;
using System.Diagnostics;
using GridActors.Harness;
using GridActors.Import;

// How soon is a town's sheet of households shown row by row, and how soon are they registered?
const string Pack = "aoyang";
const string Town = "350924100";
var command = new RootCommand("The households and people of Aoyang as one sheet: its dry run, applying it, and the same sheet again.");
return await Bench.Run(
    args,
    command,
    async (_, workplace, cancellationToken) =>
    {
        var sheet = Path.Combine(workplace.Folder, "households.xlsx");
        await Tool.Run(
            "dotnet",
            [MeasuredService.Program("Simulator"), "households", "generate", "--pack", PackFolder(), "--out", sheet],
            new Dictionary<string, string>(),
            TimeSpan.FromMinutes(2),
            cancellationToken
        );
        var service = await workplace.Start(Pack, cancellationToken);
        var token = await service.Api.Token("ay-centre-director", service.Password, cancellationToken);
        using var desk = new Desk(service, token);

        var (dryRun, import) = await Timed(() => desk.Send(sheet, Town, cancellationToken), "checked");
        var rows = import.Counts.Values.Sum();
        Bench.Print($"  dry run of {rows:N0} rows: {dryRun.TotalSeconds:F1} s ({Counts(import)})");
        var (applying, applied) = await Timed(() => desk.Apply(import.Id, cancellationToken), "applied");
        Bench.Print(
            $"  applied: {applied.Done:N0} households in {applying.TotalSeconds:F1} s ({applied.Done / applying.TotalSeconds:N0}/s)"
        );
        var (again, same) = await Timed(() => desk.Send(sheet, Town, cancellationToken), "checked");
        Bench.Print($"  the same sheet again: {again.TotalSeconds:F1} s ({Counts(same)})");
        if (same.Counts["new"] + same.Counts["changed"] > 0)
            throw new BenchException($"The same sheet again would change something: {Counts(same)}.");
        return new()
        {
            ["bench"] = "import",
            ["people"] = rows,
            ["households"] = applied.Done,
            ["dryRunSeconds"] = Bench.Round(dryRun.TotalSeconds, 1),
            ["applySeconds"] = Bench.Round(applying.TotalSeconds, 1),
            ["againSeconds"] = Bench.Round(again.TotalSeconds, 1),
        };

        async Task<(TimeSpan, ImportState)> Timed(Func<Task<ImportState>> begin, string until)
        {
            var watch = Stopwatch.StartNew();
            var import = await desk.Until((await begin()).Id, until, cancellationToken);
            return (watch.Elapsed, import);
        }
    }
);

static string PackFolder() => Path.Combine(MeasuredService.Home, "packs", Pack);

static string Counts(ImportState import) => string.Join(", ", import.Counts.Select(c => $"{c.Value:N0} {c.Key}"));
