using GridActors.Service.Tests.Hosting;
using GridActors.Storage.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GridActors.Service.Tests.Administration;

/// <summary>The access journal says who did what, and shows when somebody changed it.</summary>
public sealed class AccessTests
{
    sealed record Entry(long Position, DateTimeOffset At, string Kind, string? Person, string? Subject, string Address, string Outcome);

    [Fact]
    public async Task Sign_ins_failures_locks_and_changes_are_recorded_without_what_was_typed()
    {
        await using var service = await TestService.Start();
        var anybody = service.Anybody();
        Task<Answer> Try(string account, string password) => anybody.Post("/api/session", new { account, password });
        (await Try("my secret typed here", "x")).Expect(401, "wrong-credentials");
        (await Try("qinghe/worker-1", "wrong")).Expect(401, "wrong-credentials");
        var worker = await service.As("worker-1");
        var administrator = await service.As("administrator");
        (await administrator.Post("/api/admin/people/worker-2/password")).Expect(200);
        (await administrator.Post("/api/admin/verify")).Expect(200);
        (await worker.Delete("/api/session")).Expect(204);

        var entries = await Eventually.Is(() => List(administrator, ""), all => all.Any(e => e.Subject == "verify"));

        Assert.Equal(
            [
                ("pack-loaded", null, "ok"),
                ("sign-in", null, "wrong-credentials"),
                ("sign-in", "worker-1", "wrong-credentials"),
                ("sign-in", "worker-1", "ok"),
                ("sign-in", "administrator", "ok"),
                ("password-reset", "administrator", "ok"),
                ("sign-out", "worker-1", "ok"),
            ],
            entries.Where(e => e.Kind is not "administration").Reverse().Select(e => (e.Kind, e.Person, e.Outcome))
        );
        Assert.Equal("worker-2", entries.Single(e => e.Kind == "password-reset").Subject);
        Assert.All(entries.Where(e => e.Kind == "sign-in"), e => Assert.Equal("127.0.0.1", e.Address));
        Assert.Equal(0L, await service.Ask<long>("select count(*) from access_entry e where e::text like '%secret%'"));
        Assert.Equal(2, (await List(administrator, "?person=worker-1&kind=sign-in")).Count);
        Assert.Equal(["worker-1", null], (await List(administrator, "?outcome=wrong-credentials")).Select(e => e.Person));
        (await worker.Get("/api/admin/access")).Expect(401, "not-signed-in");
        (await (await service.As("dispatcher-1")).Get("/api/admin/access")).Expect(403, "not-permitted");
        Assert.DoesNotContain(await List(await service.As("dispatcher-1", "baihe"), ""), e => e.Person is "worker-1" or "worker-2");
    }

    [Fact]
    public async Task Repeated_reads_are_recorded_once_an_hour_also_after_the_clock_was_set_back()
    {
        var service = await TestService.Shared();
        var clock = new MovedClock();
        using var journal = new AccessJournal(service.Data, clock, NullLogger<AccessJournal>.Instance);
        var entry = new AccessEntry(AccessKind.CaseRead, null, "192.0.2.1", Subject: $"{Guid.NewGuid()}");
        journal.RecordOnceAnHour(entry);
        journal.RecordOnceAnHour(entry);

        clock.Ahead = TimeSpan.FromHours(-2);
        clock.Advance(TimeSpan.FromMinutes(61));
        journal.RecordOnceAnHour(entry);
        await journal.StartAsync(default);

        await Eventually.Is(() => service.Ask<long>("select count(*) from access_entry where subject = $1", entry.Subject!), n => n == 2);
        await journal.StopAsync(default);
    }

    [Fact]
    public async Task A_lock_is_recorded_once()
    {
        await using var service = await TestService.Start();
        var administrator = await service.As("administrator");
        for (var i = 0; i < 8; i++)
            await service.Anybody().Post("/api/session", new { account = "qinghe/worker-3", password = "wrong" });

        var entries = await Eventually.Is(() => List(administrator, "?person=worker-3"), all => all.Any(e => e.Kind == "lock-out"));

        Assert.Equal(["lock-out", "sign-in", "sign-in", "sign-in", "sign-in", "sign-in"], entries.Select(e => e.Kind));
    }

    [Fact]
    public async Task Reading_a_confidential_case_is_recorded_and_another_case_is_not()
    {
        await using var service = await TestService.Start();
        var (worker, police) = (await service.As("worker-1"), await service.As("police-a1"));
        var administrator = await service.As("administrator");
        var open = await worker.Report("C-A1-1");
        var secret = await worker.Report("C-A1-1", category: "lead");

        (await worker.Get($"/api/cases/{open.Id}")).Expect(200);
        (await police.Get($"/api/cases/{secret.Id}")).Expect(200);
        (await police.Get($"/api/cases/{secret.Id}/history")).Expect(200);
        (await police.Get("/api/inbox")).Expect(200);
        (await police.Get("/api/inbox")).Expect(200);

        var entries = await Eventually.Is(() => List(administrator, "?person=police-a1"), all => all.Any(e => e.Kind == "case-listed"));
        Assert.Equal(["case-read", "case-read", "case-listed"], entries.Where(e => e.Subject == secret.Id).Reverse().Select(e => e.Kind));
        Assert.DoesNotContain(entries, e => e.Subject == open.Id);
    }

    [Fact]
    public async Task The_reporter_of_a_confidential_case_is_not_to_be_found_in_the_journal()
    {
        await using var service = await TestService.Start();
        var (resident, police) = (await service.As("resident-a11"), await service.As("police-a1"));
        var lead = await resident.Report("C-A1-1", category: "lead");

        (await resident.Get($"/api/cases/{lead.Id}")).Expect(200);
        (await resident.Get($"/api/cases/{lead.Id}/history")).Expect(200);
        (await resident.Get("/api/inbox")).Expect(200);
        (await police.Get($"/api/cases/{lead.Id}")).Expect(200);

        var entries = await Eventually.Is(
            async () => await List(await service.As("administrator"), "?kind=case-read"),
            all => all.Any(e => e.Subject == lead.Id)
        );
        Assert.All(entries, e => Assert.Equal("police-a1", e.Person));
        Assert.Empty(await List(await service.As("administrator"), "?kind=case-listed"));
    }

    [Fact]
    public async Task Pages_and_the_export_hold_the_same_entries()
    {
        await using var service = await TestService.Start();
        var administrator = await service.As("administrator");
        for (var i = 0; i < 5; i++)
            (await service.Anybody().Post("/api/session", new { account = $"nobody-{i}", password = "x" })).Expect(
                401,
                "wrong-credentials"
            );

        var paged = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await administrator.Get($"/api/admin/access?limit=2&kind=sign-in&cursor={cursor}")).Expect(200).As<Page<Entry>>();
            paged.AddRange(page.Items.Select(e => e.Position));
            cursor = page.Next;
        } while (cursor is not null);
        var csv = await administrator.Get("/api/admin/access/export?kind=sign-in");

        Assert.Equal(6, paged.Count);
        Assert.Equal("text/csv", csv.ContentType);
        var lines = csv.Text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("position,at,kind,person,subject,address,outcome", lines[0]);
        Assert.Equal(paged.Select(p => $"{p}"), lines[1..].Select(l => l.Split(',')[0]));
        (await administrator.Get("/api/admin/access?cursor=x")).Expect(400, "invalid-request");
        (await administrator.Get("/api/cases/export")).Expect(200);
        var exports = await Eventually.Is(() => List(administrator, "?kind=export"), all => all.Count == 2);
        Assert.Equal(["cases", "access"], exports.Select(e => e.Subject));
    }

    [Fact]
    public async Task Entries_are_neither_changed_nor_deleted_and_whoever_does_it_all_the_same_is_seen()
    {
        await using var service = await TestService.Start();
        var administrator = await service.As("administrator");
        await service.As("worker-1");
        var sound = await Verify();
        Assert.Null(sound.BrokenAt);

        foreach (
            var sql in new[]
            {
                "update access_entry set person = 'qinghe/nobody' where kind = 'sign-in'",
                "delete from access_entry where kind = 'sign-in'",
                "delete from access_entry where position = 1",
                "truncate access_entry",
            }
        )
            Assert.Equal(
                PostgresErrorCodes.InsufficientPrivilege,
                (await Assert.ThrowsAsync<PostgresException>(() => service.Ask<object>(sql))).SqlState
            );

        var worker = await service.Ask<long>("select position from access_entry where person = $1", "qinghe/worker-1");
        await Forge("update access_entry set person = $1 where position = $2", "qinghe/worker-2", worker);
        Assert.Equal(worker, (await Verify()).BrokenAt);
        await Forge("update access_entry set person = $1 where position = $2", "qinghe/worker-1", worker);
        Assert.Null((await Verify()).BrokenAt);
        await Forge("delete from access_entry where position = $1", worker);
        Assert.Equal(worker, (await Verify()).BrokenAt);

        async Task<AccessChainCheck> Verify() => await service.Services.GetRequiredService<AccessChain>().Verify(default);
        async Task Forge(string sql, params object[] parameters)
        {
            await service.Ask<object>("alter table access_entry disable trigger user");
            await service.Ask<object>(sql, parameters);
            await service.Ask<object>("alter table access_entry enable trigger user");
        }
    }

    [Fact]
    public async Task Entries_older_than_half_a_year_are_swept_and_the_chain_stays_whole()
    {
        await using var service = await TestService.Start();
        // The first entries of a database that is a year old.
        await service.Ask<object>("alter table access_entry disable trigger user");
        await service.Ask<object>("delete from access_entry");
        await service.Ask<object>("update access_chain set position = 0, hash = '', anchor_position = 0, anchor_hash = ''");
        await service.Ask<object>("alter table access_entry enable trigger user");
        await service.Ask<object>(
            """
            insert into access_entry (at, kind, address, outcome)
            select now() - interval '1 year' + n * interval '1 day', 'sign-in', '', 'ok' from generate_series(1, 200) as n
            """
        );
        await service.As("worker-1");

        var deleted = await service.Services.GetRequiredService<AccessSweep>().Sweep(default);

        Assert.InRange(deleted, 184, 186);
        var check = await service.Services.GetRequiredService<AccessChain>().Verify(default);
        Assert.Null(check.BrokenAt);
        Assert.Equal(201 - deleted, check.Entries);
        Assert.Equal(0, await service.Services.GetRequiredService<AccessSweep>().Sweep(default));
    }

    [Fact]
    public async Task Entries_of_many_processes_at_once_make_one_chain()
    {
        await using var service = await TestService.Start();
        var journal = service.Services.GetRequiredService<AccessJournal>();
        for (var i = 0; i < 1000; i++)
            journal.Record(new(AccessKind.Export, null, "", Subject: $"{i}"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => service.As($"worker-{1 + i % 4}")));

        await Eventually.Is(
            () => service.Ask<long>("select count(*) from access_entry where kind = 'export'"),
            recorded => recorded == 1000
        );
        Assert.Null((await service.Services.GetRequiredService<AccessChain>().Verify(default)).BrokenAt);
    }

    [Fact]
    public async Task A_full_queue_drops_entries_and_says_how_many()
    {
        await using var service = await TestService.Start();
        await using var blocking = await service.Data.OpenConnectionAsync();
        await using var transaction = await blocking.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from access_chain for update", blocking))
            await hold.ExecuteNonQueryAsync();
        var journal = service.Services.GetRequiredService<AccessJournal>();
        for (var i = 0; i < 10_000; i++)
            journal.Record(new(AccessKind.Export, null, "", Subject: $"{i}"));

        await transaction.RollbackAsync();

        var kept = await Eventually.Is(
            () =>
                service.Ask<long>(
                    """
                    select coalesce(sum(case kind when 'dropped' then subject::int else 1 end), 0) from access_entry
                    where kind in ('export', 'dropped')
                    """
                ),
            all => all == 10_000
        );
        Assert.Equal(10_000, kept);
        Assert.True(await service.Ask<bool>("select exists (select from access_entry where kind = 'dropped')"));
    }

    static async Task<IReadOnlyList<Entry>> List(Client administrator, string query) =>
        (await administrator.Get("/api/admin/access" + query)).Expect(200).As<Page<Entry>>().Items;
}
