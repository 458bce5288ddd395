using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>The ledger of households on the phone and at the desk. Each test has a household of its own.</summary>
[Collection(Stand.Name)]
public sealed class HouseholdTests(Stand stand)
{
    const string Clerk = "ll-k-001";

    [Fact]
    public async Task A_worker_finds_a_household_by_initials_and_corrects_its_phone()
    {
        // No other household of the grid has this number, and several have a head with these initials.
        var (id, number) = await Registered("欧阳秀英", "13874026815");
        await using var phone = await Desk.Open(stand.Browser, stand.Url, Known.GridWorker, 390, 844, "zh-CN");
        await phone.Go("/m/households");
        await phone["households-text"].FillAsync($"oyxy {number}");
        await Expect(phone["household"]).ToHaveCountAsync(1);
        await Expect(phone["household"]).ToContainTextAsync("欧阳秀英");
        await phone["household"].TapAsync();
        await Expect(phone["call"].First).ToHaveAttributeAsync("href", "tel:13874026815");

        await phone["step-correct"].TapAsync();
        await phone["input-phone"].FillAsync("1387402");
        await phone["form-send"].TapAsync();
        await Expect(phone["field-wrong"]).ToHaveAttributeAsync("data-problem", "not-a-phone");
        await phone["input-phone"].FillAsync("139 7402 6816");
        await phone["form-send"].TapAsync();

        await Expect(phone["call"].First).ToHaveAttributeAsync("href", "tel:13974026816");
        await Expect(phone.Page).ToHaveURLAsync(new Regex($"/m/households/{id}$"));
        var worker = await stand.As(Known.GridWorker);
        var kept = (await worker.Get($"/api/households/{id}")).Expect(200).Body.GetProperty("fields").GetProperty("phone");
        Assert.Equal("13974026816", kept.GetProperty("value").GetString());
        // Nothing personal stays on the phone once it is saved.
        Assert.DoesNotContain("6816", await phone.Page.EvaluateAsync<string>("JSON.stringify([localStorage, sessionStorage])"));
    }

    [Fact]
    public async Task A_door_code_opens_the_card_and_a_report_begins_with_its_address()
    {
        var (id, number) = await Registered("易春生", "13874026817");
        await using var phone = await Desk.Open(stand.Browser, stand.Url, Known.GridWorker, 390, 844, "zh-CN");
        await phone.Go($"/m/households?door={id}");
        await Expect(phone["household-card"]).ToContainTextAsync("易春生");
        await phone["step-visit"].TapAsync();
        await Expect(phone["visit-household"]).ToContainTextAsync("易春生");
        await phone["back"].TapAsync();

        await phone["more-steps"].TapAsync();
        await phone["step-report-more"].TapAsync();

        await Expect(phone["report-text"]).ToHaveValueAsync($"渌江路 18 号 {number}：");
        await Expect(phone["place"]).ToHaveAttributeAsync("data-area", Known.Grid);
    }

    [Fact]
    public async Task A_worker_says_where_a_household_lives_and_finds_it_on_the_map()
    {
        var name = $"游{(char)Random.Shared.Next('一', '龥')}{(char)Random.Shared.Next('一', '龥')}";
        var building = await Place("building", position: new { lon = 113.49, lat = 27.66 });
        await Place("dwelling", parent: building);
        var (id, _) = await Registered(name, "13874026830");
        await using var phone = await Desk.Open(stand.Browser, stand.Url, Known.GridWorker, 390, 844, "zh-CN");
        await phone.Go($"/m/households/{id}");
        await phone["more-steps"].TapAsync();
        await phone["step-dwelling-more"].TapAsync();
        await phone["dwelling-building"].SelectOptionAsync(building);
        await phone["form-send"].TapAsync();
        await Expect(phone["dwelling-form"]).ToHaveCountAsync(0);

        // It stands at the building's position, which its door has too.
        await phone.Go("/m/households");
        await phone["on-map"].TapAsync();

        // Nobody has visited the household, in which an old person lives alone.
        var mark = phone["household-mark"].And(phone.Page.Locator(":not([data-overdue='0'])")).First;
        await Expect(mark).ToBeVisibleAsync();
        await mark.TapAsync();
        await phone.Page.Locator($"[data-household='{id}']").TapAsync();

        await Expect(phone["household-card"]).ToContainTextAsync(name);
        await phone["back"].TapAsync();
        await phone["households-lapses"].TapAsync();
        await Expect(phone["household-mark"]).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_clerk_reveals_for_a_purpose_and_the_inspector_sees_it()
    {
        var (id, _) = await Registered("单雄伟", "13874026818");
        await using var desk = await stand.Open(Clerk);
        await desk.Go($"/console/households/{id}");
        await Expect(desk["resident"]).ToContainTextAsync("单*伟");

        await desk["step-reveal"].ClickAsync();
        await desk["purpose-visit"].CheckAsync();
        await desk["reveal-send"].ClickAsync();

        await Expect(desk["revealed"]).ToBeVisibleAsync();
        await Expect(desk["resident"]).ToContainTextAsync("单雄伟");
        await Expect(desk["resident"]).ToContainTextAsync("11010519491231002X");
        await desk["reveal-hide"].ClickAsync();
        await Expect(desk["resident"]).ToContainTextAsync("110105********002X");

        await using var inspector = await stand.Open(Known.Director);
        await inspector.Go($"/console/reveals?household={id}");
        await Expect(inspector["reveal-row"]).ToHaveCountAsync(1);
        await Expect(inspector["reveal-row"]).ToContainTextAsync(Known.NameOf(Clerk));
        await Expect(inspector["reveal-row"]).ToContainTextAsync("证件号码");
        await Expect(inspector["reveal-row"]).ToContainTextAsync("走访核实");
        Assert.DoesNotContain("11010519491231002X", await inspector.Page.ContentAsync());
    }

    [Fact]
    public async Task A_person_is_found_at_the_desk_without_standing_in_an_address()
    {
        var (id, _) = await Registered("买买提·艾力", "13874026819");
        await using var desk = await stand.Open(Clerk);
        var addresses = new System.Collections.Concurrent.ConcurrentBag<string>();
        desk.Page.Request += (_, request) => addresses.Add(Uri.UnescapeDataString(request.Url));
        await desk.Go("/console/households");
        await Expect(desk["ledger-summary"].Locator("[data-figure=households] b")).Not.ToHaveTextAsync("–");

        await desk["ledger-text"].FillAsync("13874026819");
        await desk["found-resident"].GetByRole(Microsoft.Playwright.AriaRole.Link).First.ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new Regex($"/console/households/{id}$"));
        Assert.DoesNotContain(addresses, address => address.Contains("13874026819", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_is_entered_decided_and_carried_out_on_the_answer_sheet_and_the_household_changes_its_grid()
    {
        var (id, door) = await Registered("汤明霞", "13874026821");
        await using var desk = await stand.Open(Clerk);
        await desk.Go($"/console/households/{id}");
        await desk["resident-sheet"].ClickAsync();
        await Expect(desk["kept"].First).ToBeVisibleAsync();
        await desk["new"].ClickAsync();
        await desk["request-asker"].FillAsync("汤明霞本人");
        await desk["request-wanted"].FillAsync("电话已换号");
        await desk["request-send"].ClickAsync();
        await Expect(desk["asked"]).ToContainTextAsync("更正");
        var findings = (await AccessibilityTests.Findings(desk, "sheet")).ToList();
        await desk["asked"].GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await desk["decide"].ClickAsync();
        await desk["correct-form"].Locator("#c-phone").FillAsync("13974026822");
        await desk["carry-out"].ClickAsync();
        await Expect(desk["request-dialog"]).ToHaveAttributeAsync("data-state", "carried-out");
        await desk.Go("/console/requests?all=");
        await Expect(desk["request"].First).ToBeVisibleAsync();
        findings.AddRange(await AccessibilityTests.Findings(desk, "requests"));

        await desk.Go("/console/households/reassign");
        await desk["add-rule"].ClickAsync();
        await desk["rule-text"].FillAsync(door);
        findings.AddRange(await AccessibilityTests.Findings(desk, "reassign"));
        Assert.Empty(findings);
    }

    [Fact]
    public async Task No_page_of_households_has_a_serious_finding()
    {
        var (id, _) = await Registered("文丽华", "13874026820");
        await using var phone = await Desk.Open(stand.Browser, stand.Url, Known.GridWorker, 390, 844, "zh-CN");
        var found = new List<string>();
        await phone.Go("/m/households");
        await Expect(phone["household"].First).ToBeVisibleAsync();
        found.AddRange(await AccessibilityTests.Findings(phone, "/m/households"));
        await phone.Go($"/m/households/{id}");
        await phone["resident-open"].TapAsync();
        found.AddRange(await AccessibilityTests.Findings(phone, "card"));
        await phone["resident-correct"].TapAsync();
        await Expect(phone["resident-form"]).ToBeVisibleAsync();
        found.AddRange(await AccessibilityTests.Findings(phone, "form"));

        await using var desk = await stand.Open(Known.Director);
        foreach (
            var (address, shown) in new[] { ("/console/households", "household-row"), ($"/console/households/{id}", "household-step") }
        )
        {
            await desk.Go(address);
            await Expect(desk[shown].First).ToBeVisibleAsync();
            found.AddRange(await AccessibilityTests.Findings(desk, address));
        }
        await desk["step-reveal"].ClickAsync();
        await Expect(desk["reveal-form"]).ToBeVisibleAsync();
        found.AddRange(await AccessibilityTests.Findings(desk, "reveal"));
        await desk.Go("/console/reveals");
        await desk.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        found.AddRange(await AccessibilityTests.Findings(desk, "/console/reveals"));
        Assert.Empty(found);
    }

    /// <summary>Registers a household of one resident in the worker's grid. Its door is its own.</summary>
    async Task<string> Place(string kind, object? position = null, string? parent = null)
    {
        var worker = await stand.As(Known.GridWorker);
        var place = new
        {
            area = Known.Grid,
            kind,
            parent,
            fields = new { name = "渌江苑", door = "101" },
            position,
        };
        return (await worker.Post("/api/places", place, Client.NewKey())).Expect(201).Body.GetProperty("id").GetString()!;
    }

    async Task<(string Id, string Door)> Registered(string name, string phone)
    {
        var worker = await stand.As(Known.GridWorker);
        var door = $"{Guid.NewGuid():N}"[..8];
        var household = (
            await worker.Post(
                "/api/households",
                new
                {
                    area = Known.Grid,
                    fields = new
                    {
                        number = $"T-{door}",
                        address = "渌江路 18 号",
                        door,
                        phone,
                    },
                    residents = new[]
                    {
                        new
                        {
                            kind = "registered",
                            relation = "02",
                            fields = new
                            {
                                name,
                                idType = "111",
                                idNumber = "11010519491231002X",
                                phone,
                            },
                            groups = new[] { "elder-alone" },
                        },
                    },
                },
                Client.NewKey()
            )
        ).Expect(201).Body;
        return (household.GetProperty("id").GetString()!, door);
    }
}
