using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridActors.Contracts.Reassignments;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace GridActors.Service.Tests.Reassignments;

/// <summary>Areas change, and their households go along: carried, proposed, applied in one step, and undone.</summary>
public sealed class ReassignmentTests : SharedServiceTest
{
    readonly string _id = "m" + Guid.NewGuid().ToString("N")[..12];
    Client _admin = null!;
    Client _clerk = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Service.Load(TestPacks.FromFiles(_id));
        (_admin, _clerk) = (await As("administrator", _id), await As("clerk-a1", _id));
    }

    [Fact]
    public async Task Households_of_an_area_that_is_gone_go_to_its_successor_and_back()
    {
        var households = new[] { await Register("C-A1-1", "解放街1号"), await Register("C-A1-1", "解放街2号") };

        var check = await Check(without: "C-A1-1", successors: ["C-A1-2"]);

        Assert.Null(check.Conflict);
        Assert.Equal(new PackWarningView("area-carried", "C-A1-1", "竹园村第一网格", 2, "竹园村第二网格"), Assert.Single(check.Warnings));
        await Publish(check);
        foreach (var household in households)
            await Eventually.Is(async () => await AreaOf(household) == "C-A1-2");
        var carried = (await Listed()).Single();
        Assert.Equal((2, "applied"), (carried.GetProperty("total").GetInt32(), carried.GetProperty("state").GetString()));
        Assert.Equal(JsonValueKind.Null, carried.GetProperty("by").ValueKind);
        Assert.Equal(["created", "reassigned"], await History(households[0]));

        // Somebody decides otherwise. Nobody carries them again: they wait for a decision where they can be seen.
        (await _clerk.Post($"/api/reassignments/{Id(carried)}/undo", new { }, Client.NewKey())).Expect(202);
        await Eventually.Is(async () => State(await Get(Id(carried))) == "undone");
        Assert.Equal("C-A1-1", await AreaOf(households[0]));
        var waiting = (await _clerk.Get("/api/reassignments/areas")).Expect(200).Body.GetProperty("items");
        var gone = Assert.Single(waiting.EnumerateArray());
        Assert.Equal(
            ("C-A1-1", true, 2),
            (Text(gone, "area"), gone.GetProperty("gone").GetBoolean(), gone.GetProperty("households").GetInt32())
        );
        var counted = (await _clerk.Get("/api/areas/C-A1-2/households/summary")).Expect(200).Body;
        Assert.Equal(2, counted.GetProperty("households").GetInt32());
    }

    [Fact]
    public async Task Households_of_an_area_without_one_successor_wait_for_a_decision()
    {
        var (near, far) = (await Register("C-A1-1", "解放街1号3栋502"), await Register("C-A1-1", "解放街1号13栋502"));
        var check = await Check(without: "C-A1-1", successors: []);
        Assert.Equal(new PackWarningView("area-undecided", "C-A1-1", "竹园村第一网格", 2, "竹园村"), Assert.Single(check.Warnings));
        await Publish(check);
        await Eventually.Is(async () =>
            (await _clerk.Get("/api/reassignments/areas")).Expect(200).Body.GetProperty("items").GetArrayLength() == 1
        );

        // They are found where they were, by whoever works above.
        Assert.Equal("C-A1-1", await AreaOf(near));
        var worker = await As("worker-a12", _id);
        (await worker.Post("/api/reassignments/proposal", new { from = "C-A1-1" })).Expect(403, "not-your-area");
        var proposed = (
            await _clerk.Post("/api/reassignments/proposal", new { from = "C-A1-1", rules = new[] { new { text = "3栋", to = "C-A1-2" } } })
        )
            .Expect(200)
            .Body.GetProperty("items")
            .EnumerateArray()
            .ToDictionary(p => Text(p.GetProperty("household"), "id")!, p => Text(p, "to"));
        Assert.Equal(("C-A1-2", null), (proposed[near], proposed[far]));

        var body = new { moves = new[] { new { to = "C-A1-2", households = new[] { near } } } };
        (await worker.Post("/api/reassignments", body, Client.NewKey())).Expect(409, "wrong-target");
        var key = Client.NewKey();
        var applied = (await _clerk.Post("/api/reassignments", body, key)).Expect(202).Body;
        Assert.Equal(Id(applied), Id((await _clerk.Post("/api/reassignments", body, key)).Expect(202).Body));
        await Eventually.Is(async () => State(await Get(Id(applied))) == "applied");
        Assert.Equal(("C-A1-2", "C-A1-1"), (await AreaOf(near), await AreaOf(far)));
        Assert.Equal(["created", "reassigned"], await History(near));
    }

    [Fact]
    public async Task Household_that_somebody_moves_again_stays_when_the_rest_is_undone_and_a_restarted_actor_goes_on()
    {
        var households = new List<string>();
        for (var i = 0; i < 4; i++)
            households.Add(await Register("C-A1-1", string.Create(CultureInfo.InvariantCulture, $"解放街{i + 1}号")));
        var body = new { moves = new[] { new { to = "C-A1-2", households = households.ToArray() } } };
        var applied = (await _clerk.Post("/api/reassignments", body, Client.NewKey())).Expect(202).Body;
        await Deactivate(applied);
        await Eventually.Is(async () => State(await Get(Id(applied))) == "applied");
        await Deactivate(applied);
        (await _clerk.Post($"/api/households/{households[0]}/move", new { area = "C-A1-1", reason = "搬回" }, Client.NewKey())).Expect(200);

        (await _clerk.Post($"/api/reassignments/{Id(applied)}/undo", new { }, Client.NewKey())).Expect(202);
        await Eventually.Is(async () => State(await Get(Id(applied))) == "undone");

        var undone = await Get(Id(applied));
        Assert.Equal([households[0]], undone.GetProperty("leftOut").EnumerateArray().Select(h => h.GetString()));
        Assert.Equal("C-A1-1", await AreaOf(households[1]));
        Assert.Equal(["created", "reassigned", "reassigned"], await History(households[1]));
        (await _clerk.Post($"/api/reassignments/{Id(applied)}/undo", new { }, Client.NewKey())).Expect(409, "not-undoable");
        (await (await As("clerk-a2", _id)).Get($"/api/reassignments/{Id(applied)}")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Pack_that_drops_what_households_have_is_refused_or_warns()
    {
        await Register("C-A1-1", "解放街1号", groups: ["elder-alone"], fields: new() { ["waterSource"] = "1" });
        var households = await File("households.yaml");

        // Without the form's column that counts the group.
        var forms = (await File("forms.yaml")).Split('\n').Where(l => !l.Contains("elder-alone", StringComparison.Ordinal));
        await Save(0, "forms.yaml", string.Join('\n', forms));
        var check = await CheckFile(1, "households.yaml", households.Replace("{id: elder-alone,", "{id: elder,", StringComparison.Ordinal));
        Assert.Contains("group elder-alone is gone", check.Conflict, StringComparison.Ordinal);

        check = await CheckFile(
            2,
            "households.yaml",
            households.Replace("{code: \"1\", name: 自来水, nameEn: Piped}, ", "", StringComparison.Ordinal)
        );
        Assert.Null(check.Conflict);
        Assert.Equal(new PackWarningView("field-changed", "waterSource", "饮水来源", 1, null), Assert.Single(check.Warnings));

        check = await CheckFile(3, "households.yaml", households.Replace("{id: waterSource,", "{id: water,", StringComparison.Ordinal));
        Assert.Equal(new PackWarningView("field-gone", "waterSource", "饮水来源", 1, null), Assert.Single(check.Warnings));
    }

    async Task<string> Register(
        string area,
        string address,
        IReadOnlyList<string>? groups = null,
        Dictionary<string, string>? fields = null
    ) => Text((
                await _clerk.Post(
                    "/api/households",
                    new
                    {
                        area,
                        fields = new Dictionary<string, string>(fields ?? []) { ["address"] = address },
                        residents = new[]
                        {
                            new
                            {
                                kind = "registered",
                                relation = "02",
                                fields = new { name = "张三丰" },
                                groups,
                            },
                        },
                    },
                    Client.NewKey()
                )
            ).Expect(201).Body, "id")!;

    /// <summary>A pack without an area, whose posts are gone with it.</summary>
    async Task<PackCheckView> Check(string without, string[] successors)
    {
        var areas = (await File("areas.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Save(
            0,
            "areas.csv",
            string.Join(
                '\n',
                areas
                    .Where(l => !l.StartsWith(without + ",", StringComparison.Ordinal))
                    .Select((l, i) => $"{l},{(i == 0 ? "predecessors" : successors.Contains(l.Split(',')[0]) ? without : "")}")
            )
        );
        var shapes = JsonNode.Parse(await File("boundaries.geojson"))!;
        var features = shapes["features"]!.AsArray();
        features.RemoveAll(f => (string?)f!["properties"]!["code"] == without);
        await Save(1, "boundaries.geojson", shapes.ToJsonString());
        var posts = (await File("posts.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return await CheckFile(2, "posts.csv", string.Join('\n', posts.Where(l => !l.StartsWith(without + ",", StringComparison.Ordinal))));
    }

    async Task<PackCheckView> CheckFile(int revision, string file, string text)
    {
        await Save(revision, file, text);
        var check = (await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>();
        Assert.Empty(check.Errors);
        return check;
    }

    async Task Save(int revision, string file, string text) =>
        (
            await _admin.Post(
                "/api/admin/pack/draft",
                new
                {
                    revision,
                    file,
                    text,
                }
            )
        ).Expect(200);

    async Task<string> File(string name) => Text((await _admin.Get($"/api/admin/pack/files/{name}")).Expect(200).Body, "text")!;

    async Task Publish(PackCheckView check) =>
        (
            await _admin.Post(
                "/api/admin/pack/draft/publish",
                new
                {
                    revision = check.Revision,
                    version = check.Version,
                    note = "网格调整",
                }
            )
        ).Expect(200);

    async Task<string?> AreaOf(string household) => Text((await _clerk.Get($"/api/households/{household}")).Expect(200).Body, "area");

    async Task<IReadOnlyList<string?>> History(string household) =>
        [
            .. (await _clerk.Get($"/api/households/{household}/history"))
                .Expect(200)
                .Body.GetProperty("items")
                .EnumerateArray()
                .Select(s => Text(s, "step")),
        ];

    async Task<JsonElement[]> Listed() =>
        [.. (await _clerk.Get("/api/reassignments")).Expect(200).Body.GetProperty("items").EnumerateArray()];

    async Task<JsonElement> Get(string id) => (await _clerk.Get($"/api/reassignments/{id}")).Expect(200).Body;

    async Task Deactivate(JsonElement reassignment) =>
        await Service
            .Services.GetRequiredService<IGrainFactory>()
            .GetGrain<IReassignmentGrain>(Guid.ParseExact(Id(reassignment), "N"))
            .AsReference<IGrainManagementExtension>()
            .DeactivateOnIdle();

    static string Id(JsonElement reassignment) => Text(reassignment, "id")!;

    static string? State(JsonElement reassignment) => Text(reassignment, "state");

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
