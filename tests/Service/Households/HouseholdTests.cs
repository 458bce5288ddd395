using System.Globalization;
using GridActors.Domain.Packs;
using GridActors.Grains.Households;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Households;

/// <summary>Households through the public API: who sees what, what is found, and what happens to them.</summary>
public sealed class HouseholdTests : SharedServiceTest
{
    /// <summary>A number and a phone of this test's own, because all tests share the service.</summary>
    readonly string _idNumber = NewIdNumber();
    readonly string _phone = $"138{Random.Shared.Next(100_000_000):D8}";

    Client _worker = null!;
    Client _clerk = null!;
    Client _dispatcher = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_worker, _clerk, _dispatcher) = (await As("worker-1"), await As("clerk-a1"), await As("dispatcher-1"));
    }

    [Fact]
    public async Task Worker_sees_name_address_and_phone_and_everybody_else_sees_masks()
    {
        var household = await Create(_worker, "张三丰");

        Assert.True(household.Linked);
        Assert.Equal(("张三丰", false), Of(household.Resident(0), "name"));
        Assert.Equal((_idNumber[..6] + "********" + _idNumber[^4..], true), Of(household.Resident(0), "idNumber"));
        Assert.Equal("1949-**-**", household.Resident(0).Fields["birthDate"].Value); // It follows from the number.

        var masked = (await _dispatcher.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.False(masked.Linked);
        Assert.Equal(("张*丰", true), Of(masked.Resident(0), "name"));
        Assert.Equal("清河县解放街****", masked.Fields["address"].Value);
        Assert.Equal($"138****{_phone[^4..]}", masked.Resident(0).Fields["phone"].Value);
        Assert.Equal("1", masked.Fields["waterSource"].Value); // The pack calls it open.

        var listed = Mine(household.Id, await List(_dispatcher, "C-A1-1"));
        Assert.Equal(("张*丰", "清河县解放街****"), (listed.Head!.Name, listed.Address));
        var mine = (await _worker.Get("/api/households/mine")).Expect(200).As<Page<HouseholdItemView>>().Items;
        Assert.Equal("张三丰", Mine(household.Id, mine).Head!.Name);
    }

    [Theory]
    [InlineData("leader-b")]
    [InlineData("visitor-a")]
    [InlineData("resident-a11")]
    [InlineData("worker-a12")]
    [InlineData("station-a1")]
    public async Task Who_may_not_read_it_gets_nowhere_with_it(string person)
    {
        var household = await Create(_worker, "赵不见");
        var stranger = await As(person);

        (await stranger.Get($"/api/households/{household.Id}")).Expect(404, "not-found");
        (await stranger.Get($"/api/households/{household.Id}/history")).Expect(404, "not-found");
        (await stranger.Get($"/api/households/{household.Id}/reveals")).Expect(404, "not-found");
        (await stranger.Post($"/api/households/{household.Id}/reveal", new { purpose = "service" }, Client.NewKey())).Expect(
            404,
            "not-found"
        );
        (await stranger.Patch($"/api/households/{household.Id}", new { fields = new { note = "x" } })).Expect(404, "not-found");
        (await stranger.Get("/api/households?area=C-A1-1")).Expect(403, "not-your-area");
        (await stranger.Get("/api/areas/C-A1-1/households/summary")).Expect(403, "not-your-area");
        (await stranger.Post("/api/residents/search", new { text = "赵不见", area = "C-A1-1" })).Expect(403, "not-your-area");
        (await stranger.Post("/api/households", Body("x", "C-A1-1"), Client.NewKey())).Expect(403, "not-your-area");
        var mine = (await stranger.Get("/api/households/mine")).Expect(200).As<Page<HouseholdItemView>>().Items;
        Assert.DoesNotContain(mine, h => h.Id == household.Id);
    }

    [Fact]
    public async Task Place_without_rules_keeps_no_households()
    {
        var other = await As("worker-1", "baihe");

        (await other.Get("/api/households")).Expect(404, "no-households");
        (await other.Get("/api/households/rules")).Expect(404, "no-households");
        (await other.Post("/api/households", Body("x", "C-A1-1"), Client.NewKey())).Expect(404, "no-households");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("part")]
    [InlineData("initials")]
    [InlineData("phone")]
    [InlineData("phone with spaces")]
    [InlineData("number")]
    [InlineData("number in small letters")]
    public async Task Resident_is_found_by_name_initials_phone_and_number(string by)
    {
        var household = await Create(_worker, "欧阳小美");
        var typed = by switch
        {
            "name" => "欧阳小美",
            "part" => "小美",
            "initials" => "oyxm",
            "phone" => _phone,
            "phone with spaces" => $"{_phone[..3]} {_phone[3..7]} {_phone[7..]}",
            "number" => _idNumber,
            _ => _idNumber.ToLowerInvariant(),
        };

        Assert.Contains(await Found(_dispatcher, typed), f => f.Household.Id == household.Id);
        Assert.DoesNotContain(await Found(await As("clerk-a2"), typed), f => f.Household.Id == household.Id);
    }

    [Fact]
    public async Task Reveal_is_recorded_and_needs_a_purpose_of_the_pack()
    {
        var household = await Create(_worker, "王见");
        var address = $"/api/households/{household.Id}/reveal";

        (await _clerk.Post(address, new { purpose = "curiosity" }, Client.NewKey())).Expect(400, "invalid-request");
        (await (await As("leader-a")).Post(address, new { purpose = "service" }, Client.NewKey())).Expect(403, "not-permitted");
        var key = Client.NewKey();
        foreach (var _ in new[] { 1, 2 })
        {
            var shown = (await _clerk.Post(address, new { purpose = "service", fields = new[] { "idNumber", "phone" } }, key))
                .Expect(200)
                .Body;
            Assert.Equal(
                _idNumber,
                shown.GetProperty("residents").GetProperty(household.Residents[0].Id).GetProperty("idNumber").GetString()
            );
        }

        var recorded = (await _dispatcher.Get($"/api/households/{household.Id}/reveals")).Expect(200).Body.GetProperty("items");
        var reveal = Assert.Single(recorded.EnumerateArray());
        Assert.Equal(("clerk-a1", "service"), (reveal.GetProperty("person").GetString(), reveal.GetProperty("purpose").GetString()));
        Assert.Equal(["idNumber", "phone"], reveal.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        var admin = await As("administrator");
        var listed = (await admin.Get($"/api/reveals?household={household.Id}")).Expect(200).Body.GetProperty("items");
        Assert.Equal(1, listed.GetArrayLength());
        (await _clerk.Get("/api/reveals")).Expect(403, "not-permitted");
    }

    [Fact]
    public async Task Group_that_few_may_know_is_told_to_nobody_else()
    {
        var household = await Create(_worker, "孙静", groups: ["elder-alone", "mental-illness"]);

        Assert.Equal(["elder-alone"], household.Resident(0).Groups);
        var clerks = (await _clerk.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal(["elder-alone", "mental-illness"], clerks.Resident(0).Groups);
        var address = $"/api/households/{household.Id}/residents/{household.Residents[0].Id}";
        (await _worker.Patch(address, new { groups = new[] { "disabled" } })).Expect(200);
        var after = (await _clerk.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal(["disabled", "mental-illness"], after.Resident(0).Groups);
        (await _dispatcher.Get("/api/households?area=C-A1-1&group=mental-illness")).Expect(403, "not-permitted");
        Assert.Contains(await List(_clerk, "C-A1-1", "&group=mental-illness"), h => h.Id == household.Id);
        var summary = (await _dispatcher.Get("/api/areas/C-A1-1/households/summary")).Expect(200).Body.GetProperty("groups");
        Assert.DoesNotContain(summary.EnumerateArray(), g => g.GetProperty("id").GetString() == "mental-illness");
    }

    [Fact]
    public async Task Wrong_values_are_named_one_by_one_and_nothing_is_kept()
    {
        var body = new
        {
            area = "C-A1-1",
            fields = new { phone = "123", shoeSize = "42" },
            residents = new object[]
            {
                new
                {
                    kind = "guest",
                    relation = "99x",
                    fields = new { name = "张*", idNumber = "110105194912310021" },
                    groups = new[] { "giants" },
                },
            },
        };

        var errors = (await _worker.Post("/api/households", body, Client.NewKey()))
            .Expect(400, "invalid-request")
            .Body.GetProperty("errors");

        string[] named =
        [
            "fields",
            "fields.phone",
            "residents[0].kind",
            "residents[0].relation",
            "residents[0].fields.name",
            "residents[0].fields.idNumber",
            "residents[0].groups",
        ];
        Assert.Equal(named.Order(StringComparer.Ordinal), errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Creation_twice_with_one_key_makes_one_household()
    {
        var key = Client.NewKey();
        var one = (await _worker.Post("/api/households", Body("钱一", "C-A1-1"), key)).Expect(201).As<HouseholdView>();
        var two = (await _worker.Post("/api/households", Body("钱一", "C-A1-1"), key)).Expect(201).As<HouseholdView>();

        Assert.Equal((one.Id, 1), (two.Id, two.Version));
        (await _worker.Post("/api/households", Body("钱二", "C-A1-1"), key)).Expect(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Correction_checks_the_version_and_stands_in_the_history_without_values()
    {
        var household = await Create(_worker, "周改");
        var address = $"/api/households/{household.Id}/residents/{household.Residents[0].Id}";
        var body = new { fields = new { phone = "13900001234" } };

        (await _worker.Patch(address, body, null, ("If-Match", "\"9\""))).Expect(412, "stale-version");
        var corrected = (await _worker.Patch(address, body, null, ("If-Match", "\"1\""))).Expect(200).As<HouseholdView>();
        Assert.Equal("13900001234", corrected.Resident(0).Fields["phone"].Value);

        var history = (await _dispatcher.Get($"/api/households/{household.Id}/history")).Expect(200);
        var step = history.Body.GetProperty("items").EnumerateArray().Last();
        Assert.Equal("resident-corrected", step.GetProperty("step").GetString());
        Assert.Equal("phone", Assert.Single(step.GetProperty("changed").EnumerateArray()).GetString());
        Assert.DoesNotContain("13900001234", history.Text, StringComparison.Ordinal);
        Assert.Contains(await Found(_dispatcher, "13900001234"), f => f.Household.Id == household.Id);
    }

    [Fact]
    public async Task Split_moves_and_merge_lose_nobody()
    {
        var household = await Create(_worker, "吴分", others: ["吴大", "吴二"]);
        var (address, second) = ($"/api/households/{household.Id}", household.Residents[1].Id);

        var key = Client.NewKey();
        var split = new
        {
            residents = new[] { second },
            head = second,
            reason = "分户",
        };
        var other = (await _worker.Post($"{address}/split", split, key)).Expect(200).As<HouseholdView>();
        Assert.Equal((second, second), (other.Head, Assert.Single(other.Residents).Id));
        Assert.Equal(other.Id, (await _worker.Post($"{address}/split", split, key)).Expect(200).As<HouseholdView>().Id);

        var merged = (
            await _worker.Post($"/api/households/{other.Id}/merge", new { other = household.Id, reason = "并户" }, Client.NewKey())
        )
            .Expect(200)
            .As<HouseholdView>();
        Assert.Equal((household.Id, 3), (merged.Id, merged.Residents.Count(r => r.State == "living")));
        Assert.Equal(household.Residents[0].Id, merged.Head);
        (await _worker.Post($"/api/households/{other.Id}/confirm", new { visit = false }, Client.NewKey())).Expect(409, "merged");
        Assert.Single(await Found(_dispatcher, "吴大"), f => f.Household.Id == household.Id);
    }

    [Fact]
    public async Task Erased_resident_is_nowhere_any_more()
    {
        var household = await Create(_worker, "郑在", others: ["郑忘"]);
        var (address, gone) = ($"/api/households/{household.Id}", household.Residents[1].Id);
        (await _worker.Post($"{address}/deaths", new { resident = gone, on = "2026-01-05" }, Client.NewKey())).Expect(200);

        (await _worker.Post($"{address}/erase", new { resident = gone, reason = "家属申请" }, Client.NewKey())).Expect(
            403,
            "not-permitted"
        );
        var eraser = await As("administrator");
        var erased = (await eraser.Post($"{address}/erase", new { resident = gone, reason = "家属申请" }, Client.NewKey()))
            .Expect(200)
            .As<HouseholdView>();

        Assert.True(erased.Residents.Single(r => r.Id == gone).Erased);
        Assert.Empty(erased.Residents.Single(r => r.Id == gone).Fields);
        Assert.DoesNotContain(await Found(_dispatcher, "郑忘"), f => f.Resident == gone);
        Assert.Contains(await Found(_dispatcher, "郑在"), f => f.Household.Id == household.Id);
    }

    [Fact]
    public async Task Who_moved_out_as_long_ago_as_the_pack_says_is_erased_by_the_service()
    {
        var id = "h" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(id));
        var worker = await As("worker-1", id);
        var household = await Create(worker, "卫留", others: ["卫走"]);
        var left = new { residents = new[] { household.Residents[1].Id }, reason = "外迁" };
        (await worker.Post($"/api/households/{household.Id}/move-out", left, Client.NewKey())).Expect(200);
        var (sweep, packs) = (Service.Services.GetRequiredService<RetentionSweep>(), Service.Services.GetRequiredService<IPacks>());

        foreach (var years in new[] { 2, 4, 4 })
            await sweep.Run(packs.Current.Pack(id)!, DateTimeOffset.UtcNow.AddYears(years), CancellationToken.None);

        var kept = (await worker.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal([false, true], kept.Residents.Select(r => r.Erased));
        Assert.Equal(3, kept.Version); // Registered, moved out, erased.
    }

    [Fact]
    public async Task Certificate_raises_one_case_before_it_lapses()
    {
        var soon = DateTime.UtcNow.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var body = Body("冯证", "C-A1-1", certificates: [new { kind = "disability", expiresOn = soon }]);
        var household = (await _worker.Post("/api/households", body, Client.NewKey())).Expect(201).As<HouseholdView>();

        var raised = await Eventually.Is(
            async () => (await _worker.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>(),
            h => h.Resident(0).Certificates[0].RaisedCase is not null
        );

        var view = await _dispatcher.Case(raised.Resident(0).Certificates[0].RaisedCase!);
        Assert.Equal(("C-A1-1", "other"), (view.Area, view.Category));
        Assert.DoesNotContain("冯证", view.Title, StringComparison.Ordinal);
        Assert.Equal(1, Mine(household.Id, await List(_worker, "C-A1-1")).OpenCases);
        (await _worker.Post($"/api/households/{household.Id}/confirm", new { visit = true }, Client.NewKey())).Expect(200);
        Assert.Equal(1, Mine(household.Id, await List(_worker, "C-A1-1")).OpenCases);
    }

    [Fact]
    public async Task Report_names_a_household_that_the_reporter_may_see()
    {
        var household = await Create(_worker, "褚报");
        var body = new
        {
            area = "C-A1-1",
            category = "other",
            title = "上门服务",
            household = household.Id,
        };

        (await (await As("resident-a11")).Post("/api/cases", body, Client.NewKey())).Expect(400, "invalid-request");
        var reported = (await _worker.Post("/api/cases", body, Client.NewKey())).Expect(201);
        Assert.Equal(household.Id, reported.Body.GetProperty("household").GetString());
        Assert.Equal(1, Mine(household.Id, await List(_worker, "C-A1-1")).OpenCases);
    }

    static (string, bool) Of(ResidentView resident, string field) => (resident.Fields[field].Value, resident.Fields[field].Masked);

    static HouseholdItemView Mine(string id, IReadOnlyList<HouseholdItemView> items) => items.Single(i => i.Id == id);

    object Body(
        string name,
        string area,
        IReadOnlyList<string>? groups = null,
        IReadOnlyList<string>? others = null,
        object[]? certificates = null
    ) =>
        new
        {
            area,
            fields = new
            {
                address = "清河县解放街12号3栋502",
                phone = "13800001234",
                waterSource = "1",
            },
            residents = new object[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new
                    {
                        name,
                        idType = "111",
                        idNumber = _idNumber,
                        phone = _phone,
                    },
                    groups,
                    certificates,
                },
            }
                .Concat((others ?? []).Select(o => new { kind = "registered", fields = new { name = o } }))
                .ToArray(),
        };

    async Task<HouseholdView> Create(
        Client client,
        string name,
        IReadOnlyList<string>? groups = null,
        IReadOnlyList<string>? others = null
    ) => (await client.Post("/api/households", Body(name, "C-A1-1", groups, others), Client.NewKey())).Expect(201).As<HouseholdView>();

    static async Task<IReadOnlyList<HouseholdItemView>> List(Client client, string area, string more = "")
    {
        var items = new List<HouseholdItemView>();
        string? next = null;
        do
        {
            var page = (await client.Get($"/api/households?area={area}&limit=200{more}{(next is null ? "" : $"&cursor={next}")}"))
                .Expect(200)
                .As<Page<HouseholdItemView>>();
            items.AddRange(page.Items);
            next = page.Next;
        } while (next is not null);
        return items;
    }

    static async Task<IReadOnlyList<FoundResidentView>> Found(Client client, string text) =>
        (await client.Post("/api/residents/search", new { text })).Expect(200).As<Page<FoundResidentView>>().Items;

    /// <summary>A valid number in a made-up place (GB 11643-1999).</summary>
    static string NewIdNumber()
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var digits = string.Create(CultureInfo.InvariantCulture, $"99000119491231{Random.Shared.Next(1000):D3}");
        // Of all residents of the tests, few have one day of birth and one number.
        digits =
            digits[..6]
            + new DateOnly(1949, 1, 1).AddDays(Random.Shared.Next(365)).ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            + digits[14..];
        return digits + "10X98765432"[digits.Select((d, i) => (d - '0') * weights[i]).Sum() % 11];
    }
}
