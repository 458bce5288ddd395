using System.Text.Json;

namespace GridActors.Service.Tests.Administration;

public sealed class DashboardTests
{
    [Theory]
    [InlineData("/orleans/SiloMetadata/a")]
    [InlineData("/orleans/SiloProperties/-1")]
    [InlineData("/orleans/SiloCounters/_")]
    [InlineData("/orleans/HistoricalStats/a")]
    [InlineData("/orleans/SiloProperties/127.0.0.1:99999999999@1")]
    public async Task An_address_that_names_no_silo_is_not_found(string path)
    {
        var service = await TestService.Shared();

        Assert.Equal(404, (await (await service.As("administrator")).Get(path)).Status);
        Assert.Equal(403, (await (await service.As("worker-1")).Get(path)).Status);
        Assert.Equal(401, (await service.Anybody().Get(path)).Status);
    }

    [Fact]
    public async Task A_silos_page_shows_counters_at_the_interval_that_is_set()
    {
        await using var service = await TestService.Start(
            b => b.Configuration["Service:CountersEvery"] = "00:00:01",
            change: TestService.WithDashboard
        );
        var administrator = await service.As("administrator");
        var hosts = await Eventually.Is(Hosts, h => h.GetArrayLength() > 0);
        var silo = hosts[0].GetProperty("siloAddress").GetString();

        var counters = await Eventually.Is(Counters, c => c.GetArrayLength() > 0);

        Assert.Contains(
            counters.EnumerateArray(),
            c => c.GetProperty("name").GetString()!.StartsWith("orleans-", StringComparison.Ordinal)
        );

        async Task<JsonElement> Hosts() => (await administrator.Get("/orleans/DashboardCounters")).Expect(200).Body.GetProperty("hosts");
        async Task<JsonElement> Counters() => (await administrator.Get($"/orleans/SiloCounters/{silo}")).Expect(200).Body;
    }
}
