namespace GridActors.Service.Tests.Households;

/// <summary>Who sees what of households, and who finds whom.</summary>
public sealed class HouseholdSightTests : HouseholdTest
{
    [Fact]
    public async Task Worker_sees_name_address_andPhone_and_everybody_else_sees_masks()
    {
        var household = await Create(Worker, "张三丰");

        Assert.True(household.Linked);
        Assert.Equal(("张三丰", false), Of(household.Resident(0), "name"));
        Assert.Equal((IdNumber[..6] + "********" + IdNumber[^4..], true), Of(household.Resident(0), "idNumber"));
        Assert.Equal("1949-**-**", household.Resident(0).Fields["birthDate"].Value); // It follows from the number.

        var masked = (await Dispatcher.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.False(masked.Linked);
        Assert.Equal(("张*丰", true), Of(masked.Resident(0), "name"));
        Assert.Equal("清河县解放街****", masked.Fields["address"].Value);
        Assert.Equal($"138****{Phone[^4..]}", masked.Resident(0).Fields["phone"].Value);
        Assert.Equal("1", masked.Fields["waterSource"].Value); // The pack calls it open.

        var listed = Mine(household.Id, await List(Dispatcher, "C-A1-1"));
        Assert.Equal(("张*丰", "清河县解放街****"), (listed.Head!.Name, listed.Address));
        var mine = (await Worker.Get("/api/households/mine")).Expect(200).As<Page<HouseholdItemView>>().Items;
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
        var household = await Create(Worker, "赵不见");
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
    public async Task Resident_is_found_by_name_initialsPhone_and_number(string by)
    {
        var household = await Create(Worker, "欧阳小美");
        var typed = by switch
        {
            "name" => "欧阳小美",
            "part" => "小美",
            "initials" => "oyxm",
            "phone" => Phone,
            "phone with spaces" => $"{Phone[..3]} {Phone[3..7]} {Phone[7..]}",
            "number" => IdNumber,
            _ => IdNumber.ToLowerInvariant(),
        };

        Assert.Contains(await Found(Dispatcher, typed), f => f.Household.Id == household.Id);
        Assert.DoesNotContain(await Found(await As("clerk-a2"), typed), f => f.Household.Id == household.Id);
    }

    [Fact]
    public async Task Reveal_is_recorded_and_needs_a_purpose_of_the_pack()
    {
        var household = await Create(Worker, "王见");
        var address = $"/api/households/{household.Id}/reveal";

        (await Clerk.Post(address, new { purpose = "curiosity" }, Client.NewKey())).Expect(400, "invalid-request");
        (await (await As("leader-a")).Post(address, new { purpose = "service" }, Client.NewKey())).Expect(403, "not-permitted");
        var key = Client.NewKey();
        foreach (var _ in new[] { 1, 2 })
        {
            var shown = (await Clerk.Post(address, new { purpose = "service", fields = new[] { "idNumber", "phone" } }, key))
                .Expect(200)
                .Body;
            Assert.Equal(
                IdNumber,
                shown.GetProperty("residents").GetProperty(household.Residents[0].Id).GetProperty("idNumber").GetString()
            );
        }

        var recorded = (await Dispatcher.Get($"/api/households/{household.Id}/reveals")).Expect(200).Body.GetProperty("items");
        var reveal = Assert.Single(recorded.EnumerateArray());
        Assert.Equal(("clerk-a1", "service"), (reveal.GetProperty("person").GetString(), reveal.GetProperty("purpose").GetString()));
        Assert.Equal(["idNumber", "phone"], reveal.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        var admin = await As("administrator");
        var listed = (await admin.Get($"/api/reveals?household={household.Id}")).Expect(200).Body.GetProperty("items");
        Assert.Equal(1, listed.GetArrayLength());
        (await Clerk.Get("/api/reveals")).Expect(403, "not-permitted");
    }

    [Fact]
    public async Task Group_that_few_may_know_is_told_to_nobody_else()
    {
        var household = await Create(Worker, "孙静", groups: ["elder-alone", "mental-illness"]);

        Assert.Equal(["elder-alone"], household.Resident(0).Groups);
        var clerks = (await Clerk.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal(["elder-alone", "mental-illness"], clerks.Resident(0).Groups);
        var address = $"/api/households/{household.Id}/residents/{household.Residents[0].Id}";
        (await Worker.Patch(address, new { groups = new[] { "disabled" } })).Expect(200);
        var after = (await Clerk.Get($"/api/households/{household.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal(["disabled", "mental-illness"], after.Resident(0).Groups);
        (await Dispatcher.Get("/api/households?area=C-A1-1&group=mental-illness")).Expect(403, "not-permitted");
        Assert.Contains(await List(Clerk, "C-A1-1", "&group=mental-illness"), h => h.Id == household.Id);
        var summary = (await Dispatcher.Get("/api/areas/C-A1-1/households/summary")).Expect(200).Body.GetProperty("groups");
        Assert.DoesNotContain(summary.EnumerateArray(), g => g.GetProperty("id").GetString() == "mental-illness");
    }
}
