using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GridActors.Simulator.Client;
using GridActors.Simulator.Replay;

namespace GridActors.Simulator;

static class Arguments
{
    const string PasswordVariable = "GRIDACTORS_DEMO_PASSWORD";
    const int Unusable = 2;

    // In any unit it is less than the longest TimeSpan.
    const double MaxDuration = 1_000_000;

    public static Option<Uri> Url() =>
        new("--url")
        {
            Description = "the running service",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                    return url;
                result.AddError("--url must be an http or https address");
                return null;
            },
        };

    public static Option<string?> Password() =>
        new("--password") { Description = $"everybody's password in a demo; default: ${PasswordVariable}" };

    /// <summary>The password isn't the option's default value, because --help prints default values.</summary>
    public static string? PasswordOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password ? password : null);

    public static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (
            text.Length > 1
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= MaxDuration
        )
        {
            switch (text[^1])
            {
                case 's':
                    return TimeSpan.FromSeconds(number);
                case 'm':
                    return TimeSpan.FromMinutes(number);
                case 'h':
                    return TimeSpan.FromHours(number);
                case 'd':
                    return TimeSpan.FromDays(number);
            }
        }
        result.AddError($"{text} is no duration: write 90s, 10m, 2h or 1d");
        return null;
    }

    /// <summary>Prints a failure that the person at the terminal can put right as one sentence, without a stack trace.</summary>
    public static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e)
            when (e
                    is RefusedException
                        or ServiceAwayException
                        or StateMismatchException
                        or UnusableFileException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("stopped");
            return Unusable;
        }
    }
}
