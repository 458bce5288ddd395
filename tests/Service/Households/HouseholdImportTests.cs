using System.Text;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using GridActors.Storage.Sheets;
using GridActors.Web.Households.Import;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Households;

/// <summary>A spreadsheet of households: shown first, applied then, undone as a whole.</summary>
public sealed class HouseholdImportTests : SharedServiceTest
{
    const string Header = "户号,网格编码,住址,姓名,与户主关系,证件号码,联系电话,重点人群\n";
    static readonly string Zhang = ResidentId.InNewForm("430281600305011");
    static readonly string Li = ResidentId.InNewForm("430281620305022");
    static readonly string Mai = ResidentId.InNewForm("430281900305033");

    static readonly string Sheet =
        Header
        + $"7,C-A1-1,车站路7号,张三,户主,{Zhang},13812345678,\n"
        + $"7,,,李四,妻,{Li},,独居老人\n"
        + $"8,竹园村第二网格,车站路8号,买买提·吐尔逊,户主,{Mai},,\n"
        + "9,C-A1-2,车站路9号,𠮷田,户主,4.30281E+17,,\n";

    Client _clerk = null!;
    string _pack = "";

    sealed record Counts(int New, int Changed, int Unchanged, int Doubtful, int Wrong);

    sealed record Import(string Id, string State, int Done, int? Total, string? Refusal, Counts Counts, DateTimeOffset? UndoUntil);

    sealed record Reason(string Column, string Code, string Text);

    sealed record Row(int Line, string State, string Name, string Household, string[] Changed, Reason[] Reasons);

    sealed record Households(int? Total);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var pack = TestPacks.Fresh();
        var posts = pack.Posts.Select(p => p.Id == "clerk" ? p with { May = p.May.Add(Permission.TransferHouseholds) } : p);
        _pack = (await Service.Load(pack with { Posts = [.. posts] })).Id;
        _clerk = await As("clerk-a1", _pack);
    }

    [Fact]
    public async Task A_sheet_is_shown_applied_and_undone()
    {
        var import = await Checked(Sheet);

        Assert.Equal(new(3, 0, 0, 0, 1), import.Counts);
        var rows = (await _clerk.Get($"/api/households/imports/{import.Id}/rows")).Expect(200).As<Page<Row>>().Items;
        Assert.Equal(["张*", "李*", "买**·吐**", "𠮷*"], rows.Select(r => r.Name));
        Assert.Equal(("证件号码", ValueErrors.NumberLost), (rows[3].Reasons[0].Column, rows[3].Reasons[0].Code));
        var wrong = (await _clerk.Get($"/api/households/imports/{import.Id}/rows?state=wrong")).Expect(200).As<Page<Row>>().Items;
        Assert.Equal(5, Assert.Single(wrong).Line);
        Assert.Equal(0, await Registered());

        var applied = await Does(import.Id, "apply", "applied");

        Assert.Equal((2, 2), (applied.Done, applied.Total));
        Assert.NotNull(applied.UndoUntil);
        Assert.Equal(2, await Registered());
        Assert.Equal(new(0, 0, 3, 0, 1), (await Checked(Sheet)).Counts);

        await Does(import.Id, "undo", "undone");

        Assert.Equal(0, await Registered());
    }

    [Fact]
    public async Task A_later_sheet_changes_what_differs_and_its_undoing_brings_back_what_was()
    {
        await Does((await Checked(Sheet)).Id, "apply", "applied");
        var later = await Checked(Header + $"7,C-A1-1,新路1号,张三,户主,{Zhang},13912345678,\n7,C-A1-1,,李思,妻,{Li},,\n");

        Assert.Equal(new(0, 1, 0, 1, 0), later.Counts);
        var rows = (await _clerk.Get($"/api/households/imports/{later.Id}/rows")).Expect(200).As<Page<Row>>().Items;
        Assert.Equal(["household.address", "phone"], rows[0].Changed);
        Assert.Equal("other-name", rows[1].Reasons[0].Code);

        await Does(later.Id, "apply", "applied");
        Assert.Equal(1, (await Checked(Sheet)).Counts.Changed);
        await Does(later.Id, "undo", "undone");

        Assert.Equal(new(0, 0, 3, 0, 1), (await Checked(Sheet)).Counts);
    }

    [Fact]
    public async Task Rows_that_were_not_taken_come_back_with_their_reasons()
    {
        var import = await Checked(Sheet);

        var file = (await _clerk.Get($"/api/households/imports/{import.Id}/errors.xlsx")).Expect(200);

        var lines = SheetReader.Read(file.Bytes, CancellationToken.None).Sheets.Single().Lines;
        Assert.Equal(["未导入原因", "户号", "网格编码"], lines[0].Cells.Take(3).Select(c => c.Text));
        Assert.Contains("末几位已丢失", lines[1][0].Text, StringComparison.Ordinal);
        Assert.Equal("𠮷田", lines[1][4].Text);
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task The_template_can_be_imported_and_has_nobody()
    {
        var template = (await _clerk.Get("/api/households/template.xlsx")).Expect(200);

        var import = await Stops(await Sent(template.Bytes, "C-A1-1"), "refused");

        Assert.Equal("no-rows", import.Refusal);
    }

    [Fact]
    public async Task A_file_that_is_no_sheet_of_households_is_refused_with_the_reason()
    {
        Assert.Equal("not-a-sheet", (await Stops(await Sent([1, 2, 0, 3], "C-A1-1"), "refused")).Refusal);
        Assert.Equal(
            "no-area-column",
            (await Stops(await Sent(Encoding.UTF8.GetBytes($"姓名,证件号码\n张三,{Zhang}"), "C-A1"), "refused")).Refusal
        );
    }

    [Fact]
    public async Task Only_who_may_transfer_and_edit_there_imports_and_nobody_else_sees_it()
    {
        var import = await Checked(Sheet);

        foreach (var person in new[] { "clerk-a2", "dispatcher-1", "worker-1" })
        {
            var other = await As(person, _pack);
            (await Send(other, [1], "C-A1-1")).Expect(403, "not-your-area");
            (await other.Get($"/api/households/imports/{import.Id}")).Expect(404, "not-found");
            (await other.Get($"/api/households/imports/{import.Id}/rows")).Expect(404, "not-found");
            (await other.Get($"/api/households/imports/{import.Id}/errors.xlsx")).Expect(404, "not-found");
            (await other.Post($"/api/households/imports/{import.Id}/apply")).Expect(404, "not-found");
            (await other.Post($"/api/households/imports/{import.Id}/undo")).Expect(404, "not-found");
            (await other.Delete($"/api/households/imports/{import.Id}")).Expect(404, "not-found");
            Assert.Empty((await other.Get("/api/households/imports")).Expect(200).As<Page<Import>>().Items);
        }
        (await Send(_clerk, [1], "C-A2-1")).Expect(403, "not-your-area");
        (await Send(_clerk, [1], "C-X")).Expect(404, "not-found");
        var elsewhere = await As("dispatcher-1", "baihe");
        (await Send(elsewhere, [1], "C-A1-1")).Expect(404, "no-households");
        (await elsewhere.Get("/api/households/template.xlsx")).Expect(404, "no-households");
    }

    [Fact]
    public async Task An_import_is_undone_only_after_it_was_applied_and_within_a_day()
    {
        var import = await Checked(Sheet);
        (await _clerk.Post($"/api/households/imports/{import.Id}/undo")).Expect(409, "wrong-import-state");
        await Does(import.Id, "apply", "applied");
        (await _clerk.Post($"/api/households/imports/{import.Id}/apply")).Expect(202);
        await Service.Ask<int>("update household_import set applied_at = now() - interval '25 hours' where id = $1", Guid.Parse(import.Id));

        (await _clerk.Post($"/api/households/imports/{import.Id}/undo")).Expect(409, "wrong-import-state");

        Assert.Equal(2, await Registered());
    }

    [Fact]
    public async Task What_is_kept_of_an_import_is_sealed_and_forgotten_with_its_key()
    {
        var import = await Checked(Sheet);
        var id = Guid.Parse(import.Id);
        foreach (var table in new[] { "household_import", "household_import_row", "household_import_plan" })
            Assert.Equal(
                0,
                await Service.Ask<long>(
                    $"select count(*) from {table} t where position(convert_to('张三', 'UTF8') in convert_to(t::text, 'UTF8')) > 0 "
                        + $"or t::text like '%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes("张三"))}%' or t::text like '%{Zhang}%'"
                )
            );
        Assert.Equal(1, await Service.Ask<long>("select count(*) from subject_key where subject = $1", id));
        await Service.Ask<int>("update household_import set asked_at = asked_at - interval '8 days' where id = $1", id);

        await Service.Services.GetRequiredService<ImportRunner>().Sweep(CancellationToken.None);

        (await _clerk.Get($"/api/households/imports/{import.Id}")).Expect(404, "not-found");
        Assert.Equal(0, await Service.Ask<long>("select count(*) from subject_key where subject = $1", id));
        Assert.Equal(0, await Service.Ask<long>("select count(*) from household_import_row where import = $1", id));
    }

    [Fact]
    public async Task An_export_is_masked_says_who_took_it_and_cannot_be_imported()
    {
        await Does((await Checked(Sheet)).Id, "apply", "applied");

        var file = (await _clerk.Get("/api/households/export.xlsx?area=C-A1")).Expect(200);

        var lines = SheetReader.Read(file.Bytes, CancellationToken.None).Sheets.Single().Lines;
        Assert.Contains("clerk-a1", lines[0][0].Text, StringComparison.Ordinal);
        var texts = lines.SelectMany(l => l.Cells).Select(c => c.Text).ToHashSet();
        Assert.Contains("138****5678", texts);
        Assert.Contains("买**·吐**", texts);
        Assert.Contains("户主", texts);
        Assert.Contains("独居老人", texts);
        Assert.DoesNotContain("13812345678", texts);
        Assert.DoesNotContain(Zhang, texts);
        Assert.Equal(3, (await Stops(await Sent(file.Bytes, "C-A1"), "checked")).Counts.Wrong);
        (await (await As("worker-1", _pack)).Get("/api/households/export.xlsx?area=C-A1-1")).Expect(403, "not-your-area");
        (await (await As("clerk-a2", _pack)).Get("/api/households/export.xlsx?area=C-A1")).Expect(403, "not-your-area");
    }

    /// <summary>A process died after it had applied a part, and before it noted that.</summary>
    [Fact]
    public async Task An_import_that_was_interrupted_is_carried_on_and_nothing_happens_twice()
    {
        var import = await Checked(Sheet);
        await Does(import.Id, "apply", "applied");
        await Service.Ask<int>("update household_import_plan set state = 0 where import = $1 and number = 0", Guid.Parse(import.Id));
        await Service.Ask<int>("update household_import set state = 3, done = 1 where id = $1", Guid.Parse(import.Id));

        await Stops(import.Id, "applied");

        Assert.Equal(2, await Registered());
        Assert.Equal(new(0, 0, 3, 0, 1), (await Checked(Sheet)).Counts);
    }

    async Task<int?> Registered() => (await _clerk.Get("/api/households?area=C-A1&limit=1")).Expect(200).As<Households>().Total;

    async Task<Import> Checked(string csv)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return await Stops(await Sent(Encoding.GetEncoding("GB18030").GetBytes(csv), "C-A1"), "checked");
    }

    async Task<Import> Does(string id, string step, string state)
    {
        (await _clerk.Post($"/api/households/imports/{id}/{step}")).Expect(202);
        return await Stops(id, state);
    }

    Task<Import> Stops(string id, string state) =>
        Eventually.Is(async () => (await _clerk.Get($"/api/households/imports/{id}")).Expect(200).As<Import>(), i => i.State == state);

    async Task<string> Sent(byte[] file, string area) => (await Send(_clerk, file, area)).Expect(202).As<Import>().Id;

    static async Task<Answer> Send(Client client, byte[] file, string area)
    {
        using var content = new ByteArrayContent(file);
        using var form = new MultipartFormDataContent { { content, "file", "户.csv" }, { new StringContent(area), "area" } };
        return await client.Send(new(HttpMethod.Post, new Uri(client.Url, "/api/households/imports")) { Content = form });
    }
}
