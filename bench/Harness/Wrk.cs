using System.Text.Json.Nodes;

namespace GridActors.Harness;

/// <param name="Done">How many requests succeeded.</param>
sealed record WrkResult(long Done, double PerSecond, double P50Ms, double P99Ms, long Errors);

/// <summary>
/// Sends requests with <c>wrk</c> as fast as the service answers. It takes little of the processor, which it shares with the service.
/// </summary>
static class Wrk
{
    public const int Threads = 2;

    const string Common = """
        local threads = 0
        function setup(thread)
          thread:set("number", threads)
          threads = threads + 1
        end

        function done(summary, latency, requests)
          local e = summary.errors
          io.write(string.format('\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
            summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), e.status,
            e.connect + e.read + e.write + e.timeout))
        end

        """;

    /// <param name="folder">For the script.</param>
    /// <param name="script">
    /// In Lua: <c>init</c>, which finds the number of its thread (0 or 1) in <c>number</c>, and <c>request</c>, which answers with a whole
    /// request.
    /// </param>
    public static async Task<WrkResult> Run(
        MeasuredService service,
        string folder,
        string script,
        int connections,
        int seconds,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(folder, "wrk.lua");
        await File.WriteAllTextAsync(file, Common + script, cancellationToken);
        var output = await Tool.Run(
            "wrk",
            [$"-t{Threads}", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "-s", file, service.Url.ToString()],
            new Dictionary<string, string>(),
            TimeSpan.FromSeconds(seconds + 30),
            cancellationToken
        );
        var said = JsonNode.Parse(output.AsSpan(output.LastIndexOf('{')).Trim().ToString())!;
        long Figure(string name) => said[name]!.GetValue<long>();
        var done = Figure("requests") - Figure("refused");
        return new(
            done,
            done / (Figure("microseconds") / 1e6),
            Figure("p50") / 1000.0,
            Figure("p99") / 1000.0,
            Figure("refused") + Figure("broken")
        );
    }
}
