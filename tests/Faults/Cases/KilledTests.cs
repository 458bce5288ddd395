namespace GridActors.Faults.Tests.Cases;

/// <summary>The real process with its real database, killed in the middle of work.</summary>
public sealed class KilledTests : IAsyncLifetime
{
    /// <summary>How many writes are acknowledged between two faults.</summary>
    const int Portion = 150;

    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-faults-").FullName;
    ServiceProcess _service = null!;
    CaseLoad _load = null!;

    public async Task InitializeAsync()
    {
        _service = await ServiceProcess.Start(new() { DataFolder = _folder });
        _load = new(_service.As);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_killed_service_keeps_all_it_acknowledged_and_does_nothing_twice()
    {
        await UnderLoad(
            rounds: 2,
            async () =>
            {
                await _service.Kill();
                await _service.Start();
            }
        );

        Assert.True(_load.Unheard > 0, "Nothing was under way when it was killed.");
        await _load.Compare(_service.Data);
    }

    [Fact]
    public async Task A_killed_service_leaves_no_database_running()
    {
        await _service.Kill();

        await Eventually.Is(() => Task.FromResult(!_service.Database.IsRunning));
        await _service.Start();
        (await _service.Anybody().Get("/health/ready")).Expect(200);
    }

    [Fact]
    public async Task A_killed_database_is_started_again_and_the_service_goes_on()
    {
        await UnderLoad(
            rounds: 2,
            async () =>
            {
                var killed = _service.Database.PostmasterId;
                _service.Database.Kill();
                await _load.Reaches(_load.Acknowledged + Portion);
                Assert.NotEqual(killed, _service.Database.PostmasterId);
            }
        );

        Assert.True(_service.IsRunning, _service.Output);
        (await _service.Anybody().Get("/health/ready")).Expect(200);
        await _load.Compare(_service.Data);
    }

    [Fact]
    public async Task A_service_that_is_stopped_finishes_what_it_accepted()
    {
        await UnderLoad(
            rounds: 1,
            async () =>
            {
                await _service.Stop();
                await _service.Start();
            }
        );

        await _load.Compare(_service.Data);
    }

    /// <summary>People work before, during and after each fault.</summary>
    async Task UnderLoad(int rounds, Func<Task> fault)
    {
        using var stopping = new CancellationTokenSource();
        var work = _load.Run(stopping.Token);
        for (var round = 0; round < rounds; round++)
        {
            await _load.Reaches(_load.Acknowledged + Portion);
            await fault();
        }
        await _load.Reaches(_load.Acknowledged + Portion);
        await stopping.CancelAsync();
        await work;
    }
}
