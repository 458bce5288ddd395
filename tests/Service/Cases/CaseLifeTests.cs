namespace GridActors.Service.Tests.Cases;

public sealed class CaseLifeTests : SharedServiceTest
{
    [Fact]
    public async Task A_case_is_reported_claimed_resolved_and_closed()
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

    [Fact]
    public async Task A_report_solved_on_the_spot_is_reported_and_resolved_in_one_operation()
    {
        var worker = await As("worker-1");

        var view = (
            await worker.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "小广告",
                    solved = "当场清除",
                },
                Client.NewKey()
            )
        ).Expect(201).As<CaseView>();

        Assert.Equal(("resolved", "resolved", "worker-1", 2), (view.Status, view.Outcome, view.Claimant, view.Version));
        var history = await worker.History(view.Id);
        Assert.Equal(["reported", "resolved"], history.Select(h => h.Step));
        Assert.Equal("当场清除", history[1].Text);
        Assert.Equal("closed", (await worker.Do(view.Id, "close", new { rating = 4 })).Status);
    }

    [Fact]
    public async Task A_released_case_is_offered_to_all_again_and_another_can_take_it()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");

        var released = await (await As("worker-1")).Do(reported.Id, "release", new { reason = "不在岗" });

        Assert.Equal(("offered", null, null), (released.Status, released.Claimant, released.ClaimedAt));
        Assert.Equal(reported.OfferedTo, released.OfferedTo);
        Assert.Equal("worker-2", (await (await As("worker-2")).Do(reported.Id, "claim")).Claimant);
    }

    [Fact]
    public async Task A_handed_over_case_is_visible_to_its_new_claimant()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");

        var handed = await (await As("worker-1")).Do(reported.Id, "handover", new { to = "worker-b11", reason = "本人请假" });

        Assert.Equal(("claimed", "worker-b11"), (handed.Status, handed.Claimant));
        var other = await As("worker-b11");
        Assert.Equal("mine", (await other.Inbox()).Items.Single(i => i.Case.Id == reported.Id).Role);
        Assert.Equal("resolved", (await other.Do(reported.Id, "resolve")).Status);
        (await (await As("worker-1")).Step(reported.Id, "resolve")).Expect(409, "wrong-status");
        var step = (await other.History(reported.Id))[2];
        Assert.Equal(("handed-over", "worker-b11", "何八", "本人请假"), (step.Step, step.To, step.ToName, step.Text));
    }

    [Fact]
    public async Task A_dispatcher_gives_an_unclaimed_case_to_somebody()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");

        var handed = await (await As("dispatcher-1")).Do(reported.Id, "handover", new { to = "worker-4", reason = "派遣" });

        Assert.Equal(("claimed", "worker-4"), (handed.Status, handed.Claimant));
    }

    [Fact]
    public async Task Handover_to_a_person_who_is_not_in_the_pack_is_rejected()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        var dispatcher = await As("dispatcher-1");

        foreach (var stranger in new[] { "nobody", "alone", "baihe/alone", "../baihe/alone" })
            (await dispatcher.Step(reported.Id, "handover", new { to = stranger, reason = "派遣" })).Expect(404, "not-found");

        Assert.Equal(1, (await dispatcher.Case(reported.Id)).Version);
    }

    [Fact]
    public async Task A_transferred_case_is_offered_to_the_departments_people_and_leaves_the_first_ones()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");

        var moved = await (await As("worker-1")).Do(reported.Id, "transfer", new { department = "enforcement", reason = "需执法" });

        Assert.Equal(("offered", "enforcement", null), (moved.Status, moved.Department, moved.Claimant));
        Assert.Equal(["station-a1", "station-a2"], moved.OfferedTo.Order(StringComparer.Ordinal));
        Assert.DoesNotContain((await (await As("worker-2")).Inbox()).Items, i => i.Case.Id == reported.Id);
        (await (await As("worker-1")).Step(reported.Id, "claim")).Expect(403, "not-recipient");
        Assert.Equal("station-a2", (await (await As("station-a2")).Do(reported.Id, "claim")).Claimant);
    }

    [Fact]
    public async Task Transfer_to_a_department_that_is_not_in_the_pack_is_rejected()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");

        var answer = (
            await (await As("dispatcher-1")).Step(reported.Id, "transfer", new { department = "nowhere", reason = "理由" })
        ).Expect(400, "invalid-request");

        Assert.True(answer.Body.GetProperty("errors").TryGetProperty("department", out _));
    }

    [Fact]
    public async Task An_explained_case_is_closed_as_explained()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");

        var explained = await (await As("worker-1")).Do(reported.Id, "explain", new { text = "属于私人院落" });
        var closed = await (await As("clerk-a1")).Do(reported.Id, "close");

        Assert.Equal(("explained", "explained"), (explained.Status, explained.Outcome));
        Assert.Equal(("closed", "explained", null), (closed.Status, closed.Outcome, closed.Rating));
    }

    [Fact]
    public async Task A_rating_by_anybody_but_the_reporter_is_ignored()
    {
        var reported = await (await As("resident-a11")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");
        await (await As("worker-1")).Do(reported.Id, "resolve");

        var closed = await (await As("clerk-a1")).Do(reported.Id, "close", new { rating = 1 });

        Assert.Null(closed.Rating);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(-1)]
    public async Task A_rating_outside_one_to_five_is_rejected(int rating)
    {
        var worker = await As("worker-1");
        var view = (
            await worker.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "小广告",
                    solved = "清除",
                },
                Client.NewKey()
            )
        ).Expect(201).As<CaseView>();

        (await worker.Step(view.Id, "close", new { rating })).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task A_comment_is_accepted_from_everybody_who_sees_the_case_even_when_closed()
    {
        var reported = await (await As("worker-1")).Report("C-A1-1");
        await (await As("worker-1")).Do(reported.Id, "claim");
        await (await As("worker-1")).Do(reported.Id, "resolve");
        await (await As("worker-1")).Do(reported.Id, "close");

        var commented = await (await As("visitor-a")).Do(reported.Id, "comment", new { text = "已到现场核实" });

        Assert.Equal(("closed", 5), (commented.Status, commented.Version));
        var last = (await (await As("visitor-a")).History(reported.Id))[^1];
        Assert.Equal(
            ("commented", "closed", "已到现场核实", "visitor-a", "曹观察"),
            (last.Step, last.Status, last.Text, last.By, last.ByName)
        );
    }

    [Fact]
    public async Task On_site_a_second_time_changes_nothing()
    {
        var worker = await As("worker-1");
        var reported = await worker.Report("C-A1-1");
        await worker.Do(reported.Id, "claim");
        await worker.Do(reported.Id, "on-site");

        Assert.Equal(3, (await worker.Do(reported.Id, "on-site")).Version);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("not-an-id")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("%F0%9F%98%80")]
    public async Task Every_call_on_an_unknown_case_returns_not_found(string id)
    {
        var dispatcher = await As("dispatcher-1");

        (await dispatcher.Get($"/api/cases/{id}")).Expect(404, "not-found");
        (await dispatcher.Get($"/api/cases/{id}/history")).Expect(404, "not-found");
        (await dispatcher.Get($"/api/cases/{id}/photos/{new string('0', 64)}")).Expect(404, "not-found");
        foreach (var step in Steps.All)
            (await dispatcher.Step(id, step)).Expect(404, "not-found");
    }

    [Fact]
    public async Task Release_by_a_claimant_who_then_loses_sight_of_the_case_is_accepted()
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        await (await As("dispatcher-1")).Do(reported.Id, "handover", new { to = "worker-b11", reason = "跨镇支援" });
        var (other, key) = (await As("worker-b11"), Client.NewKey());

        var released = (await other.Step(reported.Id, "release", key: key)).Expect(200).As<CaseView>();
        var repeated = (await other.Step(reported.Id, "release", key: key)).Expect(200).As<CaseView>();

        Assert.Equal(("offered", 3, 3), (released.Status, released.Version, repeated.Version));
        (await other.Get($"/api/cases/{reported.Id}")).Expect(404, "not-found");
        await (await As("worker-1")).Do(reported.Id, "claim");
        // What has happened since is not for these eyes: the answer is the case as the step left it.
        var later = (await other.Step(reported.Id, "release", key: key)).Expect(200).As<CaseView>();
        Assert.Equal(("offered", 3, (string?)null), (later.Status, later.Version, later.Claimant));
    }

    static (string, int) StatusOf(CaseView view) => (view.Status, view.Version);

    [Fact]
    public async Task A_long_history_comes_in_pages_and_every_step_keeps_its_status()
    {
        var (reporter, worker) = (await As("clerk-a1"), await As("worker-1"));
        var view = await reporter.Report("C-A1-1");
        await worker.Do(view.Id, "claim");
        for (var i = 0; i < 3; i++)
            await worker.Do(view.Id, "progress", new { text = $"第 {i} 次" });
        var whole = await worker.History(view.Id);

        List<HistoryItem> read = [];
        for (string? next = ""; next is not null; )
        {
            var page = (await worker.Get($"/api/cases/{view.Id}/history?limit=2&cursor={next}")).Expect(200).As<Page<HistoryItem>>();
            Assert.InRange(page.Items.Count, 1, 2);
            read.AddRange(page.Items);
            next = page.Next;
        }

        Assert.Equal(whole.Select(h => (h.Sequence, h.Step, h.Status, h.Text)), read.Select(h => (h.Sequence, h.Step, h.Status, h.Text)));
        Assert.Equal(["offered", "claimed", "claimed", "claimed", "claimed"], read.Select(h => h.Status));
        foreach (var wrong in new[] { "x", "1.", "1.2", "-1", "99999999999" })
            (await worker.Get($"/api/cases/{view.Id}/history?cursor={wrong}")).Expect(400, "invalid-request");
    }
}
