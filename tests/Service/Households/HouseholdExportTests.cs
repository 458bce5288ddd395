using GridActors.Storage.Sheets;

namespace GridActors.Service.Tests.Households;

/// <summary>
/// Files of households that are written in the background: masked, or in clear for a purpose, which is a reveal of everybody in them.
/// </summary>
public sealed class HouseholdExportTests : HouseholdTest
{
    sealed record Export(string Id, string State, string? Purpose, string[] Fields, int Written, int? Total, string? Name, long? Bytes);

    sealed record Reveal(string Person, string? Household, string[] Residents, string[] Fields, string? Export, int? People, bool Unusual);

    [Fact]
    public async Task File_in_clear_has_what_was_asked_for_and_is_a_reveal_of_everybody_in_it()
    {
        var (pack, household) = await Prepare("张导出", "李随行");
        var dispatcher = await As("dispatcher-1", pack);
        var body = new
        {
            area = "C-A1",
            purpose = "service",
            fields = new[] { "name", "phone" },
        };
        var key = Client.NewKey();
        var asked = (await dispatcher.Post("/api/households/exports", body, key)).Expect(202).As<Export>();
        Assert.Equal(asked.Id, (await dispatcher.Post("/api/households/exports", body, key)).Expect(202).As<Export>().Id);

        var export = await Done(dispatcher, asked.Id);
        var rows = await Rows(dispatcher, export);

        Assert.Equal((2, 2, "户情-竹园村.xlsx"), (export.Written, export.Total, export.Name));
        Assert.Contains("周调度（dispatcher-1）", rows[0][0], StringComparison.Ordinal);
        Assert.Contains("用途：办理服务", rows[0][0], StringComparison.Ordinal);
        var (name, phone, number) = (Column(rows, "姓名"), Column(rows, "联系电话"), Column(rows, "证件号码"));
        Assert.Equal(["张导出", "李随行"], rows[2..4].Select(r => r[name]));
        Assert.Equal((Phone, IdNumber[..6] + "********" + IdNumber[^4..]), (rows[2][phone], rows[2][number]));
        Assert.All(rows[2..4], r => Assert.StartsWith("周调度 dispatcher-1", r[Column(rows, "导出标记")], StringComparison.Ordinal));

        foreach (
            var (client, address) in new[] { (await As("administrator", pack), "/api/reveals?area=C-A1"), (dispatcher, Of(household)) }
        )
        {
            var reveal = Assert.Single((await client.Get(address)).Expect(200).As<Page<Reveal>>().Items);
            Assert.Equal(("dispatcher-1", null, asked.Id, 2), (reveal.Person, reveal.Household, reveal.Export, reveal.People));
            Assert.Equal(["name", "phone"], reveal.Fields);
            Assert.Equal(client == dispatcher ? household.Residents.Select(r => r.Id).Order() : [], reveal.Residents.Order());
        }
        Assert.Empty((await (await As("administrator", pack)).Get("/api/reveals?area=C-B")).Expect(200).As<Page<Reveal>>().Items);
    }

    [Fact]
    public async Task File_without_a_purpose_is_masked_and_only_its_owner_gets_it()
    {
        var (pack, household) = await Prepare("钱脱敏");
        var (dispatcher, other) = (await As("dispatcher-1", pack), await As("dispatcher-2", pack));
        var asked = await dispatcher.Post("/api/households/exports", new { area = "C-A1-1" }, Client.NewKey());
        var export = await Done(dispatcher, asked.Expect(202).As<Export>().Id);
        var address = $"/api/households/exports/{export.Id}";

        Assert.Equal("钱*敏", (await Rows(dispatcher, export))[2][Column(await Rows(dispatcher, export), "姓名")]);
        Assert.Empty((await dispatcher.Get(Of(household))).Expect(200).As<Page<Reveal>>().Items);
        foreach (var part in new[] { "", "/file" })
            (await other.Get(address + part)).Expect(404, "not-found");
        (await other.Delete(address)).Expect(404, "not-found");
        (await dispatcher.Delete(address)).Expect(204);
        (await dispatcher.Get(address + "/file")).Expect(404, "not-found");
        Assert.Empty((await dispatcher.Get("/api/households/exports")).Expect(200).As<Page<Export>>().Items);
    }

    [Theory]
    [InlineData("clerk-a1", null, 403, "not-your-area")]
    [InlineData("leader-a", "service", 403, "not-your-area")]
    [InlineData("worker-1", null, 403, "not-your-area")]
    [InlineData("dispatcher-1", "curiosity", 400, "invalid-request")]
    public async Task File_is_refused_to_who_may_not_transfer_and_for_no_purpose(string person, string? purpose, int status, string code)
    {
        var client = await As(person);
        var area = person == "worker-1" ? "C-A1-1" : "C-A1";

        (await client.Post("/api/households/exports", new { area, purpose }, Client.NewKey())).Expect(status, code);
    }

    async Task<(string Pack, HouseholdView Household)> Prepare(string name, params string[] others)
    {
        var pack = "x" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(pack));
        return (pack, await Create(await As("worker-1", pack), name, others: others));
    }

    static string Of(HouseholdView household) => $"/api/households/{household.Id}/reveals";

    static Task<Export> Done(Client client, string id) =>
        Eventually.Is(
            async () => (await client.Get($"/api/households/exports/{id}")).Expect(200).As<Export>(),
            e => e.State is "done" or "failed"
        );

    static async Task<string[][]> Rows(Client client, Export export)
    {
        Assert.Equal("done", export.State);
        var file = (await client.Get($"/api/households/exports/{export.Id}/file")).Expect(200);
        Assert.Equal(export.Bytes, file.Bytes.Length);
        var sheet = SheetReader.Read(file.Bytes, CancellationToken.None).Sheets.Single();
        return [.. sheet.Lines.Select(l => l.Cells.Select(c => c.Text).ToArray())];
    }

    static int Column(string[][] rows, string header) => rows[1].IndexOf(header);
}
