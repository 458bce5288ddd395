namespace GridActors.Service.Tests.WorkerDays;

/// <summary>What a worker's phone sends: twice, out of order, too late, wrong.</summary>
public sealed class FieldTests : FieldTest
{
    [Fact]
    public async Task Check_ins_are_taken_judged_and_shown()
    {
        var answers = await Sent("check-ins", Item("sign-in", Ago(5)), Item("patrol-start", Ago(4)), Item("check-in", Ago(2)));

        Assert.All(answers, a => Assert.Equal(("taken", "A", false), (a.Outcome, a.Grade, a.Late)));
        Assert.All(answers, a => Assert.Empty(a.Flags));
        var day = await MyDay();
        Assert.Equal("patrol", day.State);
        Assert.Equal(["sign-in", "patrol-start", "check-in"], day.Records.Select(r => r.Kind));
        Assert.All(day.Records, r => Assert.Equal("C-A1-1", r.Area));
        Assert.NotNull(day.Records[0].Position);
    }

    [Fact]
    public async Task Same_batch_twice_is_one_and_answers_what_was_judged_at_first()
    {
        object[] items = [Item("sign-in", position: Here(113.3)), Item("check-in")];

        var first = await Sent("check-ins", items);
        var second = await Sent("check-ins", items);

        Assert.Equal(["taken", "taken"], first.Select(a => a.Outcome));
        Assert.Equal(["repeated", "repeated"], second.Select(a => a.Outcome));
        Assert.Equal(first[0].Flags, second[0].Flags);
        Assert.Contains("outside-area", second[0].Flags);
        Assert.Equal(first.Select(a => (a.Grade, a.Day)), second.Select(a => (a.Grade, a.Day)));
        Assert.Equal(2, (await MyDay()).Records.Length);
    }

    [Fact]
    public async Task Same_batch_at_once_from_many_attempts_is_one()
    {
        object[] items = [.. Enumerable.Range(0, 20).Select(_ => Item("check-in"))];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send("check-ins", items)));

        var outcomes = answers.SelectMany(a => a.Expect(200).As<BatchAnswer>().Items).ToList();
        Assert.All(outcomes, a => Assert.Contains(a.Outcome, new[] { "taken", "repeated" }));
        Assert.Equal(20, outcomes.Count(a => a.Outcome == "taken"));
        Assert.Equal(20, (await MyDay()).Records.Length);
    }

    [Fact]
    public async Task Items_out_of_order_make_the_same_day()
    {
        await Sent("check-ins", Item("patrol-end", Ago(1)), Item("sign-in", Ago(9)), Item("patrol-start", Ago(5)));

        var day = await MyDay();
        Assert.Equal(["sign-in", "patrol-start", "patrol-end"], day.Records.Select(r => r.Kind));
        Assert.Equal("on-duty", day.State);
        Assert.NotNull(Assert.Single(day.Patrols).EndedAt);
    }

    [Fact]
    public async Task Bad_items_fail_alone_and_say_why()
    {
        var answers = await Sent(
            "check-ins",
            Item("check-in"),
            new
            {
                id = "x",
                sequence = 0,
                kind = "dance",
                at = "yesterday",
            },
            "text",
            new { id = NewId(), sequence = "1" },
            Item("check-in", area: "C-X"),
            Item("check-in", area: "C-B1-1"),
            Item("check-in", Now.AddDays(-200)),
            new
            {
                id = NewId(),
                sequence = 5,
                kind = "check-in",
                at = Text(Now),
                position = new
                {
                    lon = 200,
                    lat = 27,
                    accuracy = 1,
                },
            },
            Item("check-in")
        );

        Assert.Equal(
            ["taken", "refused", "refused", "refused", "refused", "refused", "refused", "refused", "taken"],
            answers.Select(a => a.Outcome)
        );
        Assert.Equal(
            ["id", "sequence", "at", "kind"],
            answers[1].Problem!.Fields.Keys.OrderBy(k => Array.IndexOf(["id", "sequence", "at", "kind"], k))
        );
        Assert.Equal("invalid-request", answers[3].Problem!.Code);
        Assert.Equal("not-your-area", answers[5].Problem!.Code);
        Assert.Contains("position", answers[7].Problem!.Fields.Keys);
        Assert.Equal(2, (await MyDay()).Records.Length);
    }

    [Fact]
    public async Task Batch_that_is_none_is_refused_as_a_whole()
    {
        (await Worker.Post("/api/check-ins", "{")).Expect(400, "invalid-request");
        (await Worker.Post("/api/check-ins", "[]")).Expect(400, "invalid-request");
        (await Worker.Post("/api/check-ins", new { device = Device, sentAt = Text(Now) })).Expect(400, "invalid-request");
        (await Send("check-ins", [])).Expect(400, "invalid-request");
        (await Send("check-ins", [.. Enumerable.Range(0, 101).Select(_ => Item("check-in"))])).Expect(400, "invalid-request");
        (await Send("check-ins", [Item("check-in")], device: new string('d', 65))).Expect(400, "invalid-request");
        (
            await Worker.Post(
                "/api/check-ins",
                new
                {
                    device = Device,
                    sentAt = "now",
                    items = new[] { Item("check-in") },
                }
            )
        ).Expect(400, "invalid-request");
        // It asks before it sends so much; the answer would otherwise cut off the sending.
        (await Worker.Post("/api/check-ins", new string(' ', 5 << 20), null, ("Expect", "100-continue"))).Expect(413, "too-large");
        (await Service.Anybody().Post("/api/check-ins", new { })).Expect(401, "not-signed-in");
        (await Send("check-ins", [Item("check-in")], await As("visitor-a", Pack))).Expect(403, "not-permitted");
        Assert.Empty((await MyDay()).Records);
    }

    [Fact]
    public async Task Doubts_are_flags_and_nothing_is_refused_for_them()
    {
        await Sent("check-ins", Item("sign-in", Ago(10)));

        var answers = await Sent(
            "check-ins",
            Item("check-in", Ago(9), Here(113.3, 27.02)),
            Item(
                "check-in",
                Ago(5),
                new
                {
                    lon = 113.0201,
                    lat = 27.0201,
                    accuracy = 5,
                    mock = true,
                }
            ),
            new
            {
                id = NewId(),
                sequence = 9,
                at = Text(Ago(4)),
                kind = "check-in",
            },
            Item(
                "check-in",
                Ago(3),
                new
                {
                    lon = 113.0202,
                    lat = 27.0201,
                    accuracy = 400,
                }
            ),
            Item(
                "check-in",
                Ago(2),
                new
                {
                    lon = 113.0202,
                    lat = 27.0201,
                    accuracy = 4,
                    source = "map",
                }
            )
        );

        Assert.All(answers, a => Assert.Equal("taken", a.Outcome));
        Assert.Equal(["outside-area", "impossible-speed"], answers[0].Flags);
        Assert.Contains("mocked", answers[1].Flags);
        Assert.Equal(("C", "no-position"), (answers[2].Grade, Assert.Single(answers[2].Flags)));
        Assert.Equal(("B", "position-coarse"), (answers[3].Grade, Assert.Single(answers[3].Reasons)));
        Assert.Equal(("C", "typed"), (answers[4].Grade, Assert.Single(answers[4].Reasons)));
        var shown = (await MyDay()).Records.Single(r => r.Id == answers[0].Id);
        Assert.Contains("flagged-outside-area", shown.Reasons);
        Assert.InRange(shown.Flags.Single(f => f.Flag == "outside-area").Detail!.Value, 15_000, 25_000);
    }

    [Fact]
    public async Task Clock_that_is_off_is_corrected_and_told()
    {
        var off = TimeSpan.FromHours(-30);
        var answers = (await Send("check-ins", [Item("sign-in", Ago(5) + off)], sentAt: Now + off)).Expect(200).As<BatchAnswer>().Items;

        Assert.Equal("clock-off", Assert.Single(answers[0].Flags));
        var record = Assert.Single((await MyDay()).Records);
        Assert.InRange((record.CorrectedAt!.Value - Ago(5)).Duration().TotalSeconds, 0, 30);
    }

    [Fact]
    public async Task Device_of_two_people_is_told_of_the_second()
    {
        await Sent("check-ins", Item("sign-in"));

        var second = (await Send("check-ins", [Item("sign-in")], await As("worker-2", Pack))).Expect(200).As<BatchAnswer>().Items;

        Assert.Contains("shared-device", second[0].Flags);
    }

    [Fact]
    public async Task Two_devices_of_one_worker_make_one_day()
    {
        await Sent("check-ins", Item("sign-in", Ago(8)));
        (await Send("check-ins", [Item("pause", Ago(2))], device: "second-device")).Expect(200);

        Assert.Equal("paused", (await MyDay()).State);
    }

    [Fact]
    public async Task Gcj02_is_converted_once_and_its_system_is_kept()
    {
        var gcj02 = new
        {
            lon = 113.0250,
            lat = 27.0470,
            accuracy = 10,
            crs = "gcj02",
        };
        var answers = await Sent("check-ins", Item("sign-in", position: gcj02));
        Assert.Equal("taken", answers[0].Outcome);

        var position = Assert.Single((await MyDay()).Records).Position!;
        Assert.Equal("gcj02", position.Crs);
        Assert.InRange(Math.Abs(position.Lon - 113.0250) * 98_000, 100, 700);
    }

    [Fact]
    public async Task Visit_is_told_to_its_households_once()
    {
        var (one, two) = (await Household("走访一"), await Household("走访二"));
        var at = Ago(3);
        object[] items = [Visit([one, two], at, "看望两户 👵")];

        Assert.Equal("taken", (await Sent("visits", items))[0].Outcome);
        Assert.Equal("repeated", (await Sent("visits", items))[0].Outcome);

        foreach (var household in new[] { one, two })
        {
            var visited = await Eventually.Is(
                async () => (await Worker.Get($"/api/households/{household}")).Expect(200),
                h => h.Body.GetProperty("visitedAt").ValueKind != System.Text.Json.JsonValueKind.Null
            );
            Assert.InRange((visited.Body.GetProperty("visitedAt").GetDateTimeOffset() - at).Duration().TotalSeconds, 0, 1);
            var history = (await Worker.Get($"/api/households/{household}/history")).Expect(200);
            Assert.Equal(1, history.Text.Split("\"visited\"").Length - 1);
        }
        var record = Assert.Single((await MyDay()).Records);
        Assert.Equal(("看望两户 👵", 2), (record.Note, record.Visit!.HouseholdCount));
        Assert.Equal("软管已换", Assert.Single(record.Visit.Settled).Note);
        Assert.Equal("日常走访", record.Visit.PurposeName);
    }

    [Fact]
    public async Task Household_that_is_not_the_workers_is_as_if_it_were_not_there()
    {
        var foreign = await Household("别处户", await As("worker-b11", Pack), "C-B1-1");

        var answers = await Sent("visits", Visit([foreign]), Visit([Guid.NewGuid().ToString("N")]), Visit([]));

        Assert.Equal(["not-found", "not-found", "invalid-request"], answers.Select(a => a.Problem!.Code));
        Assert.Equal(answers[0].Problem!.Message, answers[1].Problem!.Message);
        Assert.Empty((await MyDay()).Records);
    }

    [Fact]
    public async Task Track_is_kept_on_duty_alone()
    {
        var off = await Sent("tracks", Track(Ago(20), 5));
        await Sent("check-ins", Item("sign-in", Ago(20)), Item("patrol-start", Ago(19)));

        var on = await Sent("tracks", Track(Ago(18), 6), Track(Ago(8), 6), Track(Ago(600), 2));

        Assert.Equal(("refused", "off-duty"), (off[0].Outcome, off[0].Problem!.Code));
        Assert.Equal(["taken", "taken", "refused"], on.Select(a => a.Outcome));
        var patrol = Assert.Single((await MyDay()).Patrols);
        Assert.NotEmpty(patrol.Gaps);
        var day = on[0].Day!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var track = (await Worker.Get($"/api/worker-days/worker-1/{day}/track")).Expect(200);
        Assert.Equal(2, track.Body.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task Track_that_was_taken_stays_taken_when_it_would_be_refused_now()
    {
        await Sent("check-ins", Item("sign-in", Ago(60)));
        object[] parts = [Track(Ago(18), 6), Track(Ago(8), 6)];
        await Sent("tracks", parts);
        // It comes late: the worker had gone home before.
        await Sent("check-ins", Item("sign-out", Ago(40)));

        var again = await Sent("tracks", [.. parts, Track(Ago(15), 2)]);

        Assert.Equal(["repeated", "repeated", "refused"], again.Select(a => a.Outcome));
    }

    [Fact]
    public async Task Words_of_the_day_are_kept_and_replaced()
    {
        var day = Today();
        (await Worker.Post($"/api/worker-days/me/{day}/diary", new { text = "上午走访" }, Client.NewKey())).Expect(200);
        (await Worker.Post($"/api/worker-days/me/{day}/diary", new { text = "全天走访 🙂" }, Client.NewKey())).Expect(200);
        var handed = await Worker.Post($"/api/worker-days/me/{day}/hand-over", new { text = "电梯待修", to = "worker-2" }, Client.NewKey());

        Assert.Equal("全天走访 🙂", handed.Expect(200).As<Day>().Diary!.Text);
        Assert.Equal(new ShownText("电梯待修", "worker-2"), handed.As<Day>().HandOver);
        (await Worker.Post($"/api/worker-days/me/{day}/diary", new { text = " " }, Client.NewKey())).Expect(400, "invalid-request");
        (await Worker.Post("/api/worker-days/me/today/diary", new { text = "x" }, Client.NewKey())).Expect(404, "not-found");
        await using var command = Service.Data.CreateCommand("select count(*) from journal where data::text like '%上午走访%'");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    static string Today() =>
        TimeZoneInfo.ConvertTime(Now, OneDay.NoonZone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
