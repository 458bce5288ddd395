using System.Diagnostics;
using System.Globalization;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Storage.Access;
using GridActors.Storage.Packs;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>The cases of a changed pack are offered anew, whatever happens to the silo that is at it.</summary>
public sealed class ReofferTests(ITestOutputHelper output)
{
    /// <summary>How many open cases there are; <c>GRIDACTORS_CASES=100000</c> measures a large register.</summary>
    static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("GRIDACTORS_CASES") ?? "2000", CultureInfo.InvariantCulture);

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(Cases > 10_000 ? 8 : 2);

    [Fact]
    public async Task Another_silo_goes_on_when_the_one_that_offers_the_cases_anew_is_killed()
    {
        // A silo that starts loads the files that it is given, so they change with the pack.
        using var packs = new CopiedPacks();
        await using var cluster = new TestCluster(await TestPostgres.NewDatabase()) { Packs = packs.Folder };
        var web = cluster.Launch("web");
        var first = await cluster.Start("silo");
        await web.Ready();
        var dispatcher = await web.As("dispatcher-1");
        var reported = await dispatcher.Report("C-A2-1");
        Assert.Equal(["worker-a21"], reported.OfferedTo);
        await first.Stop();
        await Multiply(cluster, Guid.ParseExact(reported.Id, "N"), Cases - 1);
        var killed = await cluster.Start("silo");

        var watch = Stopwatch.StartNew();
        await Load(cluster, Replace(packs, "worker-a21", "worker-4"));
        await Eventually.Is(() => Reoffered(cluster), n => n >= Cases / 4, Patience);
        await killed.Kill();
        var next = await cluster.Start("silo");

        await Eventually.Is(() => Reoffered(cluster), n => n == Cases, Patience);
        output.WriteLine($"{Cases} cases after {ClusterLoad.Seconds(watch.Elapsed)}");
        await Eventually.Is(() => cluster.Count("select count(*) from pack where id = 'qinghe' and followed_at = loaded_at"), n => n == 1);
        Assert.Equal(Cases, await cluster.Count("select count(distinct stream) from journal where kind = 'case.reoffered/1'"));
        Assert.Equal(Cases, await cluster.Count("select count(*) from case_file where offered_to = array['qinghe/worker-4']"));
        Assert.Equal(Cases, await cluster.Count("select count(*) from inbox_item where person = 'qinghe/worker-4'"));
        Assert.Equal(0, await cluster.Count("select count(*) from inbox_item where person = 'qinghe/worker-a21'"));
        Assert.DoesNotContain("[3009]", next.Output, StringComparison.Ordinal);
        await cluster.BoardsEqual(web);
    }

    static Task<long> Reoffered(TestCluster cluster) => cluster.Count("select count(*) from journal where kind = 'case.reoffered/1'");

    static Task Load(TestCluster cluster, Pack pack) =>
        new PackStore(
            cluster.Data,
            new AccessJournal(cluster.Data, TimeProvider.System, NullLogger<AccessJournal>.Instance),
            new(TimeProvider.System),
            new(MasterKey.Parse(TestService.MasterKey), []),
            NullLogger<PackStore>.Instance
        ).Apply(pack, CancellationToken.None);

    /// <summary>Copies a case with all its rows, while no silo runs.</summary>
    static Task Multiply(TestCluster cluster, Guid id, int copies) =>
        cluster.Count(
            """
            with copy as materialized (select gen_random_uuid() as id, n from generate_series(1, $2) as n),
            files as (
                insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome,
                    updated_at, updated_by, last_step, version, offered_to)
                select copy.id, 'QH-' || copy.n, f.area, f.category, f.title, f.detail, f.confidential, f.reporter, f.reported_at, f.status,
                    f.outcome, f.updated_at, f.updated_by, f.last_step, f.version, f.offered_to
                from copy, case_file f where f.id = $1),
            entries as (
                insert into journal (stream, sequence, kind, at, by, area, operation, data, status)
                select 'case/' || replace(copy.id::text, '-', ''), j.sequence, j.kind, j.at, j.by, j.area, gen_random_uuid(), j.data,
                    j.status
                from copy, journal j where j.stream = 'case/' || replace($1::text, '-', '')),
            items as (
                insert into inbox_item (person, case_id) select i.person, copy.id from copy, inbox_item i where i.case_id = $1)
            select count(*) from copy
            """,
            id,
            copies
        );

    /// <returns>The changed pack.</returns>
    static Pack Replace(CopiedPacks packs, string leaver, string successor)
    {
        packs.Change("posts.csv", line => line.EndsWith("," + leaver, StringComparison.Ordinal) ? Given(line) : line);
        return PackReader.Read(packs.Qinghe).Pack!;

        string Given(string line) => line[..^leaver.Length] + successor;
    }
}
