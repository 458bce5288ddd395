using System.Collections.Concurrent;
using System.Diagnostics;
using GridActors.Harness;

namespace GridActors.Claims;

/// <param name="Token">The token of a person to whom the case is offered.</param>
readonly record struct OfferedCase(string Id, string Token);

/// <summary>
/// Prepares the cases to claim: the workers of each grid report them through the API, in all categories that aren't confidential.
/// </summary>
static class Preparation
{
    const int Parallel = 32;

    public static async Task<IReadOnlyList<OfferedCase>> Report(
        MeasuredService service,
        int count,
        int officials,
        CancellationToken cancellationToken,
        string name = "claims"
    )
    {
        var watch = Stopwatch.StartNew();
        var county = County.Liling();
        var categories = await Traffic.Categories(service, "ll-centre-1", cancellationToken);
        var cases = new OfferedCase[count];
        var known = new ConcurrentDictionary<string, bool>();
        await System.Threading.Tasks.Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (i, ct) =>
            {
                var leaf = county.Leaves[(int)(i * 7919L % county.Leaves.Count)];
                var reporter = await service.Api.Token(leaf.Reporter, service.Password, ct);
                var reported = await service.Api.Report(
                    reporter,
                    $"{name}-{i}",
                    categories[i % categories.Count],
                    leaf.Area,
                    $"路灯不亮 {i}",
                    ct
                );
                var person = Claimant(reported.OfferedTo, i);
                cases[i] = new(reported.Id, await service.Api.Token(person, service.Password, ct));
            }
        );
        Bench.Print(
            $"{count:N0} cases reported in {watch.Elapsed.TotalSeconds:F0} s ({count / watch.Elapsed.TotalSeconds:N0}/s), "
                + $"to be claimed by {known.Count:N0} people"
        );
        return cases;

        string Claimant(IReadOnlyList<string> offeredTo, int number)
        {
            var chosen = offeredTo[number % offeredTo.Count];
            if (known.Count >= officials && !known.ContainsKey(chosen) && offeredTo.FirstOrDefault(known.ContainsKey) is { } other)
                chosen = other;
            known.TryAdd(chosen, true);
            return chosen;
        }
    }
}
