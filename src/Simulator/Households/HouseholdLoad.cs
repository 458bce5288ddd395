using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Households;

sealed record LoadOptions
{
    public required Uri Url { get; init; }
    public string? Password { get; init; }

    /// <summary>Who enters them: somebody who may edit households in all of the pack; null for one of the demo's people.</summary>
    public string? Account { get; init; }
    public string? Area { get; init; }

    /// <summary>Only the first so many households; null for all.</summary>
    public int? Limit { get; init; }
    public int Concurrency { get; init; } = 16;
}

/// <summary>Enters the made-up households of a pack through the service's API.</summary>
sealed class HouseholdLoad(PackFolder pack, DateOnly asOf, LoadOptions options)
{
    const string Permission = "edit-households";

    readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    int _entered;
    int _people;

    public int Entered => _entered;
    public int People => _people;

    /// <summary>How many households were refused, by the reason.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <param name="progress">Is told how many have been entered, now and then.</param>
    public async Task Run(Action<int> progress, CancellationToken cancellationToken)
    {
        const int often = 500;
        using var client = new ServiceClient(options.Url, options.Concurrency);
        var session = await FindEditor(client, cancellationToken);
        var homes = new HomeLoad(pack, session, Refused);
        var households = new HouseholdGenerator(pack, asOf).Of(options.Area);
        await Parallel.ForEachAsync(
            options.Limit is { } limit ? households.Take(limit) : households,
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (household, token) =>
            {
                var home = await homes.Of(household, token);
                var answer = await session.AddHousehold(Body(household, home), Key(household), token);
                if (answer.Problem is { } problem)
                {
                    Refused(problem);
                    return;
                }
                Interlocked.Add(ref _people, household.Residents.Count);
                var entered = Interlocked.Increment(ref _entered);
                if (entered % often == 0)
                    progress(entered);
            }
        );
    }

    void Refused(Problem problem) => _refusals.AddOrUpdate(problem.Code ?? $"{problem.HttpStatus}", 1, (_, n) => n + 1);

    async Task<Session> FindEditor(ServiceClient client, CancellationToken cancellationToken)
    {
        if (options.Account is not { } account)
            return (await StartingPeople.FromDemo(client, [pack.Id], options.Password, cancellationToken, Permission)).Single();
        var session = await StartingPeople.SignIn(client, account, options.Password, cancellationToken);
        if (session.Me.Pack.Id != pack.Id || !session.Me.MayAtHome(Permission))
            throw new RefusedException($"{account} may not edit households of the pack {pack.Id}");
        return session;
    }

    static HouseholdBody Body(GeneratedHousehold household, string? home) =>
        new(
            household.Area,
            home,
            household.Fields,
            [
                .. household.Residents.Select(r => new ResidentBody(
                    r.Kind,
                    r.Relation,
                    r.Fields,
                    [.. r.Groups],
                    [.. r.Certificates.Select(c => new CertificateBody(c.Key, c.Value))],
                    [GeneratedResident.Tag]
                )),
            ]
        );

    /// <summary>The same household has the same key, so that a load which is begun again enters nobody twice.</summary>
    string Key(GeneratedHousehold household) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{pack.Id}/{household.Fields["number"]}")).AsSpan(0, 16)).ToString();
}
