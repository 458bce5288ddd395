using System.Collections.Concurrent;
using GridActors.Domain.Packs;
using GridActors.Silo.Hosting;
using GridActors.Storage.Packs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Harness;

/// <summary>The real host in this process, on a database of its own in the run's PostgreSQL, with the two test packs.</summary>
public sealed class TestService : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";

    static readonly Lock s_lock = new();
    static Task<TestService>? s_shared;

    readonly ServiceHost _host;
    readonly ConcurrentDictionary<string, Lazy<Task<string>>> _tokens = new();

    TestService(ServiceHost host, string connectionString)
    {
        (_host, ConnectionString) = (host, connectionString);
        Url = new(host.Url);
        Data = NpgsqlDataSource.Create(connectionString);
    }

    public Uri Url { get; }
    public string ConnectionString { get; }

    /// <summary>The database, to look behind the service's back.</summary>
    public NpgsqlDataSource Data { get; }
    public IServiceProvider Services => _host.Services;

    /// <summary>The one that tests share: each uses keys of its own and counts nothing of others.</summary>
    public static Task<TestService> Shared()
    {
        lock (s_lock) return s_shared ??= Task.Run(() => StartAsync());
    }

    public static async Task StopSharedAsync()
    {
        Task<TestService>? shared;
        lock (s_lock) (shared, s_shared) = (s_shared, null);
        if (shared is not null) await (await shared).DisposeAsync();
    }

    /// <summary>A service of one's own, with what is changed about it.</summary>
    /// <param name="database">Another service's, to come after it or to stand beside it; null for a new one.</param>
    public static async Task<TestService> StartAsync(Action<WebApplicationBuilder>? configure = null, string? database = null, IReadOnlyList<Pack>? packs = null, string? demoPassword = Password)
    {
        var connectionString = database ?? await TestPostgres.NewDatabaseAsync();
        var host = await ServiceHost.StartAsync(new()
        {
            // Several services share a server of a hundred connections.
            ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 12 }.ConnectionString,
            Packs = packs ?? [TestPacks.Qinghe, TestPacks.Baihe],
            Url = "http://127.0.0.1:0",
            DemoPassword = demoPassword,
            SiloPort = 0,
            GatewayPort = 0,
            Configure = builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Critical);
                configure?.Invoke(builder);
            },
        }, CancellationToken.None);
        return new(host, new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4 }.ConnectionString);
    }

    /// <summary>Somebody who hasn't signed in.</summary>
    public Client Anybody() => new(Url, null);

    /// <summary>A person of a pack, signed in once for all.</summary>
    public async Task<Client> As(string person, string pack = "qinghe")
    {
        var account = $"{pack}/{person}";
        var token = await _tokens.GetOrAdd(account, a => new(() => SignIn(a))).Value;
        return new(Url, token) { Person = person, Pack = pack };
    }

    public async Task<HubClient> Connect(string person, string pack = "qinghe") => await HubClient.ConnectAsync(Url, (await As(person, pack)).Token!);

    /// <summary>Loads a pack while the service runs, as another process that starts with it does.</summary>
    public async Task<Pack> Load(Pack pack)
    {
        await Services.GetRequiredService<PackStore>().Apply(pack, CancellationToken.None);
        await Eventually.Is(() => Task.FromResult(Services.GetRequiredService<IPacks>().Current.Pack(pack.Id)?.Pack.Digest == pack.Digest));
        return pack;
    }

    public async Task<T?> Ask<T>(string sql, params object[] parameters)
    {
        await using var command = Data.CreateCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync() is T answer ? answer : default;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Data.DisposeAsync();
    }

    async Task<string> SignIn(string account)
    {
        var answer = await Anybody().Post("/api/session", new { account, password = Password });
        return answer.Expect(200).Body.GetProperty("token").GetString()!;
    }
}
