using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Households;

/// <summary>Makes up the households of a pack, as a sheet to import or through the API of a running service.</summary>
static class HouseholdsCommand
{
    public static Command Create() =>
        new("households", "Made-up households and residents for a pack, marked as generated.") { Generate(), Load() };

    static Command Generate()
    {
        var pack = Pack();
        var area = Area();
        var asOf = AsOf();
        var file = new Option<string>("--out") { Description = "the file to write, .csv or .xlsx", Required = true };
        file.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } path && !SheetFile.IsKnown(path))
                result.AddError("--out must end with .csv or .xlsx");
        });
        var command = new Command("generate", "Writes them as the sheet that the import takes.") { pack, area, asOf, file };
        command.SetAction(
            (parsed, cancellationToken) =>
                Arguments.Guard(() =>
                    Write(
                        PackFolder.Read(parsed.GetRequiredValue(pack)),
                        parsed.GetValue(area),
                        parsed.GetValue(asOf),
                        parsed.GetRequiredValue(file),
                        cancellationToken
                    )
                )
        );
        return command;
    }

    static async Task<int> Write(PackFolder pack, string? area, DateOnly asOf, string file, CancellationToken cancellationToken)
    {
        RequireArea(pack, area);
        var began = Stopwatch.GetTimestamp();
        var (sheet, households, people) = (new HouseholdSheet(pack), 0, 0);
        await SheetFile.Write(file, sheet.Headers, Counted(), cancellationToken);
        Console.WriteLine(
            Text(
                $"{pack.Id}: {households:N0} households, {people:N0} people in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s: {file}"
            )
        );
        return 0;

        IEnumerable<string[]> Counted()
        {
            foreach (var household in new HouseholdGenerator(pack, asOf).Of(area))
            {
                households++;
                foreach (var row in sheet.Rows(household))
                {
                    people++;
                    yield return row;
                }
            }
        }
    }

    static Command Load()
    {
        var (url, password, pack, area, asOf) = (Arguments.Url(), Arguments.Password(), Pack(), Area(), AsOf());
        var account = new Option<string?>("--account")
        {
            Description = "who enters them: a person of the operations centre; without it one of the demo's people",
        };
        var limit = new Option<int?>("--limit") { Description = "only the first so many households" };
        var concurrency = new Option<int>("--concurrency") { Description = "requests under way at once", DefaultValueFactory = _ => 16 };
        foreach (
            var (option, atLeastOne) in new (Option, Func<OptionResult, bool>)[]
            {
                (limit, r => r.GetValueOrDefault<int?>() is null or >= 1),
                (concurrency, r => r.GetValueOrDefault<int>() >= 1),
            }
        )
            option.Validators.Add(result =>
            {
                if (!atLeastOne(result))
                    result.AddError($"{option.Name} must be at least 1");
            });
        var command = new Command("load", "Enters them in a running service, one call a household.")
        {
            url,
            password,
            pack,
            area,
            asOf,
            account,
            limit,
            concurrency,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Arguments.Guard(() =>
                    Enter(
                        PackFolder.Read(parsed.GetRequiredValue(pack)),
                        parsed.GetValue(asOf),
                        new LoadOptions
                        {
                            Url = parsed.GetRequiredValue(url),
                            Password = Arguments.PasswordOf(parsed, password),
                            Account = parsed.GetValue(account),
                            Area = parsed.GetValue(area),
                            Limit = parsed.GetValue(limit),
                            Concurrency = parsed.GetValue(concurrency),
                        },
                        cancellationToken
                    )
                )
        );
        return command;
    }

    static async Task<int> Enter(PackFolder pack, DateOnly asOf, LoadOptions options, CancellationToken cancellationToken)
    {
        RequireArea(pack, options.Area);
        var began = Stopwatch.GetTimestamp();
        var load = new HouseholdLoad(pack, asOf, options);
        await load.Run(entered => Console.Error.WriteLine(Text($"{entered:N0} households entered")), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(Text($"{pack.Id}: {load.Entered:N0} households, {load.People:N0} people entered in {seconds:0.0} s"));
        foreach (var (reason, count) in load.Refusals)
            Console.Error.WriteLine(Text($"{count:N0} households refused: {reason}"));
        return load.Refusals.Count == 0 ? 0 : 1;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    static void RequireArea(PackFolder pack, string? area)
    {
        if (area is not null && pack.Areas.All(a => a.Code != area))
            throw new UnusableFileException("areas.csv", 0, $"{area} is no area of the pack {pack.Id}");
    }

    static Option<string> Pack() => new("--pack") { Description = "the pack: a name in the folder packs, or a folder", Required = true };

    static Option<string?> Area() => new("--area") { Description = "only this area and what is below it, by its code" };

    static Option<DateOnly> AsOf() =>
        new("--as-of")
        {
            Description = "the day around which certificates lapse, YYYY-MM-DD; default: today",
            DefaultValueFactory = _ => DateOnly.FromDateTime(DateTime.Now),
        };
}
