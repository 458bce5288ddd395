using GridActors.Silo.Hosting;

namespace GridActors.Service.Tests.Perimeter;

/// <summary>By which names the service may be called, and where it may be a demo.</summary>
public sealed class HostTests : SharedServiceTest
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example:5080")]
    public async Task A_demo_on_this_machine_answers_to_no_other_name(string name)
    {
        Assert.Equal(400, (await Service.Anybody().Get("/api/demo", ("Host", name))).Status);
        Assert.Equal(200, (await Service.Anybody().Get("/api/demo", ("Host", "localhost:5080"))).Status);
    }

    [Fact]
    public async Task The_names_of_AllowedHosts_are_answered_and_no_other()
    {
        await using var service = await TestService.Start(change: s => s with { Overrides = ["AllowedHosts=grid.example"] });

        Assert.Equal(200, (await service.Anybody().Get("/api/demo", ("Host", "grid.example"))).Status);
        Assert.Equal(400, (await service.Anybody().Get("/api/demo")).Status);
    }

    [Fact]
    public async Task A_service_that_other_machines_reach_is_no_demo_unless_somebody_said_so()
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => TestService.Start(url: "http://0.0.0.0:0"));
        Assert.Contains("--demo true", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);

        var endpoint = await Assert.ThrowsAsync<StartException>(() =>
            TestService.Start(change: s => s with { Overrides = ["Kestrel:Endpoints:Public:Url=http://*:0"] })
        );
        Assert.Contains("--demo true", endpoint.Message, StringComparison.Ordinal);

        await using var asked = await TestService.Start(url: "http://0.0.0.0:0", change: s => s with { IsDemoAskedFor = true });
        var local = asked.Anybody() with { Url = new($"http://127.0.0.1:{asked.Url.Port}") };
        Assert.True((await local.Get("/api/demo")).Expect(200).Body.GetProperty("exposed").GetBoolean());
        Assert.False((await Service.Anybody().Get("/api/demo")).Expect(200).Body.GetProperty("exposed").GetBoolean());
    }

    [Fact]
    public async Task A_service_with_accounts_of_its_own_may_be_reached_and_says_that_it_is_no_demo()
    {
        await using var service = await TestService.Start(url: "http://0.0.0.0:0", demoPassword: null);
        var local = service.Anybody() with { Url = new($"http://127.0.0.1:{service.Url.Port}") };

        var demo = (await local.Get("/api/demo")).Expect(200).Body;

        Assert.False(demo.GetProperty("demo").GetBoolean());
        Assert.False(demo.GetProperty("exposed").GetBoolean());
    }
}
