using GridActors.Faults.Tests.Cases;

namespace GridActors.Faults.Tests.Seeds;

/// <summary>
/// Two silos and a web process under load, in which one thing after the other goes wrong. What, when and for how long follows from the
/// seed. Afterwards the answers that people got are compared with the journal, the read tables, the boards and a screen.
/// </summary>
sealed class SeededRun(int seed)
{
    const int Silos = 2;
    const int Faults = 2;

    /// <summary>How many writes are acknowledged between two faults.</summary>
    const int Portion = 60;

    readonly Random _random = new(seed);
    readonly List<ServiceProcess> _silos = [];
    readonly List<string> _did = [];
    TestCluster _cluster = null!;
    CaseLoad _load = null!;

    /// <summary>What went wrong, in order.</summary>
    public string Did => string.Join(", ", _did);

    /// <summary>How many writes got a definite answer.</summary>
    public int Acknowledged => _load.Acknowledged;

    /// <summary>How many calls got none and were sent again.</summary>
    public int Unheard => _load.Unheard;

    public async Task Run()
    {
        await using var cluster = _cluster = await TestCluster.Create();
        var web = cluster.Launch("web");
        await Replenish();
        await web.Ready();
        _load = new(web.As) { SendsTwice = _random.Next(3) == 0 };
        await using var screen = await web.Connect("dispatcher-1");
        var board = new BoardMirror(screen, "C");
        await board.Watch();

        using var stopping = new CancellationTokenSource();
        var work = _load.Run(stopping.Token);
        for (var i = 0; i < Faults; i++)
        {
            await _load.Reaches(_load.Acknowledged + Portion);
            await Break();
            await Replenish();
        }
        await _load.Reaches(_load.Acknowledged + Portion);
        await stopping.CancelAsync();
        await work;

        await _load.Compare(cluster.Data);
        var counted = (await BoardCounts.Of(cluster.Data, TestPacks.Qinghe.Id))["C"];
        await board.Until(b => b.Counts == counted);
    }

    Task Break()
    {
        (string Name, Func<Task> Do)[] faults =
        [
            ("silo killed", () => Any().Kill()),
            ("silo stopped in order", () => Any().Stop()),
            ("silo hung", HangSilo),
            ("database killed", KillDatabase),
            ("database hung", HangDatabase),
            ("disk full", FillDisk),
        ];
        var (name, fault) = faults[_random.Next(faults.Length)];
        _did.Add(name);
        return fault();
    }

    async Task HangSilo()
    {
        var silo = Any();
        await silo.Pause();
        await Eventually.After(Duration(8));
        var isLost = await _cluster.Count("select count(*) from OrleansMembershipTable where Status = 3") < Silos;
        await silo.Resume();
        // The others go on without it, so it must end itself.
        if (isLost)
            await silo.Process.WaitForExitAsync().WithinDeadline();
    }

    static async Task KillDatabase()
    {
        var database = (await TestPostgres.Shared()).Database;
        var killed = database.PostmasterId;
        database.Kill();
        await Eventually.Is(() => Task.FromResult(database.IsRunning && database.PostmasterId != killed));
    }

    async Task HangDatabase()
    {
        var goOn = await (await TestPostgres.Shared()).Database.Freeze();
        await Eventually.After(Duration(6));
        await goOn();
    }

    async Task FillDisk()
    {
        await FullDisk.Fill(_cluster.ConnectionString);
        await Eventually.After(Duration(3));
        await FullDisk.MakeRoom(_cluster.ConnectionString);
    }

    /// <summary>Starts a silo for each that has ended, as a supervisor does.</summary>
    async Task Replenish()
    {
        _silos.RemoveAll(s => !s.IsRunning);
        for (var missing = Silos - _silos.Count; missing > 0; )
        {
            var next = _cluster.Add("silo");
            if (!await next.TryStart())
                continue;
            _silos.Add(next);
            missing--;
        }
    }

    ServiceProcess Any() => _silos[_random.Next(_silos.Count)];

    TimeSpan Duration(int maxSeconds) => TimeSpan.FromSeconds(0.5 + _random.NextDouble() * (maxSeconds - 0.5));
}
