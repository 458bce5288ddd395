using System.Collections.Concurrent;

namespace GridActors.Harness;

/// <summary>A county at work: one change in four is a report, the others take an earlier case one step further.</summary>
sealed class Traffic(MeasuredService service, IReadOnlyList<Leaf> leaves, IReadOnlyList<string> categories)
{
    readonly ConcurrentQueue<Open> _open = new();
    readonly ConcurrentDictionary<string, int> _refusals = new();
    int _reports;

    /// <summary>Steps that didn't succeed, with their statuses, and how often.</summary>
    public string Refusals => string.Join(", ", _refusals.OrderBy(r => r.Key).Select(r => $"{r.Key}: {r.Value}"));

    /// <summary>Those that aren't confidential, and that whoever claims can resolve with words: a mediation ends by an agreement.</summary>
    public static async Task<IReadOnlyList<string>> Categories(MeasuredService service, string account, CancellationToken cancellationToken)
    {
        var catalogue = await service.Api.Get(
            "/api/catalogue",
            await service.Api.Token(account, service.Password, cancellationToken),
            cancellationToken
        );
        return
        [
            .. catalogue["categories"]!
                .AsArray()
                .Where(c => !c!["confidential"]!.GetValue<bool>() && c["mediation"]?.GetValue<bool>() != true)
                .Select(c => c!["code"]!.GetValue<string>()),
        ];
    }

    /// <summary>Reports once from every leaf, so that everybody is signed in and every area above is active.</summary>
    public Task WarmUp(int parallel, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            leaves,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (_, ct) => await Report(ct)
        );

    public async Task<bool> Act(int number, CancellationToken cancellationToken)
    {
        try
        {
            return number % 4 == 0 || !_open.TryDequeue(out var open)
                ? await Report(cancellationToken)
                : await Step(open, cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or BenchException)
        {
            _refusals.AddOrUpdate("no answer", 1, (_, n) => n + 1);
            return false;
        }
    }

    async Task<bool> Report(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _reports);
        // Consecutive reports come from areas that are far apart.
        var leaf = leaves[(int)(number * 7919L % leaves.Count)];
        var token = await service.Api.Token(leaf.Reporter, service.Password, cancellationToken);
        var reported = await service.Api.Report(
            token,
            $"traffic-{number}",
            categories[number % categories.Count],
            leaf.Area,
            $"路灯不亮 {number}",
            cancellationToken
        );
        _open.Enqueue(new(reported.Id, leaf.Reporter, reported.OfferedTo[number % reported.OfferedTo.Count], 0));
        return true;
    }

    async Task<bool> Step(Open open, CancellationToken cancellationToken)
    {
        var (step, person, body) = open.Steps switch
        {
            0 => ("claim", open.Official, (string?)null),
            1 => ("resolve", open.Official, """{"text":"已更换灯泡，恢复照明。"}"""),
            _ => ("close", open.Reporter, """{"rating":5}"""),
        };
        var token = await service.Api.Token(person, service.Password, cancellationToken);
        var (status, _) = await service.Api.Send(
            service.Api.Request("POST", $"/api/cases/{open.Id}/{step}", token, $"{open.Id}-{step}", body),
            _ => 0,
            cancellationToken
        );
        if (status != 200)
        {
            _refusals.AddOrUpdate($"{step} {status}", 1, (_, n) => n + 1);
            return false;
        }
        if (open.Steps < 2)
            _open.Enqueue(open with { Steps = open.Steps + 1 });
        return true;
    }

    sealed record Open(string Id, string Reporter, string Official, int Steps);
}
