using System.Globalization;
using Npgsql;

namespace GridActors.Harness;

/// <summary>Processes of the service that share one database and are one cluster.</summary>
public sealed class TestCluster(string connectionString) : IAsyncDisposable
{
    readonly List<ServiceProcess> _processes = [];

    public NpgsqlDataSource Data { get; } =
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4 });

    public string ConnectionString => connectionString;

    /// <summary>Gives each silo a clock of its own, which can be set.</summary>
    public bool HasClocks { get; init; }

    /// <summary>The folder of the test packs that its processes are given.</summary>
    public string Packs { get; init; } = TestPacks.Folder;

    /// <summary>A cluster with a new database and no process.</summary>
    public static async Task<TestCluster> Create(bool hasClocks = false) => new(await TestPostgres.NewDatabase()) { HasClocks = hasClocks };

    /// <summary>Starts a process of the cluster. <see cref="ServiceProcess.Ready"/> waits until it is ready.</summary>
    public ServiceProcess Launch(string role = "both", string? build = null, params IReadOnlyList<string> options)
    {
        var process = Add(role, build, options);
        process.Launch();
        return process;
    }

    /// <param name="build">The folder of the build to run; null for this one.</param>
    public async Task<ServiceProcess> Start(string role = "both", string? build = null, params IReadOnlyList<string> options)
    {
        var process = Launch(role, build, options);
        await process.Ready();
        return process;
    }

    /// <summary>A process that isn't started yet.</summary>
    public ServiceProcess Add(string role = "both", string? build = null, params IReadOnlyList<string> options)
    {
        var settings = new ProcessSettings
        {
            ConnectionString = connectionString,
            Role = role,
            Options = options,
            Packs = [Path.Combine(Packs, "qinghe"), Path.Combine(Packs, "baihe")],
            Clock = HasClocks && role != "web" ? new() : null,
        };
        if (build is not null)
            settings = settings with { Command = ["dotnet", Path.Combine(build, "GridActors.Silo.dll")] };
        var process = new ServiceProcess(settings);
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until this many silos count as alive.</summary>
    public Task HasSilos(int count) => Eventually.Is(AliveSilos, c => c == count, TimeSpan.FromMinutes(2));

    /// <summary>How many silos the cluster takes for alive.</summary>
    public Task<long> AliveSilos() => Count("select count(*) from OrleansMembershipTable where Status = 3");

    /// <summary>Whether the other silos take a silo for alive.</summary>
    public async Task<bool> IsAlive(ServiceProcess silo) =>
        await Count(
            "select count(*) from OrleansMembershipTable where Status = 3 and SiloName = $1",
            string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{silo.Process.Id}")
        ) > 0;

    /// <summary>Waits until every board equals the SQL counts, and every row matches the journal.</summary>
    public async Task BoardsEqual(ServiceProcess through)
    {
        await BoardCounts.BoardsEqual(Data, await through.As("dispatcher-1"));
        await BoardCounts.Verified(await through.As("administrator"));
    }

    /// <summary>How often a case was claimed, according to the journal.</summary>
    public Task<long> Claims(string caseId) =>
        Count("select count(*) from journal where stream = $1 and kind like 'case.claimed/%'", $"case/{caseId}");

    public async Task<long> Count(string sql, params object[] values)
    {
        try
        {
            return await Ask(sql, values);
        }
        catch (NpgsqlException e) when (e is not PostgresException { IsTransient: false })
        {
            // The database was killed or cut off meanwhile, and the pool's connections with it.
            Data.Clear();
            return await Ask(sql, values);
        }
    }

    async Task<long> Ask(string sql, object[] values)
    {
        await using var command = Data.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(p => p.DisposeAsync().AsTask()));
        await Data.DisposeAsync();
    }
}
