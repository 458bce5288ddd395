using System.Text.Json;

namespace GridActors.Service.Tests.Stories;

/// <summary>A worker's day in 醴陵市 and in 鳌阳镇, through the public API.</summary>
public sealed class WorkerDayStoryTests
{
    sealed record Answer(string Id, string Outcome, string Day, string? Grade, string[] Flags);

    sealed record Answers(Answer[] Items);

    sealed record Words(string Text);

    sealed record Looked(string? Checkpoint, string? Seen);

    sealed record Patrol(string Id, DateTimeOffset? EndedAt, Looked[] Checkpoints);

    sealed record Record(string Id, string Kind, string? Case);

    sealed record Counts(int Visits, int Households, int Hazards);

    sealed record Day(string State, Record[] Records, Patrol[] Patrols, Words? Diary, Words? HandOver, Counts Counts);

    sealed record HouseholdOf(string Id, string? Stage);

    sealed record Appointment(string Id, string State, DateTimeOffset? RemindedAt, HouseholdOf[] Households, bool ServiceOpen);

    int _sequence;

    [Fact]
    public async Task Worker_of_liling_signs_in_patrols_keeps_an_appointment_with_five_elders_and_writes_the_diary()
    {
        const string grid = "阳三石社区第一网格";
        await using var liling = await StoryPlace.Begin("liling", "2026-03-12 16:00");
        var worker = await liling.As("grid-worker", grid);

        // The afternoon before: five elders of one building need their cards renewed. They share one visit.
        var elders = new List<string>();
        foreach (var (name, door) in "甲乙丙丁戊".Select((c, i) => (c, i + 1)))
            elders.Add(await Household(worker, liling.Code(grid), $"陈{name}婆", $"阳三石路8号3栋{door}01"));
        var booked = await Book(worker, elders, "card-renewal", "2026-03-13T09:30:00+08:00", "2026-03-13T11:00:00+08:00");
        Assert.Equal(("agreed", 5), (booked.State, booked.Households.Length));

        // She is reminded once, in the evening.
        liling.Later("2026-03-12 18:00");
        var reminded = await Eventually.Is(() => Get(worker, booked.Id), a => a.RemindedAt is not null);
        Assert.Equal("2026-03-12 18:00", liling.Local(reminded.RemindedAt!.Value));

        // At eight she signs in at the station, and patrols. A cover is missing, which becomes a case.
        liling.Later("2026-03-13 08:00");
        await Send(liling, worker, "check-ins", new { kind = "sign-in" });
        liling.Later("2026-03-13 08:20");
        var patrol = await Send(liling, worker, "check-ins", new { kind = "patrol-start" });
        var cover = await liling.Report(worker, "manhole-cover-missing", grid, "井盖缺失");
        await Send(
            liling,
            worker,
            "check-ins",
            new
            {
                kind = "checkpoint",
                checkpoint = "manhole-covers",
                seen = "hazard",
                patrol,
                @case = Guid.Parse(cover.Id),
            }
        );
        await Send(
            liling,
            worker,
            "check-ins",
            new
            {
                kind = "checkpoint",
                checkpoint = "street-lamps",
                seen = "ok",
                patrol,
            }
        );
        await Send(liling, worker, "check-ins", new { kind = "patrol-end", patrol });

        // At half past nine she keeps the appointment: one visit, five households, all papers collected.
        liling.Later("2026-03-13 09:40");
        var visit = await Send(
            liling,
            worker,
            "visits",
            new
            {
                households = elders.Select(Guid.Parse).ToArray(),
                purpose = "service",
                appointment = Guid.Parse(booked.Id),
                note = "五位老人的材料都收齐了",
            }
        );
        await Step(worker, booked.Id, "done", new { visit });
        var collected = await Step(worker, booked.Id, "service", new { stage = "collected" });
        Assert.Equal(("done", true), (collected.State, collected.ServiceOpen));
        Assert.All(collected.Households, h => Assert.Equal("collected", h.Stage));

        // The community's service agent has the papers checked, and in the afternoon she brings the cards.
        liling.Later("2026-03-13 14:30");
        var agent = await liling.As("service-agent", "阳三石社区");
        await Step(agent, booked.Id, "service", new { stage = "checked" });
        liling.Later("2026-03-13 16:40");
        Assert.False((await Step(worker, booked.Id, "service", new { stage = "delivered" })).ServiceOpen);

        // In the evening the day stands there by itself; she adds her words, and a note for whoever comes next.
        liling.Later("2026-03-13 17:20");
        await Write(worker, "2026-03-13", "diary", "五位老人的证都送到了，井盖已报。");
        await Write(worker, "2026-03-13", "hand-over", "井盖处放了警示桩，明早再看。");
        await Send(liling, worker, "check-ins", new { kind = "sign-out" });
        var day = (await worker.Get("/api/worker-days/me?day=2026-03-13")).Expect(200).As<Day>();
        Assert.Equal(("off", 1, 5, 1), (day.State, day.Counts.Visits, day.Counts.Households, day.Counts.Hazards));
        Assert.Equal(["manhole-covers", "street-lamps"], day.Patrols.Single().Checkpoints.Select(c => c.Checkpoint));
        Assert.Equal(Guid.Parse(cover.Id), Guid.Parse(day.Records.Single(r => r.Case is not null).Case!));
        Assert.Equal(("五位老人的证都送到了，井盖已报。", "井盖处放了警示桩，明早再看。"), (day.Diary?.Text, day.HandOver?.Text));
        await liling.IsConsistent();
    }

    [Fact]
    public async Task Worker_of_aoyang_looks_visits_and_settles_what_must_be()
    {
        const string grid = "北凤社区第一网格";
        await using var aoyang = await StoryPlace.Begin("aoyang", "2026-03-16 08:00");
        var worker = await aoyang.As("grid-worker", grid);
        await Send(aoyang, worker, "check-ins", new { kind = "sign-in" });

        // Must look: every line of the checklist, by its own id.
        var lines = (await worker.Get("/api/catalogue")).Expect(200).Body.GetProperty("checklist").EnumerateArray().ToList();
        Assert.Equal(["rubbish", "fire-lanes", "rivers"], Photographed(lines));
        aoyang.Later("2026-03-16 08:30");
        var patrol = await Send(aoyang, worker, "check-ins", new { kind = "patrol-start" });
        foreach (var line in lines)
            await Send(
                aoyang,
                worker,
                "check-ins",
                new
                {
                    kind = "checkpoint",
                    checkpoint = line.GetProperty("id").GetString(),
                    seen = "ok",
                    patrol,
                }
            );
        aoyang.Later("2026-03-16 10:00");
        await Send(aoyang, worker, "check-ins", new { kind = "patrol-end", patrol });

        // Must visit, must settle: an elder who lives alone. The household's facts are settled, a need isn't.
        var elder = await Household(worker, aoyang.Code(grid), "林独居", "胜利街6号201");
        await Send(
            aoyang,
            worker,
            "visits",
            new
            {
                households = new[] { Guid.Parse(elder) },
                purpose = "must-visit",
                settled = new object[]
                {
                    new { item = "population", done = true },
                    new
                    {
                        item = "needs",
                        done = false,
                        note = "需要助行器",
                    },
                },
            }
        );
        var day = (await worker.Get("/api/worker-days/me?day=2026-03-16")).Expect(200).As<Day>();
        Assert.Equal((lines.Count, 1, 0), (day.Patrols.Single().Checkpoints.Length, day.Counts.Visits, day.Counts.Hazards));

        // Whoever looks at the card before the next visit sees what was left open.
        var visits = (await worker.Get($"/api/households/{elder}/visits")).Expect(200).Body.GetProperty("items");
        var open = visits[0].GetProperty("settled").EnumerateArray().Single(s => !s.GetProperty("done").GetBoolean());
        Assert.Equal("需要助行器", open.GetProperty("note").GetString());
        await Eventually.Is(
            async () => (await worker.Get($"/api/households/{elder}")).Expect(200).Body.GetProperty("visitedAt"),
            v => v.ValueKind == JsonValueKind.String
        );
        await aoyang.IsConsistent();

        static IEnumerable<string?> Photographed(IEnumerable<JsonElement> lines) =>
            lines.Where(l => l.GetProperty("photo").GetBoolean()).Select(l => l.GetProperty("id").GetString());
    }

    /// <summary>Sends one item, as a phone with a signal does at once; its time is the story's.</summary>
    /// <returns>The id that the phone gave it.</returns>
    async Task<Guid> Send(StoryPlace place, Client worker, string batch, object item)
    {
        var id = Guid.NewGuid();
        var body = JsonSerializer.SerializeToNode(item, JsonSerializerOptions.Web)!.AsObject();
        (body["id"], body["sequence"], body["at"]) = (id, ++_sequence, place.Now);
        var request = new
        {
            device = "story-phone",
            sentAt = place.Now,
            items = new[] { body },
        };
        var answer = (await worker.Post($"/api/{batch}", request)).Expect(200).As<Answers>().Items.Single();
        Assert.Equal("taken", answer.Outcome);
        return id;
    }

    static async Task<string> Household(Client worker, string area, string name, string address)
    {
        var body = new
        {
            area,
            fields = new { address },
            residents = new[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new { name },
                },
            },
        };
        return (await worker.Post("/api/households", body, Client.NewKey())).Expect(201).Body.GetProperty("id").GetString()!;
    }

    static async Task<Appointment> Book(Client worker, IReadOnlyList<string> households, string service, string from, string until) => (
            await worker.Post(
                "/api/appointments",
                new
                {
                    households,
                    service,
                    from,
                    until,
                    materials = "身份证、一寸照片",
                },
                Client.NewKey()
            )
        ).Expect(200).As<Appointment>();

    static async Task<Appointment> Get(Client worker, string id) =>
        (await worker.Get($"/api/appointments/{id}")).Expect(200).As<Appointment>();

    static async Task<Appointment> Step(Client client, string id, string step, object body) =>
        (await client.Post($"/api/appointments/{id}/{step}", body, Client.NewKey())).Expect(200).As<Appointment>();

    static async Task Write(Client worker, string day, string what, string text) =>
        (await worker.Post($"/api/worker-days/me/{day}/{what}", new { text }, Client.NewKey())).Expect(200);
}
