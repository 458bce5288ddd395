using System.Text;
using System.Text.RegularExpressions;
using GridActors.Domain.Packs;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>The ledger's stories on the pages, in the places that tell them.</summary>
[Collection(Stand.Name)]
public sealed class LedgerStoryTests(Stand stand)
{
    /// <summary>Aoyang: residents enter their own data.</summary>
    [Fact]
    public async Task A_family_registers_by_the_code_of_its_grid_and_the_worker_confirms_it()
    {
        var pack = await Place("aoyang");
        var (area, _, worker) = pack.Holdings.First(h => h.Post == "grid-worker");
        var official = await stand.As(worker, pack.Id);
        var code = (await official.Post("/api/registrations/doors", new { area })).Expect(201).Body.GetProperty("code").GetString();
        var phoneNumber = $"139{Random.Shared.Next(10_000_000, 99_999_999)}";

        await using var family = await Desk.Open(stand.Browser, stand.Url, null, 390, 844, "zh-CN");
        await family.Go($"/r#{code}");
        await family["register-agree"].CheckAsync();
        await family["register-agreed"].TapAsync();
        await family["register-phone"].FillAsync(phoneNumber);
        await family["register-get-code"].TapAsync();
        // A demo shows the code that would be sent.
        var shown = await family["register"].GetByRole(Microsoft.Playwright.AriaRole.Status).InnerTextAsync();
        await family["register-code"].FillAsync(Regex.Match(shown, @"\d{6}").Value);
        await family["register-confirmed"].TapAsync();
        await family["input-address"].FillAsync("北凤路12号");
        await family["register-person"].GetByTestId("input-name").FillAsync("邱自强");
        await family["register-send"].TapAsync();
        await Expect(family["register-state"]).ToHaveAttributeAsync("data-state", "waiting");

        await using var phone = await Desk.Open(stand.Browser, stand.Url, $"{pack.Id}/{worker}", 390, 844, "zh-CN");
        await phone.Go("/m/registrations");
        await phone["registration"].Filter(new() { HasText = "邱自强" }).TapAsync();
        await phone["registration-confirm"].TapAsync();
        await Expect(phone["registration-confirm"]).ToHaveCountAsync(0);
        // The address is the family's own: whoever keeps it sees what has become of it.
        await family.Page.ReloadAsync();
        await Expect(family["register-state"]).ToHaveAttributeAsync("data-state", "confirmed");
    }

    /// <summary>Aoyang: a community's list becomes the ledger, and the town's form is made from it.</summary>
    [Fact]
    public async Task A_list_is_checked_applied_and_a_form_is_made_from_it()
    {
        var pack = await Place("aoyang");
        var grid = pack.Areas.First(a => a.Level == "grid");
        var account = $"{pack.Id}/{pack.Holdings.First(h => h.Post == "centre-director").Person}";
        var name = $"雷{Random.Shared.Next(1000):D3}";
        var sheet =
            "网格编码,户号,住址,姓名,与户主关系,证件号码,出生日期\n"
            + $"{grid.Code},1,北凤路1号,{name},户主,,1950-03-04\n"
            + $"{grid.Code},2,北凤路2号,{name}二,户主,123,\n";

        await using var desk = await stand.Open(account);
        await desk.Go("/console/households/import");
        await desk["import-file"]
            .SetInputFilesAsync(
                new Microsoft.Playwright.FilePayload
                {
                    Name = "北凤社区.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(sheet),
                }
            );
        await desk["import-send"].ClickAsync();
        await Expect(desk["import-row"]).ToHaveCountAsync(2);
        await Expect(desk["import-result"].Locator("[data-state=wrong]").First).ToContainTextAsync("1");
        await desk["import-apply"].ClickAsync();
        await Expect(desk["import"].First).ToHaveAttributeAsync("data-state", "applied");

        await desk.Go("/console/households/forms");
        var form = desk["form"].And(desk.Page.Locator("[data-form=elders-by-village]"));
        var download = await desk.Page.RunAndWaitForDownloadAsync(() => form.GetByTestId("form-make").ClickAsync());
        Assert.EndsWith(".xlsx", download.SuggestedFilename, StringComparison.Ordinal);
    }

    /// <summary>Beirong: drinking water, asked at the door of who is at home and by a code of who isn't.</summary>
    [Fact]
    public async Task The_drinking_water_survey_is_answered_at_the_door_and_by_a_code()
    {
        var pack = await Place("beirong");
        var (area, _, worker) = pack.Holdings.First(h => h.Post == "micro-grid-worker");
        var official = await stand.As(worker, pack.Id);
        foreach (var name in (string[])["向在家", "向外出"])
            (
                await official.Post(
                    "/api/households",
                    new
                    {
                        area,
                        fields = new { address = "杨家潭村新屋组12号" },
                        residents = new[]
                        {
                            new
                            {
                                kind = "registered",
                                relation = "02",
                                fields = new { name },
                            },
                        },
                    },
                    Client.NewKey()
                )
            ).Expect(201);

        await using var phone = await Desk.Open(stand.Browser, stand.Url, $"{pack.Id}/{worker}", 390, 844, "zh-CN");
        // The pack's surveys are published soon after it was loaded.
        await Eventually.Is(async () => (await official.Get("/api/surveys")).Expect(200).Body.GetProperty("items").GetArrayLength() > 0);
        await phone.Go("/m/surveys");
        await phone["survey"].Filter(new() { HasText = "饮水" }).TapAsync();
        await phone["target"].Filter(new() { HasText = "向在家" }).TapAsync();
        await phone["sheet-form"].Locator("[data-question=source] [data-choice='1']").TapAsync();
        await phone["sheet-form"].Locator("[data-question=dry] [data-choice=false]").TapAsync();
        await phone["sheet-send"].TapAsync();
        // The next household comes by itself.
        await Expect(phone["sheet-page"]).ToContainTextAsync("向外出");
        await phone["sheet-invite"].TapAsync();
        var address = await phone["invitation"].GetAttributeAsync("data-address");

        await using var own = await Desk.Open(stand.Browser, stand.Url, null, 390, 844, "zh-CN");
        await own.Go(address!);
        await own["question"].Locator("[data-choice='2']").First.TapAsync();
        await own.Page.Locator("[data-question=dry] [data-choice=true]").TapAsync();
        await own["answer-send"].TapAsync();
        await Expect(own["answer-sent"]).ToBeVisibleAsync();

        var survey = Regex.Match(phone.Page.Url, "surveys/([0-9a-f]{32})").Groups[1].Value;
        await using var desk = await stand.Open($"{pack.Id}/{pack.Holdings.First(h => h.Post == "centre-director").Person}");
        await desk.Go($"/console/surveys/{survey}");
        await Expect(desk["survey-progress"].Locator("tr.sum [data-column=answered]")).ToHaveTextAsync("2");
    }

    /// <summary>A place that no other test uses, and that the page for signing in doesn't show.</summary>
    Task<Pack> Place(string name)
    {
        var id = $"{name}-{Guid.NewGuid():N}"[..20];
        return stand.Load(TestPacks.Published(name) with { Id = id, Digest = id, Demo = [], Sources = [] });
    }
}
