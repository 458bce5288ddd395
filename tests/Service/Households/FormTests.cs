using GridActors.Domain.Packs;
using GridActors.Storage.Sheets;

namespace GridActors.Service.Tests.Households;

/// <summary>Forms that are made from the ledger (一表通), each with its sources.</summary>
public sealed class FormTests : HouseholdTest
{
    sealed record Column(string Name, string Source);

    sealed record Form(string Id, string Name, bool List, Column[] Columns);

    [Fact]
    public async Task Counts_and_lists_come_with_their_sources_and_tell_nobody_more_than_they_may_know()
    {
        var pack = "f" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(pack));
        var certificates = new object[] { new { kind = "disability", expiresOn = "2020-01-05" } };
        var body = Body("冯表", "C-A1-1", ["elder-alone", "mental-illness"], certificates: certificates);
        (await (await As("worker-1", pack)).Post("/api/households", body, Client.NewKey())).Expect(201);
        await Create(await As("worker-1", pack), "褚表", others: ["褚二"]);
        var dispatcher = await As("dispatcher-1", pack);

        var forms = (await dispatcher.Get("/api/households/forms")).Expect(200).As<Page<Form>>().Items;
        Assert.Equal([("residents-by-grid", false), ("lapsing", true)], forms.Select(f => (f.Id, f.List)));
        Assert.Equal("居民人数：60至120周岁，户籍，性别=女", forms[0].Columns[1].Source);

        var counts = await Sheets(dispatcher, "residents-by-grid", "C-A1");
        Assert.Equal(["区域", .. forms[0].Columns.Select(c => c.Name)], counts[0][2]);
        Assert.Equal(["竹园村第一网格", "3", Women(), "1", "无权查看", "1"], counts[0][3]);
        Assert.Equal(["竹园村第二网格", "0", "0", "0", "无权查看", "0"], counts[0][4]);
        Assert.Equal(["合计", "3", Women(), "1", "无权查看", "1"], counts[0][5]);
        Assert.Contains(counts[1], l => l[0] == "竹园村第一网格" && l[1] == "2" && l[2] == "3" && l[3].Length > 0);
        // Each cell that the caller may know, with what it counts and out of whom; 4 of them in each of the three rows.
        var cells = counts[2][1..];
        Assert.Equal(12, cells.Count);
        var elders = Assert.Single(cells, c => c[0] == "D4");
        Assert.Equal(("竹园村第一网格", forms[0].Columns[2].Name, forms[0].Columns[2].Source), (elders[1], elders[2], elders[3]));
        Assert.Equal(("1", "1", elders[8]), (elders[5], elders[6], elders[7]));
        Assert.Equal(("0", "0", ""), cells.Where(c => c[0] == "B5").Select(c => (c[5], c[6], c[7])).Single());

        var list = await Sheets(dispatcher, "lapsing", "C");
        Assert.Equal(("A4:I4", "全部", "1"), list[2].Skip(1).Select(c => (c[0], c[2], c[5])).Single());
        Assert.Equal(4, list[0].Count);
        Assert.Equal(
            ("竹园村第一网格", "冯*", "户籍", "户主", "独居老人"),
            (list[0][3][0], list[0][3][1], list[0][3][3], list[0][3][4], list[0][3][5])
        );
        Assert.Equal(("清河县解放街****", "2020-01-05"), (list[0][3][7], list[0][3][8]));

        (await dispatcher.Get("/api/households/forms/none?area=C")).Expect(404, "not-found");
        (await (await As("worker-1", pack)).Get("/api/households/forms/lapsing?area=C-A1-1")).Expect(403, "not-your-area");
        (await (await As("clerk-a1", pack)).Get("/api/households/forms/lapsing?area=C-B")).Expect(403, "not-your-area");

        // Two were made with one number: the 17th digit says which sex.
        string Women() => (IdNumber[16] - '0') % 2 == 0 ? "2" : "0";
    }

    [Fact]
    public async Task List_is_made_in_clear_for_a_purpose_and_whose_values_are_in_it_is_recorded()
    {
        var pack = TestPacks.Fresh();
        var posts = pack.Posts.Select(p => p.Id == "clerk" ? p with { May = p.May.Add(Permission.TransferHouseholds) } : p);
        await Service.Load(pack with { Posts = [.. posts] });
        var worker = await As("worker-1", pack.Id);
        var certificates = new object[] { new { kind = "disability", expiresOn = "2020-01-05" } };
        var listed = (await worker.Post("/api/households", Body("冯明文", "C-A1-1", [], certificates: certificates), Client.NewKey()))
            .Expect(201)
            .As<HouseholdView>();
        var other = await Create(worker, "褚不在");
        var (clerk, body) = (await As("clerk-a1", pack.Id), new { area = "C-A1", purpose = "service" });
        const string Address = "/api/households/forms/lapsing";

        (await (await As("clerk-b1", pack.Id)).Post(Address, body, Client.NewKey())).Expect(403, "not-your-area");
        (await worker.Post(Address, body with { area = "C-A1-1" }, Client.NewKey())).Expect(403, "not-your-area");
        (await clerk.Post(Address, body with { purpose = "curiosity" }, Client.NewKey())).Expect(400, "invalid-request");
        (await clerk.Post("/api/households/forms/residents-by-grid", body, Client.NewKey())).Expect(400, "invalid-request");
        var sheets = Read((await clerk.Post(Address, body, Client.NewKey())).Expect(200));

        Assert.Equal(("冯明文", "清河县解放街12号3栋502"), (sheets[0][3][1], sheets[0][3][7]));
        Assert.Contains("用途", sheets[0][1][0], StringComparison.Ordinal);
        var seen = (await clerk.Get($"/api/households/{listed.Id}/reveals")).Expect(200).Body.GetProperty("items");
        Assert.Equal("service", Assert.Single(seen.EnumerateArray()).GetProperty("purpose").GetString());
        Assert.Empty((await clerk.Get($"/api/households/{other.Id}/reveals")).Expect(200).Body.GetProperty("items").EnumerateArray());
    }

    static async Task<IReadOnlyList<List<string[]>>> Sheets(Client client, string form, string area) =>
        Read((await client.Get($"/api/households/forms/{form}?area={area}")).Expect(200));

    static IReadOnlyList<List<string[]>> Read(Answer file)
    {
        return
        [
            .. SheetReader
                .Read(file.Bytes, CancellationToken.None)
                .Sheets.Select(s => s.Lines.Select(l => l.Cells.Select(c => c.Text).ToArray()).ToList()),
        ];
    }
}
