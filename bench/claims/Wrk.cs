using System.Globalization;
using System.Text.Json.Nodes;
using GridActors.Harness;

namespace GridActors.Claims;

/// <param name="Done">How many claims succeeded.</param>
sealed record WrkResult(long Done, double PerSecond, double P50Ms, double P99Ms, long Errors);

/// <summary>Uses <c>wrk</c> to claim as fast as the service answers. Each of its threads claims its own part of the cases.</summary>
sealed class Wrk(MeasuredService service, string folder)
{
    const int Threads = 2;

    static readonly string Script = """
        local threads = 0
        function setup(thread)
          thread:set("number", threads)
          threads = threads + 1
        end

        function init(args)
          cases, at = {}, 0
          for line in io.lines("FOLDER/cases-" .. number .. ".txt") do
            cases[#cases + 1] = line
          end
        end

        function request()
          at = at + 1
          local line = cases[at]
          if not line then
            wrk.thread:stop()
            line = cases[#cases]
          end
          local id = line:sub(1, 32)
          return "POST /api/cases/" .. id .. "/claim HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer " .. line:sub(34)
            .. "\r\nIdempotency-Key: " .. id .. "\r\nContent-Length: 0\r\n\r\n"
        end

        function done(summary, latency, requests)
          local e = summary.errors
          io.write(string.format('\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
            summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), e.status,
            e.connect + e.read + e.write + e.timeout))
        end
        """;

    public async Task<WrkResult> Claim(IReadOnlyList<OfferedCase> cases, int connections, int seconds, CancellationToken cancellationToken)
    {
        for (var thread = 0; thread < Threads; thread++)
        {
            var own = cases.Where((_, i) => i % Threads == thread);
            await File.WriteAllLinesAsync(
                Path.Combine(folder, $"cases-{thread}.txt"),
                own.Select(c => $"{c.Id} {c.Token}"),
                cancellationToken
            );
        }
        var script = Path.Combine(folder, "claims.lua");
        var text = Script
            .Replace("FOLDER", folder, StringComparison.Ordinal)
            .Replace("PORT", service.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await File.WriteAllTextAsync(script, text, cancellationToken);
        var output = await Tool.Run(
            "wrk",
            [$"-t{Threads}", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "-s", script, service.Url.ToString()],
            new Dictionary<string, string>(),
            TimeSpan.FromSeconds(seconds + 30),
            cancellationToken
        );
        var said = JsonNode.Parse(output.AsSpan(output.LastIndexOf('{')).Trim().ToString())!;
        long Figure(string name) => said[name]!.GetValue<long>();
        var done = Figure("requests") - Figure("refused");
        if (done + connections + Threads >= cases.Count)
            throw new BenchException(
                $"All {cases.Count:N0} cases of a round were claimed before its {seconds} seconds were over: ask for more --cases."
            );
        return new(
            done,
            done / (Figure("microseconds") / 1e6),
            Figure("p50") / 1000.0,
            Figure("p99") / 1000.0,
            Figure("refused") + Figure("broken")
        );
    }
}
