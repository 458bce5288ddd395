using System.Text;
using System.Text.Json;
using GridActors.Contracts.Inbox;
using GridActors.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace GridActors.Cluster.Tests;

/// <summary>
/// The rows of stored states, as both engines must write and read them. The same tests run on each: what one is shown to write is what the other is
/// shown to read.
/// </summary>
public sealed class StoredStateTests(OneHost host) : IClassFixture<OneHost>
{
    const string Row = "service = 'gridactors' and name = 'inbox-seen' and key = $1";

    readonly string _key = $"somewhere/p-{Guid.NewGuid()}";

    IInboxGrain Inbox => host.Grains.GetGrain<IInboxGrain>(_key);

    [Fact]
    public async Task A_state_is_a_row_with_the_actors_key_as_text_its_json_and_a_version()
    {
        await Inbox.MarkSeen().InTime();

        Assert.Equal(1, await host.Database.Ask<int>($"select version from grain_state where {Row}", _key));
        var at = await Inbox.SeenAt();
        Assert.Equal(JsonSerializer.Serialize(new { At = at }), Encoding.UTF8.GetString(await host.Database.Ask<byte[]>($"select payload from grain_state where {Row}", _key)));
    }

    [Fact]
    public async Task Every_write_raises_the_version_by_one()
    {
        for (var i = 0; i < 3; i++) await Inbox.MarkSeen().InTime();

        Assert.Equal(3, await host.Database.Ask<int>($"select version from grain_state where {Row}", _key));
    }

    [Fact]
    public async Task A_row_that_another_engine_wrote_is_read_and_written_on()
    {
        await Write("""{"At":"2026-03-04T05:06:07.89+08:00"}""", version: 41);

        Assert.Equal(DateTimeOffset.Parse("2026-03-04T05:06:07.89+08:00", null), await Inbox.SeenAt().InTime());
        await Inbox.MarkSeen().InTime();
        Assert.Equal(42, await host.Database.Ask<int>($"select version from grain_state where {Row}", _key));
    }

    [Fact]
    public async Task A_cleared_row_is_no_state_and_keeps_its_version()
    {
        await Write(null, version: 7);

        Assert.Equal(DateTimeOffset.UnixEpoch, await Inbox.SeenAt().InTime());
        await Inbox.MarkSeen().InTime();
        Assert.Equal(8, await host.Database.Ask<int>($"select version from grain_state where {Row}", _key));
    }

    [Fact]
    public async Task What_somebody_else_wrote_meanwhile_is_not_written_over()
    {
        await Inbox.MarkSeen().InTime();
        await host.Database.Do($"update grain_state set version = 12, payload = $2 where {Row}", _key, """{"At":"2026-01-01T00:00:00+00:00"}"""u8.ToArray());

        await Assert.ThrowsAsync<InconsistentStateException>(() => Inbox.MarkSeen().InTime());

        // The activation that was wrong is gone; the next one begins with what is stored.
        Assert.Equal(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null), await Inbox.SeenAt().InTime());
        await Inbox.MarkSeen().InTime();
        Assert.Equal(13, await host.Database.Ask<int>($"select version from grain_state where {Row}", _key));
    }

    [Fact]
    public async Task A_first_write_does_not_write_over_somebody_elses_first_write()
    {
        Assert.Equal(DateTimeOffset.UnixEpoch, await Inbox.SeenAt().InTime());
        await Write("""{"At":"2026-01-01T00:00:00+00:00"}""", version: 1);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Inbox.MarkSeen().InTime());
        Assert.Equal(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null), await Inbox.SeenAt().InTime());
    }

    [Theory]
    [InlineData("330106001")]
    [InlineData("0a1")]
    [InlineData("7f0d3c52b8e64f0a9d1c2e3f4a5b6c7d")]
    [InlineData("12+rest")]
    public async Task A_key_that_Orleans_takes_apart_can_not_be_stored(string key)
    {
        await Assert.ThrowsAnyAsync<OrleansException>(() => host.Grains.GetGrain<IInboxGrain>(key).MarkSeen().InTime());

        Assert.Equal(0, await host.Database.Ask<long>("select count(*) from grain_state where key = $1 or key = 'rest'", key));
    }

    Task Write(string? json, int version) => host.Database.Do(
        "insert into grain_state (service, name, key, payload, version) values ('gridactors', 'inbox-seen', $1, convert_to($2, 'UTF8'), $3)", _key, (object?)json ?? DBNull.Value, version);
}

/// <summary>One process of the service, with whatever engine this was built for, in the process of the tests.</summary>
public sealed class OneHost : IAsyncLifetime
{
    OwnDatabase? _database;
    ServiceHost? _host;

    internal OwnDatabase Database => _database!;
    internal IServiceProvider Services => _host!.Services;
    internal IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public async Task InitializeAsync()
    {
        _database = await OwnDatabase.StartAsync();
        _host = await ServiceHost.StartAsync(new() { ConnectionString = _database.ConnectionString, Url = "http://127.0.0.1:0" }, CancellationToken.None).InTime();
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}
