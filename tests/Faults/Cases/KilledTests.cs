namespace GridActors.Faults.Tests.Cases;

/// <summary>The real process with its real database, killed in the middle of work.</summary>
public sealed class KilledTests
{
    const int Portion = 150;

    [Fact]
    public async Task A_service_that_is_killed_has_kept_all_it_acknowledged_and_does_nothing_twice()
    {
        await using var service = await ServiceProcess.StartAsync();
        var load = new CaseLoad(service.As);
        using var stopping = new CancellationTokenSource();
        var work = load.Run(stopping.Token);

        for (var round = 0; round < 2; round++)
        {
            await load.Reaches(load.Acknowledged + Portion);
            await service.Kill();
            await service.Start();
        }
        await load.Reaches(load.Acknowledged + Portion);
        await stopping.CancelAsync();
        await work;

        Assert.True(load.Unheard > 0, "Nothing was under way when it was killed.");
        await load.Compare(service.Data);
    }

    [Fact]
    public async Task A_database_that_is_killed_comes_back_and_the_service_goes_on_by_itself()
    {
        await using var service = await ServiceProcess.StartAsync();
        var load = new CaseLoad(service.As);
        using var stopping = new CancellationTokenSource();
        var work = load.Run(stopping.Token);

        for (var round = 0; round < 2; round++)
        {
            await load.Reaches(load.Acknowledged + Portion);
            var killed = service.PostmasterId();
            service.KillDatabase();
            await load.Reaches(load.Acknowledged + Portion);
            Assert.NotEqual(killed, service.PostmasterId());
        }
        await stopping.CancelAsync();
        await work;

        Assert.True(service.IsRunning, service.Output);
        (await new Client(service.Url, null).Get("/health/ready")).Expect(200);
        await load.Compare(service.Data);
    }

    [Fact]
    public async Task A_service_that_stops_in_order_finishes_what_it_accepted()
    {
        var service = await ServiceProcess.StartAsync();
        await using var _ = service;
        var load = new CaseLoad(service.As);
        using var stopping = new CancellationTokenSource();
        var work = load.Run(stopping.Token);

        await load.Reaches(Portion);
        await service.Stop();
        await service.Start();
        await load.Reaches(load.Acknowledged + Portion);
        await stopping.CancelAsync();
        await work;

        await load.Compare(service.Data);
    }
}
