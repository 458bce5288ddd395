using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GridActors.Simulator.Replay;
using Spectre.Console;

namespace GridActors.Simulator;

static class ReplayCommand
{
    const double MinSpeed = 0.1;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "service requests, e.g. bench/data/boston_311_2011.csv.gz" };
        var url = Arguments.Url();
        var password = Arguments.Password();
        var speed = new Option<double>("--speed")
        {
            Description = "max, or how many times faster than the file's own time",
            DefaultValueFactory = _ => double.PositiveInfinity,
            CustomParser = ParseSpeed,
        };
        var account = new Option<string?>("--account")
        {
            Description = "who reports: a person of the operations centre; without it one of the demo's people",
        };
        var pack = new Option<string?>("--pack") { Description = "the pack, when a demo serves several; default liling" };
        var concurrency = new Option<int>("--concurrency") { Description = "requests under way at once", DefaultValueFactory = _ => 64 };
        concurrency.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--concurrency must be at least 1");
        });
        var state = new Option<string?>("--state") { Description = "remember here how far it came" };
        var limit = new Option<int?>("--limit") { Description = "only the first so many requests" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
                result.AddError("--limit must be at least 1");
        });
        var categories = new Option<string?>("--categories")
        {
            Description = "the table from types to categories; default: boston_categories.csv beside the file",
        };
        foreach (var path in new Option<string?>[] { state, categories })
            path.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string?>() is "")
                    result.AddError($"{path.Name} must name a file");
            });

        var command = new Command("replay", "Real service requests from a file, each to the state the file leaves it in.")
        {
            file,
            url,
            password,
            speed,
            account,
            pack,
            concurrency,
            state,
            limit,
            categories,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Arguments.Guard(() =>
                    Run(
                        new ReplayOptions
                        {
                            File = parsed.GetRequiredValue(file),
                            Url = parsed.GetRequiredValue(url),
                            Password = Arguments.PasswordOf(parsed, password),
                            Speed = double.IsInfinity(parsed.GetValue(speed)) ? null : parsed.GetValue(speed),
                            Account = parsed.GetValue(account),
                            Pack = parsed.GetValue(pack),
                            Concurrency = parsed.GetValue(concurrency),
                            State = parsed.GetValue(state),
                            Limit = parsed.GetValue(limit),
                            Categories = parsed.GetValue(categories),
                        },
                        cancellationToken
                    )
                )
        );
        return command;
    }

    static double ParseSpeed(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (text == "max")
            return double.PositiveInfinity;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= MinSpeed)
            return number;
        result.AddError($"--speed must be max or a number of at least {MinSpeed}");
        return 0;
    }

    static async Task<int> Run(ReplayOptions options, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        // Progress goes to standard error, so that standard output holds the result alone.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var interactive = console.Profile.Capabilities.Interactive && !Console.IsErrorRedirected;
        var summary = await new Replayer(options, clock).Run(
            (figures, timings, token) =>
                interactive
                    ? ReplayProgress.Bar(console, figures, timings, clock, token)
                    : ReplayProgress.Lines(Console.Error, figures, timings, clock, token),
            cancellationToken
        );
        foreach (var line in summary.Lines())
            Console.WriteLine(line);
        Console.WriteLine(summary.Json());
        return summary.ExitCode;
    }
}
