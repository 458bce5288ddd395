using GridActors.Contracts.Areas;
using GridActors.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridActors.Cluster.Tests;

/// <summary>One process runs the actors, and another one serves the pages.</summary>
public sealed class RolesTests(SiloAndWeb service) : IClassFixture<SiloAndWeb>
{
    ServiceProcess Silo => service.Silo;
    ServiceProcess Web => service.Web;

    [Fact]
    public async Task A_web_process_serves_what_a_silo_does()
    {
        var (dispatcher, worker, other) = (await Web.As("dispatcher-1"), await Web.As("worker-b12"), await Web.As("both"));
        await using var screen = await Web.Connect("dispatcher-1");
        var before = (await screen.WatchArea("C-B1-2")).Counts.Reported;

        var reported = await dispatcher.Report("C-B1-2");
        await screen.Next("AreaChanged", p => p.As<Frame>().Counts.Reported == before + 1);
        await worker.Do(reported.Id, "claim");
        (await other.Step(reported.Id, "claim")).Expect(409, "already-claimed");

        // A silo without the web role serves only health checks.
        Assert.Equal(404, (await (dispatcher with { Url = Silo.Url }).Get("/api/catalogue")).Status);
    }

    [Fact]
    public async Task The_dashboard_is_for_administrators_alone()
    {
        var (administrator, worker) = (await Web.As("administrator"), await Web.As("worker-1"));

        foreach (var path in new[] { "/orleans/", "/orleans/index.min.js", "/orleans/DashboardCounters", "/orleans/ClusterStats" })
        {
            Assert.Equal(401, (await Web.Anybody().Get(path)).Status);
            Assert.Equal(403, (await worker.Get(path)).Status);
            Assert.Equal(200, (await administrator.Get(path)).Status);
        }
        Assert.Equal(404, (await administrator.Get("/orleans/grainstate?grainType=inbox&grainId=qinghe/worker-1")).Status);
        Assert.Equal(403, (await administrator.Get("/orleans/Trace")).Status);
    }

    [Fact]
    public async Task Screens_of_a_killed_web_process_do_not_hold_up_the_others()
    {
        var doomed = await service.Cluster.Start("web");
        await using var lost = await doomed.Connect("dispatcher-1");
        await using var screen = await Web.Connect("dispatcher-1");
        await lost.WatchArea("C-A2-1");
        var before = (await screen.WatchArea("C-A2-1")).Counts.Reported;
        var dispatcher = await Web.As("dispatcher-1");
        await doomed.Kill();

        // The killed process didn't unwatch anything, so the first pushes still go to it too.
        for (var n = 1; n <= 5; n++)
        {
            await dispatcher.Report("C-A2-1");
            await screen.Next("AreaChanged", p => p.As<Frame>().Counts.Reported == before + n).WaitAsync(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task A_caller_who_cancels_a_call_to_a_hung_silo_is_free_at_once()
    {
        await using var client = await ServiceHost.Start(
            new()
            {
                ConnectionString = service.Cluster.ConnectionString,
                Packs = [TestPacks.Qinghe],
                Url = "http://127.0.0.1:0",
                Roles = Roles.Web,
                IsClustered = true,
                Overrides = [TestService.MasterKeySetting],
                Configure = builder => builder.Logging.SetMinimumLevel(LogLevel.Critical),
            },
            CancellationToken.None
        );
        var area = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IAreaGrain>(new AreaId($"{TestPacks.Qinghe.Id}/C").Key);
        await area.Get();
        using var request = new CancellationTokenSource();

        await Silo.Pause();
        try
        {
            var call = area.Get(request.Token);
            Assert.False(call.IsCompleted);
            await request.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(2)));
        }
        finally
        {
            await Silo.Resume();
        }

        await area.Get().WithinDeadline();
    }

    [Fact]
    public async Task Without_the_database_a_web_process_asks_to_try_again_and_goes_on_when_it_is_back()
    {
        var dispatcher = await Web.As("dispatcher-1");
        var id = (await dispatcher.Report("C-A1-1")).Id;
        var key = Client.NewKey();
        Task<Answer> Comment() => dispatcher.Step(id, "comment", new { text = "还没有修好" }, key);

        await service.Postgres.Stop();

        // One actor can't be activated, one can't write and one can't count. Each failure must reach the caller in another process as what
        // it is.
        (await dispatcher.Get($"/api/cases/{Guid.NewGuid():N}")).Expect(503, "unavailable");
        (await dispatcher.Get("/api/areas/C-B-9/board")).Expect(503, "unavailable");
        Assert.Equal(503, (await Comment()).Status);

        await service.Postgres.StartAgain();
        await Eventually.Is(Comment, a => a.Status == 200, TimeSpan.FromMinutes(2));
        Assert.Equal(2, await service.Cluster.Count("select count(*) from journal where stream = $1", $"case/{id}"));
    }
}

/// <summary>One silo and one web process, on a PostgreSQL of their own.</summary>
public sealed class SiloAndWeb : IAsyncLifetime
{
    public TestPostgres Postgres { get; private set; } = null!;
    public TestCluster Cluster { get; private set; } = null!;
    public ServiceProcess Silo { get; private set; } = null!;
    public ServiceProcess Web { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Postgres = await TestPostgres.Start();
        Cluster = new(Postgres.ConnectionString);
        Web = Cluster.Launch("web"); // It is started first, and waits for a silo.
        Silo = await Cluster.Start("silo");
        await Web.Ready();
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
