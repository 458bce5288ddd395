using System.Diagnostics;
using System.Globalization;
using GridActors.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GridActors.Service.Tests.Server;

/// <summary>Real servers, each in its own folder. When root runs the tests, they run as another user.</summary>
public sealed class PrivatePostgresTests(MadeCluster made) : IClassFixture<MadeCluster>, IDisposable
{
    readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-").FullName;

    CancellationToken Deadline => _deadline.Token;

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_new_server_listens_on_its_socket_alone_and_has_the_database_of_a_role_without_rights()
    {
        await using var postgres = await StartHere();

        Assert.Equal(
            "gridactors_service|gridactors||on|on|UTF8|C.UTF-8|off|UTC|gridactors_service|00000",
            await Ask(
                postgres.ConnectionString,
                """
                select concat_ws('|', current_user, current_database(), current_setting('listen_addresses'), current_setting('fsync'),
                    current_setting('synchronous_commit'), pg_encoding_to_char(encoding), datcollate, current_setting('jit'),
                    current_setting('timezone'), datdba::regrole, concat(rolsuper::int, rolcreatedb::int, rolcreaterole::int,
                    rolreplication::int, rolbypassrls::int))
                from pg_database join pg_roles on rolname = current_user where datname = current_database()
                """
            )
        );
    }

    [Fact]
    public async Task A_connection_needs_the_password_and_only_the_owner_can_read_it()
    {
        await using var postgres = await Start();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "postgres-password")));
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "wrong", Pooling = false };
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Ask(wrong.ConnectionString, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task The_service_can_neither_become_the_servers_account_nor_read_files_nor_make_a_database()
    {
        await using var postgres = await Start();

        foreach (
            var sql in new[]
            {
                "set role gridactors",
                "alter role gridactors_service superuser",
                "select pg_read_file('/etc/passwd')",
                "copy (select 1) to program 'true'",
                "create database other",
                "create role other",
            }
        )
            Assert.Equal(
                PostgresErrorCodes.InsufficientPrivilege,
                (await Assert.ThrowsAsync<PostgresException>(() => Ask(postgres.ConnectionString, sql))).SqlState
            );
    }

    [Fact]
    public async Task A_folder_whose_tables_belong_to_the_servers_account_is_handed_over()
    {
        // As a folder was before the service had a role of its own: migrated by the superuser, who owns everything.
        await using (await Start())
        {
            var own = new PrivateDatabase(_folder).ConnectionString;
            await Ask(own, "alter database gridactors owner to gridactors");
            await Ask(own, "drop extension pg_trgm");
            await using (var source = NpgsqlDataSource.Create(own))
                await GridActors.Storage.Database.Migrations.Apply(source, Deadline);
            await Ask(own, "insert into register (pack, year, next) values ('p', 2026, 7)");
        }
        File.Delete(Path.Combine(_folder, "postgres-service-password"));

        await using var postgres = await StartHere();

        Assert.Equal("7", await Ask(postgres.ConnectionString, "select next from register"));
        Assert.Equal(
            "0",
            await Ask(
                postgres.ConnectionString,
                "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relowner <> current_user::regrole"
            )
        );
        await Ask(postgres.ConnectionString, "alter table journal add column further text");
        await using var migrated = NpgsqlDataSource.Create(postgres.ConnectionString);
        Assert.Empty(await GridActors.Storage.Database.Migrations.Apply(migrated, Deadline));
    }

    [Fact]
    public async Task A_running_server_is_found_by_its_folder_and_a_stopped_one_is_not()
    {
        await using (await Start())
            Assert.Equal("gridactors_service", await Ask(PrivatePostgres.RunningIn(_folder)!, "select current_user"));

        Assert.Null(PrivatePostgres.RunningIn(_folder));
    }

    [Fact]
    public async Task A_second_start_keeps_the_data()
    {
        await using (var first = await Start())
            await Ask(first.ConnectionString, "create table kept as select 42 as figure");
        var made = File.GetCreationTimeUtc(Path.Combine(_folder, "postgres", "PG_VERSION"));

        var watch = Stopwatch.StartNew();
        await using var second = await StartHere();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("42", await Ask(second.ConnectionString, "select figure from kept"));
        Assert.Equal(made, File.GetCreationTimeUtc(Path.Combine(_folder, "postgres", "PG_VERSION")));
    }

    [Fact]
    public async Task A_killed_server_restarts_with_everything_committed()
    {
        await using var postgres = await Start();
        await Ask(postgres.ConnectionString, "create table kept as select 42 as figure");
        var before = postgres.ProcessId;

        Process.GetProcessById(before).Kill();

        Assert.Equal("42", await Answered(() => Ask(postgres.ConnectionString, "select figure from kept")));
        Assert.NotEqual(before, postgres.ProcessId);
    }

    [Fact]
    public async Task A_server_killed_at_work_is_started_again()
    {
        await using var postgres = await Start();
        // A busy process of the server ends late. No new server may start while it runs.
        var busy = Ask(postgres.ConnectionString, "select count(*) from generate_series(1, 1000000000)");
        await Answered(() =>
            Ask(
                postgres.ConnectionString,
                "select 1 / count(*) from pg_stat_activity where query like '%generate_series(1, 1%' and pid <> pg_backend_pid()"
            )
        );

        Process.GetProcessById(postgres.ProcessId).Kill();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
        Assert.Equal("1", await Answered(() => Ask(postgres.ConnectionString, "select 1")));
    }

    [Fact]
    public async Task A_server_that_an_earlier_host_left_running_is_taken_over()
    {
        await (await Start()).DisposeAsync();
        var cluster = new ServerCluster(_folder);
        var account = await ServerAccount.For(cluster.Folder, Deadline);
        using var left = ServerProcess.Start(cluster, await ServerBinaries.Find(null, cluster, Deadline), account);
        await Answered(() => Task.FromResult(PostmasterFile.Read(cluster)?.Status == "ready" ? "ready" : throw new TimeoutException()));

        await using (var postgres = await Start())
        {
            Assert.Equal(left.ProcessId, postgres.ProcessId);
            Assert.Equal("1", await Ask(postgres.ConnectionString, "select 1"));
        }

        await left.Exited.WaitAsync(Deadline);
    }

    [Fact]
    public async Task The_log_of_changes_is_compressed_by_the_fast_method_where_the_server_was_built_with_it()
    {
        await using var postgres = await Start();
        var programs = await ServerBinaries.Find(null, new ServerCluster(_folder), Deadline);

        var hasFastOne = await Ask(
            postgres.ConnectionString,
            "select ('lz4' = any (enumvals))::text from pg_settings where name = 'wal_compression'"
        );

        Assert.Equal(hasFastOne == "true" ? "lz4" : "pglz", await Ask(postgres.ConnectionString, "show wal_compression"));
        Assert.Equal(hasFastOne == "true", await programs.Accepts("wal_compression", "lz4", new ServerCluster(_folder).Folder, Deadline));
        Assert.False(await programs.Accepts("wal_compression", "no-such-method", new ServerCluster(_folder).Folder, Deadline));
    }

    [Fact]
    public async Task A_second_host_is_rejected_and_told_who_uses_the_folder()
    {
        await using var postgres = await Start();

        var refused = await Assert.ThrowsAsync<ServerException>(StartHere);

        Assert.Contains(
            $"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("1", await Ask(postgres.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task An_interrupted_initdb_is_repeated()
    {
        var half = Directory.CreateDirectory(Path.Combine(_folder, "postgres.unfinished", "cluster", "base"));
        await File.WriteAllTextAsync(Path.Combine(half.Parent!.FullName, "PG_VERSION"), "15\n", Deadline);

        await using var postgres = await StartHere();

        Assert.Equal("1", await Ask(postgres.ConnectionString, "select 1"));
        Assert.False(Directory.Exists(half.FullName));
    }

    [Fact]
    public async Task Data_of_another_PostgreSQL_version_is_rejected_and_left_alone()
    {
        await (await Start()).DisposeAsync();
        var version = Path.Combine(_folder, "postgres", "PG_VERSION");
        await File.WriteAllTextAsync(version, "9\n", Deadline);

        var refused = await Assert.ThrowsAsync<ServerException>(StartHere);

        Assert.Contains("was made by PostgreSQL 9", refused.Message, StringComparison.Ordinal);
        Assert.Equal("9\n", await File.ReadAllTextAsync(version, Deadline));
    }

    [Fact]
    public async Task A_folder_with_foreign_files_is_rejected_and_left_alone()
    {
        var stranger = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "postgres")).FullName, "thesis.txt");
        await File.WriteAllTextAsync(stranger, "", Deadline);

        await Assert.ThrowsAsync<ServerException>(StartHere);

        Assert.True(File.Exists(stranger));
    }

    [Fact]
    public async Task A_data_folder_with_a_long_or_special_path_has_its_socket_elsewhere()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute);
        var odd = Path.Combine(_folder, "it's, \"here\" " + new string('a', 80));
        await using (var postgres = await PrivatePostgres.Start(new() { DataFolder = odd }, NullLogger.Instance, Deadline))
            Assert.Equal("1", await Ask(postgres.ConnectionString, "select 1"));

        Assert.False(Directory.Exists(new ServerCluster(odd).SocketFolder));
    }

    [Fact]
    public async Task A_folder_that_PostgreSQL_may_not_enter_is_rejected_in_one_sentence()
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
            return; // Only root can run the server as another user.
        var closed = Directory.CreateDirectory(
            Path.Combine(_folder, "closed"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );

        var refused = await Assert.ThrowsAsync<ServerException>(() =>
            PrivatePostgres.Start(new() { DataFolder = Path.Combine(closed.FullName, "data") }, NullLogger.Instance, Deadline)
        );

        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        Assert.Equal("/var/lib/gridactors", PrivatePostgres.DefaultDataFolder(closed.FullName));
    }

    [Fact]
    public void The_data_folder_is_inside_the_project_when_PostgreSQL_may_enter_it()
    {
        if (Environment.IsPrivilegedProcess)
            Assert.Equal("/srv/project/.data", PrivatePostgres.DefaultDataFolder("/srv/project"));
        else
            Assert.Equal(Path.Combine(_folder, ".data"), PrivatePostgres.DefaultDataFolder(_folder));
    }

    [Fact]
    public async Task Creating_a_database_twice_keeps_it_whatever_its_name()
    {
        await using var postgres = await Start();

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => postgres.CreateDatabase("网格 \"1\"", Deadline)));

        Assert.Equal("网格 \"1\"", await Ask(Assert.Single(made.Distinct()), "select current_database()"));
    }

    [Fact]
    public async Task Chinese_text_is_found_by_trigrams()
    {
        await using var postgres = await Start();
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var table = source.CreateCommand(
            """
            create table report as
                select '第' || n || '号路灯不亮' as title from generate_series(1, 2000) n
                union all select '人民路口井盖缺失';
            create index on report using gin (title gin_trgm_ops);
            analyze report
            """
        );
        await table.ExecuteNonQueryAsync(Deadline);

        Assert.Equal("人民路口井盖缺失", await Ask(postgres.ConnectionString, "select title from report where title like '%井盖缺失%'"));
        Assert.Equal(
            "人民路口井盖缺失",
            await Ask(postgres.ConnectionString, "select title from report where title % '人民路口的井盖缺失'")
        );
        Assert.Equal("true", await Ask(postgres.ConnectionString, "select (similarity('井盖缺失', '井盖缺失了') > 0.5)::text"));
        var plan = await Ask(postgres.ConnectionString, "explain (format json) select title from report where title like '%井盖缺失%'");
        Assert.Contains("Bitmap Index Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_servers_log_stays_within_its_size_limit()
    {
        await using var postgres = await Start();
        var path = Path.Combine(_folder, "postgres.log");
        Assert.NotEqual(0, new FileInfo(path).Length);

        new ServerLogFile(path).Bound(largest: 1);

        Assert.Equal(0, new FileInfo(path).Length);
        Assert.NotEqual(0, new FileInfo(path + ".1").Length);
        // The server continues at the end of the emptied file, not at its old position.
        await Assert.ThrowsAsync<PostgresException>(() => Ask(postgres.ConnectionString, "select 1 / 0"));
        Assert.Contains("division by zero", await Answered(() => ReadLog(path)), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(path).Length, 1, 4096);
    }

    /// <summary>Starts a server in a copy of a finished cluster, because making one takes longer than everything else.</summary>
    [Fact]
    public async Task The_server_keeps_no_file_open_that_the_host_was_started_with()
    {
        var path = Path.Combine(_folder, "lock");
        using var held = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        // Unlike the handle, its copy is inherited by other programs.
        var inherited = Duplicate((int)held.DangerousGetHandle());
        Assert.True(inherited > 2);

        await using var postgres = await Start();

        Assert.DoesNotContain(path, Directory.GetFiles($"/proc/{postgres.ProcessId}/fd").Select(f => new FileInfo(f).LinkTarget));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "dup")]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    static extern int Duplicate(int file);

    async Task<PrivatePostgres> Start()
    {
        if (!Directory.Exists(Path.Combine(_folder, "postgres")))
            await made.CopyTo(_folder, Deadline);
        return await StartHere();
    }

    Task<PrivatePostgres> StartHere() => PrivatePostgres.Start(new() { DataFolder = _folder }, NullLogger.Instance, Deadline);

    async Task<string> ReadLog(string path) =>
        await File.ReadAllTextAsync(path, Deadline) is { Length: > 0 } text ? text : throw new IOException();

    async Task<string> Ask(string connectionString, string query)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(query);
        command.CommandTimeout = 0;
        return string.Format(CultureInfo.InvariantCulture, "{0}", await command.ExecuteScalarAsync(Deadline));
    }

    /// <summary>Asks until the server answers.</summary>
    static async Task<string> Answered(Func<Task<string>> ask)
    {
        var answer = "";
        await Eventually.Holds(async () => answer = await ask());
        return answer;
    }
}
