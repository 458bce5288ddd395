using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridActors.Harness;

/// <summary>A measurement failed; the message says why.</summary>
sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Runs a measurement. It prints lines for people, then one line of JSON. A failure is exit code 1.</summary>
static class Bench
{
    static readonly JsonSerializerOptions OneLine = new() { WriteIndented = false, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<int> Number(string name, int value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    public static Option<string?> Folder { get; } =
        new("--data")
        {
            Description =
                "where the temporary data folders go; PostgreSQL's account must be able to enter it, "
                + "and the speed of its disk is part of what is measured",
        };

    public static Task<int> Run(
        string[] args,
        RootCommand command,
        Func<ParseResult, Workplace, CancellationToken, Task<JsonObject>> measure
    )
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        command.Add(Folder);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                try
                {
                    await using var workplace = new Workplace(parsed.GetValue(Folder));
                    var load = LoadAverage();
                    var figures = await measure(parsed, workplace, cancellationToken);
                    figures["cores"] = Environment.ProcessorCount;
                    figures["loadBefore"] = load;
                    Console.WriteLine(figures.ToJsonString(OneLine));
                    return 0;
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    await Console.Error.WriteLineAsync("Interrupted.");
                    return 1;
                }
                catch (BenchException e)
                {
                    await Console.Error.WriteLineAsync(e.Message);
                    return 1;
                }
            }
        );
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }

    public static void Print(string line) => Console.WriteLine(line);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    public static double Round(double value, int digits = 2) => Math.Round(value, digits);

    public static JsonArray Array(IEnumerable<double> values, int digits = 2) => [.. values.Select(v => (JsonNode)Round(v, digits))];

    /// <summary>The machine's load over the last minute. It shows whether other programs disturbed the measurement.</summary>
    static double LoadAverage() =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : -1;
}
