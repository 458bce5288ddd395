using System.Globalization;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Service.Tests.Database;

public sealed class MigrationTests : IAsyncLifetime
{
    NpgsqlDataSource _data = null!;

    public async Task InitializeAsync()
    {
        _data = NpgsqlDataSource.Create(await TestPostgres.EmptyDatabase());
        await Migrations.Apply(_data, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _data.DisposeAsync();

    [Fact]
    public void Every_migration_has_a_number_of_its_own_and_none_is_left_out()
    {
        var files = Directory.GetFiles(Path.Combine(TestPacks.Repository, "src", "Storage", "Migrations")).Select(Path.GetFileName);

        var numbers = files.Order(StringComparer.Ordinal).Select(f => int.Parse(f!.AsSpan(0, 4), CultureInfo.InvariantCulture));

        Assert.Equal(Enumerable.Range(1, files.Count()), numbers);
    }

    [Fact]
    public async Task Second_start_applies_nothing() => Assert.Empty(await Migrations.Apply(_data, CancellationToken.None));

    [Fact]
    public async Task Start_with_an_edited_migration_is_refused_and_names_the_file()
    {
        await Execute("update migration set checksum = repeat('0', 64) where number = 2");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Migrations.Apply(_data, CancellationToken.None));

        Assert.Equal(
            "Migration 0002_orleans.sql was edited after this database had applied it: "
                + "restore the file as it was, and put the change into a new migration.",
            error.Message
        );
    }

    [Fact]
    public async Task Start_fills_in_the_checksums_that_an_older_version_did_not_keep()
    {
        var kept = await Checksums();
        await Execute("alter table migration drop column checksum");

        Assert.Empty(await Migrations.Apply(_data, CancellationToken.None));

        Assert.Equal(kept, await Checksums());
        Assert.All(kept, checksum => Assert.Equal(64, checksum.Length));
    }

    [Fact]
    public async Task Start_on_the_database_of_a_later_version_is_refused()
    {
        await Execute("insert into migration (number, name) values (9999, '9999_later.sql')");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Migrations.Apply(_data, CancellationToken.None));

        Assert.StartsWith(
            "The database has migration 9999, which this version of the service doesn't know",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Start_on_the_database_of_a_later_version_that_says_it_is_compatible_applies_nothing()
    {
        await Execute("insert into migration (number, name, compatible) values (9999, '9999_later.sql', true)");

        Assert.Empty(await Migrations.Apply(_data, CancellationToken.None));
    }

    [Fact]
    public async Task A_migration_is_stored_as_compatible_when_its_first_line_says_so()
    {
        var folder = Path.Combine(TestPacks.Repository, "src", "Storage", "Migrations");
        var compatible = Directory
            .EnumerateFiles(folder, "*.sql")
            .Where(f => File.ReadLines(f).First() == "-- compatible")
            .Select(Path.GetFileName)
            .Order();

        var stored = await Ask<string[]>("select coalesce(array_agg(name order by number) filter (where compatible), '{}') from migration");
        Assert.Equal(compatible, stored);
    }

    [Fact]
    public async Task Cases_from_before_lists_had_photos_get_their_first_one()
    {
        await Execute(
            """
            drop index case_file_urgency;
            alter table case_file drop column photo;
            delete from migration where number = 28;
            insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome,
                updated_at, updated_by, last_step, version, offered_to)
            select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'N' || n, 'p/A', 'c', 't', '', false, 'p/x', now(), 1, 0,
                now(), 'p/x', 1, 3, '{}'
            from generate_series(1, 2) as n;
            insert into journal (stream, sequence, kind, at, by, area, operation, data, status)
            select 'case/00000000000000000000000000000001', n, kind, now(), 'p/x', 'p/A', gen_random_uuid(), data::jsonb, 1
            from (values (1, 'case.reported/1', '{"photos": []}'), (2, 'case.commented/1', '{"photos": ["a", "b"]}'),
                (3, 'case.commented/1', '{"photos": ["c"]}')) as step (n, kind, data);
            insert into photo_use (photo, case_id)
            select p, '00000000-0000-0000-0000-000000000001'::uuid from unnest('{a,b,c}'::text[]) as p;
            """
        );

        Assert.Equal([28], await Migrations.Apply(_data, CancellationToken.None));

        Assert.Equal("a, none", await Ask<string>("select string_agg(coalesce(photo, 'none'), ', ' order by id) from case_file"));
    }

    [Fact]
    public async Task Journal_rows_without_a_status_get_the_status_their_case_had()
    {
        await Execute(
            """
            alter table journal drop column status;
            drop index journal_position;
            create index journal_position on journal using brin (position);
            delete from migration where number in (4, 5);
            """
        );
        await Write(
            "case/a",
            "reported",
            "commented",
            "claimed",
            "commented",
            "on-site",
            "progressed",
            "resolved",
            "closed",
            "commented",
            "reopened"
        );
        await Write("case/b", "reported", "handed-over", "explained", "commented", "reopened", "transferred", "claimed", "released");

        Assert.Equal([4, 5], await Migrations.Apply(_data, CancellationToken.None));

        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 6, 6, 1], await Statuses("case/a"));
        Assert.Equal([1, 2, 5, 5, 1, 1, 2, 1], await Statuses("case/b"));
        // Positions stay the same, and new ones continue after the last.
        Assert.Equal(
            Enumerable.Range(1, 18).Select(p => (long)p),
            await Ask<long[]>("select array_agg(position order by position) from journal")
        );
        await Execute(
            """
            insert into journal (stream, sequence, kind, at, by, area, operation, data, status)
            values ('case/c', 1, 'case.reported/1', now(), 'p/x', 'p/A', gen_random_uuid(), '{}', 1)
            """
        );
        Assert.Equal(19, await Ask<long>("select max(position) from journal"));
    }

    async Task Write(string stream, params string[] kinds)
    {
        foreach (var (i, kind) in kinds.Index())
            await Execute(
                """
                insert into journal (stream, sequence, kind, at, by, area, operation, data)
                values ($1, $2, 'case.' || $3 || '/1', now(), 'p/x', 'p/A', gen_random_uuid(), '{}')
                """,
                stream,
                i + 1,
                kind
            );
    }

    Task<short[]> Statuses(string stream) =>
        Ask<short[]>("select array_agg(status order by sequence) from journal where stream = $1", stream);

    Task<string[]> Checksums() => Ask<string[]>("select array_agg(checksum order by number) from migration");

    async Task<T> Ask<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    async Task Execute(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = _data.CreateCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
