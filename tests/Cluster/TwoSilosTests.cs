using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>Two processes on one database are one service.</summary>
[Collection("processes")]
public sealed class TwoSilosTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    const int Claims = 1000;

    readonly SmallCounty _county = new(workers: 50);
    OwnDatabase _database = null!;

    public async Task InitializeAsync() => _database = await OwnDatabase.StartAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _county.Dispose();

    [Fact]
    public async Task What_is_reported_to_one_is_claimed_once_through_either()
    {
        await using var one = ServiceProcess.Start(_database, _county);
        await using var other = await ServiceProcess.StartReady(_database, _county);
        await one.Ready();
        await FormedOf(2);
        var (first, second) = (await SmallCounty.TokenOf("w-1", _database), await SmallCounty.TokenOf("w-2", _database));

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), async (n, _) =>
        {
            var (near, far) = n % 2 == 0 ? (one, other) : (other, one);
            var id = await Report(near, first);
            var both = await Task.WhenAll(Claim(far, id, first, $"a{n}"), Claim(near, id, second, $"b{n}"));
            Assert.Equal([200, 409], both.Select(a => a.Status).Order());
            var (won, lost) = both[0].Status == 200 ? (both[0], both[1]) : (both[1], both[0]);
            Assert.Equal(("already-claimed", won.Text("claimant")), (lost.Code, lost.Text("claimant")));
        });

        await BoardsAreRight(one);
        await BoardsAreRight(other);
    }

    [Fact]
    public async Task When_one_is_killed_amid_a_thousand_claims_of_one_case_one_claim_wins_and_nothing_is_lost()
    {
        // While it is alone every actor lives there; the second one only passes on.
        var doomed = await ServiceProcess.StartReady(_database, _county);
        var reporter = await SmallCounty.TokenOf("head", _database);
        var contested = await Report(doomed, reporter);
        var others = new List<(string Id, string Claimant)>();
        for (var n = 0; n < 30; n++)
        {
            var (id, claimant) = (await Report(doomed, reporter), _county.Workers[n]);
            Assert.Equal(200, (await Claim(doomed, id, await SmallCounty.TokenOf(claimant, _database), "own")).Status);
            others.Add((id, claimant));
        }
        await using var survivor = await ServiceProcess.StartReady(_database, _county);
        await FormedOf(2);
        var tokens = new List<string>();
        foreach (var worker in _county.Workers) tokens.Add(await SmallCounty.TokenOf(worker, _database));

        var (sent, answered, repeated) = (0, 0, 0);
        var isUnderWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = new Stopwatch();
        var servedAgain = TimeSpan.Zero;
        async Task<Answer> ClaimUntilAnswered(int n)
        {
            Interlocked.Increment(ref sent);
            using var again = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (true)
            {
                var answer = await Claim(survivor, contested, tokens[n % tokens.Count], $"claim-{n}");
                if (answer.Status != 503)
                {
                    if (Interlocked.Increment(ref answered) == Claims / 10) isUnderWay.TrySetResult();
                    return answer;
                }
                Interlocked.Increment(ref repeated);
                await again.WaitForNextTickAsync();
            }
        }

        var claims = Enumerable.Range(0, Claims).Select(ClaimUntilAnswered).ToArray();
        await isUnderWay.Task.InTime();
        doomed.Kill();
        watch.Start();
        var (sentThen, answeredThen) = (sent, answered);
        var serving = Deadline.Await("the actors of the killed silo answer again", async () =>
        {
            if ((await survivor.Call(HttpMethod.Get, $"/api/cases/{contested}", reporter)).Status != 200) return false;
            servedAgain = watch.Elapsed;
            return true;
        });
        await FormedOf(1);
        var declared = watch.Elapsed;
        var answers = await Task.WhenAll(claims).InTime();
        await serving;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"killed after {answeredThen} of {sentThen} claims were answered; declared dead after {declared.TotalSeconds:F1} s; the case answered again after {servedAgain.TotalSeconds:F1} s; {repeated} repetitions"));

        var won = Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a != won), a => Assert.Equal((409, "already-claimed", won.Text("claimant")), (a.Status, a.Code, a.Text("claimant"))));
        Assert.Equal(2, await _database.Ask<long>("select count(*) from journal where stream = $1", $"case/{contested}"));
        foreach (var (id, claimant) in others)
        {
            var answer = await survivor.Call(HttpMethod.Get, $"/api/cases/{id}", reporter);
            Assert.Equal((200, claimant), (answer.Status, answer.Text("claimant")));
        }
        await BoardsAreRight(survivor);
        await doomed.DisposeAsync();
    }

    [Fact]
    public async Task After_all_were_killed_a_supervisor_brings_the_service_back()
    {
        var doomed = new[] { ServiceProcess.Start(_database, _county), ServiceProcess.Start(_database, _county) };
        foreach (var process in doomed) await process.Ready();
        await FormedOf(2);
        var head = await SmallCounty.TokenOf("head", _database);
        var id = await Report(doomed[0], head);
        foreach (var process in doomed) process.Kill();
        foreach (var process in doomed) await process.DisposeAsync();

        // On other ports than before, which is the worst case: as far as the table says the dead are alive. A supervisor starts again what ended.
        var (watch, starts) = (Stopwatch.StartNew(), 0);
        ServiceProcess? next = null;
        while (next is null)
        {
            Assert.InRange(++starts, 1, 3);
            var attempt = ServiceProcess.Start(_database, _county);
            if (await attempt.IsUp()) next = attempt;
            else await attempt.DisposeAsync();
        }
        await using var _ = next;
        await next.Ready();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {watch.Elapsed.TotalSeconds:F1} s after all were killed, at start {starts}"));

        Assert.Equal(200, (await next.Call(HttpMethod.Get, $"/api/cases/{id}", head)).Status);
        await FormedOf(1);
        await BoardsAreRight(next);
    }

    static async Task<string> Report(ServiceProcess service, string token)
    {
        var answer = await service.Call(HttpMethod.Post, "/api/cases", token, new { category = SmallCounty.Category, area = SmallCounty.Grid, title = "路灯不亮" }, Guid.NewGuid().ToString());
        Assert.Equal(201, answer.Status);
        return answer.Text("id")!;
    }

    static Task<Answer> Claim(ServiceProcess service, string id, string token, string key) =>
        service.Call(HttpMethod.Post, $"/api/cases/{id}/claim", token, key: $"{key}-{id}");

    Task FormedOf(int silos) => Deadline.Await($"the cluster has {silos} silos", async () =>
        await _database.Ask<long>("select count(*) from OrleansMembershipTable where Status = 3") == silos);

    /// <summary>Every board equals the SQL count, and every row its journal: at the latest when whoever missed something has asked.</summary>
    async Task BoardsAreRight(ServiceProcess service)
    {
        var head = await SmallCounty.TokenOf("head", _database);
        await Deadline.Await("every board equals the SQL count", async () =>
        {
            var answer = await service.Call(HttpMethod.Post, "/api/admin/verify", head);
            return answer.Status == 200 && answer.Body.GetProperty("differences").GetArrayLength() == 0 && answer.Body.GetProperty("divergent").GetArrayLength() == 0
                && answer.Body.GetProperty("areas").GetInt32() == 4;
        });
    }
}
