using System.Globalization;

namespace GridActors.Service.Tests.WorkerDays;

/// <summary>What others see of a worker: who, what, and that each look is recorded.</summary>
public sealed class OversightTests : FieldTest
{
    sealed record OnDutyView(string Person, string Area, string State, ShownPosition? Position, int CheckIns, int OpenFlags);

    sealed record FlagView(string Person, DateOnly Day, string Record, string Kind, string? Grade, ShownFlag Flag);

    sealed record NearView(string Person, int Metres);

    sealed record DutyFigures(
        int OnDuty,
        int OnPatrol,
        int CheckInsToday,
        int VisitsToday,
        int PatrolsToday,
        int? VisitsDue,
        int? VisitsDone
    );

    sealed record Figures(DutyFigures Duty);

    sealed record ChildFigures(string Code, Figures Counts);

    sealed record Shown(Figures Counts, IReadOnlyList<ChildFigures> Children);

    string _day = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var answers = await Sent("check-ins", Item("sign-in", Ago(9)), Item("patrol-start", Ago(8), Here(113.3)), Item("check-in", Ago(1)));
        _day = answers[0].Day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Head_sees_who_is_on_duty_by_grid_and_not_by_metre()
    {
        var listed = (await Leader.Get("/api/on-duty")).Expect(200).As<Page<OnDutyView>>();

        var worker = Assert.Single(listed.Items);
        Assert.Equal(("worker-1", "C-A1-1", "patrol", 2), (worker.Person, worker.Area, worker.State, worker.CheckIns));
        Assert.Null(worker.Position);
        Assert.True(worker.OpenFlags > 0);
        var centre = (await (await As("dispatcher-1", Pack)).Get("/api/on-duty?area=C-A1")).Expect(200).As<Page<OnDutyView>>();
        Assert.NotNull(Assert.Single(centre.Items).Position);
        Assert.Empty((await (await As("leader-b", Pack)).Get("/api/on-duty")).Expect(200).As<Page<OnDutyView>>().Items);
        (await Leader.Get("/api/on-duty?area=C-B")).Expect(403, "not-your-area");
        (await Worker.Get("/api/on-duty")).Expect(403, "not-your-area");
        (await Leader.Get("/api/on-duty?area=X")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Day_is_seen_by_the_worker_and_by_who_oversees_them()
    {
        var path = $"/api/worker-days/worker-1/{_day}";

        Assert.All((await Worker.Get(path)).Expect(200).As<Day>().Records, r => Assert.NotNull(r.Position));
        Assert.All((await Leader.Get(path)).Expect(200).As<Day>().Records, r => Assert.Null(r.Position));
        Assert.All((await (await As("dispatcher-1", Pack)).Get(path)).Expect(200).As<Day>().Records, r => Assert.NotNull(r.Position));
        foreach (var other in new[] { "worker-2", "leader-b", "visitor-a", "resident-a11" })
            (await (await As(other, Pack)).Get(path)).Expect(404, "not-found");
        (await Leader.Get($"/api/worker-days/worker-1/2026-13-01")).Expect(404, "not-found");
        (await Leader.Get($"/api/worker-days/nobody/{_day}")).Expect(404, "not-found");
        (await Worker.Get("/api/worker-days/me?day=x")).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task Looks_at_tracks_need_a_post_and_are_recorded()
    {
        await Sent("tracks", Track(Ago(7), 5));
        var path = $"/api/worker-days/worker-1/{_day}/track";
        var centre = await As("dispatcher-1", Pack);

        Assert.Equal(1, (await centre.Get(path)).Expect(200).Body.GetProperty("features").GetArrayLength());
        (await Leader.Get(path)).Expect(404, "not-found");
        (await (await As("worker-2", Pack)).Get(path)).Expect(404, "not-found");
        (await Worker.Get(path)).Expect(200);

        var entries = await Eventually.Is(() => Looks(), e => e.Count > 0);
        Assert.Equal($"{Pack}/dispatcher-1 {Pack}/worker-1/{_day}", Assert.Single(entries));
    }

    [Fact]
    public async Task Flag_is_cleared_by_a_head_with_a_reason_and_the_grade_follows()
    {
        var flags = (await Leader.Get("/api/flags?area=C-A1")).Expect(200).As<Page<FlagView>>().Items;
        var flagged = flags.Where(f => f.Kind == "patrol-start").ToList();
        Assert.All(flagged, f => Assert.Equal("C", f.Grade));
        var path = $"/api/worker-days/worker-1/{_day}/records/{flagged[0].Record}/flags";

        foreach (var flag in flagged.Select(f => f.Flag.Flag))
        {
            (await Worker.Post($"{path}/{flag}/clear", new { reason = "我没错" }, Client.NewKey())).Expect(409, "own-flag");
            (await (await As("leader-b", Pack)).Post($"{path}/{flag}/clear", new { reason = "x" }, Client.NewKey())).Expect(
                404,
                "not-found"
            );
            (await Leader.Post($"{path}/{flag}/clear", new { reason = "" }, Client.NewKey())).Expect(400, "invalid-request");
            var key = Client.NewKey();
            (await Leader.Post($"{path}/{flag}/clear", new { reason = "在县城办事" }, key)).Expect(200);
            (await Leader.Post($"{path}/{flag}/clear", new { reason = "在县城办事" }, key)).Expect(200);
            (await Leader.Post($"{path}/{flag}/clear", new { reason = "再来" }, Client.NewKey())).Expect(409, "no-flag");
        }
        (await Leader.Post($"{path}/nonsense/clear", new { reason = "x" }, Client.NewKey())).Expect(404, "not-found");

        var record = (await MyDay()).Records.Single(r => r.Id == flagged[0].Record);
        Assert.Equal("A", record.Grade);
        Assert.All(record.Flags, f => Assert.Equal(("leader-a", "在县城办事"), (f.ClearedBy, f.Reason)));
        var open = (await Leader.Get("/api/flags?area=C-A1")).Expect(200).As<Page<FlagView>>().Items;
        Assert.DoesNotContain(open, f => f.Record == flagged[0].Record);
        var all = (await Leader.Get("/api/flags?area=C-A1&open=false&limit=1")).Expect(200).As<Page<FlagView>>();
        Assert.NotEmpty(all.Items);
    }

    [Fact]
    public async Task Who_was_near_a_place_is_answered_without_tracks()
    {
        var near = (await Leader.Get($"/api/near?lon=113.02&lat=27.02&radius=300")).Expect(200);

        var person = Assert.Single(near.As<Page<NearView>>().Items);
        Assert.Equal("worker-1", person.Person);
        Assert.DoesNotContain("lon", near.Text, StringComparison.Ordinal);
        Assert.Empty((await Leader.Get("/api/near?lon=113.15&lat=27.02&radius=300")).Expect(200).As<Page<NearView>>().Items);
        (await Leader.Get("/api/near?lon=113.02&lat=97&radius=0")).Expect(400, "invalid-request");
        (await Leader.Get("/api/near?lat=27.02")).Expect(400, "invalid-request");
        (await (await As("visitor-a", Pack)).Get("/api/near?lon=113.02&lat=27.02")).Expect(403, "not-your-area");
        Assert.Contains($"{Pack}/leader-a near C-A", await Eventually.Is(() => Looks(), e => e.Count > 0));
    }

    [Fact]
    public async Task Boards_count_workers_live_and_equal_sql()
    {
        var household = await Household("板上走访");
        await Sent("visits", Visit([household]));

        var board = await Eventually.Is(
            async () => (await Leader.Get("/api/areas/C-A/board")).Expect(200).As<Shown>(),
            b => b.Counts.Duty is { VisitsDone: 1, VisitsToday: 1, OnDuty: 1 }
        );

        Assert.Equal(new(1, 1, 2, 1, 1, 1, 1), board.Counts.Duty);
        Assert.Equal(board.Counts.Duty, board.Children.Single(c => c.Code == "C-A1").Counts.Duty);
        await Sent("check-ins", Item("sign-out"));
        await Eventually.Is(
            async () => (await Leader.Get("/api/areas/C-A/board")).Expect(200).As<Shown>(),
            b => b.Counts.Duty is { OnDuty: 0, OnPatrol: 0, CheckInsToday: 3 }
        );
        var visitor = (await (await As("visitor-a", Pack)).Get("/api/areas/C-A/board")).Expect(200).As<Shown>();
        Assert.Equal((1, null, null), (visitor.Counts.Duty.VisitsToday, visitor.Counts.Duty.VisitsDue, visitor.Counts.Duty.VisitsDone));
        await BoardCounts.Verified(await As("administrator", Pack));
    }

    [Fact]
    public async Task Photo_of_a_record_is_seen_by_who_sees_the_day()
    {
        var photo = (await Worker.Upload(Pictures.Jpeg((byte)Random.Shared.Next(256)))).Expect(201).Body.GetProperty("id").GetString()!;
        var item = new
        {
            id = NewId(),
            sequence = 50,
            at = Text(Now),
            kind = "check-in",
            position = Here(Jitter(113.02), Jitter(27.02)),
            photos = new[] { photo },
        };

        Assert.Equal("taken", (await Sent("check-ins", item))[0].Outcome);
        var again = await Sent("check-ins", item with { id = NewId(), sequence = 51 });
        var foreign = await Sent("check-ins", item with { id = NewId(), photos = [new string('0', 64)] });

        Assert.Contains("photo-replayed", again[0].Flags);
        Assert.Equal("invalid-request", foreign[0].Problem!.Code);
        var path = $"/api/worker-days/worker-1/{_day}/photos/{photo}";
        (await Leader.Get(path)).Expect(200);
        (await (await As("leader-b", Pack)).Get(path)).Expect(404, "not-found");
    }

    async Task<IReadOnlyList<string>> Looks()
    {
        await using var command = Service.Data.CreateCommand(
            "select person || ' ' || subject from access_entry where kind = 'track' and pack = $1 and subject not like 'on-duty%'"
        );
        command.Parameters.Add(new() { Value = Pack });
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new List<string>();
        while (await reader.ReadAsync())
            entries.Add(reader.GetString(0));
        return entries;
    }
}
