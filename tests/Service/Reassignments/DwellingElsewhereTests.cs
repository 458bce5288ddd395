using System.Text.Json;
using GridActors.Domain.Packs;

namespace GridActors.Service.Tests.Reassignments;

/// <summary>Borders are drawn anew or buildings change their area, and the households that live there are proposed to follow.</summary>
public sealed class DwellingElsewhereTests : SharedServiceTest
{
    readonly string _id = "b" + Guid.NewGuid().ToString("N")[..12];
    Client _clerk = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Service.Load(Pack(isRedrawn: false));
        _clerk = await As("clerk-a1", _id);
    }

    [Fact]
    public async Task Households_whose_dwelling_lies_within_another_border_are_named_proposed_and_moved()
    {
        // The building has a position, and its dwelling is where it is.
        var building = await Place("building", new { lon = 113.02, lat = 27.02 });
        var dwelling = await Place("dwelling", position: null, building);
        var (there, elsewhere) = (await Register(dwelling), await Register(place: null));
        Assert.Empty(await Changed());

        await Service.Load(Pack(isRedrawn: true));

        var changed = Assert.Single(await Changed());
        Assert.Equal(
            ("C-A1-1", false, 2, 1),
            (Text(changed, "area"), changed.GetProperty("gone").GetBoolean(), Number(changed, "households"), Number(changed, "beyond"))
        );
        var proposed = await Proposed();
        Assert.Equal(("C-A1-2", "border"), proposed[there]);
        Assert.Equal((null, null), proposed[elsewhere]);

        await Reassign(there);
    }

    [Fact]
    public async Task Households_of_a_building_that_came_to_another_area_are_named_proposed_and_moved()
    {
        await Service.Load(Pack(isRedrawn: false) with { BoundariesAreSchematic = true });
        var building = await Place("building", position: null);
        var (there, elsewhere) = (await Register(await Place("dwelling", position: null, building)), await Register(place: null));

        (await _clerk.Post($"/api/places/{building}/move", new { area = "C-A1-2", reason = "楼栋划转" }, Client.NewKey())).Expect(200);

        // Its dwellings follow it after the answer.
        await Eventually.Is(async () => (await Changed()) is [var changed] && Number(changed, "beyond") == 1);
        var proposed = await Proposed();
        Assert.Equal(("C-A1-2", "dwelling"), proposed[there]);
        Assert.Equal((null, null), proposed[elsewhere]);
        await Reassign(there);
    }

    [Fact]
    public async Task Borders_that_a_generator_drew_say_nothing()
    {
        await Register(await Place("dwelling", new { lon = 113.02, lat = 27.02 }));

        await Service.Load(Pack(isRedrawn: true) with { BoundariesAreSchematic = true });

        Assert.Empty(await Changed());
    }

    /// <summary>The test pack with real borders, in which two grids may have exchanged theirs.</summary>
    Pack Pack(bool isRedrawn) =>
        TestPacks.FromFiles(
            _id,
            (file, text) =>
                file != "boundaries.geojson" || !isRedrawn
                    ? text
                    : text.Replace("\"C-A1-1\"", "\"C\"-x", StringComparison.Ordinal)
                        .Replace("\"C-A1-2\"", "\"C-A1-1\"", StringComparison.Ordinal)
                        .Replace("\"C\"-x", "\"C-A1-2\"", StringComparison.Ordinal)
        ) with
        {
            BoundariesAreSchematic = false,
        };

    /// <summary>Lets a household go to the other grid, after which nobody is left whose dwelling is elsewhere.</summary>
    async Task Reassign(string household)
    {
        var body = new { moves = new[] { new { to = "C-A1-2", households = new[] { household } } } };
        (await _clerk.Post("/api/reassignments", body, Client.NewKey())).Expect(202);
        await Eventually.Is(async () =>
            Text((await _clerk.Get($"/api/households/{household}")).Expect(200).Body, "area") == "C-A1-2" && (await Changed()).Length == 0
        );
    }

    async Task<Dictionary<string, (string? To, string? Reason)>> Proposed() =>
        (await _clerk.Post("/api/reassignments/proposal", new { from = "C-A1-1" }))
            .Expect(200)
            .Body.GetProperty("items")
            .EnumerateArray()
            .ToDictionary(p => Text(p.GetProperty("household"), "id")!, p => (Text(p, "to"), Text(p, "reason")));

    async Task<JsonElement[]> Changed() =>
        [.. (await _clerk.Get("/api/reassignments/areas")).Expect(200).Body.GetProperty("items").EnumerateArray()];

    async Task<string> Place(string kind, object? position, string? parent = null) => Text((
                await _clerk.Post(
                    "/api/places",
                    new
                    {
                        area = "C-A1-1",
                        kind,
                        parent,
                        fields = new { name = "3栋" },
                        position,
                    },
                    Client.NewKey()
                )
            ).Expect(201).Body, "id")!;

    async Task<string> Register(string? place) => Text((
                await _clerk.Post(
                    "/api/households",
                    new
                    {
                        area = "C-A1-1",
                        place,
                        fields = new { address = "解放街1号" },
                        residents = new[]
                        {
                            new
                            {
                                kind = "registered",
                                relation = "02",
                                fields = new { name = "张三丰" },
                            },
                        },
                    },
                    Client.NewKey()
                )
            ).Expect(201).Body, "id")!;

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
