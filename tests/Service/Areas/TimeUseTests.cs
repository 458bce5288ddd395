namespace GridActors.Service.Tests.Areas;

/// <summary>Where the time of an area's cases goes: of which cases it is counted, and who sees it.</summary>
public sealed class TimeUseTests : SharedServiceTest
{
    [Fact]
    public async Task Open_and_closed_cases_of_the_area_are_counted_and_confidential_ones_are_not()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, dispatcher) = (await As("worker-1", pack), await As("dispatcher-1", pack));
        await worker.Report("C-A1-1");
        var closed = await worker.Report("C-A1-1");
        foreach (var step in new[] { "claim", "resolve", "close" })
            await worker.Do(closed.Id, step);
        await dispatcher.Report("C-B1-1");
        await (await As("resident-a11", pack)).Report("C-A1-1", "lead", "只给警员");

        Assert.Equal((1, 1), await Counted(worker, "C-A1-1"));
        Assert.Equal((2, 1), await Counted(dispatcher, "C"));
        (await worker.Get("/api/areas/C/time")).Expect(403, "not-your-area");
        (await worker.Get("/api/areas/nowhere/time")).Expect(404, "not-found");
    }

    static async Task<(int Open, int Closed)> Counted(Client client, string area)
    {
        var body = (await client.Get($"/api/areas/{area}/time")).Expect(200).Body;
        Assert.True(body.GetProperty("open").GetProperty("isAll").GetBoolean());
        return (body.GetProperty("open").GetProperty("cases").GetInt32(), body.GetProperty("closed").GetProperty("cases").GetInt32());
    }
}
