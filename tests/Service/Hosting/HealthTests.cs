using System.Net;
using System.Net.Sockets;
using GridActors.Silo.Hosting;

namespace GridActors.Service.Tests.Hosting;

/// <summary>A process is live as soon as it listens, and ready only while it can serve.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Live_says_which_version_runs()
    {
        await using var host = await Start(new() { ConnectionString = await TestPostgres.NewDatabase() });

        var live = (await Get(host.Url, "/health/live")).Expect(200).Body;

        Assert.Equal("live", live.GetProperty("status").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", live.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Health_is_answered_to_a_load_balancer_that_asks_with_HEAD()
    {
        await using var host = await Start(new() { ConnectionString = await TestPostgres.NewDatabase(), Packs = [TestPacks.Qinghe] });

        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            var answer = await new Client(new(host.Url), null).Send(new(HttpMethod.Head, new Uri(host.Url + path)));
            Assert.Equal((200, 0), (answer.Status, answer.Bytes.Length));
        }
    }

    [Fact]
    public async Task Ready_without_a_pack_is_unready()
    {
        await using var host = await Start(new() { ConnectionString = await TestPostgres.NewDatabase() });

        await IsUnready(host.Url, "No pack is loaded.");
    }

    [Fact]
    public async Task Ready_while_the_service_is_stopping_is_unready()
    {
        var host = await Start(
            new()
            {
                ConnectionString = await TestPostgres.NewDatabase(),
                Packs = [TestPacks.Qinghe],
                Overrides = ["Service:DrainTime=00:00:03"],
            }
        );
        var url = host.Url;
        Assert.Equal("ready", (await Get(url, "/health/ready")).Expect(200).Body.GetProperty("status").GetString());

        var stopping = host.DisposeAsync();

        await IsUnready(url, "The service is stopping.");
        await stopping;
    }

    [Fact]
    public async Task A_web_process_without_a_silo_lives_and_is_unready()
    {
        var settings = new ServiceSettings
        {
            ConnectionString = await TestPostgres.NewDatabase(),
            Packs = [TestPacks.Qinghe],
            Url = $"http://127.0.0.1:{FreePort()}",
            IsClustered = true,
            Overrides = [TestService.MasterKeySetting],
            SiloPort = 0,
            GatewayPort = 0,
        };
        var starting = ServiceHost.Start(settings with { Roles = Roles.Web }, CancellationToken.None);

        await Eventually.Holds(async () => (await Get(settings.Url, "/health/live")).Expect(200));
        await IsUnready(settings.Url, "No silo answers.");
        Assert.False(starting.IsCompleted);

        await using (await ServiceHost.Start(settings with { Roles = Roles.Silo, Url = "http://127.0.0.1:0" }, CancellationToken.None))
        {
            await starting.WithinDeadline();
            await Eventually.Holds(async () => (await Get(settings.Url, "/health/ready")).Expect(200));
        }
        await IsUnready(settings.Url, "No silo answers.");
        await (await starting).DisposeAsync();
    }

    static Task<ServiceHost> Start(ServiceSettings settings) =>
        ServiceHost.Start(
            settings with
            {
                Url = "http://127.0.0.1:0",
                Overrides = [TestService.MasterKeySetting, .. settings.Overrides],
                SiloPort = 0,
                GatewayPort = 0,
            },
            CancellationToken.None
        );

    static Task IsUnready(string url, string reason) =>
        Eventually.Holds(async () =>
        {
            var answer = (await Get(url, "/health/ready")).Expect(503).Body;
            Assert.Equal(("unready", reason), (answer.GetProperty("status").GetString(), answer.GetProperty("reason").GetString()));
        });

    static Task<Answer> Get(string url, string path) => new Client(new(url), null).Get(path);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
