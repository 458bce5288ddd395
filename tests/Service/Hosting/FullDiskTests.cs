namespace GridActors.Service.Tests.Hosting;

/// <summary>A database whose disk is full refuses writes, while it still answers reads.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Writes_with_a_full_disk_are_unavailable_and_the_process_is_unready_until_there_is_space()
    {
        await using var service = await TestService.Start();
        var dispatcher = await service.As("dispatcher-1");
        var id = (await dispatcher.Report("C-A1-1")).Id;
        await FullDisk.Fill(await TestPostgres.Shared(), service.ConnectionString);
        var key = Client.NewKey();

        (await dispatcher.Step(id, "comment", key: key)).Expect(503, "unavailable");

        Assert.Equal(
            "The database can't store anything: its disk is full.",
            (await service.Anybody().Get("/health/ready")).Expect(503).Body.GetProperty("reason").GetString()
        );
        Assert.Equal(1, (await dispatcher.Case(id)).Version);

        await FullDisk.MakeRoom(await TestPostgres.Shared(), service.ConnectionString);

        (await service.Anybody().Get("/health/ready")).Expect(200);
        (await dispatcher.Step(id, "comment", key: key)).Expect(200);
        Assert.Equal(2, (await dispatcher.Case(id)).Version);
    }
}
