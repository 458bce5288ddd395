namespace GridActors.Service.Tests.Cases;

/// <summary>Returned work: a settled case goes back to who settled it, with a reason, and not for ever.</summary>
public sealed class ReturnTests : SharedServiceTest
{
    [Fact]
    public async Task Returned_case_is_done_again_and_the_last_return_climbs()
    {
        var (worker, clerk, dispatcher) = (await As("worker-1"), await As("clerk-a1"), await As("dispatcher-1"));
        var reported = await worker.Report("C-A1-1", "bridge");
        await worker.Do(reported.Id, "claim");
        await worker.Do(reported.Id, "resolve", new { text = "便桥已通" });
        (await worker.Step(reported.Id, "return")).Expect(403, "not-permitted");
        (await dispatcher.Step(reported.Id, "return", new { reason = " " })).Expect(400, "invalid-request");

        var first = await dispatcher.Do(reported.Id, "return", new { reason = "护栏没装" });
        Assert.Equal(("claimed", null, null, "worker-1"), (first.Status, first.Outcome, first.ResolvedAt, first.Claimant));
        Assert.Equal(2, first.MaxReturns);
        Assert.Equal(["met", "running"], first.Clocks.Where(c => c.Name == "solve").Select(c => c.State));
        Assert.Contains((await worker.Inbox()).Items, i => i.Case.Id == reported.Id && i.Role == "mine");

        await worker.Do(reported.Id, "resolve", new { text = "护栏装好" });
        var last = await dispatcher.Do(reported.Id, "return", new { reason = "桥面开裂" });
        Assert.Equal(("offered", "village", null), (last.Status, last.Level, last.Claimant));
        Assert.Equal([("dispatcher-1", "护栏没装"), ("dispatcher-1", "桥面开裂")], last.Returns.Select(r => (r.By, r.Reason)));

        await clerk.Do(reported.Id, "claim");
        var decided = await clerk.Do(reported.Id, "resolve", new { text = "换了桥板" });
        Assert.DoesNotContain("return", (await dispatcher.Case(reported.Id)).Actions);
        (await dispatcher.Step(reported.Id, "return")).Expect(409, "returned-too-often");
        Assert.Equal("closed", (await dispatcher.Do(decided.Id, "close")).Status);

        var history = await worker.History(reported.Id);
        Assert.Equal(["returned", "returned", "escalated"], history.Select(h => h.Step).Where(s => s is "returned" or "escalated"));
        Assert.Equal(["护栏没装", "桥面开裂"], history.Where(h => h.Step == "returned").Select(h => h.Text));
        Assert.True(history.Single(h => h.Step == "escalated").AfterReturns);
        await BoardCounts.Verified(await As("administrator"));
    }

    [Fact]
    public async Task Explanation_is_returned_unless_the_category_takes_it_as_final()
    {
        var (worker, dispatcher) = (await As("worker-1"), await As("dispatcher-1"));
        var rubbish = await worker.Report("C-A1-1");
        await worker.Do(rubbish.Id, "claim");
        await worker.Do(rubbish.Id, "explain");
        Assert.Equal("claimed", (await dispatcher.Do(rubbish.Id, "return")).Status);

        var hazard = await worker.Report("C-A1-1", "hazard");
        await worker.Do(hazard.Id, "claim");
        await worker.Do(hazard.Id, "explain");
        Assert.DoesNotContain("return", (await dispatcher.Case(hazard.Id)).Actions);
        (await dispatcher.Step(hazard.Id, "return")).Expect(409, "explanation-is-final");
    }
}
