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
    }

    [Fact]
    public async Task Households_of_areas_that_are_not_ones_own_are_refused_and_counted()
    {
        await service.Begin();

        var load = await Load("C-A2");

        Assert.Equal((0, "not-your-area"), (load.Entered, Assert.Single(load.Refusals).Key));
    }

    async Task<HouseholdLoad> Load(string area)
    {
        // Every test has a pack with an id of its own, which is the name of the folder.
        var folder = Directory.CreateDirectory(Path.Combine(_temporary.FullName, service.Pack.Id)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestPacks.Folder, "qinghe")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var options = new LoadOptions
        {
            Url = service.Url,
            Password = TestService.Password,
            Account = $"{service.Pack.Id}/clerk-a1",
            Area = area,
        };
        var load = new HouseholdLoad(PackFolder.Read(folder), new(2026, 11, 26), options);
        await load.Run(_ => { }, CancellationToken.None);
        return load;
    }
}
