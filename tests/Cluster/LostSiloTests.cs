using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>What people see when a silo is killed or hangs.</summary>
public sealed class LostSiloTests(ITestOutputHelper output)
{
    static readonly string[] Workers = ["worker-1", "worker-2", "worker-3", "worker-4", "worker-5"];
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Killing_a_silo_amid_a_thousand_claims_of_one_case_leaves_one_winner_and_loses_nothing()
    {
        const int Claims = 1000;
        // All at once would be answered before the silo is killed, where the machine is fast.
        using var atOnce = new SemaphoreSlim(200);
        await using var cluster = await TestCluster.Create();
        // All actors are activated on the first silo, because it is alone; the second one only forwards calls.
        var doomed = await cluster.Start();
        var dispatcher = await doomed.As("dispatcher-1");
        var workers = await Task.WhenAll(Workers.Select(doomed.As));
        var contested = (await dispatcher.Report("C-A1-1")).Id;
        var others = new List<CaseView>();
        for (var n = 0; n < 30; n++)
            others.Add(await workers[n % workers.Length].Do((await dispatcher.Report("C-A1-1")).Id, "claim"));
        var survivor = await cluster.Start();
        await cluster.HasSilos(2);

        var (answered, repeated) = (0, 0);
        var isUnderWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<Answer> ClaimUntilAnswered(int n)
        {
            // One caller in three calls the silo that will be killed, and calls the other one when it gets no answer.
            var url = n % 3 == 0 ? doomed.Url : survivor.Url;
            var key = Client.NewKey();
            await atOnce.WaitAsync();
            var answer = await Eventually.Is(
                async () =>
                {
                    var attempt = await Try(() => (workers[n % workers.Length] with { Url = url }).Step(contested, "claim", key: key));
                    if (IsDefinite(attempt))
                        return attempt;
                    Interlocked.Increment(ref repeated);
                    url = survivor.Url;
                    return attempt;
                },
                IsDefinite,
                Patience
            );
            atOnce.Release();
            if (Interlocked.Increment(ref answered) == Claims / 10)
                isUnderWay.TrySetResult();
            return answer;
        }

        var claims = Enumerable.Range(0, Claims).Select(ClaimUntilAnswered).ToArray();
        await isUnderWay.Task.WithinDeadline();
        await doomed.Kill();
        var (watch, answeredThen) = (Stopwatch.StartNew(), answered);
        await cluster.HasSilos(1);
        var declared = watch.Elapsed;
        var answers = await Task.WhenAll(claims).WaitAsync(Patience);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"killed after {answeredThen} answers; declared dead after {declared.TotalSeconds:F1} s; {repeated} calls were repeated"
            )
        );

        Assert.True(repeated > 0, "No call was under way when the silo was killed.");
        AssertOneWinner(answers);
        Assert.Equal(1, await cluster.Claims(contested));
        dispatcher = dispatcher with { Url = survivor.Url };
        foreach (var other in others)
            Assert.Equal(other.Claimant, (await dispatcher.Case(other.Id)).Claimant);
        await cluster.BoardsEqual(survivor);
    }

    [Fact]
    public async Task Writes_go_on_within_twenty_seconds_when_a_silo_hangs_and_nothing_is_claimed_twice()
    {
        await using var cluster = await TestCluster.Create();
        var hung = await cluster.Start();
        var dispatcher = await hung.As("dispatcher-1");
        var workers = await Task.WhenAll(Workers.Take(2).Select(hung.As));
        var cases = new List<string>();
        for (var n = 0; n < 10; n++)
            cases.Add((await dispatcher.Report("C-A1-1")).Id);
        var survivor = await cluster.Start();
        await cluster.HasSilos(2);

        await hung.Pause();
        var watch = Stopwatch.StartNew();
        Task<Answer[]> ClaimByAll(string id) => Task.WhenAll(workers.Select(w => ClaimUntilAnswered(w with { Url = survivor.Url }, id)));
        var claims = await Task.WhenAll(cases.Select(ClaimByAll));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all claims were answered after {watch.Elapsed.TotalSeconds:F1} s"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.All(claims, AssertOneWinner);

        // In its memory the cases are still unclaimed. It must not accept a second claim before it notices that it was declared dead.
        await hung.Resume();
        var late = await Task.WhenAll(cases.Select(id => Try(() => workers[0].Step(id, "claim"))));
        Assert.DoesNotContain(late, a => a.Status == 200);
        foreach (var id in cases)
            Assert.Equal(1, await cluster.Claims(id));
        await cluster.BoardsEqual(survivor);
    }

    static async Task<Answer> ClaimUntilAnswered(Client worker, string id)
    {
        var key = Client.NewKey();
        return await Eventually.Is(() => Try(() => worker.Step(id, "claim", key: key)), IsDefinite, Patience);
    }

    /// <summary>A call whose connection may break.</summary>
    static async Task<Answer> Try(Func<Task<Answer>> call)
    {
        try
        {
            return await call();
        }
        catch (HttpRequestException e)
        {
            return Answer.Missing(e);
        }
    }

    /// <summary>True for an answer that is neither "try again" nor missing. A lost silo may cause only those two.</summary>
    static bool IsDefinite(Answer answer)
    {
        if (answer.Status is 503)
            Assert.Contains(answer.Code, new[] { "unavailable", "outcome-unknown", "busy" });
        return answer.Status is not (0 or 503);
    }

    static void AssertOneWinner(Answer[] answers)
    {
        var winner = Assert.Single(answers, a => a.Status == 200).As<CaseView>().Claimant;
        Assert.All(
            answers.Where(a => a.Status != 200),
            a => Assert.Equal(winner, a.Expect(409, "already-claimed").Body.GetProperty("claimant").GetString())
        );
    }
}
