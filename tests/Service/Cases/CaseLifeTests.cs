namespace GridActors.Service.Tests.Cases;

public sealed class CaseLifeTests : SharedServiceTest
{
    [Fact]
    public async Task A_case_lives_from_its_report_to_its_closing()
    {
        var (reporter, worker) = (await As("clerk-a1"), await As("worker-1"));

        var reported = await reporter.Report("C-A1-1", title: "竹园路口垃圾堆积", detail: "三天没有清运");
        Assert.Equal(("offered", 1, "C-A1-1", "clerk-a1"), (reported.Status, reported.Version, reported.Area, reported.Reporter));
        Assert.Matches("^QH20[0-9]{2}-[0-9]{6,}$", reported.Number);
        Assert.Equal(["worker-1", "worker-2", "worker-3", "worker-4", "worker-5"], reported.OfferedTo.Order(StringComparer.Ordinal));
        Assert.Equal(reported.ReportedAt, reported.UpdatedAt);

        var claimed = await worker.Do(reported.Id, "claim");
        Assert.Equal(("claimed", "worker-1", "秦一", 2), (claimed.Status, claimed.Claimant, claimed.ClaimantName, claimed.Version));
        Assert.NotNull(claimed.ClaimedAt);

        Assert.Equal(("on-site", 3), StatusOf(await worker.Do(reported.Id, "on-site")));
        Assert.Equal(("on-site", 4), StatusOf(await worker.Do(reported.Id, "progress", new { text = "已联系清运车" })));
        var resolved = await worker.Do(reported.Id, "resolve", new { text = "清理完毕" });
        Assert.Equal(("resolved", "resolved", 5), (resolved.Status, resolved.Outcome, resolved.Version));
        Assert.NotNull(resolved.ResolvedAt);

        var closed = await reporter.Do(reported.Id, "close", new { rating = 5, text = "很快" });
        Assert.Equal(("closed", "resolved", 5, 6), (closed.Status, closed.Outcome, closed.Rating, closed.Version));
        Assert.NotNull(closed.ClosedAt);

        var reopened = await reporter.Do(reported.Id, "reopen", new { reason = "又堆起来了" });
        Assert.Equal(("offered", null, null, null), (reopened.Status, reopened.Outcome, reopened.Claimant, reopened.ClosedAt));
        Assert.Equal(5, reopened.OfferedTo.Count);

        var history = await reporter.History(reported.Id);
        Assert.Equal(["reported", "claimed", "on-site", "progressed", "resolved", "closed", "reopened"], history.Select(h => h.Step));
        Assert.Equal(["offered", "claimed", "on-site", "on-site", "resolved", "closed", "offered"], history.Select(h => h.Status));
        Assert.Equal([null, null, null, "已联系清运车", "清理完毕", "很快", "又堆起来了"], history.Select(h => h.Text));
        Assert.Equal(["clerk-a1", "worker-1", "worker-1", "worker-1", "worker-1", "clerk-a1", "clerk-a1"], history.Select(h => h.By));
        Assert.Equal(Enumerable.Range(1, 7), history.Select(h => h.Sequence));
        Assert.Equal(history.Select(h => h.At).Order(), history.Select(h => h.At));
    }

    static (string, int) StatusOf(CaseView view) => (view.Status, view.Version);
}
