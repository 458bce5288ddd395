using System.Text;

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
    [InlineData("worker-b11")]
    [InlineData("clerk-b1")]
    [InlineData("station-a1")]
    [InlineData("police-a1")]
    [InlineData("police-c")]
    [InlineData("guest-a1")]
    public async Task Who_may_not_read_it_gets_nowhere_with_it(string person)
    {
        var household = await Create(Worker, "赵不见");
        var stranger = await As(person);
        var (resident, nobody) = (household.Residents[0].Id, Guid.NewGuid().ToString("N"));

        // One that is there is answered as one that isn't, at every door.
        foreach (var (method, path, body) in Doors)
        {
            var answers = new List<Answer>();
            foreach (var (id, who) in new[] { (household.Id, resident), (nobody, nobody) })
            {
                var asked = body.Replace("{id}", id, StringComparison.Ordinal).Replace("{resident}", who, StringComparison.Ordinal);
                var address = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{resident}", who, StringComparison.Ordinal);
                var answer = await Send(stranger, method, address, asked);
                TellsNothing(answer);
                answers.Add(answer);
            }
            Assert.True(answers[0].Status is 400 or 403 or 404, $"{method} {path}: {answers[0].Status}");
            Assert.Equal((answers[1].Status, answers[1].Code), (answers[0].Status, answers[0].Code));
        }
        // Nor is it in anything that has an area.
        foreach (
            var path in new[]
            {
                "/api/households?area=C-A1-1",
                "/api/areas/C-A1-1/households/summary",
                "/api/households/export.xlsx?area=C-A1-1",
                "/api/households/forms/lapsing?area=C-A1-1",
                "/api/households/duplicates?area=C-A1-1",
            }
        )
            TellsNothing((await stranger.Get(path)).Expect(403, "not-your-area"));
        TellsNothing((await stranger.Post("/api/residents/search", new { text = IdNumber, area = "C-A1-1" })).Expect(403, "not-your-area"));
        TellsNothing((await stranger.Post("/api/households", Body("x", "C-A1-1"), Client.NewKey())).Expect(403, "not-your-area"));
        TellsNothing(
            (await stranger.Post("/api/households/exports", new { area = "C-A1-1" }, Client.NewKey())).Expect(403, "not-your-area")
        );
        foreach (var text in new[] { IdNumber, Phone, "赵不见" })
            TellsNothing(await stranger.Post("/api/residents/search", new { text }));
        TellsNothing((await stranger.Get("/api/households/mine")).Expect(200));
        TellsNothing(await stranger.Get("/api/households"));
        TellsNothing(await stranger.Get("/api/households/duplicates"));

        void TellsNothing(Answer answer)
        {
            foreach (var value in new[] { household.Id, resident, IdNumber, Phone, "赵不见" })
                if (!answer.What.Contains(value, StringComparison.Ordinal))
                    Assert.DoesNotContain(value, answer.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>Every call that names a household.</summary>
    static readonly (string Method, string Path, string Body)[] Doors =
    [
        ("GET", "/api/households/{id}", ""),
        ("GET", "/api/households/{id}/history", ""),
        ("GET", "/api/households/{id}/reveals", ""),
        ("GET", "/api/households/{id}/visits", ""),
        ("GET", "/api/households/{id}/residents/{resident}/sheet", ""),
        ("GET", "/api/households/{id}/residents/{resident}/impact", ""),
        (
            "POST",
            "/api/subject-requests",
            """{"household": "{id}", "resident": "{resident}", "kind": "access", "check": "document", "asker": "x", "wanted": "x"}"""
        ),
        ("GET", "/api/reveals?household={id}", ""),
        ("POST", "/api/households/{id}/reveal", """{"purpose": "service"}"""),
        ("PATCH", "/api/households/{id}", """{"fields": {"note": "x"}}"""),
        ("PATCH", "/api/households/{id}/residents/{resident}", """{"fields": {"note": "x"}}"""),
        ("POST", "/api/households/{id}/confirm", """{"visit": true}"""),
        ("POST", "/api/households/{id}/move", """{"area": "C-A1-2", "reason": "x"}"""),
        ("POST", "/api/households/{id}/residents", """{"kind": "registered", "fields": {"name": "x"}}"""),
        ("POST", "/api/households/{id}/head", """{"resident": "{resident}"}"""),
        ("POST", "/api/households/{id}/move-out", """{"residents": ["{resident}"], "reason": "x"}"""),
        ("POST", "/api/households/{id}/deaths", """{"resident": "{resident}", "on": "2026-01-05"}"""),
        ("POST", "/api/households/{id}/split", """{"residents": ["{resident}"], "reason": "x"}"""),
        ("POST", "/api/households/{id}/merge", """{"other": "{id}", "reason": "x"}"""),
        ("POST", "/api/households/{id}/erase", """{"resident": "{resident}", "reason": "x"}"""),
        (
            "POST",
            "/api/households/duplicates/merge",
            """
            {"keep": "{resident}", "keepHousehold": "{id}", "resident": "0123456789abcdef0123456789abcdef", "household": "{id}"}
            """
        ),
        ("POST", "/api/households/duplicates/distinct", """{"one": "{resident}", "other": "0123456789abcdef0123456789abcdef"}"""),
        ("POST", "/api/cases", """{"area": "C-A1-1", "category": "other", "title": "x", "household": "{id}"}"""),
    ];

    [Fact]
    public async Task Every_call_that_names_a_household_is_tried_by_who_may_not_read_it()
    {
        var paths = (await Service.Anybody().Get("/openapi/v1.json")).Expect(200).Body.GetProperty("paths").EnumerateObject();

        var served =
            from path in paths
            where path.Name.Contains("{household}", StringComparison.Ordinal)
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {path.Name.Replace("{household}", "{id}", StringComparison.Ordinal)}";

        Assert.Empty(served.Except(Doors.Select(d => $"{d.Method} {d.Path}")));
    }

    static Task<Answer> Send(Client client, string method, string path, string body)
    {
        var request = new HttpRequestMessage(new(method), new Uri(client.Url, path));
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return client.Send(request);
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
    public async Task Worker_reads_who_else_lives_there_and_nobody_else_does()
    {
        var household = await Create(Worker, "卓户主", others: ["卓家人"]);

        var own = (await Worker.Get("/api/households/mine/residents")).Expect(200).Body.GetProperty("items").EnumerateArray();
        var other = Assert.Single(own, o => o.GetProperty("household").GetString() == household.Id);
        Assert.Equal("卓家人", other.GetProperty("name").GetString());
        foreach (var (person, status) in new[] { ("dispatcher-1", 200), ("clerk-b1", 200), ("visitor-a", 200) })
        {
            var answer = (await (await As(person)).Get("/api/households/mine/residents")).Expect(status);
            Assert.DoesNotContain(household.Id, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reveal_has_nothing_that_the_caller_sees_without_it()
    {
        var household = await Create(Worker, "王见");
        var address = $"/api/households/{household.Id}";
        var seen = (await Clerk.Get(address)).Expect(200).Body.GetProperty("residents")[0].GetProperty("fields");
        Assert.False(seen.GetProperty("idType").GetProperty("masked").GetBoolean());

        var shown = (await Clerk.Post($"{address}/reveal", new { purpose = "service" }, Client.NewKey())).Expect(200).Body;

        var revealed = shown.GetProperty("residents").GetProperty(household.Residents[0].Id).EnumerateObject().Select(f => f.Name);
        var masked = seen.EnumerateObject().Where(f => f.Value.GetProperty("masked").GetBoolean()).Select(f => f.Name);
        Assert.Equal(masked.Order(StringComparer.Ordinal), revealed.Order(StringComparer.Ordinal));
        var recorded = (await Dispatcher.Get($"{address}/reveals")).Expect(200).Body.GetProperty("items")[0].GetProperty("fields");
        Assert.DoesNotContain("idType", recorded.EnumerateArray().Select(f => f.GetString()));
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
