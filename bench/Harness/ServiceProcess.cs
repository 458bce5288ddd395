using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace GridActors.Harness;

/// <summary>The service in a process of its own, as <c>./gridactors up</c> runs it, with its own private PostgreSQL.</summary>
sealed class ServiceProcess(string data, string pack, IReadOnlyDictionary<string, string>? environment = null) : IAsyncDisposable
{
    static readonly TimeSpan s_startsWithin = TimeSpan.FromMinutes(2);
    static readonly TimeSpan s_stopsWithin = TimeSpan.FromMinutes(1);

    readonly int _port = FreePort();
    Process? _process;
    Api? _api;

    public static string Home { get; } = FindHome();

    /// <summary>Of every account.</summary>
    public string Password { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);
    public string Data => data;
    public int Port => _port;
    public Uri Url => new($"http://127.0.0.1:{_port}");
    public Api Api => _api ?? throw new InvalidOperationException("The service isn't running.");
    public int ProcessId => Running.Id;

    /// <summary>From the start of the last process to its first answer that it is ready.</summary>
    public TimeSpan TookToStart { get; private set; }

    Process Running => _process ?? throw new InvalidOperationException("The service isn't running.");

    public static string Program(string project) => Path.Combine(Home, "artifacts", "bin", project, "release", $"GridActors.{project}.dll");

    /// <param name="script">By <c>./gridactors up</c>, which looks whether there is something to build first.</param>
    public async Task Start(CancellationToken cancellationToken, bool script = false)
    {
        Directory.CreateDirectory(data);
        string[] arguments = ["up", "--data", data, "--port", _port.ToString(CultureInfo.InvariantCulture), "--pack", pack];
        var start = script
            ? new ProcessStartInfo(Path.Combine(Home, "gridactors"), arguments)
            : new ProcessStartInfo("dotnet", [Program("Silo"), .. arguments]);
        start.WorkingDirectory = Home;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["GRIDACTORS_HOME"] = Home;
        start.Environment["GRIDACTORS_DEMO_PASSWORD"] = Password;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;

        var watch = Stopwatch.StartNew();
        _process = Process.Start(start)!;
        var log = new StreamWriter(Path.Combine(data, "service.log"), append: true) { AutoFlush = true };
        var writing = new Lock();
        void Write(object _, DataReceivedEventArgs line)
        {
            lock (writing) log.WriteLine(line.Data);
        }
        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        _api = new Api(_port);
        while (!await _api.IsReady(cancellationToken))
        {
            if (_process.HasExited) throw new BenchException($"The service ended before it was ready:\n{await Log(cancellationToken)}");
            if (watch.Elapsed > s_startsWithin) throw new BenchException($"The service wasn't ready within {s_startsWithin.TotalSeconds} s:\n{await Log(cancellationToken)}");
            await Task.Delay(2, cancellationToken);
        }
        TookToStart = watch.Elapsed;
    }

    public async Task Stop()
    {
        if (_process is null) return;
        _api?.Dispose();
        if (!_process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(s_stopsWithin);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                throw new BenchException($"The service didn't stop within {s_stopsWithin.TotalSeconds} s.");
            }
        }
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await Stop();

    public ProcessorTime TimeUsed() => ProcessorTime.Of(ProcessId, PostmasterFile()[0]);

    /// <summary>Resident memory in bytes.</summary>
    public long Memory()
    {
        Running.Refresh();
        return Running.WorkingSet64;
    }

    /// <summary>What a client of the private server needs: socket folder, user and database, password.</summary>
    public (string Host, string User, string Password) Database() =>
        (PostmasterFile()[4], "gridactors", File.ReadAllText(Path.Combine(data, "postgres-password")).Trim());

    public async Task<NpgsqlConnection> Connect(CancellationToken cancellationToken)
    {
        var (host, user, password) = Database();
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Username = user,
            Password = password,
            Database = user,
            Pooling = false,
            CommandTimeout = 600,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    async Task<string> Log(CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(data, "service.log"), cancellationToken);
        return string.Join('\n', lines.TakeLast(20));
    }

    /// <summary>Process id, data folder, start, port, socket folder, …</summary>
    string[] PostmasterFile() => File.ReadAllLines(Path.Combine(data, "postgres", "postmaster.pid"));

    static string FindHome()
    {
        if (Environment.GetEnvironmentVariable("GRIDACTORS_HOME") is { Length: > 0 } home) return home;
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "gridactors"))) return folder;
        throw new BenchException("Run it by ./gridactors bench, or set GRIDACTORS_HOME to the clone.");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
