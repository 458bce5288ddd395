using System.IO.Compression;
using System.Text;
using GridActors.Web.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Cases;

/// <summary>The service writes large files in the background, for the person who asked.</summary>
public sealed class CaseExportJobTests : SharedServiceTest
{
    Client _dispatcher = null!;
    string _pack = "";

    sealed record Export(string Id, string State, int Written, int? Total, string? Name, long? Bytes, DateTimeOffset ExpiresAt);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = (await Service.Load(TestPacks.Fresh())).Id;
        _dispatcher = await As("dispatcher-1", _pack);
    }

    [Fact]
    public async Task A_file_has_what_the_direct_export_has()
    {
        for (var i = 0; i < 3; i++)
            await _dispatcher.Report("C-A1-1", title: $"第{i}件，\"带引号\"");
        await (await As("resident-a11", _pack)).Report("C-A1-1", "lead", "只给警员");

        var done = await Done(_dispatcher, await Ask(_dispatcher, "?order=oldest"));

        var file = (await _dispatcher.Get($"/api/exports/{done.Id}/file")).Expect(200);
        Assert.Equal((await _dispatcher.Get("/api/cases/export?order=oldest")).Expect(200).Text, file.Text);
        Assert.Equal("text/csv", file.ContentType);
        Assert.Equal((3, 3, (long)file.Bytes.Length), (done.Written, done.Total, done.Bytes));
        Assert.Contains(".csv", file.Headers["Content-Disposition"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_can_be_opened()
    {
        await _dispatcher.Report("C-A1-1", title: "=1+1 是文字");

        var done = await Done(_dispatcher, await Ask(_dispatcher, "?format=xlsx"));

        var file = (await _dispatcher.Get($"/api/exports/{done.Id}/file")).Expect(200);
        using var archive = new ZipArchive(new MemoryStream(file.Bytes));
        using var reader = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        Assert.Contains("=1+1 是文字", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.EndsWith(".xlsx", done.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_person_who_asked_gets_a_file()
    {
        var done = await Done(_dispatcher, await Ask(_dispatcher, ""));

        foreach (var other in new[] { "dispatcher-2", "administrator", "worker-1" })
        {
            var client = await As(other, _pack);
            (await client.Get($"/api/exports/{done.Id}")).Expect(404, "not-found");
            (await client.Get($"/api/exports/{done.Id}/file")).Expect(404, "not-found");
            (await client.Delete($"/api/exports/{done.Id}")).Expect(404, "not-found");
            Assert.Empty((await client.Get("/api/exports")).Expect(200).As<Page<Export>>().Items);
        }
        (await Service.Anybody().Get($"/api/exports/{done.Id}/file")).Expect(401, "not-signed-in");
        Assert.Equal([done.Id], (await _dispatcher.Get("/api/exports")).Expect(200).As<Page<Export>>().Items.Select(e => e.Id));
    }

    [Theory]
    [InlineData("?format=pdf", 400, "invalid-request")]
    [InlineData("?status=nothing", 400, "invalid-request")]
    [InlineData("?area=X", 404, "not-found")]
    [InlineData("?area=C", 403, "not-your-area")]
    public async Task A_file_that_cannot_be_written_is_refused_at_once(string query, int status, string code) =>
        (await (await As("leader-a", _pack)).Post("/api/exports" + query)).Expect(status, code);

    [Fact]
    public async Task A_file_that_a_dead_process_had_begun_is_written_by_another_one()
    {
        await _dispatcher.Report("C-A1-1", title: "要导出的事");
        var id = await Begun("{}");
        await Service.Ask<int>("insert into case_export_part (export, number, bytes) values ($1, 0, '\\x00')", id);

        var done = await Done(_dispatcher, id.ToString("N"));

        var file = (await _dispatcher.Get($"/api/exports/{done.Id}/file")).Expect(200);
        Assert.Contains("要导出的事", file.Text, StringComparison.Ordinal);
        Assert.StartsWith("\uFEFF编号,", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_cases_that_its_person_may_not_read_any_more_fails()
    {
        var id = await Begun("""{"Area": "C"}""", "leader-a");

        var leader = await As("leader-a", _pack);

        await Eventually.Is(async () => (await leader.Get($"/api/exports/{id:N}")).As<Export>().State, s => s == "failed");
        (await leader.Get($"/api/exports/{id:N}/file")).Expect(404, "not-found");
    }

    [Fact]
    public async Task A_sixth_file_is_refused_until_one_is_deleted()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await Ask(_dispatcher, ""));
        (await _dispatcher.Post("/api/exports")).Expect(409, "too-many-exports");

        (await _dispatcher.Delete($"/api/exports/{ids[0]}")).Expect(204);

        (await _dispatcher.Get($"/api/exports/{ids[0]}")).Expect(404, "not-found");
        await Done(_dispatcher, await Ask(_dispatcher, ""));
    }

    [Fact]
    public async Task A_repeated_call_asks_for_one_file()
    {
        var first = (await _dispatcher.Post("/api/exports", key: "one-file")).Expect(202).As<Export>();
        var second = (await _dispatcher.Post("/api/exports", key: "one-file")).Expect(202).As<Export>();

        Assert.Equal(first.Id, second.Id);
        Assert.Single((await _dispatcher.Get("/api/exports")).Expect(200).As<Page<Export>>().Items);
    }

    [Fact]
    public async Task A_file_is_kept_for_a_day()
    {
        var (kept, old) = (await Ask(_dispatcher, ""), await Ask(_dispatcher, ""));
        await Service.Ask<int>("update case_export set asked_at = asked_at - interval '25 hours' where id = $1", Guid.Parse(old));

        await Service.Services.GetRequiredService<CaseExportRunner>().Sweep(CancellationToken.None);

        (await _dispatcher.Get($"/api/exports/{old}")).Expect(404, "not-found");
        (await _dispatcher.Get($"/api/exports/{kept}")).Expect(200);
        Assert.Equal(0, await Service.Ask<long>("select count(*) from case_export_part where export = $1", Guid.Parse(old)));
    }

    [Fact]
    public async Task More_cases_than_a_direct_export_takes_are_written_in_the_background()
    {
        await using var service = await TestService.Start();
        await service.Ask<int>(
            """
            insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome,
                updated_at, updated_by, last_step, version, offered_to)
            select gen_random_uuid(), 'QH2026-' || n, 'qinghe/C-A1-1', 'rubbish', 'n', '', false, 'qinghe/clerk-a1',
                timestamptz '2026-01-01' + n / 3 * interval '1 minute', 1, 0, now(), 'qinghe/clerk-a1', 0, 1, '{}'
            from generate_series(1, 50001) as n
            """
        );
        var dispatcher = await service.As("dispatcher-1");
        (await dispatcher.Get("/api/cases/export")).Expect(409, "too-many-cases");
        var list = (await dispatcher.Get("/api/cases?limit=1")).Expect(200).As<CaseList>();
        Assert.Equal((10_000, false), (list.Total, list.TotalIsExact));

        var done = await Done(dispatcher, await Ask(dispatcher, ""));

        var lines = (await dispatcher.Get($"/api/exports/{done.Id}/file")).Expect(200).Text.Split("\r\n");
        Assert.Equal(50_001, lines.Skip(1).Where(l => l.Length > 0).Distinct().Count());
        Assert.Equal(50_001, done.Written);
    }

    static async Task<string> Ask(Client client, string query) => (await client.Post("/api/exports" + query)).Expect(202).As<Export>().Id;

    static Task<Export> Done(Client client, string id) =>
        Eventually.Is(async () => (await client.Get($"/api/exports/{id}")).Expect(200).As<Export>(), e => e.State == "done");

    /// <summary>A file as a process leaves it that dies while it writes.</summary>
    async Task<Guid> Begun(string query, string person = "dispatcher-1")
    {
        var id = Guid.NewGuid();
        await Service.Ask<int>(
            """
            insert into case_export (id, person, query, format, is_english, asked_at, state, attempts)
            values ($1, $2, $3::jsonb, 'csv', false, now(), 1, 1)
            """,
            id,
            $"{_pack}/{person}",
            query
        );
        return id;
    }
}
