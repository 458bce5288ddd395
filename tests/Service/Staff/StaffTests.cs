using System.Text.Json;

namespace GridActors.Service.Tests.Staff;

/// <summary>An administrator appoints people, ends posts and lets people leave; nothing open stays with somebody who is gone.</summary>
public sealed class StaffTests : SharedServiceTest
{
    const string Changes = "/api/admin/staff/changes";

    readonly string _id = "s" + Guid.NewGuid().ToString("N")[..12];
    Client _admin = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Service.Load(TestPacks.FromFiles(_id));
        _admin = await As("administrator", _id);
    }

    [Fact]
    public async Task Leaver_hands_posts_claims_and_to_dos_over_to_the_successor_in_one_step()
    {
        var dispatcher = await As("dispatcher-1", _id);
        var leaver = await As("worker-a21", _id);
        var (claimed, offered) = (await dispatcher.Report("C-A2-1"), await dispatcher.Report("C-A2-1"));
        await leaver.Do(claimed.Id, "claim");
        var member = (await _admin.Get("/api/admin/staff/people/worker-a21")).Expect(200).Body;
        Assert.Equal((1, 1), (member.GetProperty("claims").GetInt32(), member.GetProperty("toDos").GetInt32()));

        var change = (
            await Enter(
                new
                {
                    kind = "leave",
                    person = "worker-a21",
                    successor = "worker-4",
                }
            )
        ).Expect(200).Body;

        Assert.Equal(("made", 2), (Text(change, "state"), change.GetProperty("version").GetInt32()));
        await Eventually.Is(async () => (await dispatcher.Case(claimed.Id)).Claimant == "worker-4");
        await Eventually.Is(async () => (await dispatcher.Case(offered.Id)).OfferedTo.SequenceEqual(["worker-4"]));
        Assert.Equal(["reported", "claimed", "reoffered", "handed-over"], (await dispatcher.History(claimed.Id)).Select(h => h.Step));
        Assert.Equal(401, (await leaver.Get("/api/inbox")).Status);
        var posts = (await _admin.Get("/api/admin/pack/files/posts.csv")).Expect(200).Body.GetProperty("text").GetString()!;
        Assert.DoesNotContain("worker-a21", posts, StringComparison.Ordinal);
        Assert.Contains("C-A2-1,worker,worker-4", posts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_of_a_leaver_goes_to_the_successor_and_without_one_to_who_decided_it()
    {
        var dispatcher = await As("dispatcher-1", _id);
        var called = await dispatcher.Do((await dispatcher.Report("C-A2-1")).Id, "consult", new { reason = "请会诊" });
        var consultation = $"/api/consultations/{called.Consultations[0].Id}";
        foreach (var party in new[] { "leader-a", "clerk-a2" })
            (await (await As(party, _id)).Post($"{consultation}/opinion", new { text = "同意" }, Client.NewKey())).Expect(200);
        var orders = new[] { "worker-a21", "worker-b11" }.Select(person => new
        {
            text = "清理",
            person,
            term = "3wd",
        });
        (await dispatcher.Post($"{consultation}/decide", new { text = "清理", tasks = orders }, Client.NewKey())).Expect(200);

        var leaves = new
        {
            kind = "leave",
            person = "worker-a21",
            successor = "worker-4",
        };
        (await Enter(leaves)).Expect(200);
        await Eventually.Is(async () => (await dispatcher.Case(called.Id)).Tasks[0].Owners.SequenceEqual(["worker-4"]));
        Assert.Contains((await (await As("worker-4", _id)).Inbox()).Items, i => i.Case.Id == called.Id);

        (await Enter(new { kind = "leave", person = "worker-b11" })).Expect(200);
        await Eventually.Is(async () => (await dispatcher.Case(called.Id)).Tasks[1].Owners.SequenceEqual(["dispatcher-1"]));
    }

    [Fact]
    public async Task Vacant_post_is_listed_until_somebody_is_appointed_to_it()
    {
        (await Enter(new { kind = "leave", person = "clerk-a2" })).Expect(200);
        await Eventually.Is(async () => (await Vacant()).Contains("C-A2 clerk"));

        var appoint = new
        {
            kind = "appoint",
            person = "newcomer",
            name = "新来的",
            area = "C-A2",
            post = "clerk",
        };
        (await Enter(appoint)).Expect(200);

        await Eventually.Is(async () => !(await Vacant()).Contains("C-A2 clerk"));
        var people = (await _admin.Get("/api/areas/C-A2/people")).Expect(200).Body.GetProperty("items");
        Assert.Contains(people.EnumerateArray(), p => Text(p, "person") == "newcomer" && Text(p, "name") == "新来的");
    }

    [Fact]
    public async Task Change_of_a_later_day_waits_and_can_be_cancelled()
    {
        var key = Client.NewKey();
        var body = new
        {
            kind = "end",
            person = "leader-a",
            area = "C-A",
            post = "leader",
            successor = "leader-b",
            on = "2999-01-01",
        };
        var planned = (await _admin.Post(Changes, body, key)).Expect(200).Body;
        Assert.Equal("planned", Text(planned, "state"));
        Assert.Equal(Text(planned, "id"), Text((await _admin.Post(Changes, body, key)).Expect(200).Body, "id"));
        Assert.Equal(1, (await _admin.Get("/api/admin/pack")).Expect(200).Body.GetProperty("version").GetProperty("number").GetInt32());

        var cancelled = (await _admin.Post($"{Changes}/{Text(planned, "id")}/cancel")).Expect(200).Body;

        Assert.Equal("cancelled", Text(cancelled, "state"));
        var made = (
            await Enter(
                new
                {
                    kind = "leave",
                    person = "worker-b9",
                    successor = "worker-b12",
                }
            )
        ).Expect(200).Body;
        (await _admin.Post($"{Changes}/{Text(made, "id")}/cancel")).Expect(409, "staff-change-over");
        Assert.Equal(
            ["made", "cancelled"],
            (await _admin.Get(Changes)).Expect(200).Body.GetProperty("items").EnumerateArray().Select(c => Text(c, "state"))
        );
    }

    [Fact]
    public async Task Draft_that_is_being_edited_gets_the_change_too()
    {
        var people = (await _admin.Get("/api/admin/pack/files/people.csv")).Expect(200).Body.GetProperty("text").GetString()!;
        var save = new
        {
            revision = 0,
            file = "people.csv",
            text = people + "extra,外援,,\n",
        };
        (await _admin.Post("/api/admin/pack/draft", save)).Expect(200);

        (await Enter(new { kind = "leave", person = "worker-b9" })).Expect(200);

        var drafted = (await _admin.Get("/api/admin/pack/files/people.csv")).Expect(200).Body.GetProperty("text").GetString()!;
        Assert.Contains("extra,外援", drafted, StringComparison.Ordinal);
        Assert.DoesNotContain("worker-b9", drafted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_that_the_pack_could_not_bear_is_refused_with_the_reason()
    {
        var last = (await Enter(new { kind = "leave", person = "police-c" })).Expect(409, "staff-conflict").Body;
        Assert.Contains("confidential category lead", Text(last, "reason"), StringComparison.Ordinal);
        var administrator = (await Enter(new { kind = "leave", person = "administrator" })).Expect(409, "staff-conflict").Body;
        Assert.Equal("After it, nobody would administer the pack any more.", Text(administrator, "reason"));

        (
            await Enter(
                new
                {
                    kind = "appoint",
                    person = "nobody-known",
                    area = "C-A",
                    post = "leader",
                }
            )
        ).Expect(400, "invalid-request");
        (
            await Enter(
                new
                {
                    kind = "end",
                    person = "leader-a",
                    area = "C-B",
                    post = "leader",
                }
            )
        ).Expect(400, "invalid-request");
        (
            await Enter(
                new
                {
                    kind = "appoint",
                    person = "leader-a",
                    area = "C-A1",
                    post = "leader",
                }
            )
        ).Expect(400, "invalid-request");
        (await (await As("dispatcher-1", _id)).Get(Changes)).Expect(403, "not-permitted");
    }

    Task<Answer> Enter(object change) => _admin.Post(Changes, change, Client.NewKey());

    async Task<IReadOnlyList<string>> Vacant() =>
        [
            .. (await _admin.Get("/api/admin/staff/vacancies"))
                .Expect(200)
                .Body.GetProperty("items")
                .EnumerateArray()
                .Select(v => $"{Text(v, "area")} {Text(v, "post")}"),
        ];

    static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;
}
