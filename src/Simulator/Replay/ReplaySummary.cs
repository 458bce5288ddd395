using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Replay;

sealed record ReplaySummary(
    ReplayOptions Options,
    string Pack,
    ReplayFigures Figures,
    TimeSpan Took,
    long Calls,
    CallTimings Timings,
    CategoryChoice Categories,
    BoardCheck? Check,
    string? Interruption
)
{
    const int WarningsShown = 5;

    public int ExitCode =>
        Interruption is not null ? 2
        : Check is { IsEqual: true } ? 0
        : 1;

    public IEnumerable<string> Lines()
    {
        var replaced = Categories.Replaced.OrderByDescending(r => r.Value).ToList();
        foreach (var (category, requests) in replaced.Take(WarningsShown))
            yield return $"warning: the catalogue has no category {category}; {requests:N0} requests went to {Categories.Fallback}";
        if (replaced.Count > WarningsShown)
            yield return $"warning: nor {replaced.Count - WarningsShown} others; "
                + $"{replaced.Skip(WarningsShown).Sum(r => r.Value):N0} requests went to {Categories.Fallback}";
        foreach (var sample in Figures.ErrorSamples)
            yield return $"error: {sample}";
        if (Figures.Errors > Figures.ErrorSamples.Count)
            yield return $"error: {Figures.Errors - Figures.ErrorSamples.Count} more";
        if (Interruption is not null)
            yield return $"interrupted ({Interruption}) at {Figures.Finished:N0} of {Figures.Total:N0}; the same command goes on from here";
        if (Check is not null)
            yield return Check.Sentence;
    }

    public string Json() =>
        JsonSerializer.Serialize(
            new ReplayReport(
                "replay",
                Pack,
                Options.Speed?.ToString(CultureInfo.InvariantCulture) ?? "max",
                Options.Concurrency,
                Figures.Total,
                Figures.FinishedEarlier,
                Figures.Finished,
                Figures.Errors,
                Round(Took.TotalSeconds),
                Calls,
                Round(Calls / Math.Max(Took.TotalSeconds, 1e-9)),
                Check?.IsEqual,
                CallReport.Of(Timings)
            ),
            ReportJson.Default.ReplayReport
        );

    static double Round(double value) => Math.Round(value, 3);
}

sealed record ReplayReport(
    string Run,
    string Pack,
    string Speed,
    int Concurrency,
    int Requests,
    int FinishedEarlier,
    int Finished,
    int Errors,
    double Seconds,
    long Calls,
    double CallsPerSecond,
    bool? EqualToFile,
    IReadOnlyDictionary<string, CallReport> PerCall
);

sealed record CallReport(long Count, double P50Ms, double P99Ms, long Refused, long Repeated)
{
    public static IReadOnlyDictionary<string, CallReport> Of(CallTimings timings) =>
        timings.Kinds.ToDictionary(
            k => k.Key,
            k => new CallReport(
                k.Value.Count,
                Math.Round(k.Value.Milliseconds(0.5), 2),
                Math.Round(k.Value.Milliseconds(0.99), 2),
                k.Value.Refusals,
                k.Value.Repeats
            )
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReplayReport))]
sealed partial class ReportJson : JsonSerializerContext;
