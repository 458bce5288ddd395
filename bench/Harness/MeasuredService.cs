using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace GridActors.Harness;

/// <summary>A database of several processes, which are one cluster, and the password of everybody in it.</summary>
sealed record SharedDatabase(string ConnectionString, string Password);

/// <summary>
/// The service as built in the clone, with its own private PostgreSQL or a shared one, and the processor time and memory it uses.
/// </summary>
sealed class MeasuredService : IAsyncDisposable
{
    static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);

    readonly ServiceProcess _process;
    Api? _api;

    /// <param name="pack">The name of a pack in the clone, or a folder.</param>
    public MeasuredService(string data, string pack, IReadOnlyDictionary<string, string>? environment = null, SharedDatabase? shared = null)
    {
        Directory.CreateDirectory(data);
        Password = shared?.Password ?? RandomNumberGenerator.GetHexString(16, lowercase: true);
        _process = new(
            new()
            {
                DataFolder = shared is null ? data : null,
                ConnectionString = shared?.ConnectionString,
                Packs = [pack],
                Password = Password,
                Port = Port,
                Environment = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
                {
                    ["GRIDACTORS_HOME"] = Home,
                },
            }
        );
    }

    /// <summary>The folder of the clone.</summary>
    public static string Home { get; } =
        Environment.GetEnvironmentVariable("GRIDACTORS_HOME") is { Length: > 0 } home ? home : TestPacks.Repository;

    /// <summary>Every account's password.</summary>
    public string Password { get; }
    public int Port { get; } = FreePort();
    public Uri Url => new($"http://127.0.0.1:{Port}");
    public Api Api => _api ?? throw new InvalidOperationException("The service isn't running.");

    /// <summary>The time from the start of the last process until it answered that it is ready.</summary>
    public TimeSpan TookToStart { get; private set; }

    public static string Program(string project) => Path.Combine(Home, "artifacts", "bin", project, "release", $"GridActors.{project}.dll");

    /// <param name="script">Starts it with <c>./gridactors up</c>, which first checks whether something must be built.</param>
    public async Task Start(CancellationToken cancellationToken, bool script = false)
    {
        _process.Settings = _process.Settings with { Command = script ? [Path.Combine(Home, "gridactors")] : ["dotnet", Program("Silo")] };
        var watch = Stopwatch.StartNew();
        _process.Launch();
        _api = new Api(Port);
        while (!await _api.IsReady(cancellationToken))
        {
            if (!_process.IsRunning)
                throw new BenchException($"The service ended before it was ready:\n{_process.Output}");
            if (watch.Elapsed > StartDeadline)
                throw new BenchException($"The service wasn't ready within {StartDeadline.TotalSeconds} s:\n{_process.Output}");
            await Task.Delay(2, cancellationToken);
        }
        TookToStart = watch.Elapsed;
    }

    public async Task Stop()
    {
        _api?.Dispose();
        if (_process.IsRunning)
            await _process.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        await _process.DisposeAsync();
    }

    /// <summary>That of the database is 0 when it is a shared one.</summary>
    public ProcessorTime TimeUsed() =>
        ProcessorTime.Of(_process.Process.Id, _process.Settings.ConnectionString is null ? Database.PostmasterId : null);

    /// <summary>Resident memory in bytes.</summary>
    public long Memory()
    {
        _process.Process.Refresh();
        return _process.Process.WorkingSet64;
    }

    public PrivateDatabase Database => _process.Database;

    public async Task<NpgsqlConnection> Connect(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Database.ConnectionString)
            {
                Pooling = false,
                CommandTimeout = 600,
                SslMode = SslMode.Disable,
                GssEncryptionMode = GssEncryptionMode.Disable,
            }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
