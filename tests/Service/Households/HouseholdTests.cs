using System.Globalization;
using GridActors.Domain.Packs;
using GridActors.Grains.Households;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Households;

/// <summary>What happens to households, through the public API.</summary>
public sealed class HouseholdTests : HouseholdTest
{
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

        var errors = (await Worker.Post("/api/households", body, Client.NewKey()))
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
        var one = (await Worker.Post("/api/households", Body("钱一", "C-A1-1"), key)).Expect(201).As<HouseholdView>();
        var two = (await Worker.Post("/api/households", Body("钱一", "C-A1-1"), key)).Expect(201).As<HouseholdView>();

        Assert.Equal((one.Id, 1), (two.Id, two.Version));
        (await Worker.Post("/api/households", Body("钱二", "C-A1-1"), key)).Expect(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Correction_checks_the_version_and_stands_in_the_history_without_values()
    {
        var household = await Create(Worker, "周改");
        var address = $"/api/households/{household.Id}/residents/{household.Residents[0].Id}";
        var body = new { fields = new { phone = "13900001234" } };

        (await Worker.Patch(address, body, null, ("If-Match", "\"9\""))).Expect(412, "stale-version");
        var corrected = (await Worker.Patch(address, body, null, ("If-Match", "\"1\""))).Expect(200).As<HouseholdView>();
        Assert.Equal("13900001234", corrected.Resident(0).Fields["phone"].Value);

        var history = (await Dispatcher.Get($"/api/households/{household.Id}/history")).Expect(200);
        var step = history.Body.GetProperty("items").EnumerateArray().Last();
        Assert.Equal("resident-corrected", step.GetProperty("step").GetString());
        Assert.Equal("phone", Assert.Single(step.GetProperty("changed").EnumerateArray()).GetString());
        Assert.DoesNotContain("13900001234", history.Text, StringComparison.Ordinal);
        Assert.Contains(await Found(Dispatcher, "13900001234"), f => f.Household.Id == household.Id);
    }

    [Fact]
    public async Task Split_moves_and_merge_lose_nobody()
    {
        var household = await Create(Worker, "吴分", others: ["吴大", "吴二"]);
        var (address, second) = ($"/api/households/{household.Id}", household.Residents[1].Id);

        var key = Client.NewKey();
        var split = new
        {
            residents = new[] { second },
            head = second,
            reason = "分户",
        };
        var other = (await Worker.Post($"{address}/split", split, key)).Expect(200).As<HouseholdView>();
        Assert.Equal((second, second), (other.Head, Assert.Single(other.Residents).Id));
        Assert.Equal(other.Id, (await Worker.Post($"{address}/split", split, key)).Expect(200).As<HouseholdView>().Id);

        var merged = (
            await Worker.Post($"/api/households/{other.Id}/merge", new { other = household.Id, reason = "并户" }, Client.NewKey())
        )
            .Expect(200)
            .As<HouseholdView>();
        Assert.Equal((household.Id, 3), (merged.Id, merged.Residents.Count(r => r.State == "living")));
        Assert.Equal(household.Residents[0].Id, merged.Head);
        (await Worker.Post($"/api/households/{other.Id}/confirm", new { visit = false }, Client.NewKey())).Expect(409, "merged");
        Assert.Single(await Found(Dispatcher, "吴大"), f => f.Household.Id == household.Id);
    }

    [Fact]
    public async Task Erased_resident_is_nowhere_any_more()
    {
        var household = await Create(Worker, "郑在", others: ["郑忘"]);
        var (address, gone) = ($"/api/households/{household.Id}", household.Residents[1].Id);
        (await Worker.Post($"{address}/deaths", new { resident = gone, on = "2026-01-05" }, Client.NewKey())).Expect(200);

        (await Worker.Post($"{address}/erase", new { resident = gone, reason = "家属申请" }, Client.NewKey())).Expect(403, "not-permitted");
        var eraser = await As("administrator");
        var erased = (await eraser.Post($"{address}/erase", new { resident = gone, reason = "家属申请" }, Client.NewKey()))
            .Expect(200)
            .As<HouseholdView>();

        Assert.True(erased.Residents.Single(r => r.Id == gone).Erased);
        Assert.Empty(erased.Residents.Single(r => r.Id == gone).Fields);
        Assert.DoesNotContain(await Found(Dispatcher, "郑忘"), f => f.Resident == gone);
        Assert.Contains(await Found(Dispatcher, "郑在"), f => f.Household.Id == household.Id);
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
    public async Task Merges_into_each_other_at_the_same_time_neither_wait_nor_lose_anybody()
    {
        var (one, other) = (await Create(Worker, "蒋甲", others: ["蒋一"]), await Create(Worker, "沈乙"));
        Task<Answer> Merge(HouseholdView from, HouseholdView into) =>
            Worker.Post($"/api/households/{from.Id}/merge", new { other = into.Id, reason = "重复" }, Client.NewKey());

        var answers = await Task.WhenAll(Merge(one, other), Merge(other, one)).WaitAsync(TimeSpan.FromSeconds(11));

        Assert.Contains(answers, a => a.Status == 200);
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 200, 409 }));
        var names = new List<string>();
        foreach (var id in new[] { one.Id, other.Id })
        {
            var view = (await Worker.Get($"/api/households/{id}")).Expect(200).As<HouseholdView>();
            names.AddRange(view.Residents.Select(r => r.Fields["name"].Value));
        }
        Assert.Equal(["沈乙", "蒋一", "蒋甲"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Certificate_raises_one_case_before_it_lapses()
    {
        var soon = DateTime.UtcNow.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var body = Body("冯证", "C-A1-1", certificates: [new { kind = "disability", expiresOn = soon }]);
        var household = (await Worker.Post("/api/households", body, Client.NewKey())).Expect(201).As<HouseholdView>();

        var raised = await Eventually.Is(
            async () => (await Worker.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>(),
            h => h.Resident(0).Certificates[0].RaisedCase is not null
        );

        var view = await Dispatcher.Case(raised.Resident(0).Certificates[0].RaisedCase!);
        Assert.Equal(("C-A1-1", "other"), (view.Area, view.Category));
        Assert.DoesNotContain("冯证", view.Title, StringComparison.Ordinal);
        Assert.Equal(1, Mine(household.Id, await List(Worker, "C-A1-1")).OpenCases);
        (await Worker.Post($"/api/households/{household.Id}/confirm", new { visit = true }, Client.NewKey())).Expect(200);
        Assert.Equal(1, Mine(household.Id, await List(Worker, "C-A1-1")).OpenCases);
    }

    [Fact]
    public async Task Report_names_a_household_that_the_reporter_may_see()
    {
        var household = await Create(Worker, "褚报");
        var body = new
        {
            area = "C-A1-1",
            category = "other",
            title = "上门服务",
            household = household.Id,
        };

        (await (await As("resident-a11")).Post("/api/cases", body, Client.NewKey())).Expect(400, "invalid-request");
        var reported = (await Worker.Post("/api/cases", body, Client.NewKey())).Expect(201);
        Assert.Equal(household.Id, reported.Body.GetProperty("household").GetString());
        Assert.Equal(1, Mine(household.Id, await List(Worker, "C-A1-1")).OpenCases);
    }
}
