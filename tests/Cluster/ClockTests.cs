namespace GridActors.Cluster.Tests;

/// <summary>The machine's clock is set, back or forward, while people work.</summary>
public sealed class ClockTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-clock-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_service_whose_clock_is_set_back_by_two_hours_starts_anew_and_goes_on()
    {
        await using var service = await ServiceProcess.Start(new() { DataFolder = _folder, Clock = new() });
        var clerk = await service.As("clerk-a1");
        var before = await clerk.Report("C-A1-1");

        service.Settings.Clock!.Ahead(TimeSpan.FromHours(-2));
        await HasNoticed(service);

        var after = (await Definite(clerk, "/api/cases", Report)).Expect(201).As<CaseView>();
        Assert.InRange(before.ReportedAt - after.ReportedAt, TimeSpan.FromMinutes(115), TimeSpan.FromMinutes(120));
        var worker = await service.As("worker-1");
        foreach (var id in new[] { before.Id, after.Id })
            Assert.Equal("claimed", (await worker.Do(id, "claim")).Status);
        Assert.Equal(after.Id, (await worker.Board("C-A1-1")).Ticker[0].CaseId);
        await BoardCounts.BoardsEqual(service.Data, await service.As("dispatcher-1"));
        await BoardCounts.Verified(await service.As("administrator"));

        service.Settings.Clock.Ahead(TimeSpan.FromHours(1));

        (await Definite(worker, $"/api/cases/{after.Id}/on-site", new { })).Expect(200);
        await BoardCounts.Verified(await service.As("administrator"));
    }

    [Fact]
    public async Task A_silo_whose_clock_is_set_back_leaves_in_order_and_joins_again()
    {
        await using var cluster = await TestCluster.Create(hasClocks: true);
        var web = cluster.Launch("web");
        var silo = await cluster.Start("silo");
        await cluster.Start("silo");
        await cluster.HasSilos(2);
        await web.Ready();
        var clerk = await web.As("clerk-a1");
        (await Definite(clerk, "/api/cases", Report)).Expect(201);

        silo.Settings.Clock!.Ahead(TimeSpan.FromHours(-2));
        await HasNoticed(silo);

        for (var i = 0; i < 30; i++)
            (await Definite(clerk, "/api/cases", Report)).Expect(201);
        await Eventually.Is(
            () => cluster.Count("select count(*) from OrleansMembershipTable where Status = 3 and StartTime < now() - interval '1 hour'"),
            n => n == 1
        );
        await cluster.HasSilos(2);
        Assert.True(silo.IsRunning);
        silo.Settings.Clock.Ahead(TimeSpan.Zero); // So that today is the same day for all.
        await BoardCounts.BoardsEqual(cluster.Data, await web.As("dispatcher-1"));
        await BoardCounts.Verified(await web.As("administrator"));
    }

    static Task HasNoticed(ServiceProcess process) =>
        Eventually.Is(() => Task.FromResult(process.Output.Contains("ClockWatch[5201]", StringComparison.Ordinal)));

    static object Report { get; } = new
    {
        category = "rubbish",
        area = "C-A1-1",
        title = "时钟",
    };

    /// <summary>Repeats a call with the same key until there is a definite answer.</summary>
    static Task<Answer> Definite(Client person, string path, object body)
    {
        var key = Client.NewKey();
        return Eventually.Is(
            async () =>
            {
                try
                {
                    return await person.Post(path, body, key);
                }
                catch (HttpRequestException e)
                {
                    return Answer.Missing(e);
                }
            },
            a => a.Status is not (0 or 503)
        );
    }
}
