namespace GridActors.Service.Tests.FieldTasks;

/// <summary>Tasks that are sent down, through the public API, in a pack of this test's own.</summary>
public sealed class FieldTaskTests : SharedServiceTest
{
    string _pack = "";
    Client _leader = null!;
    Client _worker = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = (await Service.Load(TestPacks.Fresh())).Id;
        (_leader, _worker) = (await As("dispatcher-1", _pack), await As("worker-1", _pack));
    }

    [Fact]
    public async Task Task_is_sent_to_a_subtree_once_read_done_with_proof_and_rolled_up()
    {
        var key = Client.NewKey();
        var sent = (await _leader.Post("/api/tasks", Patrol(), key)).Expect(201).As<SentTask>();
        Assert.Equal(sent.Id, (await _leader.Post("/api/tasks", Patrol(), key)).Expect(201).As<SentTask>().Id);
        (await _leader.Post("/api/tasks", Patrol("另一项"), key)).Expect(422, "idempotency-key-reused");
        Assert.Equal((6, 6, "open"), (sent.Tally.Targets, sent.Tally.Open, sent.State));
        Assert.Equal([("C-A", 3), ("C-B", 3)], sent.Areas.Select(a => (a.Area, a.Tally.Targets)));
        Assert.Equal(6, await Service.Ask<long>("select count(*) from field_task_target where task = $1", Guid.Parse(sent.Id)));

        var mine = Assert.Single(await Mine(_worker));
        Assert.Equal((sent.Id, "C-A1-1", "open"), (mine.Id, mine.Target.Area, mine.Target.State));
        Assert.Equal(["C-A1-2", "C-B1-2"], (await Mine(await As("both", _pack))).Select(m => m.Target.Area).Order());
        var target = $"/api/tasks/{sent.Id}/targets/C-A1-1";
        Assert.NotNull((await _worker.Post($"{target}/read", null, Client.NewKey())).Expect(200).As<Target>().ReadAt);
        (await _worker.Post($"{target}/done", new { ticked = new[] { "litter" } }, Client.NewKey())).Expect(409, "proof-missing");
        var photo = (await _worker.Upload(Pictures.Jpeg(31))).Expect(201).Body.GetProperty("id").GetString()!;
        var proof = new
        {
            note = "已清理",
            photos = new[] { photo },
            ticked = new[] { "litter", "bank" },
        };
        var doneKey = Client.NewKey();
        (await _worker.Post($"{target}/done", proof, doneKey)).Expect(200);
        var done = (await _worker.Post($"{target}/done", proof, doneKey)).Expect(200).As<Target>();
        Assert.Equal(("done", "worker-1", "已清理"), (done.State, done.By, done.Note));
        (await (await As("worker-2", _pack)).Post($"{target}/done", proof with { photos = [] }, Client.NewKey())).Expect(
            409,
            "already-done"
        );
        Assert.Empty(await Mine(_worker));

        var seen = (await _leader.Get($"/api/tasks/{sent.Id}?area=C-A1")).Expect(200).As<SentTask>();
        Assert.Equal(new(2, 1, 0, 1, 0, 0, 1), seen.Under.Tally);
        var read = (await _leader.Get($"/api/tasks/{sent.Id}/targets?read=true")).Expect(200).As<Page<Target>>().Items;
        Assert.Equal("C-A1-1", Assert.Single(read).Area);
        (await _leader.Get($"/api/tasks/{sent.Id}/photos/{photo}")).Expect(200);
        (await (await As("clerk-b1", _pack)).Get($"/api/tasks/{sent.Id}/photos/{photo}")).Expect(404, "not-found");
        Assert.Equal(
            1,
            await Service.Ask<long>("select count(*) from photo_use where photo = $1 and case_id = $2", photo, Guid.Parse(sent.Id))
        );
    }

    [Fact]
    public async Task Wrong_person_and_wrong_area_are_refused()
    {
        (await _worker.Post("/api/tasks", Patrol(), Client.NewKey())).Expect(403, "not-your-area");
        (await (await As("leader-a", _pack)).Post("/api/tasks", Patrol(), Client.NewKey())).Expect(403, "not-your-area");
        (await _leader.Post("/api/tasks", Patrol(area: "nowhere"), Client.NewKey())).Expect(404, "not-found");
        (
            await _leader.Post(
                "/api/tasks",
                new
                {
                    area = "C",
                    title = "x",
                    audience = new { levels = new[] { "no" } },
                },
                Client.NewKey()
            )
        ).Expect(400, "invalid-request");
        var nobody = new
        {
            area = "C-A1-1",
            title = "x",
            audience = new { posts = new[] { "clerk" } },
        };
        (await _leader.Post("/api/tasks", nobody, Client.NewKey())).Expect(409, "no-targets");
        var sent = await Sent(Patrol(area: "C-A"));
        var address = $"/api/tasks/{sent.Id}";

        (await _worker.Post($"{address}/targets/C-A2-1/done", new { }, Client.NewKey())).Expect(403, "not-your-task");
        (await _worker.Post($"{address}/targets/C-B1-1/done", new { }, Client.NewKey())).Expect(404, "not-found");
        (await _worker.Post($"{address}/recall", new { reason = "x" }, Client.NewKey())).Expect(403, "not-permitted");
        (await _worker.Post($"{address}/targets/C-A1-1/return", new { reason = "x" }, Client.NewKey())).Expect(403, "not-permitted");
        (await (await As("clerk-b1", _pack)).Get(address)).Expect(404, "not-found");
        (await _worker.Get($"{address}?area=C-A2")).Expect(403, "not-your-area");
        (await _worker.Get($"{address}/targets?area=C-A2-1")).Expect(403, "not-your-area");
        Assert.Equal("C-A1-1", (await _worker.Get(address)).Expect(200).As<SentTask>().Under.Area);
        (await (await As("dispatcher-1")).Get(address)).Expect(404, "not-found");
        (await (await As("worker-1")).Post($"{address}/targets/C-A1-1/read", null, Client.NewKey())).Expect(404, "not-found");
    }

    [Fact]
    public async Task Recall_and_change_reach_who_has_not_done_it_and_a_return_opens_what_is_done()
    {
        var sent = await Sent(Notice());
        var address = $"/api/tasks/{sent.Id}";
        (await _worker.Post($"{address}/targets/C-A1-1/done", new { }, Client.NewKey())).Expect(200);
        var other = await As("worker-a21", _pack);
        (await other.Post($"{address}/targets/C-A2-1/read", null, Client.NewKey())).Expect(200);

        var changed = (await _leader.Post($"{address}/change", Notice("改为周五"), Client.NewKey())).Expect(200).As<SentTask>();
        Assert.Equal((2, new Tally(6, 5, 0, 1, 0, 0, 1)), (changed.Revision, changed.Tally));
        Assert.Null(Assert.Single(await Mine(other)).Target.ReadAt);

        (await other.Post($"{address}/targets/C-A2-1/refuse", new { reason = "停电" }, Client.NewKey())).Expect(200);
        (await _leader.Post($"{address}/targets/C-A2-1/return", new { reason = "来电了" }, Client.NewKey())).Expect(200);
        (await _leader.Post($"{address}/targets/C-A1-1/return", new { reason = "再看一遍" }, Client.NewKey())).Expect(200);
        var again = Assert.Single(await Mine(_worker)).Target;
        Assert.Equal(("再看一遍", 1), (again.Reason, again.Returned));
        (await _worker.Post($"{address}/targets/C-A1-1/done", new { }, Client.NewKey())).Expect(200);

        var takenAt = DateTimeOffset.UtcNow;
        var recalled = (await _leader.Post($"{address}/recall", new { reason = "取消" }, Client.NewKey())).Expect(200).As<SentTask>();
        Assert.Equal(("recalled", 0, 1), (recalled.State, recalled.Tally.Open, recalled.Tally.Done));
        Assert.Empty(await Mine(other));
        (await other.Post($"{address}/targets/C-A2-1/done", new { }, Client.NewKey())).Expect(409, "task-recalled");
        var beside = await other.Post($"{address}/targets/C-A2-1/done", new { note = "已传达", takenAt }, Client.NewKey());
        Assert.Equal(("recalled", "已传达"), (beside.Expect(200).As<Target>().State, beside.As<Target>().Note));
        Assert.Equal("done", (await Target(sent.Id, "C-A1-1")).State);
    }

    [Fact]
    public async Task Every_holder_of_a_post_gets_a_notice_and_whoever_holds_the_post_later_does_it()
    {
        var body = new
        {
            area = "C-A1",
            title = "通知",
            kind = "notice",
            audience = new { posts = new[] { "worker" }, perHolder = true },
        };
        var cost = (await _leader.Post("/api/tasks/preview", body)).Expect(200).Body;
        Assert.Equal((8, 8, 0, 2, 16), (Number("targets"), Number("people"), Number("vacant"), Number("minutes"), Number("totalMinutes")));
        var sent = await Sent(body);
        Assert.Equal(8, sent.Tally.Targets);

        (await _worker.Post($"/api/tasks/{sent.Id}/targets/C-A1-1/done", new { }, Client.NewKey())).Expect(200);
        (await (await As("worker-2", _pack)).Post($"/api/tasks/{sent.Id}/targets/C-A1-1/done", new { }, Client.NewKey())).Expect(200);
        (await _worker.Post($"/api/tasks/{sent.Id}/targets/C-A1-2/done", new { }, Client.NewKey())).Expect(403, "not-your-task");
        var open = (await _leader.Get($"/api/tasks/{sent.Id}/targets?area=C-A1-1&state=open")).Expect(200).As<Page<Target>>().Items;
        Assert.Equal(["worker-3", "worker-4", "worker-5"], open.Select(t => t.Person!));

        int Number(string name) => cost.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Deputy_does_what_somebody_on_leave_would_do()
    {
        var (away, deputy) = (await As("worker-a21", _pack), await As("clerk-a2", _pack));
        (await away.Post("/api/leaves", new { to = DateTimeOffset.UtcNow.AddDays(2), deputy = "clerk-a2" }, Client.NewKey())).Expect(200);
        var sent = await Sent(Notice(area: "C-A2"));

        var mine = await Eventually.Is(() => Mine(deputy), m => m.Count == 1);
        Assert.Equal("C-A2-1", mine[0].Target.Area);
        (await deputy.Post($"/api/tasks/{sent.Id}/targets/C-A2-1/done", new { }, Client.NewKey())).Expect(200);
        Assert.Equal("clerk-a2", (await Target(sent.Id, "C-A2-1")).By);
    }

    [Fact]
    public async Task List_is_filtered_by_area_and_state_and_paged()
    {
        var (first, second) = (await Sent(Notice("甲", "C-A")), await Sent(Notice("乙", "C-B")));
        (await _leader.Post($"/api/tasks/{first.Id}/recall", new { reason = "x" }, Client.NewKey())).Expect(200);

        async Task<string[]> Listed(Client by, string query) =>
            [.. (await by.Get($"/api/tasks?{query}")).Expect(200).As<Page<SentTask>>().Items.Select(t => t.Id)];

        Assert.Equal([second.Id, first.Id], await Listed(_leader, "area=C"));
        Assert.Equal([first.Id], await Listed(_leader, "area=C&state=recalled"));
        Assert.Equal([second.Id], await Listed(_leader, "area=C-B1-1&state=open"));
        Assert.Empty(await Listed(await As("clerk-a1", _pack), "area=C-A1&state=open"));
        var page = (await _leader.Get("/api/tasks?area=C&limit=1")).Expect(200).As<Page<SentTask>>();
        Assert.Equal([first.Id], await Listed(_leader, $"area=C&limit=1&cursor={page.Next}"));
        (await _leader.Get("/api/tasks?state=odd")).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task Boards_follow_to_dos_and_agree_with_sql()
    {
        await using var hub = await Service.Connect("dispatcher-1", _pack);
        await hub.WatchArea("C");
        var sent = await Sent(Notice());
        await Eventually.Is(() => Tasks("C"), t => t == (6, 0, 0));
        (await _worker.Post($"/api/tasks/{sent.Id}/targets/C-A1-1/done", new { }, Client.NewKey())).Expect(200);

        await OneDay.Run(async () => await Eventually.Is(() => Tasks("C"), t => t == (5, 1, 0)));
        Assert.Equal((0, 1, 0), await Tasks("C-A1-1"));
        await Eventually.Is(async () => (await Verify()).GetArrayLength() == 0);

        async Task<(int, int, int)> Tasks(string area)
        {
            var tasks = (await _leader.Get($"/api/areas/{area}/board")).Expect(200).Body.GetProperty("counts").GetProperty("tasks");
            return (tasks.GetProperty("open").GetInt32(), tasks.GetProperty("doneToday").GetInt32(), tasks.GetProperty("late").GetInt32());
        }

        async Task<System.Text.Json.JsonElement> Verify() =>
            (await (await As("administrator", _pack)).Post("/api/admin/verify")).Expect(200).Body.GetProperty("differences");
    }

    static object Patrol(string title = "河道巡查", string area = "C") =>
        new
        {
            area,
            title,
            text = "沿河走一遍",
            audience = new { levels = new[] { "grid" }, posts = new[] { "worker" } },
            checklist = new[] { new { id = "litter", name = "垃圾" }, new { id = "bank", name = "堤岸" } },
            proof = "photo",
            term = "3wd",
            remindBefore = "1wd",
        };

    static object Notice(string text = "停电通知", string area = "C") =>
        new
        {
            area,
            title = "通知",
            text,
            kind = "notice",
            audience = new { levels = new[] { "grid" }, posts = new[] { "worker" } },
        };

    async Task<SentTask> Sent(object body) => (await _leader.Post("/api/tasks", body, Client.NewKey())).Expect(201).As<SentTask>();

    static async Task<IReadOnlyList<MyTask>> Mine(Client client) =>
        (await client.Get("/api/tasks/mine")).Expect(200).As<Page<MyTask>>().Items;

    async Task<Target> Target(string task, string area) =>
        Assert.Single((await _leader.Get($"/api/tasks/{task}/targets?area={area}")).Expect(200).As<Page<Target>>().Items);
}
