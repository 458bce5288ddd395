using GridActors.Faults.Tests.Cases;

namespace GridActors.Faults.Tests.Seeds;

/// <summary>
/// Work under load on a stand, in which one thing after the other goes wrong. What, when and for how long follows from the seed. Afterwards
/// the answers that people got are compared with the journal, the read tables, the boards and a screen.
/// </summary>
sealed class SeededRun(int seed, SeededStand stand)
{
    const int Faults = 2;

    /// <summary>How many writes are acknowledged between two faults.</summary>
    const int Portion = 40;

    readonly Random _random = new(seed);
    readonly List<string> _did = [];
    CaseLoad _load = null!;

    /// <summary>What went wrong, in order.</summary>
    public string Did => string.Join(", ", _did);

    /// <summary>How many writes got a definite answer.</summary>
    public int Acknowledged => _load.Acknowledged;

    /// <summary>How many calls got none and were sent again.</summary>
    public int Unheard => _load.Unheard;

    public async Task Run()
    {
        var calls = 0;
        _load = new(person => stand.Webs[Interlocked.Increment(ref calls) % stand.Webs.Count].As(person))
        {
            SendsTwice = _random.Next(3) == 0,
            SendsLate = _random.Next(3) == 0,
            CasesBefore = await stand.Cluster.Count("select count(*) from case_file"),
        };
        if (_load.SendsTwice)
            _did.Add("commands doubled");
        if (_load.SendsLate)
            _did.Add("commands reordered");
        // It is on the process that is never called first, and that may hang while others work.
        await using var screen = await stand.Webs[1].Connect("dispatcher-1");
        var board = new BoardMirror(screen, "C");
        await board.Watch();

        using var stopping = new CancellationTokenSource();
        var work = _load.Run(stopping.Token);
        for (var i = 0; i < Faults; i++)
        {
            await _load.Reaches(_load.Acknowledged + Portion);
            board.Lose = _random.Next(5);
            await Break();
            await stand.Replenish();
        }
        await _load.Reaches(_load.Acknowledged + Portion);
        await stopping.CancelAsync();
        await work;

        await stand.Recover();
        await _load.Compare(stand.Cluster.Data);
        var counted = (await BoardCounts.Of(stand.Cluster.Data, TestPacks.Qinghe.Id))["C"];
        if (screen.Closed.IsCompleted)
            return; // Its connection was cut, and the page takes a new snapshot with a new one.
        await board.Until(b => b.Counts == counted);
    }

    Task Break()
    {
        (string Name, Func<Task> Do)[] faults =
        [
            ("silo killed", () => Any().Kill()),
            ("silo stopped in order", () => Any().Stop()),
            ("silo hung", HangSilo),
            ("web process hung", HangWeb),
            ("connections of a silo cut", () => SeededStand.CutConnections(Any())),
            ("connections of a web process cut", () => SeededStand.CutConnections(stand.Webs[1])),
            ("clock of a silo set", () => SetClocks([Any()])),
            ("clocks of all silos set", () => SetClocks(stand.Silos)),
            ("database killed", KillDatabase),
            ("database hung", HangDatabase),
            ("disk full", () => stand.FillDisk(Duration(3))),
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
        var isLost = !await stand.Cluster.IsAlive(silo);
        await silo.Resume();
        // The others go on without it, so it must end itself, or begin anew when its clock was set back before.
        if (isLost)
            await Eventually.Is(async () => silo.Process.HasExited || await stand.Cluster.IsAlive(silo));
    }

    /// <summary>What is pushed to its screens meanwhile is lost, because actors forget a process that doesn't answer.</summary>
    async Task HangWeb()
    {
        await stand.Webs[1].Pause();
        await Eventually.After(Duration(6));
        await stand.Webs[1].Resume();
    }

    Task SetClocks(IEnumerable<ServiceProcess> silos)
    {
        // Two hours at most, back or forward.
        var ahead = TimeSpan.FromMinutes(_random.Next(-120, 121));
        foreach (var silo in silos)
            silo.Settings.Clock!.Ahead(ahead);
        return Eventually.After(FakeClock.Delay + Duration(3));
    }

    async Task KillDatabase()
    {
        var killed = stand.Database.PostmasterId;
        stand.Database.Kill();
        await Eventually.Is(() => Task.FromResult(stand.Database.IsRunningAgain(killed)));
    }

    async Task HangDatabase()
    {
        var goOn = await stand.Database.Freeze();
        await Eventually.After(Duration(6));
        await goOn();
    }

    ServiceProcess Any() => stand.Silos[_random.Next(stand.Silos.Count)];

    TimeSpan Duration(int maxSeconds) => TimeSpan.FromSeconds(0.5 + _random.NextDouble() * (maxSeconds - 0.5));
}
