using System.Globalization;
using GridActors.Harness;

namespace GridActors.Claims;

/// <summary>People who claim as fast as the service answers. Each thread of <c>wrk</c> claims its own part of the cases.</summary>
sealed class Claimers(MeasuredService service, string folder)
{
    const string Script = """
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
        """;

    public async Task<WrkResult> Claim(IReadOnlyList<OfferedCase> cases, int connections, int seconds, CancellationToken cancellationToken)
    {
        for (var thread = 0; thread < Wrk.Threads; thread++)
        {
            var own = cases.Where((_, i) => i % Wrk.Threads == thread);
            await File.WriteAllLinesAsync(
                Path.Combine(folder, $"cases-{thread}.txt"),
                own.Select(c => $"{c.Id} {c.Token}"),
                cancellationToken
            );
        }
        var script = Script
            .Replace("FOLDER", folder, StringComparison.Ordinal)
            .Replace("PORT", service.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var claims = await Wrk.Run(service, folder, script, connections, seconds, cancellationToken);
        if (claims.Done + connections + Wrk.Threads >= cases.Count)
            throw new BenchException(
                $"All {cases.Count:N0} cases of a round were claimed before its {seconds} seconds were over: ask for more --cases."
            );
        return claims;
    }
}
