using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GridActors.Harness;

/// <summary>The service as it is run, in a process of its own with its private database, so that it can be killed.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-process-").FullName;
    readonly ConcurrentQueue<string> _output = new();
    readonly ConcurrentDictionary<string, Lazy<Task<string>>> _tokens = new();
    NpgsqlDataSource? _data;
    Process? _process;
    volatile Uri? _url;

    ServiceProcess() { }

    /// <summary>Where it listens; where it listened last while it is away.</summary>
    public Uri Url => _url ?? throw new InvalidOperationException("It was never up.");
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Everything it said.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>The database, to look behind the service's back.</summary>
    public NpgsqlDataSource Data => _data ??= NpgsqlDataSource.Create(ConnectionString());

    public static async Task<ServiceProcess> StartAsync()
    {
        var process = new ServiceProcess();
        await process.Start();
        return process;
    }

    /// <summary>On the data that is there.</summary>
    public async Task Start()
    {
        var up = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "GridActors.Silo.dll"), "up", "--data", _folder, "--port", "0", "--silo-port", "0", "--gateway-port", "0" }) start.ArgumentList.Add(argument);
        foreach (var pack in new[] { "qinghe", "baihe" })
        {
            start.ArgumentList.Add("--pack");
            start.ArgumentList.Add(Path.Combine(TestPacks.Folder, pack));
        }
        start.Environment["GRIDACTORS_DEMO_PASSWORD"] = TestService.Password;
        start.Environment.Remove("ConnectionStrings__grid");
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.Exited += (_, _) => up.TrySetException(new InvalidOperationException($"The service ended:{Environment.NewLine}{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        _url = await up.Task.WaitAsync(TimeSpan.FromMinutes(2));

        void Hear(string? line)
        {
            const string Greeting = "GridActors is up: ";
            if (line is null) return;
            _output.Enqueue(line);
            if (line.StartsWith(Greeting, StringComparison.Ordinal)) up.TrySetResult(new(line[Greeting.Length..].Split(' ')[0]));
        }
    }

    /// <summary>SIGKILL. Its PostgreSQL stays, as it does when a host is killed.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WithinDeadline();
    }

    /// <summary>As Ctrl-C does.</summary>
    public async Task Stop()
    {
        using (var term = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)])) await term.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>SIGKILL to the server's first process; its others leave when they notice.</summary>
    public void KillDatabase() => Process.GetProcessById(PostmasterId()).Kill();

    public int PostmasterId() => int.Parse(PostmasterFile()[0], CultureInfo.InvariantCulture);

    public async Task<Client> As(string person)
    {
        var account = $"qinghe/{person}";
        var token = await _tokens.GetOrAdd(account, a => new(async () =>
            (await new Client(Url, null).Post("/api/session", new { account = a, password = TestService.Password })).Expect(200).Body.GetProperty("token").GetString()!)).Value;
        return new(Url, token) { Person = person, Pack = "qinghe" };
    }

    public async ValueTask DisposeAsync()
    {
        if (_data is not null) await _data.DisposeAsync();
        if (_process is { HasExited: true }) await TryStart(); // Who starts again takes over what was left running, and stops it.
        if (_process is { HasExited: false }) await Stop();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    async Task TryStart()
    {
        try
        {
            await Start();
        }
        catch (InvalidOperationException)
        {
            // The test that failed has said why.
        }
    }

    string ConnectionString()
    {
        var file = PostmasterFile();
        return new NpgsqlConnectionStringBuilder
        {
            Host = file[4],
            Port = int.Parse(file[3], CultureInfo.InvariantCulture),
            Username = "gridactors",
            Database = "gridactors",
            Password = File.ReadAllText(Path.Combine(_folder, "postgres-password")).Trim(),
            MaxPoolSize = 4,
        }.ConnectionString;
    }

    // Process id, data folder, start time, port, socket folder, …
    string[] PostmasterFile() => File.ReadAllLines(Path.Combine(_folder, "postgres", "postmaster.pid"));
}
