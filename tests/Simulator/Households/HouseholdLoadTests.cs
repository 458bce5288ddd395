using System.Text.Json;
using GridActors.Simulator.Households;

namespace GridActors.Simulator.Tests.Households;

/// <summary>Enters made-up households in the real service.</summary>
public sealed class HouseholdLoadTests(ObstructedService service) : IClassFixture<ObstructedService>, IDisposable
{
    const string Village = "C-A1";
    const int GridsOfVillage = 2;
    const int HouseholdsOfGrid = 12;

    readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();

    public void Dispose() => _temporary.Delete(recursive: true);

    [Fact]
    public async Task Load_that_is_repeated_enters_nobody_twice()
    {
        await service.Begin();

        var first = await Load(Village);
        var again = await Load(Village);

        Assert.Empty(first.Refusals);
        Assert.Empty(again.Refusals);
        Assert.Equal((GridsOfVillage * HouseholdsOfGrid, GridsOfVillage * HouseholdsOfGrid), (first.Entered, again.Entered));
        var clerk = await service.As("clerk-a1");
        await Eventually.Is(async () =>
            (await clerk.Get($"/api/households?area={Village}")).Expect(200).Body.GetProperty("total").GetInt32() == first.Entered
        );
        var houses = Items(await clerk.Get("/api/places?area=C-A1-1&kind=dwelling"));
        Assert.Equal(HouseholdsOfGrid, houses.Count);
        Assert.All(houses, h => Assert.InRange(h.GetProperty("position").GetProperty("lon").GetDouble(), 113.0, 113.1));
    }

    [Fact]
    public async Task Households_of_a_community_live_behind_the_doors_of_its_buildings()
    {
        await service.Begin();

        var first = await Load("C-B1-1", "clerk-b1");
        var again = await Load("C-B1-1", "clerk-b1");

        Assert.Empty(first.Refusals.Concat(again.Refusals));
        var clerk = await service.As("clerk-b1");
        var building = Assert.Single(Items(await clerk.Get("/api/places?area=C-B1-1&kind=building")));
        var stays = Items(await clerk.Get($"/api/places/{building.GetProperty("id").GetString()}/households"));
        Assert.Equal(HouseholdsOfGrid, stays.Select(s => s.GetProperty("place").GetString()).Distinct().Count());
        var summary = (await clerk.Get("/api/areas/C-B1-1/places/summary")).Expect(200).Body;
        Assert.Equal((24, 12), (summary.GetProperty("dwellings").GetInt32(), summary.GetProperty("emptyDwellings").GetInt32()));
    }

    [Fact]
    public async Task Households_of_areas_that_are_not_ones_own_are_refused_and_counted()
    {
        await service.Begin();

        var load = await Load("C-A2");

        Assert.Equal((0, "not-your-area"), (load.Entered, Assert.Single(load.Refusals).Key));
    }

    static List<JsonElement> Items(Answer answer) => [.. answer.Expect(200).Body.GetProperty("items").EnumerateArray()];

    async Task<HouseholdLoad> Load(string area, string account = "clerk-a1")
    {
        // Every test has a pack with an id of its own, which is the name of the folder.
        var folder = Directory.CreateDirectory(Path.Combine(_temporary.FullName, service.Pack.Id)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestPacks.Folder, "qinghe")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var options = new LoadOptions
        {
            Url = service.Url,
            Password = TestService.Password,
            Account = $"{service.Pack.Id}/{account}",
            Area = area,
        };
        var load = new HouseholdLoad(PackFolder.Read(folder), new(2026, 11, 26), options);
        await load.Run(_ => { }, CancellationToken.None);
        return load;
    }
}
