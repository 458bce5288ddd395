using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GridActors.Harness;

/// <summary>How a process of the service is started.</summary>
public sealed record ProcessSettings
{
    /// <summary>The program and its first arguments; by default the service that was built with what runs it.</summary>
    public IReadOnlyList<string> Command { get; init; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "GridActors.Silo.dll")];

    /// <summary>The data folder, with the private PostgreSQL unless <see cref="ConnectionString"/> names another database.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The database of several processes, which are then one cluster.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>In a cluster: silo, web or both.</summary>
    public string Role { get; init; } = "both";

    /// <summary>Packs by name or folder; by default the two test packs.</summary>
    public IReadOnlyList<string> Packs { get; init; } = [Path.Combine(TestPacks.Folder, "qinghe"), Path.Combine(TestPacks.Folder, "baihe")];

    /// <summary>The password of everybody in the packs.</summary>
    public string Password { get; init; } = TestService.Password;

    /// <summary>The port where it listens; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Further options of <c>up</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock that it sees; null for the machine's.</summary>
    public FakeClock? Clock { get; init; }
}

/// <summary>Runs the service in a separate process, which a test can stop, pause, kill and start again.</summary>
public sealed class ServiceProcess(ProcessSettings settings) : IAsyncDisposable
{
    static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);
    static readonly TimeSpan StopDeadline = TimeSpan.FromMinutes(1);

    readonly ConcurrentQueue<string> _output = new();
    SignIns? _signIns;
    NpgsqlDataSource? _data;
    Process? _process;
    TaskCompletionSource<Uri> _up = new();
    volatile Uri? _url;
    bool _isPaused;

    /// <summary>Takes effect with the next start.</summary>
    public ProcessSettings Settings { get; set; } = settings;

    /// <summary>The address where it listens, or listened last.</summary>
    public Uri Url => _url ?? throw new InvalidOperationException("It was never up.");
    public bool IsRunning => _process is { HasExited: false };
    public Process Process => _process ?? throw new InvalidOperationException("It was never started.");

    /// <summary>Everything it wrote to the console.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    public PrivateDatabase Database => new(Settings.DataFolder ?? throw new InvalidOperationException("It has no private database."));

    /// <summary>Connects to the service's database, to see what the API doesn't show.</summary>
    public NpgsqlDataSource Data => _data ??= NpgsqlDataSource.Create(Settings.ConnectionString ?? Database.ConnectionString);

    /// <summary>Starts a process and waits until it is ready.</summary>
    public static async Task<ServiceProcess> Start(ProcessSettings settings)
    {
        var process = new ServiceProcess(settings);
        await process.Start();
        return process;
    }

    /// <summary>Starts it with the existing data, and waits until it is ready.</summary>
    public async Task Start()
    {
        Launch();
        await Ready();
    }

    /// <summary>Starts it as a supervisor would.</summary>
    /// <returns>False when it ended with a sentence that says why it can't start.</returns>
    public async Task<bool> TryStart()
    {
        Launch();
        await Task.WhenAny(_up.Task, Process.WaitForExitAsync()).WaitAsync(StartDeadline);
        if (_up.Task.IsCompletedSuccessfully)
        {
            await Ready();
            return true;
        }
        await Process.WaitForExitAsync();
        var isExplained = Process.ExitCode == 1 && !Output.Contains("Unhandled exception", StringComparison.Ordinal);
        return isExplained ? false : throw new InvalidOperationException(Output);
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public void Launch()
    {
        var up = _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(Settings.Command[0], [.. Settings.Command.Skip(1), .. Arguments()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GRIDACTORS_DEMO_PASSWORD"] = Settings.Password;
        start.Environment.Remove("ConnectionStrings__grid");
        // Tests and benchmarks write much faster than people, and watch more screens.
        start.Environment["Limits__WritesPerSecond"] = "0";
        start.Environment["Limits__HubConnectionsPerPerson"] = "10000";
        start.Environment.Remove("GRIDACTORS_MASTER_KEY");
        // It is for the process of the tests (scripts/test.sh); the service has its own.
        start.Environment.Remove("DOTNET_GCgen0size");
        if (Settings.ConnectionString is { } shared)
        {
            start.Environment["ConnectionStrings__grid"] = shared;
            start.Environment["GRIDACTORS_MASTER_KEY"] = TestService.MasterKey;
        }
        foreach (var (name, value) in Settings.Clock?.Environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        foreach (var (name, value) in Settings.Environment)
            start.Environment[name] = value;
        _process?.Dispose();
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
        _process.Exited += (_, _) => up.TrySetException(new InvalidOperationException($"The service ended:{Environment.NewLine}{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Read(string? line)
        {
            const string Greeting = "GridActors is up: ";
            if (line is null)
                return;
            _output.Enqueue(line);
            if (line.StartsWith(Greeting, StringComparison.Ordinal))
                up.TrySetResult(new(line[Greeting.Length..].Split(' ')[0]));
        }
    }

    /// <summary>Waits until a process that was launched takes requests.</summary>
    public async Task Ready()
    {
        _url = await _up.Task.WaitAsync(StartDeadline);
        await Eventually.Is(IsReady, StartDeadline);
    }

    async Task<bool> IsReady()
    {
        try
        {
            return (await Anybody().Get("/health/ready")).Status == 200;
        }
        catch (HttpRequestException) when (IsRunning)
        {
            return false; // It starts anew, because its clock was set back.
        }
    }

    /// <summary>Kills it with SIGKILL. Its private PostgreSQL stops by itself.</summary>
    public async Task Kill()
    {
        Process.Kill();
        await Process.WaitForExitAsync().WithinDeadline();
    }

    /// <summary>Stops it with SIGTERM, as a supervisor does.</summary>
    public async Task Stop()
    {
        await Signal("TERM");
        await Process.WaitForExitAsync().WaitAsync(StopDeadline);
    }

    /// <summary>Pauses it with SIGSTOP until it is resumed.</summary>
    public async Task Pause()
    {
        await Signal("STOP");
        _isPaused = true;
    }

    public async Task Resume()
    {
        _isPaused = false;
        await Signal("CONT");
    }

    /// <summary>A client that hasn't signed in.</summary>
    public Client Anybody() => new(Url, null);

    /// <summary>A client that is signed in as a person of a pack. Each person signs in once.</summary>
    public Task<Client> As(string person) => (_signIns ??= new(Anybody, Settings.Password)).As(person, TestPacks.Qinghe.Id);

    public async Task<HubClient> Connect(string person) => await HubClient.Connect(Url, (await As(person)).Token!);

    public async ValueTask DisposeAsync()
    {
        if (_data is not null)
            await _data.DisposeAsync();
        if (_isPaused)
            await Resume();
        if (IsRunning)
            await Stop();
        else if (Settings.DataFolder is not null)
            await Eventually.Is(() => Task.FromResult(!Database.IsRunning));
        _process?.Dispose();
        Settings.Clock?.Dispose();
    }

    IEnumerable<string> Arguments()
    {
        string[] common =
        [
            "up",
            "--port",
            Text(Settings.Port),
            "--demo",
            "true",
            .. Settings.Packs.SelectMany(p => new[] { "--pack", p }),
            .. Settings.Options,
        ];
        return Settings.DataFolder is { } folder ? [.. common, "--data", folder] : [.. common, "--cluster", "--role", Settings.Role];
    }

    async Task Signal(string name)
    {
        if (Process.HasExited)
            return;
        using var kill = System.Diagnostics.Process.Start("kill", ["-" + name, Text(Process.Id)]);
        await kill.WaitForExitAsync();
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
