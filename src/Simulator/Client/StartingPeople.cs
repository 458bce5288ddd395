namespace GridActors.Simulator.Client;

/// <summary>Finds the person of a pack to begin with: one who may read, and report or whatever it is, in all of it.</summary>
static class StartingPeople
{
    const int MaxTried = 12;

    public static async Task<Session> SignIn(ServiceClient client, string account, string? password, CancellationToken cancellationToken) =>
        (await Session.SignIn(client, account, password, cancellationToken)).Required($"sign-in of {account}");

    public static async Task<DemoPeople> Demo(ServiceClient client, CancellationToken cancellationToken) =>
        (await client.Send(new Call("demo", HttpMethod.Get, "api/demo"), WireJson.Default.DemoPeople, cancellationToken)).Required(
            "GET /api/demo"
        );

    /// <summary>One session per pack of a demo, for all packs or the named ones.</summary>
    /// <param name="permission">What they may do at the top of their pack.</param>
    public static async Task<List<Session>> FromDemo(
        ServiceClient client,
        IReadOnlyCollection<string> packs,
        string? password,
        CancellationToken cancellationToken,
        string permission = "report"
    )
    {
        var demo = await Demo(client, cancellationToken);
        if (!demo.Demo || demo.People.IsDefaultOrEmpty)
            throw new RefusedException(
                "this deployment is no demo and offers nobody: name a person of the operations centre with --account"
            );
        var found = new List<Session>();
        foreach (
            var pack in demo
                .People.GroupBy(p => p.Pack)
                .Where(g => packs.Count == 0 || packs.Contains(g.Key))
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
            found.Add(await OfPack(client, pack.Key, [.. pack], password, permission, cancellationToken));
        if (packs.FirstOrDefault(p => found.TrueForAll(s => s.Me.Pack.Id != p)) is { } missing)
            throw new RefusedException($"the demo offers nobody of the pack {missing}");
        return found;
    }

    static async Task<Session> OfPack(
        ServiceClient client,
        string pack,
        List<DemoPerson> people,
        string? password,
        string permission,
        CancellationToken cancellationToken
    )
    {
        // Codes grow towards the leaves, so the shortest belong to the top.
        foreach (
            var person in people
                .OrderBy(p => p.Area.Length)
                .ThenBy(p => p.Account, StringComparer.Ordinal)
                .DistinctBy(p => p.Account)
                .Take(MaxTried)
        )
        {
            var answer = await Session.SignIn(client, person.Account, password, cancellationToken, pack);
            if (answer.Value is { } session && session.Me.MayAtHome(permission) && await IsAtTheTop(session, cancellationToken))
                return session;
        }
        throw new RefusedException(
            $"nobody the demo offers in {pack} may {permission} at its top: name a person of the operations centre with --account"
        );
    }

    public static async Task<bool> IsAtTheTop(Session session, CancellationToken cancellationToken) =>
        (await session.Area(session.Home, cancellationToken)).Value is { Parent: null };
}
