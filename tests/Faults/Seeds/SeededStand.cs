using System.Diagnostics;
using System.Globalization;

namespace GridActors.Faults.Tests.Seeds;

/// <summary>
/// Two silos and two web processes on a PostgreSQL of their own with a disk of its own. Each silo has a clock that can be set. Several
/// seeded runs can use it one after the other.
/// </summary>
sealed class SeededStand : IAsyncDisposable
{
    const int SiloCount = 2;

    /// <summary>They are signed in before anything goes wrong.</summary>
    static readonly string[] People =
    [
        "dispatcher-1",
        "clerk-a1",
        "administrator",
        "worker-1",
        "worker-2",
        "worker-3",
        "worker-4",
        "worker-5",
    ];

    readonly TestPostgres _postgres;

    SeededStand(TestPostgres postgres, TestCluster cluster) => (_postgres, Cluster) = (postgres, cluster);

    public TestCluster Cluster { get; }
    public List<ServiceProcess> Silos { get; } = [];
    public List<ServiceProcess> Webs { get; } = [];
    public PrivateDatabase Database => _postgres.Database;

    /// <summary>What each process wrote.</summary>
    public string Output => string.Join(Environment.NewLine, Silos.Concat(Webs).Select(p => $"---- {p.Settings.Role} ----\n{p.Output}"));

    /// <summary>The last errors that the processes logged, each with the beginning of its stack.</summary>
    public string Errors
    {
        get
        {
            const int Lines = 12;
            var lines = Output.Split('\n');
            // Orleans' own are many, and say the same again and again.
            var errors = Enumerable
                .Range(0, lines.Length)
                .Where(i => lines[i].StartsWith("fail: GridActors", StringComparison.Ordinal))
                .TakeLast(10);
            return string.Join('\n', errors.SelectMany(i => lines.Skip(i).Take(Lines)));
        }
    }

    public static async Task<SeededStand> Create()
    {
        var postgres = await TestPostgres.Start(hasDisk: true);
        var stand = new SeededStand(postgres, new(await postgres.CreateDatabase()) { HasClocks = true });
        stand.Webs.AddRange([stand.Cluster.Launch("web"), stand.Cluster.Launch("web")]);
        await stand.Replenish();
        foreach (var web in stand.Webs)
        {
            await web.Ready();
            foreach (var person in People)
                await web.As(person);
        }
        return stand;
    }

    /// <summary>Starts a silo for each that has ended, as a supervisor does.</summary>
    public async Task Replenish()
    {
        Silos.RemoveAll(s => !s.IsRunning);
        for (var missing = SiloCount - Silos.Count; missing > 0; )
        {
            var next = Cluster.Add("silo");
            if (!await next.TryStart())
                continue;
            Silos.Add(next);
            missing--;
        }
    }

    /// <summary>All clocks are right, and everything is ready.</summary>
    public async Task Recover()
    {
        Cluster.Data.Clear();
        await Task.WhenAll(Silos.Where(s => s.IsRunning).Select(Correct));
        await Eventually.Is(IsWhole, TimeSpan.FromMinutes(2));
    }

    /// <summary>
    /// Whether as many silos as should be are ready and taken for alive. One that the others gave up runs on until it learns of that.
    /// </summary>
    async Task<bool> IsWhole()
    {
        await Replenish();
        foreach (var process in Silos.Concat(Webs).Where(p => p.IsRunning))
            await BecomesReady(process);
        return Silos.All(s => s.IsRunning) && await Cluster.AliveSilos() == SiloCount;
    }

    /// <summary>A silo that the others give up while it starts anew ends instead, and is looked at again.</summary>
    static async Task BecomesReady(ServiceProcess process)
    {
        try
        {
            await process.Ready();
        }
        catch (HttpRequestException) { }
    }

    /// <summary>Sets a silo's clock right. If that sets it back, the silo is about to start anew.</summary>
    static async Task Correct(ServiceProcess silo)
    {
        var noticed = Notices();
        var isSetBack = silo.Settings.Clock!.Lead > TimeSpan.FromSeconds(5);
        silo.Settings.Clock.Ahead(TimeSpan.Zero);
        if (isSetBack)
            await Eventually.Is(() => Task.FromResult(Notices() > noticed || !silo.IsRunning));

        int Notices() => silo.Output.Split("ClockWatch[5201]").Length;
    }

    /// <summary>The disk has no space left for a while. Where no disk can be mounted, the database says so of every write.</summary>
    public async Task FillDisk(TimeSpan duration)
    {
        if (_postgres.Disk is { } disk)
        {
            disk.Fill();
            await Eventually.After(duration);
            disk.MakeRoom();
            return;
        }
        await FullDisk.Fill(_postgres, Cluster.ConnectionString);
        await Eventually.After(duration);
        await FullDisk.MakeRoom(_postgres, Cluster.ConnectionString);
    }

    /// <summary>
    /// Cuts all connections of a process to others and to it, HTTP and the database included, so that what is under way is lost.
    /// </summary>
    /// <returns>False where the machine doesn't allow it.</returns>
    public static async Task<bool> CutConnections(ServiceProcess process)
    {
        var ports = await Run("ss", "-Htnp", "state", "established");
        var own = string.Create(CultureInfo.InvariantCulture, $",pid={process.Process.Id},");
        var filters = ports
            .Split('\n')
            .Where(line => line.Contains(own, StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2].Split(':')[^1])
            .Distinct()
            .Select(port => $"sport = :{port}")
            .ToList();
        if (filters.Count == 0)
            return false;
        await Run("ss", "-K", "-t", "state", "established", $"( {string.Join(" or ", filters)} )");
        return true;
    }

    static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
