using System.Text.Json;
using GridActors.Service.Tests.Households;

namespace GridActors.Service.Tests.Places;

/// <summary>Buildings, dwellings and key places through the public API: what happens to them, and who sees what of them.</summary>
public sealed class PlaceTests : HouseholdTest
{
    const string Grid = "C-A1-1";
    const string NextGrid = "C-A1-2";

    [Fact]
    public async Task Doors_that_two_people_make_at_the_same_time_are_there_once()
    {
        var building = await Add(Worker, "building", "8栋");
        var body = new
        {
            units = 2,
            floors = 5,
            doorsPerFloor = 4,
        };

        var answers = await Task.WhenAll(
            new[] { Worker, Clerk, Worker }.Select(c => c.Post($"/api/places/{building}/dwellings", body, Client.NewKey()))
        );

        Assert.Equal(40, answers.Sum(a => a.Expect(200).Body.GetProperty("made").GetInt32()));
        var contents = Items((await Worker.Get($"/api/places/{building}/contents")).Expect(200));
        Assert.Equal((2, 40), (contents.Count(p => KindOf(p) == "unit"), contents.Count(p => KindOf(p) == "dwelling")));
    }

    [Fact]
    public async Task Door_that_is_gone_can_be_made_again()
    {
        var building = await Add(Worker, "building", "9栋");
        var body = new
        {
            floors = 1,
            doorsPerFloor = 2,
            units = 0,
        };
        var made = (await Worker.Post($"/api/places/{building}/dwellings", body, Client.NewKey())).Expect(200).Body;
        var first = made.GetProperty("dwellings")[0].GetProperty("id").GetString();
        (await Worker.Post($"/api/places/{first}/close", new { reason = "拆除" }, Client.NewKey())).Expect(200);

        var again = (await Worker.Post($"/api/places/{building}/dwellings", body, Client.NewKey())).Expect(200).Body;

        Assert.Equal(1, again.GetProperty("made").GetInt32());
        Assert.NotEqual(first, again.GetProperty("dwellings")[0].GetProperty("id").GetString());
        Assert.Equal(2, Items((await Worker.Get($"/api/places/{building}/contents")).Expect(200)).Count);
    }

    [Fact]
    public async Task Building_gets_its_doors_in_one_call_that_can_be_repeated()
    {
        var building = await Add(Worker, "building", "7栋");
        var (body, key) = (
            new
            {
                units = 2,
                floors = 3,
                doorsPerFloor = 2,
            },
            Client.NewKey()
        );

        var made = (await Worker.Post($"/api/places/{building}/dwellings", body, key)).Expect(200).Body;
        var again = (await Worker.Post($"/api/places/{building}/dwellings", body, Client.NewKey())).Expect(200).Body;

        Assert.Equal((12, 0), (made.GetProperty("made").GetInt32(), again.GetProperty("made").GetInt32()));
        Assert.Equal(Ids(made), Ids(again));
        Assert.Equal("302", made.GetProperty("dwellings")[5].GetProperty("door").GetString());
        var contents = Items((await Worker.Get($"/api/places/{building}/contents")).Expect(200));
        Assert.Equal((2, 12), (contents.Count(p => KindOf(p) == "unit"), contents.Count(p => KindOf(p) == "dwelling")));
        var door = contents.Single(p => p.GetProperty("id").GetString() == Ids(made)[5]);
        Assert.Equal(["7栋", "1单元"], door.GetProperty("path").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        var tooMany = new
        {
            units = 10,
            floors = 30,
            doorsPerFloor = 4,
        };
        (await Worker.Post($"/api/places/{building}/dwellings", tooMany, Client.NewKey())).Expect(400, "invalid-request");
        (await Dispatcher.Post($"/api/places/{building}/dwellings", body, Client.NewKey())).Expect(403, "not-permitted");

        static List<string> Ids(JsonElement answer) =>
            [.. answer.GetProperty("dwellings").EnumerateArray().Select(d => d.GetProperty("id").GetString()!)];
    }

    [Fact]
    public async Task Household_lives_where_somebody_can_live_and_the_dwelling_remembers_it()
    {
        var building = await Add(Worker, "building", "8栋");
        var doors = new
        {
            units = 0,
            floors = 1,
            doorsPerFloor = 2,
        };
        var made = (await Worker.Post($"/api/places/{building}/dwellings", doors, Client.NewKey())).Expect(200).Body;
        var (first, second) = (Door(0), Door(1));
        var elsewhere = await Add(await As("worker-a12"), "dwelling", "9号", NextGrid);
        foreach (var wrong in new[] { building, elsewhere, Guid.NewGuid().ToString("N") })
            (await Worker.Post("/api/households", With(wrong), Client.NewKey())).Expect(409, "wrong-place");

        var household = (await Worker.Post("/api/households", With(first), Client.NewKey())).Expect(201).As<HouseholdView>();
        (await Worker.Patch($"/api/households/{household.Id}", new { place = elsewhere })).Expect(409, "wrong-place");
        (await Worker.Post($"/api/places/{building}/close", new { reason = "拆除" }, Client.NewKey())).Expect(409, "place-occupied");
        (await Worker.Patch($"/api/households/{household.Id}", new { place = second })).Expect(200);

        var before = Assert.Single(await Stays(Worker, first));
        Assert.Equal(household.Id, before.GetProperty("household").GetProperty("id").GetString());
        Assert.NotEqual(JsonValueKind.Null, before.GetProperty("until").ValueKind);
        Assert.Equal(JsonValueKind.Null, Assert.Single(await Stays(Worker, second)).GetProperty("until").ValueKind);
        var both = await Stays(Dispatcher, building);
        Assert.Equal([second, first], both.Select(s => s.GetProperty("place").GetString()));
        Assert.Equal("张*", both[0].GetProperty("household").GetProperty("head").GetProperty("name").GetString());
        var leave = new { residents = household.Residents.Select(r => r.Id), reason = "外迁" };
        (await Worker.Post($"/api/households/{household.Id}/move-out", leave, Client.NewKey())).Expect(200);
        Assert.NotEqual(JsonValueKind.Null, (await Stays(Worker, second))[0].GetProperty("until").ValueKind);

        string Door(int index) => made.GetProperty("dwellings")[index].GetProperty("id").GetString()!;

        object With(string place) =>
            new
            {
                area = Grid,
                place,
                residents = new[]
                {
                    new
                    {
                        kind = "registered",
                        relation = "02",
                        fields = new { name = "张住" },
                    },
                },
            };
    }

    [Fact]
    public async Task Building_takes_what_belongs_to_it_along()
    {
        var clerk = Clerk;
        var building = await Add(clerk, "building", "10栋");
        var doors = new
        {
            units = 1,
            floors = 1,
            doorsPerFloor = 1,
        };
        var made = (await clerk.Post($"/api/places/{building}/dwellings", doors, Client.NewKey())).Expect(200).Body;
        var door = made.GetProperty("dwellings")[0].GetProperty("id").GetString()!;

        (await Worker.Post($"/api/places/{building}/move", new { area = NextGrid, reason = "调整" }, Client.NewKey())).Expect(
            403,
            "not-your-area"
        );
        (await clerk.Post($"/api/places/{building}/move", new { area = NextGrid, reason = "调整" }, Client.NewKey())).Expect(200);
        await Eventually.Is(
            async () => (await clerk.Get($"/api/places/{door}")).Expect(200).Body.GetProperty("area").GetString(),
            area => area == NextGrid
        );
        (await Worker.Get($"/api/places/{door}")).Expect(404, "not-found");

        (await clerk.Post($"/api/places/{building}/close", new { reason = "拆除" }, Client.NewKey())).Expect(200);
        await Eventually.Is(() => State(door), state => state == "gone");
        (await clerk.Post($"/api/places/{building}/reopen", new { }, Client.NewKey())).Expect(200);
        await Eventually.Is(() => State(door), state => state == "in-use");
        var history = Items((await clerk.Get($"/api/places/{door}/history")).Expect(200));
        Assert.Equal(["created", "moved", "closed", "reopened"], history.Select(s => s.GetProperty("step").GetString()));
        Assert.Equal([false, true, true, false], history.Select(s => s.GetProperty("followed").GetBoolean()));

        async Task<string?> State(string place) =>
            (await clerk.Get($"/api/places/{place}")).Expect(200).Body.GetProperty("state").GetString();
    }

    [Fact]
    public async Task Key_place_is_overdue_until_somebody_looks_at_it()
    {
        var school = await Add(Worker, "key-place", "清河小学", type: "school", fields: new() { ["ownerPhone"] = "13800001234" });
        (await Worker.Post("/api/places", Body("key-place", "x", type: "volcano"), Client.NewKey())).Expect(400, "invalid-request");
        (await Worker.Post("/api/places", Body("building", "x", type: "school"), Client.NewKey())).Expect(400, "invalid-request");
        var wrongCode = new Dictionary<string, string> { ["uscc"] = "91350100M000100Y4X" };
        (await Worker.Post("/api/places", Body("organisation", "x", fields: wrongCode), Client.NewKey())).Expect(400, "invalid-request");

        Assert.Contains(school, await Overdue());
        (await Worker.Post($"/api/places/{school}/visit", new { }, Client.NewKey())).Expect(200);
        Assert.DoesNotContain(school, await Overdue());

        var found = Items((await Dispatcher.Get($"/api/places?area=C&kind=key-place&text={Uri.EscapeDataString("小学")}")).Expect(200));
        Assert.Contains(found, p => p.GetProperty("id").GetString() == school);
        var shown = (await Dispatcher.Get($"/api/places/{school}")).Expect(200).Body;
        Assert.Equal("138****1234", shown.GetProperty("fields").GetProperty("ownerPhone").GetProperty("value").GetString());
        Assert.Equal(112.5, shown.GetProperty("position").GetProperty("lon").GetDouble());
        var summary = (await Dispatcher.Get("/api/areas/C/places/summary")).Expect(200).Body;
        Assert.InRange(summary.GetProperty("keyPlaces").GetInt32(), 1, int.MaxValue);

        async Task<IEnumerable<string?>> Overdue() =>
            (await Dispatcher.Get("/api/places?area=C&overdue=true&limit=200"))
                .Expect(200)
                .Body.GetProperty("items")
                .EnumerateArray()
                .Select(p => p.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Values_of_a_place_are_revealed_for_a_purpose_and_recorded()
    {
        var school = await Add(Worker, "key-place", "清江小学", type: "school", fields: new() { ["ownerPhone"] = "13800001234" });
        var address = $"/api/places/{school}";
        var purpose = new { purpose = "service", fields = new[] { "ownerPhone" } };

        Assert.Contains("reveal", Actions((await Clerk.Get(address)).Expect(200).Body));
        var leader = await As("leader-a");
        Assert.DoesNotContain("reveal", Actions((await leader.Get(address)).Expect(200).Body));
        (await leader.Post($"{address}/reveal", purpose, Client.NewKey())).Expect(403, "not-permitted");
        (await leader.Get($"{address}/reveals")).Expect(403, "not-permitted");
        (await Clerk.Post($"{address}/reveal", new { purpose = "curiosity" }, Client.NewKey())).Expect(400, "invalid-request");
        var key = Client.NewKey();
        foreach (var _ in new[] { 1, 2 })
        {
            var shown = (await Clerk.Post($"{address}/reveal", purpose, key)).Expect(200).Body.GetProperty("fields");
            Assert.Equal("13800001234", Assert.Single(shown.EnumerateObject()).Value.GetString());
        }

        (await Clerk.Post($"{address}/reveal", new { purpose = "service" }, Client.NewKey())).Expect(200);
        var reveals = Items((await Dispatcher.Get($"{address}/reveals")).Expect(200));
        var (all, reveal) = (reveals[0], reveals[1]);
        Assert.Equal(2, reveals.Count);
        // What everybody sees was not revealed.
        Assert.Equal(["ownerPhone"], all.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(("clerk-a1", "service"), (reveal.GetProperty("person").GetString(), reveal.GetProperty("purpose").GetString()));
        Assert.Equal(school, reveal.GetProperty("place").GetString());
        Assert.Equal(JsonValueKind.Null, reveal.GetProperty("household").ValueKind);
        Assert.Equal(["ownerPhone"], reveal.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        var admin = await As("administrator");
        Assert.Equal(2, Items((await admin.Get($"/api/reveals?place={school}")).Expect(200)).Count);
        Assert.Contains(
            Items((await admin.Get("/api/reveals?person=clerk-a1")).Expect(200)),
            r => r.GetProperty("place").GetString() == school
        );
        Assert.DoesNotContain("13800001234", (await admin.Get($"/api/reveals?place={school}")).Text, StringComparison.Ordinal);

        static IEnumerable<string?> Actions(JsonElement place) => place.GetProperty("actions").EnumerateArray().Select(a => a.GetString());
    }

    [Theory]
    [InlineData("leader-b")]
    [InlineData("visitor-a")]
    [InlineData("resident-a11")]
    [InlineData("worker-a12")]
    [InlineData("station-a1")]
    public async Task Who_may_not_read_the_area_gets_nowhere_with_its_places(string person)
    {
        var (name, stranger) = ($"密楼{Guid.NewGuid():N}", await As(person));
        var place = await Add(Worker, "building", name);
        var address = $"/api/places/{place}";

        foreach (var door in new[] { "", "/contents", "/history", "/households", "/reveals" })
            (await stranger.Get(address + door)).Expect(404, "not-found");
        var doors = new
        {
            units = 1,
            floors = 1,
            doorsPerFloor = 1,
        };
        (await stranger.Post($"{address}/dwellings", doors, Client.NewKey())).Expect(404, "not-found");
        (await stranger.Patch(address, new { fields = new { note = "x" } })).Expect(404, "not-found");
        (await stranger.Post($"{address}/close", new { reason = "x" }, Client.NewKey())).Expect(404, "not-found");
        (await stranger.Post($"{address}/move", new { area = Grid, reason = "x" }, Client.NewKey())).Expect(404, "not-found");
        (await stranger.Post($"{address}/visit", new { }, Client.NewKey())).Expect(404, "not-found");
        (await stranger.Post($"{address}/reveal", new { purpose = "service" }, Client.NewKey())).Expect(404, "not-found");
        (await stranger.Get($"/api/places?area={Grid}")).Expect(403, "not-your-area");
        (await stranger.Get($"/api/areas/{Grid}/places/summary")).Expect(403, "not-your-area");
        (await stranger.Post("/api/places", Body("building", "x"), Client.NewKey())).Expect(403, "not-your-area");
        var mine = (await stranger.Get("/api/places/mine")).Expect(200);
        Assert.DoesNotContain(name, mine.Text, StringComparison.Ordinal);
        // Named as a home, a parent or a filter it is as if it weren't there.
        var own = person == "worker-a12" ? NextGrid : null;
        if (own is null)
            return;
        var household = new
        {
            area = own,
            place,
            residents = Array.Empty<object>(),
        };
        (await stranger.Post("/api/households", household, Client.NewKey())).Expect(409, "wrong-place");
        (await stranger.Post("/api/places", Body("unit", "x", own, parent: place), Client.NewKey())).Expect(409, "wrong-parent");
        Assert.Empty(Items((await stranger.Get($"/api/places?area={own}&parent={place}")).Expect(200)));
        Assert.Empty(Items((await stranger.Get($"/api/places?area={own}&text={name}")).Expect(200)));
    }

    static string? KindOf(JsonElement place) => place.GetProperty("kind").GetString();

    static List<JsonElement> Items(Answer answer) => [.. answer.Body.GetProperty("items").EnumerateArray()];

    static async Task<List<JsonElement>> Stays(Client client, string place) =>
        Items((await client.Get($"/api/places/{place}/households")).Expect(200));

    static async Task<string> Add(
        Client client,
        string kind,
        string name,
        string area = Grid,
        string? type = null,
        Dictionary<string, string>? fields = null
    ) =>
        (await client.Post("/api/places", Body(kind, name, area, type, fields), Client.NewKey()))
            .Expect(201)
            .Body.GetProperty("id")
            .GetString()!;

    static object Body(
        string kind,
        string name,
        string area = Grid,
        string? type = null,
        Dictionary<string, string>? fields = null,
        string? parent = null
    ) =>
        new
        {
            area,
            kind,
            type,
            parent,
            fields = new Dictionary<string, string>(fields ?? []) { ["name"] = name },
            position = new { lon = 112.5, lat = 28.2 },
        };
}
