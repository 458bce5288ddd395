using System.CommandLine;
using GridActors.Simulator.Day;

namespace GridActors.Simulator;

static class SimulateCommand
{
    public static Command Create()
    {
        var url = Arguments.Url();
        var password = Arguments.Password();
        var accounts = new Option<string[]>("--account")
        {
            Description = "a person of the operations centre to begin with, one per pack; without it the demo's people are asked",
            AllowMultipleArgumentsPerToken = true,
        };
        var packs = new Option<string[]>("--pack") { Description = "only these packs", AllowMultipleArgumentsPerToken = true };
        var speed = new Option<double>("--speed") { Description = "how many times faster than real time", DefaultValueFactory = _ => 60 };
        speed.Validators.Add(result =>
            Require(
                result.GetValueOrDefault<double>() is >= 0.01 and <= 100_000,
                result.AddError,
                "--speed must be between 0.01 and 100000"
            )
        );
        var seed = new Option<int>("--seed") { Description = "the same seed makes the same choices", DefaultValueFactory = _ => 1 };
        var duration = new Option<TimeSpan?>("--duration")
        {
            Description = "real time to play for: 90s, 10m, 2h, 1d",
            CustomParser = r => Arguments.ParseDuration(r),
        };
        var start = new Option<TimeOnly?>("--start") { Description = "the time of day to begin at, HH:mm" };
        var cases = new Option<int>("--cases-per-day")
        {
            Description = "reports per simulated day and pack",
            DefaultValueFactory = _ => 400,
        };
        cases.Validators.Add(result =>
            Require(result.GetValueOrDefault<int>() > 0, result.AddError, "--cases-per-day must be more than 0")
        );
        var workers = new Option<int>("--workers")
        {
            Description = "how many workers of a pack sign in, patrol and visit",
            DefaultValueFactory = _ => 40,
        };
        workers.Validators.Add(result =>
            Require(result.GetValueOrDefault<int>() is >= 0 and <= 5_000, result.AddError, "--workers must be between 0 and 5000")
        );
        var quiet = new Option<bool>("--quiet") { Description = "print nothing but the last line" };

        var untilInputEnds = new Option<bool>("--until-input-ends")
        {
            Description = "stop when standard input ends, as it does with the process at its other end",
        };

        var command = new Command("simulate", "A county's day: reports, raced claims, work, ratings.")
        {
            url,
            password,
            accounts,
            packs,
            speed,
            seed,
            duration,
            start,
            cases,
            workers,
            quiet,
            untilInputEnds,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Arguments.Guard(() =>
                    Run(
                        new SimulationOptions
                        {
                            Url = parsed.GetRequiredValue(url),
                            Password = Arguments.PasswordOf(parsed, password),
                            Accounts = parsed.GetValue(accounts) ?? [],
                            Packs = parsed.GetValue(packs) ?? [],
                            Speed = parsed.GetValue(speed),
                            Seed = parsed.GetValue(seed),
                            Duration = parsed.GetValue(duration),
                            Start = parsed.GetValue(start),
                            CasesPerDay = parsed.GetValue(cases),
                            Workers = parsed.GetValue(workers),
                            Log = parsed.GetValue(quiet) ? null : Console.Error.WriteLine,
                        },
                        parsed.GetValue(untilInputEnds),
                        cancellationToken
                    )
                )
        );
        return command;
    }

    static async Task<int> Run(SimulationOptions options, bool untilInputEnds, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (untilInputEnds)
            _ = EndWithInput(ending);
        var day = new CountyDay();
        await day.Run(options, ending.Token);
        foreach (var figures in day.Figures)
            Console.WriteLine(figures);
        return 0;
    }

    static async Task EndWithInput(CancellationTokenSource ending)
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
        await ending.CancelAsync();
    }

    static void Require(bool holds, Action<string> refuse, string message)
    {
        if (!holds)
            refuse(message);
    }
}
