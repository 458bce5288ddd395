using GridActors.Domain.Clocks;
using Microsoft.AspNetCore.SignalR;

namespace GridActors.Service.Tests.Cases;

/// <summary>Only people whom a confidential case concerns may see it. Boards count it from the town upwards.</summary>
public sealed class ConfidentialTests : SharedServiceTest
{
    const string Title = "赌博线索";

    [Fact]
    public async Task A_confidential_case_is_visible_to_its_recipients_claimant_and_reporter_alone()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var lead = await (await As("resident-a11", pack)).Report("C-A1-1", "lead", Title, "涉及人员若干");
        Assert.True(lead.Confidential);

        foreach (var other in new[] { "dispatcher-1", "administrator", "leader-a", "clerk-a1", "worker-1", "visitor-a", "police-c" })
        {
            var client = await As(other, pack);
            (await client.Get($"/api/cases/{lead.Id}")).Expect(404, "not-found");
            (await client.Get($"/api/cases/{lead.Id}/history")).Expect(404, "not-found");
            foreach (var step in Steps.All)
                (await client.Step(lead.Id, step)).Expect(404, "not-found");
            Assert.DoesNotContain((await client.Inbox()).Items, i => i.Case.Id == lead.Id);
            await using var hub = await Service.Connect(other, pack);
            Assert.Contains(
                "HubException: not-found: ",
                (await Assert.ThrowsAsync<HubException>(() => hub.WatchCase(lead.Id))).Message,
                StringComparison.Ordinal
            );
        }
        var police = await As("police-a1", pack);
        Assert.Equal(Title, (await police.Case(lead.Id)).Title);
        Assert.Equal("offered", (await police.Inbox()).Items.Single(i => i.Case.Id == lead.Id).Role);
        await police.Do(lead.Id, "claim");
        await police.Do(lead.Id, "resolve");
        Assert.Equal("closed", (await (await As("resident-a11", pack)).Do(lead.Id, "close")).Status);
    }

    [Fact]
    public async Task A_confidential_case_is_in_no_list_search_or_category_statistics_of_others()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var lead = await (await As("resident-a11", pack)).Report("C-A1-1", "lead", Title);
        var open = await (await As("resident-a11", pack)).Report("C-A1-1", "rubbish", "公开的事");
        var dispatcher = await As("dispatcher-1", pack);

        foreach (
            var query in new[]
            {
                "",
                "?area=C-A1-1",
                "?category=lead",
                "?reporter=resident-a11",
                "?text=" + Uri.EscapeDataString("线索"),
                "?text=" + lead.Number,
                "?status=offered",
            }
        )
            Assert.DoesNotContain(lead.Id, (await dispatcher.Get("/api/cases" + query)).Expect(200).Text, StringComparison.Ordinal);
        var statistics = (await dispatcher.Get("/api/areas/C/statistics")).Expect(200);
        Assert.DoesNotContain(lead.Id, statistics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Title, statistics.Text, StringComparison.Ordinal);
        Assert.Contains(open.Id, statistics.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confidential_case_is_reached_by_no_list_of_clocks_ladders_supervision_or_duplicates()
    {
        var fresh = TestPacks.Fresh();
        var lead = fresh.Categories.First(c => c.Code == "lead");
        // A category that anybody may see, in the class of the confidential one.
        var open = fresh.Categories.First(c => c.Code == "rubbish") with
        {
            Code = "rumour",
            Class = lead.Class,
        };
        var timed = lead with { Clocks = new() { Solve = ClockTerm.Parse("1h warn 59m") } };
        fresh = fresh with { Categories = [.. fresh.Categories.Where(c => c != lead), timed, open] };
        var pack = (await Service.Load(fresh)).Id;
        var (resident, other, dispatcher) = (await As("resident-a11", pack), await As("police-c", pack), await As("dispatcher-1", pack));
        var first = await resident.Report("C-A1-1", "lead", Title);
        var second = await resident.Report("C-A1-1", "lead", Title);
        var rumour = await dispatcher.Report("C-A1-1", "rumour", Title);
        Assert.NotNull(first.DueAt);

        foreach (var person in new[] { "dispatcher-1", "administrator", "leader-a", "clerk-a1", "worker-1", "visitor-a", "police-c" })
        {
            var client = await As(person, pack);
            foreach (var call in new[] { "time", "duplicates", "history" })
                (await client.Get($"/api/cases/{first.Id}/{call}")).Expect(404, "not-found");
        }
        foreach (
            var query in new[]
            {
                "?sort=due",
                "?dueBefore=2100-01-01",
                "?dueSoon=true",
                "?overdue=true",
                "?escalated=true",
                "?status=merged",
            }
        )
            Hides((await dispatcher.Get("/api/cases" + query)).Expect(200));
        Hides((await dispatcher.Get("/api/supervisions?area=C")).Expect(200));
        Hides((await dispatcher.Get("/api/inbox?order=due&limit=200")).Expect(200));
        Hides((await dispatcher.Get("/api/office-hours")).Expect(200));
        Hides((await dispatcher.Get("/api/areas/C/board")).Expect(200));
        Hides((await dispatcher.Get($"/api/cases/{rumour.Id}/duplicates")).Expect(200));
        Hides(await dispatcher.Step(rumour.Id, "merge", new { into = first.Id, reason = "同一件事" }));
        Assert.Equal(
            (await dispatcher.Step(rumour.Id, "merge", new { into = Guid.NewGuid().ToString("N"), reason = "同一件事" })).Outcome,
            (await dispatcher.Step(rumour.Id, "merge", new { into = first.Id, reason = "同一件事" })).Outcome
        );

        // Whom it concerns finds the other one that concerns them, and not what anybody may see.
        var similar = (await resident.Get($"/api/cases/{second.Id}/duplicates")).Expect(200).As<Page<SimilarCase>>().Items;
        Assert.Equal([first.Id], similar.Select(s => s.Case.Id));
        await (await As("police-a1", pack)).Do(second.Id, "claim");
        await (await As("police-a1", pack)).Do(second.Id, "handover", new { to = "police-c", reason = "县局办理" });
        Assert.Empty((await other.Get($"/api/cases/{second.Id}/duplicates")).Expect(200).As<Page<SimilarCase>>().Items);

        void Hides(Answer answer)
        {
            foreach (var secret in new[] { first.Id, second.Id, first.Number, second.Number })
                Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_confidential_case_is_counted_on_boards_and_not_in_their_ticker()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        await using var hub = await Service.Connect("dispatcher-1", pack);
        var mirror = new BoardMirror(hub, "C");
        await mirror.Watch();

        var lead = await (await As("resident-a11", pack)).Report("C-A1-1", "lead", Title);
        await mirror.Until(b => b.Counts.Unclaimed == 1);

        Assert.DoesNotContain(mirror.Board.Ticker, t => t.CaseId == lead.Id);
        Assert.All(hub.Pushes, p => Assert.DoesNotContain(Title, p.Argument.GetRawText(), StringComparison.Ordinal));
        var board = (await (await As("dispatcher-1", pack)).Get("/api/areas/C-A/board")).Expect(200);
        Assert.Equal(1, board.As<Board>().Counts.Open);
        Assert.DoesNotContain(Title, board.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confidential_case_moves_no_figure_below_the_town()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var dispatcher = await As("dispatcher-1", pack);
        await using var hub = await Service.Connect("dispatcher-1", pack);
        var grid = new BoardMirror(hub, "C-A1-1");
        await grid.Watch();
        var police = await As("police-a1", pack);

        var lead = await (await As("resident-a11", pack)).Report("C-A1-1", "lead", Title);
        await police.Do(lead.Id, "claim");
        await Eventually.Is(() => dispatcher.Board("C-A"), b => b.Counts.Claimed == 1);
        await dispatcher.Report("C-A1-1");
        await grid.Until(b => b.Counts.Unclaimed == 1);

        foreach (var code in new[] { "C-A1", "C-A1-1" })
        {
            Assert.Equal(1, (await dispatcher.Board(code)).Counts.Reported);
            var statistics = (await dispatcher.Get($"/api/areas/{code}/statistics")).Expect(200).Body;
            Assert.Equal(1, statistics.GetProperty("hours").EnumerateArray().Sum(h => h.GetProperty("reported").GetInt32()));
            Assert.Equal(1, statistics.GetProperty("days").EnumerateArray().Sum(d => d.GetProperty("reported").GetInt32()));
        }
        Assert.Equal(1, grid.Board.Counts.Reported);
        Assert.Equal(2, (await dispatcher.Board("C-A")).Counts.Reported);
        Assert.All((await dispatcher.Board("C-A")).Children, c => Assert.Equal(c.Code == "C-A1" ? 1 : 0, c.Counts.Reported));
        await BoardCounts.BoardsEqual(Service.Data, dispatcher);
        await BoardCounts.Verified(await As("administrator", pack));
    }

    [Fact]
    public async Task A_confidential_case_is_counted_from_the_level_that_the_pack_says()
    {
        var pack = await Service.Load(TestPacks.Fresh() with { ConfidentialFrom = "county" });
        var dispatcher = await As("dispatcher-1", pack.Id);
        await (await As("resident-a11", pack.Id)).Report("C-A1-1", "lead", Title);
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 1);
        Assert.Equal(0, (await dispatcher.Board("C-A")).Counts.Reported);

        await Service.Load(pack with { ConfidentialFrom = "village", Digest = Guid.NewGuid().ToString("N") });

        await Eventually.Is(() => dispatcher.Board("C-A1"), b => b.Counts.Reported == 1);
        Assert.Equal(0, (await dispatcher.Board("C-A1-1")).Counts.Reported);
        await BoardCounts.Verified(await As("administrator", pack.Id));
    }

    [Fact]
    public async Task A_confidential_case_leaves_no_gap_in_the_register()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var resident = await As("resident-a11", pack);

        var first = await resident.Report("C-A1-1");
        var lead = await resident.Report("C-A1-1", "lead", Title);
        var second = await resident.Report("C-A1-1");

        Assert.Equal(Number(first) + 1, Number(second));
        Assert.Contains("-C", lead.Number, StringComparison.Ordinal);

        static int Number(CaseView view) => int.Parse(view.Number[^6..], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_confidential_case_goes_only_to_holders_of_the_posts_of_its_category()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var lead = await (await As("resident-a11", pack)).Report("C-A1-1", "lead", Title);
        var police = await As("police-a1", pack);
        await police.Do(lead.Id, "claim");

        (await police.Step(lead.Id, "handover", new { to = "worker-2", reason = "帮忙" })).Expect(403, "recipient-not-entitled");
        (await police.Step(lead.Id, "transfer", new { department = "enforcement", reason = "执法" })).Expect(403, "recipient-not-entitled");
        (await (await As("worker-2", pack)).Get($"/api/cases/{lead.Id}")).Expect(404, "not-found");
        Assert.Equal("police-c", (await police.Do(lead.Id, "handover", new { to = "police-c", reason = "县局办理" })).Claimant);

        var last = (await police.History(lead.Id))[^1];
        Assert.Equal(("handed-over", "police-a1", "police-c", "县局办理"), (last.Step, last.By, last.To, last.Text));
    }

    [Fact]
    public async Task Somebody_who_loses_a_confidential_case_is_told_nothing_of_it()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var lead = await (await As("resident-a11", pack)).Report("C-A1-1", "lead", Title);
        var (police, county) = (await As("police-a1", pack), await As("police-c", pack));
        await police.Do(lead.Id, "claim");
        await police.Do(lead.Id, "handover", new { to = "police-c", reason = "县局办理" });
        await using var hub = await Service.Connect("police-c", pack);

        await county.Do(lead.Id, "handover", new { to = "police-a1", reason = "退回" });

        var gone = await hub.Inbox(lead.Id, c => c.Role == "gone");
        Assert.Equal(new InboxChanged("gone", false, lead.Id, null, null, null, null), gone.As<InboxChanged>());
        Assert.DoesNotContain(lead.Number, gone.Argument.GetRawText(), StringComparison.Ordinal);
        (await county.Get($"/api/cases/{lead.Id}")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Somebody_who_loses_a_case_that_they_may_not_read_is_told_nothing_of_it()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var dispatcher = await As("dispatcher-1", pack);
        var reported = await dispatcher.Report("C-A1-1");
        await dispatcher.Do(reported.Id, "handover", new { to = "police-a1", reason = "请看" });
        await using var hub = await Service.Connect("police-a1", pack);

        await dispatcher.Do(reported.Id, "handover", new { to = "worker-1", reason = "收回" });

        var gone = await hub.Inbox(reported.Id, c => c.Role == "gone");
        Assert.Equal(new InboxChanged("gone", false, reported.Id, null, null, null, null), gone.As<InboxChanged>());
    }

    [Fact]
    public async Task Another_persons_key_repeats_nothing()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (resident, worker) = (await As("resident-a11", pack), await As("worker-1", pack));
        var lead = await resident.Report("C-A1-1", "lead", Title, key: "one-key");

        var own = await worker.Report("C-A1-1", "lead", Title, key: "one-key");

        Assert.NotEqual(lead.Id, own.Id);
        (await worker.Step(lead.Id, "comment", new { text = "看看" }, key: "one-key")).Expect(404, "not-found");
        (await worker.Step(lead.Id, "comment", new { text = "" }, key: "one-key")).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task A_confidential_case_is_not_in_the_ticker_after_a_restart()
    {
        await using var first = await TestService.Start();
        await (await first.As("resident-a11")).Report("C-A1-1", "lead", Title);
        await using var second = await TestService.Start(database: first.ConnectionString);

        var board = (await (await second.As("dispatcher-1")).Get("/api/areas/C/board")).Expect(200);

        Assert.Equal(1, board.As<Board>().Counts.Open);
        Assert.Empty(board.As<Board>().Ticker);
        Assert.DoesNotContain(Title, board.Text, StringComparison.Ordinal);
    }
}
