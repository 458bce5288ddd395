using GridActors.Domain.Packs;
using GridActors.Silo.Hosting;
using GridActors.Storage.Packs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;

namespace GridActors.Harness;

/// <summary>Runs the real host in the test's process, with a database of its own and the two test packs.</summary>
public sealed class TestService : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";

    /// <summary>The master key of every service with a database that isn't its own.</summary>
    public const string MasterKey = "Z3JpZGFjdG9ycy10ZXN0cy1tYXN0ZXIta2V5LTAwMDE=";
    public const string MasterKeySetting = $"GRIDACTORS_MASTER_KEY={MasterKey}";

    static readonly Lock SharedLock = new();
    static Task<TestService>? Started;

    readonly ServiceHost _host;
    readonly SignIns _signIns;

    TestService(ServiceHost host, string connectionString)
    {
        (_host, ConnectionString) = (host, connectionString);
        _signIns = new(Anybody, Password);
        Url = new(host.Url);
        Data = NpgsqlDataSource.Create(connectionString);
    }

    public Uri Url { get; }
    public string ConnectionString { get; }

    /// <summary>Connects to the service's database, to see what the API doesn't show.</summary>
    public NpgsqlDataSource Data { get; }
    public IServiceProvider Services => _host.Services;

    /// <summary>The service that tests share. Each test uses its own keys, and counts nothing that other tests do.</summary>
    public static Task<TestService> Shared()
    {
        lock (SharedLock)
            return Started ??= Task.Run(() => Start(change: WithDashboard));
    }

    /// <summary>For a test of Orleans' dashboard, which would make every other start longer.</summary>
    public static ServiceSettings WithDashboard(ServiceSettings settings) => settings with { Overrides = [] };

    public static async Task StopShared()
    {
        Task<TestService>? shared;
        lock (SharedLock)
            (shared, Started) = (Started, null);
        if (shared is not null)
            await (await shared).DisposeAsync();
    }

    /// <summary>Starts another service, for a test that changes it.</summary>
    /// <param name="database">The database of another service, to run after it or beside it; null for a new one.</param>
    /// <param name="url">Where it listens; by default on a free port.</param>
    /// <param name="change">Changes its settings.</param>
    public static async Task<TestService> Start(
        Action<WebApplicationBuilder>? configure = null,
        string? database = null,
        IReadOnlyList<Pack>? packs = null,
        string? demoPassword = Password,
        string url = "http://127.0.0.1:0",
        Func<ServiceSettings, ServiceSettings>? change = null
    )
    {
        var connectionString = database ?? await TestPostgres.NewDatabase();
        var host = await ServiceHost.Start(Settings(), CancellationToken.None);
        return new(host, new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4 }.ConnectionString);

        ServiceSettings Settings()
        {
            var settings = new ServiceSettings
            {
                // Several services share a server of a hundred connections.
                ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 12 }.ConnectionString,
                Packs = packs ?? [TestPacks.Qinghe, TestPacks.Baihe],
                Url = url,
                DemoPassword = demoPassword,
                SiloPort = 0,
                GatewayPort = 0,
                Overrides = ["Service:Dashboard=false"],
                Configure = builder =>
                {
                    builder.Logging.ClearProviders();
                    // Tests write much faster than people.
                    builder.Configuration["Limits:WritesPerSecond"] = "0";
                    builder.Configuration["Limits:PublicCallsPerMinute"] = "0";
                    builder.Configuration["GRIDACTORS_MASTER_KEY"] = MasterKey;
                    // Orleans makes room for a million actors when it starts.
                    builder.Services.Configure<GrainDirectoryOptions>(o => o.CacheSize = 10_000);
                    configure?.Invoke(builder);
                },
            };
            return change?.Invoke(settings) ?? settings;
        }
    }

    /// <summary>A client that hasn't signed in.</summary>
    public Client Anybody() => new(Url, null);

    /// <summary>A client that is signed in as a person of a pack. Each person signs in once.</summary>
    public Task<Client> As(string person, string pack = "qinghe") => _signIns.As(person, pack);

    public async Task<HubClient> Connect(string person, string pack = "qinghe") =>
        await HubClient.Connect(Url, (await As(person, pack)).Token!);

    /// <summary>Loads a pack while the service runs, as another process does when it starts with that pack.</summary>
    public async Task<Pack> Load(Pack pack)
    {
        await Services.GetRequiredService<PackStore>().Apply(pack, CancellationToken.None);
        await Eventually.Is(() => Task.FromResult(Services.GetRequiredService<IPacks>().Current.Pack(pack.Id)?.Pack.Digest == pack.Digest));
        return pack;
    }

    /// <summary>Has the month of today of a pack's scores closed, or looked at again, now.</summary>
    public async Task CloseScores(string pack)
    {
        await Eventually.Is(async () => await Ask<long>("select count(*) from score_period where pack = $1", pack) == 1);
        await using var command = Data.CreateCommand("update score_period set call_at = now() where pack = $1");
        command.Parameters.Add(new() { Value = pack });
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> Ask<T>(string sql, params object[] parameters)
    {
        await using var command = Data.CreateCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync() is T answer ? answer : default;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Data.DisposeAsync();
    }
}
