using System.Text.Json;

namespace GridActors.Service.Tests.Administration;

public sealed class DashboardTests : SharedServiceTest
{
    [Fact]
    public async Task Looking_at_a_silo_starts_the_collection_of_its_counters()
    {
        var administrator = await As("administrator");
        var hosts = await Eventually.Is(Hosts, h => h.GetArrayLength() > 0);
        var silo = hosts[0].GetProperty("siloAddress").GetString();

        var counters = await Eventually.Is(Counters, c => c.GetArrayLength() > 0);

        Assert.Contains(counters.EnumerateArray(), c => c.GetProperty("name").GetString()!.StartsWith("orleans-", StringComparison.Ordinal));

        async Task<JsonElement> Hosts() => (await administrator.Get("/orleans/DashboardCounters")).Expect(200).Body.GetProperty("hosts");
        async Task<JsonElement> Counters() => (await administrator.Get($"/orleans/SiloCounters/{silo}")).Expect(200).Body;
    }
}
