using System.Diagnostics;
using Xunit.Abstractions;

namespace GridActors.Service.Tests.Cases;

[Collection(nameof(Alone))]
public sealed class ClaimRaceTests(ITestOutputHelper output) : SharedServiceTest
{
    static readonly string[] Recipients = ["worker-1", "worker-2", "worker-3", "worker-4", "worker-5"];

    [Fact]
    public async Task A_thousand_parallel_claims_have_one_winner_and_the_others_are_told_who_and_when()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        var clients = await Task.WhenAll(Recipients.Select(r => As(r)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => clients[i % clients.Length].Step(reported.Id, "claim")));

        var winner = Assert.Single(answers, a => a.Status == 200).As<CaseView>();
        Assert.All(
            answers.Where(a => a.Status != 200),
            a =>
            {
                var problem = a.Expect(409, "already-claimed").Body;
                Assert.Equal(winner.Claimant, problem.GetProperty("claimant").GetString());
                Assert.Equal(winner.ClaimantName, problem.GetProperty("claimantName").GetString());
                Assert.Equal(winner.ClaimedAt, problem.GetProperty("claimedAt").GetDateTimeOffset());
            }
        );
        Assert.Equal(["reported", "claimed"], (await clients[0].History(reported.Id)).Select(h => h.Step));
        Assert.Equal(
            1,
            await Service.Ask<long>("select count(*) from journal where stream = $1 and kind = 'case.claimed/1'", $"case/{reported.Id}")
        );
    }

    [Fact]
    public Task Every_recipient_is_notified_of_a_claim_and_of_progress_within_a_second() => TimeBound.Holds(output.WriteLine, Notify);

    async Task Notify()
    {
        var hubs = await Task.WhenAll(Recipients.Append("clerk-a1").Select(r => Service.Connect(r)));
        try
        {
            var started = Stopwatch.GetTimestamp();
            var reported = await (await As("clerk-a1")).Report("C-A1-1", title: "同时派发");
            foreach (var hub in hubs)
                await Within(started, hub.Inbox(reported.Id, c => c.Step == "reported" && c.Role is "offered" or "reported"));

            started = Stopwatch.GetTimestamp();
            await (await As("worker-2")).Do(reported.Id, "claim");
            for (var i = 0; i < hubs.Length; i++)
            {
                var role =
                    i == 1 ? "mine"
                    : i == 5 ? "reported"
                    : "watching";
                await Within(
                    started,
                    hubs[i]
                        .Inbox(
                            reported.Id,
                            c => c is { Step: "claimed", By: "worker-2", ByName: "秦二" } && c.Role == role && c.Unread == (i != 1)
                        )
                );
            }

            started = Stopwatch.GetTimestamp();
            await (await As("worker-2")).Do(reported.Id, "progress", new { text = "正在处理" });
            foreach (var hub in hubs)
                await Within(started, hub.Inbox(reported.Id, c => c is { Step: "progressed", By: "worker-2" } && c.Case?.Version == 3));
        }
        finally
        {
            foreach (var hub in hubs)
                await hub.DisposeAsync();
        }
    }

    static async Task Within(long started, Task<Push> push) =>
        TimeBound.Within(TimeSpan.FromSeconds(1), Stopwatch.GetElapsedTime(started, (await push).ArrivedAt), "A notification");
}
