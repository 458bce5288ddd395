namespace GridActors.Service.Tests.Inbox;

public sealed class InboxTests : SharedServiceTest
{
    string _pack = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = (await Service.Load(TestPacks.Fresh())).Id;
    }

    Task<Client> In(string person) => As(person, _pack);

    [Fact]
    public async Task The_inbox_role_follows_each_persons_part_in_the_case()
    {
        var reported = await (await In("clerk-a1")).Report("C-A1-1");
        await Roles(("worker-1", "offered"), ("worker-2", "offered"), ("clerk-a1", "reported"), ("leader-a", null));
        await (await In("worker-1")).Do(reported.Id, "claim");
        await Roles(("worker-1", "mine"), ("worker-2", "watching"), ("clerk-a1", "reported"));
        await (await In("worker-1")).Do(reported.Id, "handover", new { to = "worker-b11", reason = "请假" });
        await Roles(("worker-1", "watching"), ("worker-b11", "mine"));
        await (await In("worker-b11")).Do(reported.Id, "release");
        await Roles(("worker-1", "offered"), ("worker-b11", null));
        await (await In("dispatcher-1")).Do(reported.Id, "transfer");
        await Roles(("worker-1", null), ("station-a1", "offered"), ("clerk-a1", "reported"));
        await (await In("station-a1")).Do(reported.Id, "claim");
        await (await In("station-a1")).Do(reported.Id, "resolve");
        await Roles(("station-a1", "mine"), ("station-a2", "watching"));
        await (await In("clerk-a1")).Do(reported.Id, "close");
        await Roles(("station-a1", null), ("station-a2", null), ("clerk-a1", null));
        await (await In("clerk-a1")).Do(reported.Id, "reopen");
        await Roles(("station-a1", "offered"), ("station-a2", "offered"), ("clerk-a1", "reported"));

        async Task Roles(params (string Person, string? Role)[] expected)
        {
            foreach (var (person, role) in expected)
            {
                var inbox = await (await In(person)).Inbox();
                Assert.Equal((person, role), (person, inbox.Items.SingleOrDefault(i => i.Case.Id == reported.Id)?.Role));
                var counts = inbox.Counts;
                Assert.Equal(
                    (role == "offered" ? 1 : 0, role == "mine" ? 1 : 0, role == "watching" ? 1 : 0, role == "reported" ? 1 : 0),
                    (counts.Offered, counts.Mine, counts.Watching, counts.Reported)
                );
            }
        }
    }

    [Fact]
    public async Task Pages_in_the_order_of_waiting_begin_with_the_case_that_was_reported_first()
    {
        var (clerk, worker) = (await In("clerk-a1"), await In("worker-1"));
        var reported = new List<string>();
        for (var n = 0; n < 5; n++)
            reported.Add((await clerk.Report("C-A1-1")).Id);
        // A change makes the oldest case the last changed one, and leaves its place in the order of waiting.
        await clerk.Do(reported[0], "comment");

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await worker.Inbox($"?limit=2&order=waiting&cursor={cursor}");
            seen.AddRange(page.Items.Select(i => i.Case.Id));
            cursor = page.Next;
        }

        Assert.Equal(reported, seen);
        Assert.Equal(reported[0], (await worker.Inbox("?limit=1")).Items.Single().Case.Id);
        (await worker.Get("/api/inbox?order=random")).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task Changes_by_others_are_unread_until_seen_and_ones_own_never_are()
    {
        var (clerk, worker) = (await In("clerk-a1"), await In("worker-1"));
        var reported = await clerk.Report("C-A1-1");
        Assert.Equal((true, 1), Of(await worker.Inbox()));
        Assert.Equal((false, 0), Of(await clerk.Inbox()));

        (await worker.Post("/api/inbox/seen")).Expect(204);
        (await worker.Post("/api/inbox/seen")).Expect(204);
        Assert.Equal((false, 0), Of(await worker.Inbox()));

        await worker.Do(reported.Id, "claim");
        Assert.Equal((false, 0), Of(await worker.Inbox()));
        Assert.Equal((true, 1), Of(await clerk.Inbox()));
        await clerk.Do(reported.Id, "comment");
        Assert.Equal((true, 1), Of(await worker.Inbox()));

        static (bool, int) Of(InboxView inbox) => (Assert.Single(inbox.Items).Unread, inbox.Counts.Unread);
    }

    [Fact]
    public async Task An_inbox_is_latest_change_first_and_comes_in_pages()
    {
        var clerk = await In("clerk-a1");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await clerk.Report("C-A1-1")).Id);
        await clerk.Do(ids[1], "comment");
        string[] expected = [ids[1], ids[4], ids[3], ids[2], ids[0]];
        var worker = await In("worker-1");

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await worker.Inbox($"?limit=2&cursor={cursor}");
            Assert.Equal(5, page.Counts.Offered);
            seen.AddRange(page.Items.Select(i => i.Case.Id));
            cursor = page.Next;
        }

        Assert.Equal(expected, seen);
        (await worker.Get("/api/inbox?cursor=nonsense")).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task A_case_that_changes_while_the_pages_are_read_is_on_one_of_them()
    {
        var clerk = await In("clerk-a1");
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
            ids.Add((await clerk.Report("C-A1-1")).Id);
        var worker = await In("worker-1");

        var first = await worker.Inbox("?limit=2");
        await clerk.Do(ids[0], "comment");
        await clerk.Do(ids[1], "comment");
        var seen = first.Items.Select(i => i.Case.Id).ToList();
        for (var cursor = first.Next; cursor is not null; )
        {
            var page = await worker.Inbox($"?limit=2&cursor={cursor}");
            seen.AddRange(page.Items.Select(i => i.Case.Id));
            cursor = page.Next;
        }

        Assert.Equal([ids[5], ids[4], ids[3], ids[2], ids[0], ids[1]], seen);
    }

    [Fact]
    public async Task An_inbox_comes_longest_waiting_first_and_by_role_when_asked()
    {
        var clerk = await In("clerk-a1");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await clerk.Report("C-A1-1")).Id);
        var worker = await In("worker-1");
        await worker.Do(ids[2], "claim");
        await clerk.Do(ids[0], "comment");

        var offered = await worker.Inbox("?role=offered&order=waiting&limit=3");
        var rest = await worker.Inbox($"?role=offered&order=waiting&limit=3&cursor={offered.Next}");
        var mine = await worker.Inbox("?role=mine");

        Assert.Equal([ids[0], ids[1], ids[3], ids[4]], offered.Items.Concat(rest.Items).Select(i => i.Case.Id));
        Assert.Null(rest.Next);
        Assert.Equal(4, offered.Counts.Offered);
        Assert.Equal([ids[2]], mine.Items.Select(i => i.Case.Id));
        (await worker.Get($"/api/inbox?cursor={offered.Next}")).Expect(400, "invalid-request");
        (await worker.Get("/api/inbox?role=gone")).Expect(400, "invalid-request");
        (await worker.Get("/api/inbox?order=sideways")).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task An_inbox_watcher_is_notified_of_cases_that_enter_and_leave()
    {
        await using var hub = await Service.Connect("worker-1", _pack);
        await using var second = await Service.Connect("worker-1", _pack);
        var reported = await (await In("clerk-a1")).Report("C-A1-1");
        await hub.Inbox(reported.Id, c => c is { Role: "offered", Unread: true, Step: "reported" });
        await second.Inbox(reported.Id, c => c is { Role: "offered" });

        await (await In("dispatcher-1")).Do(reported.Id, "transfer");

        await hub.Inbox(reported.Id, c => c is { Role: "gone", Step: "transferred" });
        await second.Inbox(reported.Id, c => c is { Role: "gone" });
    }
}
