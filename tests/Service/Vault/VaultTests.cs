using System.Collections.Concurrent;
using GridActors.Domain.Packs;
using GridActors.Silo.Hosting;
using GridActors.Storage;
using GridActors.Storage.Accounts;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using KeyVault = GridActors.Storage.Vault.Vault;

namespace GridActors.Service.Tests.Vault;

/// <summary>The keys in the database. Each vault here is what a process of its own would have.</summary>
public sealed class VaultTests : IAsyncLifetime
{
    static readonly byte[] Clear = "{\"name\":\"张三丰\"}"u8.ToArray();

    readonly MasterKey _master = MasterKey.Parse(MasterKey.Generate())!;
    string _database = "";
    NpgsqlDataSource _data = null!;

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.NewDatabase();
        _data = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database) { MaxPoolSize = 12 }.ConnectionString);
        await Migrations.Apply(_data, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _data.DisposeAsync();

    [Fact]
    public async Task Processes_that_need_the_first_keys_of_a_pack_at_once_make_them_once()
    {
        var vaults = Enumerable.Range(0, 6).Select(_ => Open()).ToList();

        var keys = await Task.WhenAll(vaults.Select(v => Task.Run(() => v.NewKey("qinghe", Guid.NewGuid()))));

        Assert.Equal(1, await Count("select count(*) from vault_key"));
        foreach (var key in keys)
        foreach (var vault in vaults)
            Assert.Equal(Clear, vault.Open(key, "resident", vaults[0].Seal(key, "resident", Clear)));
        Assert.Single(vaults.Select(v => string.Join(',', v.Tokens("qinghe").OfName("张三丰"))).Distinct());
    }

    [Fact]
    public void A_pack_that_is_added_later_gets_keys_of_its_own()
    {
        var (one, other) = (Open(), Open());
        one.NewKey("qinghe", Guid.NewGuid());

        var key = one.NewKey("baihe", Guid.NewGuid());

        Assert.Equal(Clear, other.Open(key, "resident", one.Seal(key, "resident", Clear)));
        Assert.NotEqual(one.Tokens("qinghe").OfName("张三丰"), one.Tokens("baihe").OfName("张三丰"));
    }

    [Fact]
    public async Task Keys_are_stored_with_their_entry_and_read_until_they_are_deleted()
    {
        var vault = Open();
        using var subjects = new SubjectKeys(_data);
        SubjectKey[] keys = [vault.NewKey("qinghe", Guid.NewGuid()), vault.NewKey("qinghe", Guid.NewGuid())];
        var value = vault.Seal(keys[0], "resident", Clear);
        await Store(keys);
        Guid[] both = [.. keys.Select(k => k.Subject)];

        var read = await subjects.Of([.. both, Guid.NewGuid()], CancellationToken.None);
        var ofRows = await subjects.OfRows([.. both, Guid.NewGuid()], CancellationToken.None);
        await subjects.Delete([both[0]], CancellationToken.None);
        var left = await subjects.Of(both, CancellationToken.None);

        Assert.Equal(both.ToHashSet(), read.Keys.ToHashSet());
        Assert.Equal(both.ToHashSet(), ofRows.Keys.ToHashSet());
        Assert.Equal([both[1]], (await subjects.OfRows(both, CancellationToken.None)).Keys);
        Assert.Equal(Clear, Open().Open(read[both[0]], "resident", value));
        Assert.Equal([both[1]], left.Keys);
        Assert.Null(vault.Open(left.GetValueOrDefault(both[0]), "resident", value));
    }

    [Fact]
    public async Task A_subject_never_gets_a_second_key()
    {
        var vault = Open();
        var subject = Guid.NewGuid();
        await Store(vault.NewKey("qinghe", subject));

        var failure = await Assert.ThrowsAsync<PostgresException>(() => Store(vault.NewKey("qinghe", subject)));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, failure.SqlState);
    }

    [Fact]
    public async Task A_start_with_a_wrong_or_no_master_key_is_refused_in_a_sentence()
    {
        Open().NewKey("qinghe", Guid.NewGuid());
        var other = MasterKey.Generate();

        var wrong = await Refusal(other);
        var missing = await Refusal("");
        var spoilt = await Refusal("not a key");

        Assert.Equal(
            $"The master key is the wrong one: the database needs the one with id {_master.Id}, and {MasterKey.Parse(other)!.Id} was given "
                + "(Vault:KeyFile or GRIDACTORS_MASTER_KEY).",
            wrong
        );
        Assert.StartsWith($"The master key is missing: the database needs the one with id {_master.Id}", missing, StringComparison.Ordinal);
        Assert.Equal("GRIDACTORS_MASTER_KEY isn't 32 bytes in Base64.", spoilt);
    }

    [Fact]
    public async Task A_start_with_a_pack_that_keeps_households_is_refused_without_a_master_key() =>
        Assert.Equal(MasterKeys.Needed("qinghe"), await Refusal("", TestPacks.Qinghe with { Households = new() }));

    [Fact]
    public void Without_a_master_key_nothing_can_be_sealed()
    {
        var vault = new KeyVault(_data, new(null, []));

        vault.Refresh();
        var failure = Assert.Throws<VaultException>(() => vault.NewKey("qinghe", Guid.NewGuid()));

        Assert.Equal(MasterKeys.Needed("qinghe"), failure.Message);
    }

    [Fact]
    public async Task Both_rotations_go_on_while_others_seal_and_open()
    {
        var next = MasterKey.Parse(MasterKey.Generate())!;
        Open().NewKey("qinghe", Guid.NewGuid());
        var worker = Open(new(next, [_master]));
        var subjects = new ConcurrentQueue<(Guid Subject, byte[] Value)>();
        await Work(50);
        using var ended = new CancellationTokenSource();
        var load = Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        do await Work(5);
                        while (!ended.IsCancellationRequested);
                    })
                )
        );

        var rotation = new VaultRotation(_data, new(next, [_master]));
        var changed = rotation.ChangeMaster(next);
        var rewrapped = await rotation.ChangeDataKeys(_ => { }, CancellationToken.None);
        await ended.CancelAsync();
        await load;

        Assert.Equal(1, changed);
        Assert.InRange(rewrapped!.Value, 50, subjects.Count);
        var version = Assert.Single(await rotation.Status(CancellationToken.None));
        Assert.Equal(("qinghe", 2, next.Id, subjects.Count), (version.Pack, version.Version, version.Master, version.Subjects));
        // A process that starts now needs the new master key alone.
        var vault = Open(new(next, []));
        var keys = await new SubjectKeys(_data).Of([.. subjects.Select(s => s.Subject)], CancellationToken.None);
        Assert.All(subjects, s => Assert.Equal(Clear, vault.Open(keys[s.Subject], "resident", s.Value)));

        async Task Work(int count)
        {
            for (var i = 0; i < count; i++)
                try
                {
                    var key = worker.NewKey("qinghe", Guid.NewGuid());
                    await Store(key);
                    subjects.Enqueue((key.Subject, worker.Seal(key, "resident", Clear)));
                    Assert.True(subjects.TryPeek(out var old));
                    var stored = await new SubjectKeys(_data).Of([old.Subject], CancellationToken.None);
                    Assert.Equal(Clear, worker.Open(stored[old.Subject], "resident", old.Value));
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
                {
                    // The data key was destroyed before this process learnt of the new one: nothing is stored, and the next
                    // attempt succeeds.
                    worker.Refresh();
                }
        }
    }

    [Fact]
    public async Task A_change_of_data_keys_that_was_cut_short_goes_on_where_it_was()
    {
        var vault = Open();
        var values = new Dictionary<Guid, byte[]>();
        SubjectKey[] keys = [.. Enumerable.Range(0, 1500).Select(_ => vault.NewKey("qinghe", Guid.NewGuid()))];
        await Store(keys);
        foreach (var key in keys.Take(20))
            values.Add(key.Subject, vault.Seal(key, "resident", Clear));
        var rotation = new VaultRotation(_data, new(_master, []));
        using var cut = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rotation.ChangeDataKeys(_ => cut.Cancel(), cut.Token));
        var between = await rotation.Status(CancellationToken.None);
        var rest = await rotation.ChangeDataKeys(_ => { }, CancellationToken.None);

        Assert.Equal([500, 1000], between.Select(v => v.Subjects));
        Assert.Equal(500, rest);
        var version = Assert.Single(await rotation.Status(CancellationToken.None));
        Assert.Equal((2, 1500), (version.Version, version.Subjects));
        var stored = await new SubjectKeys(_data).Of(values.Keys, CancellationToken.None);
        Assert.All(values, v => Assert.Equal(Clear, Open().Open(stored[v.Key], "resident", v.Value)));
    }

    [Fact]
    public async Task A_key_that_is_deleted_while_data_keys_change_stays_deleted()
    {
        var vault = Open();
        SubjectKey[] keys = [.. Enumerable.Range(0, 10).Select(_ => vault.NewKey("qinghe", Guid.NewGuid()))];
        await Store(keys);
        await new SubjectKeys(_data).Delete([keys[0].Subject], CancellationToken.None);

        await new VaultRotation(_data, new(_master, [])).ChangeDataKeys(_ => { }, CancellationToken.None);

        Assert.Equal(9, await Count("select count(*) from subject_key"));
    }

    [Fact]
    public async Task A_service_that_runs_learns_of_new_keys_and_uses_them()
    {
        MasterKeys masters = new(_master, []);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new AccountOptions())
            .AddSingleton(masters)
            .AddStorage(new NpgsqlConnectionStringBuilder(_database) { MaxPoolSize = 4 }.ConnectionString)
            .BuildServiceProvider();
        var notices = services.GetServices<IHostedService>().OfType<Notices>().Single();
        var vault = services.GetRequiredService<KeyVault>();
        await notices.StartAsync(CancellationToken.None);
        var old = vault.NewKey("qinghe", Guid.NewGuid());

        await new VaultRotation(_data, masters).ChangeDataKeys(_ => { }, CancellationToken.None);

        Assert.Equal(1, old.DataKeyVersion);
        await Eventually.Is(() => Task.FromResult(vault.NewKey("qinghe", Guid.NewGuid()).DataKeyVersion == 2));
        await notices.StopAsync(CancellationToken.None);
    }

    KeyVault Open(MasterKeys? masters = null) => new(_data, masters ?? new(_master, []));

    /// <summary>Why a process with a master key doesn't start.</summary>
    async Task<string> Refusal(string key, params IReadOnlyList<Pack> packs)
    {
        var settings = new ServiceSettings
        {
            ConnectionString = _database,
            Packs = packs,
            Url = "http://127.0.0.1:0",
            Overrides = [$"GRIDACTORS_MASTER_KEY={key}"],
        };
        return (await Assert.ThrowsAsync<StartException>(() => ServiceHost.Start(settings, CancellationToken.None))).Message;
    }

    /// <summary>Stores keys as the journal's writer does.</summary>
    async Task Store(params IReadOnlyList<SubjectKey> keys)
    {
        await using var batch = _data.CreateBatch();
        new SubjectKeyTable().Write(batch, [ClearTextTests.NewSubject(keys)]);
        await batch.ExecuteNonQueryAsync();
    }

    async Task<int> Count(string sql)
    {
        await using var command = _data.CreateCommand(sql);
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }
}
